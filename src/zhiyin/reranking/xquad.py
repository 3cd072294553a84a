"""Explicit diversification: an item counts for the aspects of a person that the list does not cover yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def xquad(
    relevance: NDArray[np.floating],
    covers: NDArray[np.floating],
    wanted: NDArray[np.floating],
    k: int,
    *,
    diversity: float = 0.3,
) -> NDArray[np.int64]:
    """Choose items one by one by (1 - λ) P(i) + λ Σ_a P(a) P(i | a) Π_{j chosen} (1 - P(j | a)).

    Args:
        relevance: (n,) P(i), 0 to 1; -inf means never choose.
        covers: (n, aspects) P(i | a), 0 to 1: how well an item serves an aspect, such as a category.
        wanted: (aspects,) P(a), sums to 1: what the person wants.
        k: how many to choose.
        diversity: λ, 0 keeps the order of relevance.
    Returns: (<= k,) int64 positions, in the order chosen, distinct.
    Complexity: O(k n aspects).
    References: Santos, Macdonald & Ounis, WWW 2010.

    >>> tea, pot = [1.0, 0.0], [0.0, 1.0]
    >>> wanted = np.array([0.5, 0.5])
    >>> xquad(np.array([0.9, 0.8, 0.5]), np.array([tea, tea, pot]), wanted, 2, diversity=0.5).tolist()
    [0, 2]
    """
    value = np.where(np.isfinite(relevance), (1 - diversity) * np.nan_to_num(relevance), -np.inf)
    open_ = np.asarray(wanted, np.float64).copy()
    chosen: list[int] = []
    for _ in range(min(k, int(np.isfinite(value).sum()))):
        best = int(np.argmax(value + diversity * (covers @ open_)))
        chosen.append(best)
        value[best] = -np.inf
        open_ *= 1 - covers[best]
    return np.asarray(chosen, np.int64)
