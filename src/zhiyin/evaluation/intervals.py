"""How sure a mean over people is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_GROUP = 20
"""Judged people a group must have before ``group_bootstrap`` gives a figure of it."""

_CELLS = 2**22  # resampled values in memory at a time


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval.

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
    return bootstrap_columns(np.asarray(values)[:, None], n=n, seed=seed)[0]


def bootstrap_columns(
    values: NDArray[np.floating[Any]], *, n: int = 1000, seed: int = 0
) -> list[Interval]:
    """Return ``bootstrap`` of each column of (m, c) figures; people are drawn once for all columns.

    Args:
        values: (m, c) float, c figures a person; NaN = could not be judged by that one.
        n: number of resamples.
        seed: of the resampling.
    """
    figures = np.asarray(values, np.float64)
    judged = ~np.isnan(figures)
    intervals = [Interval(np.nan, np.nan, np.nan)] * figures.shape[1]
    masks, of_column = np.unique(judged, axis=1, return_inverse=True)
    for place in range(masks.shape[1]):
        columns, people = np.flatnonzero(of_column == place), np.flatnonzero(masks[:, place])
        if not people.size:
            continue
        part = figures[np.ix_(people, columns)]
        means = resampled_sums(part, n, seed) / people.size
        low, high = np.quantile(means, (0.025, 0.975), axis=0)
        for at, column in enumerate(columns.tolist()):
            intervals[column] = Interval(float(part[:, at].mean()), float(low[at]), float(high[at]))
    return intervals


def bootstrap_statistic(
    sums: NDArray[np.floating[Any]],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    n: int = 1000,
    seed: int = 0,
) -> Interval:
    """Return a figure made of sums over people with its 95 % percentile bootstrap interval.

    Args:
        sums: (m, c) float, c sums a person, no NaN.
        statistic: (r, c) float64 sums over people → (r,) float64, each row by itself.
        n: number of resamples.
        seed: of the resampling.
    Returns: NaN throughout when there is nobody.
    Complexity: O(n m c) time, bounded memory.
    """
    parts = np.asarray(sums, np.float64)
    if not parts.shape[0]:
        return Interval(np.nan, np.nan, np.nan)
    figure = statistic(parts.sum(axis=0)[None, :])
    low, high = np.quantile(statistic(resampled_sums(parts, n, seed)), (0.025, 0.975))
    return Interval(float(figure[0]), float(low), float(high))


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

    def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        share = np.asarray(sums[:, 0] / sums[:, 1])
        return share if transform is None else transform(share)

    sums = np.stack([above, below], axis=1)[judged]
    return bootstrap_statistic(sums, ratio, n=n, seed=seed)


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


def resampled_sums(values: NDArray[np.float64], n: int, seed: int) -> NDArray[np.float64]:
    """Return the sums of c figures over people drawn with replacement, m each time.

    Args:
        values: (m, c) float64, no NaN.
        n: number of resamples.
        seed: of the resampling; people are drawn alike for any c.
    Returns: (n, c) float64.
    Complexity: O(n m c) time; beside the answer, bounded memory.
    """
    m = values.shape[0]
    rng = np.random.default_rng(seed)
    sums = np.empty((n, values.shape[1]))
    step = max(1, _CELLS // m)
    for start in range(0, n, step):
        size = min(step, n - start)
        drawn = rng.integers(0, m, (size, m)) + np.arange(size)[:, None] * m
        times = np.bincount(drawn.ravel(), minlength=size * m).reshape(size, m)
        sums[start : start + size] = times.astype(np.float64) @ values
    return sums
