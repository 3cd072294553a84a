"""How sure a mean over people is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_GROUP = 20
"""Judged people a group must have before ``group_bootstrap`` gives a figure of it."""

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
    means = np.concatenate([judged[rows].mean(axis=1) for rows in _resamples(judged.size, n, seed)])
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(judged.mean()), float(low), float(high))


def group_bootstrap(
    values: NDArray[np.floating[Any]], *, n: int = 1000, seed: int = 0
) -> Interval | None:
    """Return the mean over a group with its 95 % interval, or None when the group is small.

    The figure of a small group says little, and who knows its members may read from it what one of them did.

    Args:
        values: (m,) float, one figure a person; NaN = that person could not be judged and does not count.
        n: number of resamples.
        seed: of the resampling.
    Returns: None when fewer than ``MIN_GROUP`` people could be judged.
    """
    if np.count_nonzero(~np.isnan(np.asarray(values, np.float64))) < MIN_GROUP:
        return None
    return bootstrap(values, n=n, seed=seed)


def bootstrap_ratio(
    numerator: NDArray[np.floating[Any]],
    denominator: NDArray[np.floating[Any]],
    *,
    transform: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
    n: int = 1000,
    seed: int = 0,
) -> Interval:
    """Return a ratio of two sums over people with its 95 % percentile bootstrap interval.

    A mean over events is one: the events of a person hang together, so people are drawn anew and not events. The mean
    absolute error is the sum of the errors by the number of events; the root of the mean square takes ``np.sqrt``.

    Args:
        numerator: (m,) float, one sum a person.
        denominator: (m,) float >= 0, the same people, such as their number of events. Who has NaN in one of the two or
            0 here is left out.
        transform: of the ratios, (n,) float64 each by itself, such as ``np.sqrt``; None keeps them.
        n: number of resamples.
        seed: of the resampling.
    Returns: ``mean`` is the figure itself; NaN throughout when nobody could be judged.
    Complexity: O(n m) time, bounded memory.
    References: Efron & Tibshirani, An Introduction to the Bootstrap, 1993; Field & Welsh, JRSS B 2007 (clusters).
    """
    above, below = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    judged = ~np.isnan(above) & (below > 0)  # NaN > 0 is False
    above, below = above[judged], below[judged]
    if above.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    ratios = np.concatenate(
        [
            above[rows].sum(axis=1) / below[rows].sum(axis=1)
            for rows in _resamples(above.size, n, seed)
        ]
    )
    figure = np.array([above.sum() / below.sum()])
    if transform is not None:
        ratios, figure = transform(ratios), transform(figure)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return Interval(float(figure[0]), float(low), float(high))


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


def _resamples(m: int, n: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield (b, m) rows drawn with replacement, ``n`` times in all."""
    rng = np.random.default_rng(seed)
    step = max(1, _CELLS // m)
    for start in range(0, n, step):
        yield rng.integers(0, m, (min(step, n - start), m))
