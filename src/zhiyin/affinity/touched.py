"""A list from sparse weights, without a score for every item of the shop."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import entries_of


def touched_list(
    weights: Any, items: NDArray[np.int64], amounts: NDArray[np.float32], n: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the n best items for a row, of those that some item of it gives to; what is in the row is left out.

    Args:
        weights: (n_items, n_items) float32 CSR, may be memory-mapped: row i is what item i gives to others.
        items: (h,) int64 distinct items of the row; those that the weights do not know are ignored.
        amounts: (h,) float32 their strengths.
        n: length of the list, at least 1.
    Returns: (<= n,) int64 items, best first, and (<= n,) float32 their scores, above 0; of equal scores the lower number
        comes first.
    Complexity: the entries of the rows of ``items``, and 4 zeroed bytes for each item of the shop.

    >>> from scipy import sparse
    >>> weights = sparse.csr_array(np.array([[0, 0.5, 0.2], [0.5, 0, 0], [0.2, 0, 0]], np.float32))
    >>> touched_list(weights, np.array([0]), np.ones(1, np.float32), 2)[0]
    array([1, 2])
    """
    inside = items < weights.shape[0]
    items = items[inside]
    at, given = entries_of(weights, items, amounts[inside])
    sums = np.zeros(weights.shape[1], np.float32)
    np.add.at(sums, at, given)
    sums[items] = 0
    best = best_touched(at, sums[at], n, look=32 * n)
    score = sums[best]
    order = np.argsort(-score, kind="stable")[:n]
    return best[order], score[order]


def best_touched(
    at: NDArray[np.int64], score: NDArray[np.float32], n: int, *, look: int
) -> NDArray[np.int64]:
    """Return n or more distinct items with no better one left out, fewer where fewer score above 0.

    Args:
        at: (e,) int64 items, the same one any number of times.
        score: (e,) float32 of them.
        n: how many are wanted.
        look: best entries looked at first, at least n; more and more, until n items are among them.
    Returns: int64 items, ascending.
    """
    while True:
        is_all = look >= score.size
        least = np.float32(0) if is_all else np.partition(score, score.size - look)[-look]
        best = np.sort(at[(score >= least) & (score > 0)])
        best = best[np.diff(best, prepend=-1) > 0]  # each once
        if is_all or best.size >= n:
            return best
        look *= 4
