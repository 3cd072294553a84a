"""Maximal marginal relevance: what fits, less what is like something already chosen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mmr(
    relevance: NDArray[np.float32],
    vectors: NDArray[np.float32],
    k: int,
    *,
    relevance_weight: float = 0.7,
) -> NDArray[np.int64]:
    """Order items by relevance minus likeness to what is already chosen.

    Args:
        relevance: (n,) float32, higher is better; -inf means never choose.
        vectors: (n, dim) float32 with unit rows; a row of zeros is like nothing.
        k: how many to choose; fewer come back when n < k.
        relevance_weight: 1.0 keeps the relevance order, 0.0 looks only at difference.
    Returns: (min(k, n),) int64 positions into the input, best first, distinct.
    Complexity: O(k n dim) time, O(n) memory.
    References: Carbonell & Goldstein, SIGIR 1998.

    >>> tea, pot = [1.0, 0.0], [0.0, 1.0]
    >>> mmr(np.array([0.9, 0.8, 0.5]), np.array([tea, tea, pot]), 2, relevance_weight=0.5).tolist()
    [0, 2]
    """
    value = np.where(np.isfinite(relevance), relevance_weight * np.nan_to_num(relevance), -np.inf)
    nearest = np.zeros(value.size)
    chosen: list[int] = []
    for _ in range(min(k, int(np.isfinite(value).sum()))):
        best = int(np.argmax(value - (1 - relevance_weight) * nearest))
        chosen.append(best)
        value[best] = -np.inf
        np.maximum(nearest, vectors @ vectors[best], out=nearest)
    return np.asarray(chosen, np.int64)
