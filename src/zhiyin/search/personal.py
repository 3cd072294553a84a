"""What the person likes, among hits that are about as relevant."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import of_candidates
from zhiyin.registry import PartConfig
from zhiyin.search.understood import finding_of, relevance_of


class Personal:
    """Orders hits by what the person likes, inside bands of relevance that nothing crosses.

    A band is a run of hits for which as much was given up, the last of them at most `band` less relevant than the first, as a
    share. Inside a band the score is relevance as a share of the band's width, plus `strength` times what affinity and the
    person's portrait say of the item, 0 to 1. The strength grows with the breadth of the query, the entropy of the
    categories that it means, from `narrow` of it to all of it. Where no goods are named all that breaks as much is one band.
    """

    name = "personal"

    class Config(PartConfig):
        """Options of `Personal`."""

        band: float = Field(
            0.15, ge=0, lt=1, description="How much less relevant the last of a band may be."
        )
        strength: float = Field(
            1.0, ge=0, description="Of what the person likes beside a band of relevance."
        )
        narrow: float = Field(
            0.3, ge=0, le=1, description="The part of the strength for a query of one category."
        )

    def __init__(self, config: Config) -> None:
        self._config = config

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions. Complexity: O(n log n)."""
        order = np.arange(len(candidates))
        if not order.size or not query.is_personal or query.person is None:
            return order[:k]
        finding = finding_of(query)
        liked = liking(query, candidates)
        if not liked.any():
            return order[:k]
        relevance, level = relevance_of(finding, candidates)
        wide = 1.0 if finding.is_listing else self._config.band
        band = bands(relevance, level, wide)
        shares = [share for _, share in finding.read.categories]
        narrow = self._config.narrow
        strength = self._config.strength * (narrow + (1 - narrow) * breadth(shares))
        first = relevance[np.searchsorted(band, band)]
        width = np.maximum(np.abs(first) * wide, 1e-9)
        score = (relevance - first) / width + strength * liked
        return np.lexsort((order, -score, band))[:k]


def bands(
    relevance: NDArray[np.float32], level: NDArray[np.int8], width: float
) -> NDArray[np.int64]:
    """Return the band of each hit, (n,) int64 ascending from 0.

    Args:
        relevance: (n,) in order of level, then of relevance, best first.
        level: (n,) how much was given up for each.
        width: how much less relevant the last of a band may be than its first, as a share.

    >>> bands(np.array([1.0, 0.9, 0.8, 0.7, 0.99]), np.array([0, 0, 0, 0, 2]), 0.15).tolist()
    [0, 0, 1, 1, 2]
    """
    band = np.zeros(relevance.size, np.int64)
    least = (1 - width) * float(relevance[0]) if relevance.size else 0.0
    told = zip(relevance.tolist(), level.tolist(), strict=True)
    for place, ((_, before), (own, now)) in enumerate(pairwise(told), 1):
        is_new = now != before or own < least
        if is_new:
            least = (1 - width) * own
        band[place] = band[place - 1] + is_new
    return band


def liking(query: Query, candidates: Candidates) -> NDArray[np.float64]:
    """Return what the person likes, (n,) float64 from 0 to 1: the mean of affinity and likeness, each as a share of the best."""
    told = [query.fields[name] for name in ("affinity", "likeness") if name in query.fields]
    if not told:
        return np.zeros(len(candidates))
    found = [of_candidates(one, candidates) for one in told if one.size]
    shares = [np.maximum(one, 0) / max(float(one.max(initial=0)), 1e-9) for one in found]
    return np.asarray(np.mean(shares, axis=0), np.float64) if shares else np.zeros(len(candidates))


def breadth(shares: Sequence[float]) -> float:
    """Return the entropy of shares of categories, as a share of the most it could be, 0 to 1.

    >>> breadth([0.5, 0.5]), breadth([1.0]), round(breadth([0.9, 0.1]), 2)
    (1.0, 0.0, 0.47)
    """
    share = np.array([one for one in shares if one > 0])
    if share.size < 2:
        return 0.0
    share /= share.sum()
    return float(-(share * np.log(share)).sum() / np.log(share.size))
