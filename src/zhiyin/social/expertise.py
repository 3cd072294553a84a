"""Who knows a category: writes or buys much in it, and is found helpful by others."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.social.graph import Floats, Ints

_SHRINK = 5.0  # contributions after which a person is half as much of an expert as it can be
_SURE = 1.96  # deviations: the bound holds in 97.5 of 100 cases


def wilson_bound(positive: NDArray[Any], total: NDArray[Any]) -> Floats:
    """Return the lower bound of a share of which a sample is known, so that 1 of 1 is less than 90 of 100.

    Args:
        positive: (n,) how many spoke for it, 0 to ``total``.
        total: (n,) how many spoke.
    Returns: (n,) float32 in 0 to 1, 0 where nobody spoke.
    References: Wilson, JASA 1927.
    """
    n = np.maximum(total, 1e-12)
    share, square = positive / n, _SURE**2
    spread = np.sqrt(np.maximum(share * (1 - share), 0) / n + square / (4 * n**2))
    bound = (share + square / (2 * n) - _SURE * spread) / (1 + square / n)
    return np.where(np.asarray(total) > 0, np.maximum(bound, 0), 0).astype(np.float32)


def experts(
    person: Ints,
    category: Ints,
    helpful: NDArray[Any],
    votes: NDArray[Any],
    *,
    n_categories: int,
    k: int = 10,
) -> tuple[Ints, Floats]:
    """Return for each category the people who know it best: ``n / (n + 5)`` times how helpful they are found at least.

    ``n`` counts what a person contributed in the category. Who was never voted on is no expert, however much it bought.

    Args:
        person: (c,) int64 of each contribution, a review or a purchase.
        category: (c,) int64, below 0 for none.
        helpful: (c,) votes that found it helpful; votes of one's own are to be left out before.
        votes: (c,) votes in all; 0 for a purchase.
        n_categories: rows of the answer.
        k: people a category.
    Returns: people, (n_categories, k) int64, the best first and -1 after the last; and their (n_categories, k) float32
        scores in 0 to 1.
    """
    inside = (category >= 0) & (category < n_categories)
    width = person.max(initial=0) + 1
    pair, place = np.unique(category[inside] * width + person[inside], return_inverse=True)
    count, good, all_ = (
        np.bincount(place, weight, pair.size)
        for weight in (None, np.asarray(helpful)[inside], np.asarray(votes)[inside])
    )
    score = count / (count + _SHRINK) * wilson_bound(good, all_)
    kind, who = np.divmod(pair, width)
    order = np.lexsort((who, -score, kind))
    order = order[score[order] > 0]
    kind, who, score = kind[order], who[order], score[order]
    rank = np.arange(kind.size) - np.searchsorted(kind, kind)
    top = rank < k
    people, scores = np.full((n_categories, k), -1), np.zeros((n_categories, k), np.float32)
    people[kind[top], rank[top]], scores[kind[top], rank[top]] = who[top], score[top]
    return people, scores
