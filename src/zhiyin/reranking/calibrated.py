"""Calibration: the categories of a list in the shares in which the person likes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SMOOTHING = 0.01
"""Share of the person's own categories mixed into those of the list, so that none is missing altogether."""


def calibrated(
    relevance: NDArray[np.floating],
    categories: NDArray[np.floating],
    target: NDArray[np.floating],
    k: int,
    *,
    diversity: float = 0.3,
) -> NDArray[np.int64]:
    """Choose items one by one by (1 - λ) Σ relevance - λ KL(target || .99 shares of the list + .01 target).

    Greedy choice is within 1 - 1/e of the best, the sum being submodular.

    Args:
        relevance: (n,) 0 to 1; -inf means never choose.
        categories: (n, categories) each row sums to 1, or is 0 for an item without one.
        target: (categories,) sums to 1; all 0 where nothing is known, then the order of relevance stays.
        k: how many to choose.
        diversity: λ, 0 keeps the order of relevance.
    Returns: (<= k,) int64 positions, in the order chosen, distinct.
    Complexity: O(k n categories).
    References: Steck, RecSys 2018.

    >>> tea, pot = [1.0, 0.0], [0.0, 1.0]
    >>> half = np.array([0.5, 0.5])
    >>> calibrated(np.array([0.9, 0.8, 0.5]), np.array([tea, tea, pot]), half, 2, diversity=0.5).tolist()
    [0, 2]
    """
    value = np.where(np.isfinite(relevance), (1 - diversity) * np.nan_to_num(relevance), -np.inf)
    asked = np.flatnonzero(target > 0)  # what is not asked for changes no sum but the length
    target = np.asarray(target, np.float64)[asked]
    told = categories.sum(axis=1)
    categories = np.asarray(categories, np.float64)[:, asked]
    held, length = np.zeros(asked.size), 0.0
    chosen: list[int] = []
    for _ in range(min(k, int(np.isfinite(value).sum()))):
        shares = (held + categories) / np.maximum(length + told, 1e-12)[:, None]
        mixed = (1 - _SMOOTHING) * shares + _SMOOTHING * target
        gain = np.log(mixed / target) @ target if asked.size else 0.0
        best = int(np.argmax(value + diversity * gain))
        chosen.append(best)
        value[best] = -np.inf
        held, length = held + categories[best], length + told[best]
    return np.asarray(chosen, np.int64)
