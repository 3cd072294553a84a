"""How sure a mean over people is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CELLS = 2**22  # resampled values in memory at a time


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the interval that holds it in 95 of 100 repetitions.

    >>> Interval(mean=0.2, low=0.1, high=0.3).low
    0.1
    """

    mean: float
    low: float
    high: float

    def as_list(self) -> list[float]:
        """Return mean, low and high, as reports print them."""
        return [self.mean, self.low, self.high]


def bootstrap(values: NDArray[np.floating[Any]], *, n: int = 1000, seed: int = 0) -> Interval:
    """Return the mean over people with its 95 % percentile bootstrap interval.

    Args:
        values: (m,) float, one figure a person; NaN = that person could not be judged and is left out.
        n: number of resamples.
        seed: of the resampling.
    Returns: NaN throughout when nobody could be judged.
    Complexity: O(n m) time, bounded memory.
    References: Efron & Tibshirani, An Introduction to the Bootstrap, 1993.
    """
    judged = np.asarray(values, np.float64)
    judged = judged[~np.isnan(judged)]
    if judged.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    rng = np.random.default_rng(seed)
    means = np.empty(n)
    step = max(1, _CELLS // judged.size)
    for start in range(0, n, step):
        size = (min(step, n - start), judged.size)
        means[start : start + step] = judged[rng.integers(0, judged.size, size)].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(judged.mean()), float(low), float(high))


def paired_difference(
    values: NDArray[np.floating[Any]],
    baseline: NDArray[np.floating[Any]],
    *,
    n: int = 1000,
    seed: int = 0,
) -> Interval:
    """Return the mean of ``values - baseline`` over the same people with its 95 % interval.

    Args:
        values: (m,) float, one figure a person.
        baseline: (m,) float, the same people in the same order.
        n: number of resamples.
        seed: of the resampling.
    """
    return bootstrap(np.asarray(values) - np.asarray(baseline), n=n, seed=seed)
