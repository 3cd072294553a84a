"""What was rated in the days before a rating, by its person or of its item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.metrics import share

LAG_DAYS = (1, 7, 30)
"""Days back, where nothing else is asked for."""

DAY_US = 86_400_000_000

_ASKED = 2**18  # moments looked up at a time


@dataclass(frozen=True, slots=True, eq=False)
class Lags:
    """What a group had rated before a moment t, for each of w numbers of days k.

    Attributes:
        value: (n, w) float64, lag k: the newest rating at or before t - k days, NaN where there is none; of several at that
            same time their mean.
        total: (n, w) float64 sum of the ratings from t - k days, that moment included, to t, which is not included.
        count: (n, w) int64, how many these are.

    >>> one = Lags(np.array([[4.0]]), total=np.array([[7.0]]), count=np.array([[2]]))
    >>> one.mean.tolist()
    [[3.5]]
    """

    value: NDArray[np.float64]
    total: NDArray[np.float64]
    count: NDArray[np.int64]

    @property
    def mean(self) -> NDArray[np.float64]:
        """(n, w) float64 mean of the ratings of the last k days, NaN where there is none."""
        return share(self.total, self.count)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Ratings of groups, such as people or items, in the order of time.

    A rating without a time is in no past, and who asks without a time is told nothing.

    Attributes:
        start: (n_groups + 1,) int64, where each group begins.
        time_us: (e,) int64 ascending in each group.
        moment: (e,) float64 mean of the group's ratings at that same time.
        before: (e + 1,) float64 sum of all ratings further up.

    >>> day = np.array([0, 23, 29]) * DAY_US
    >>> past = Past.of(np.zeros(3, np.int64), day, np.array([5.0, 3.0, 4.0]), 1)
    >>> lags = past.lags(np.zeros(1, np.int64), np.array([30 * DAY_US]))
    >>> lags.value.tolist(), lags.count.tolist(), lags.mean.tolist()
    ([[4.0, 3.0, 5.0]], [[1, 2, 3]], [[4.0, 3.5, 4.0]])
    """

    start: NDArray[np.int64]
    time_us: NDArray[np.int64]
    moment: NDArray[np.float64]
    before: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        group: NDArray[np.int64],
        time_us: NDArray[np.int64],
        value: NDArray[np.float64],
        n_groups: int,
    ) -> Self:
        """Sort ratings by group and time.

        Args:
            group: (e,) int64 from 0 to ``n_groups`` - 1.
            time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
            value: (e,) float64.
            n_groups: how many groups there are, also without ratings.
        Complexity: O(e log e).
        """
        timed = np.flatnonzero(time_us != NO_TIME)
        order = timed[np.lexsort((time_us[timed], group[timed]))]
        group, time_us, value = group[order], time_us[order], value[order]
        is_first = np.ones(order.size, np.bool_)  # of a group's ratings at one time
        is_first[1:] = (group[1:] != group[:-1]) | (time_us[1:] != time_us[:-1])
        run = np.cumsum(is_first) - 1
        moment = (np.bincount(run, value) / np.bincount(run))[run]
        return cls(
            np.searchsorted(group, np.arange(n_groups + 1)),
            time_us,
            moment,
            np.concatenate(([0.0], np.cumsum(value))),
        )

    def lags(
        self,
        group: NDArray[np.int64],
        time_us: NDArray[np.int64],
        days: tuple[int, ...] = LAG_DAYS,
    ) -> Lags:
        """Return what groups had rated before moments; nothing at such a moment or after it is looked at.

        So a rating is never among its own features, if the moment asked for is the time at which it was given.

        Args:
            group: (n,) int64.
            time_us: (n,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
            days: how far back, above 0.
        Complexity: O(n log e) time, no loop over rows; bounded memory beside the answer.
        """
        shape = (group.size, len(days))
        lags = Lags(np.full(shape, np.nan), np.zeros(shape), np.zeros(shape, np.int64))
        timed = np.flatnonzero(time_us != NO_TIME)
        for begin in range(0, timed.size, _ASKED):
            part = timed[begin : begin + _ASKED]
            first, end = self.start[group[part]], self.start[group[part] + 1]
            now = time_us[part]
            last = self._place(first, end, now)
            for column, back in enumerate(days):
                then = now - back * DAY_US
                since = self._place(first, last, then)
                lags.count[part, column] = last - since
                lags.total[part, column] = self.before[last] - self.before[since]
                upto = self._place(since, last, then + 1)
                has = upto > first
                lags.value[part[has], column] = self.moment[upto[has] - 1]
        return lags

    def _place(
        self, first: NDArray[np.int64], end: NDArray[np.int64], moment_us: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the (n,) first places from ``first`` to ``end`` at or after moments, by halving all at once."""
        low, high = first.copy(), end.copy()
        while (is_open := low < high).any():
            middle = (low + high) >> 1
            is_below = is_open & (self.time_us[np.where(is_open, middle, 0)] < moment_us)
            low = np.where(is_below, middle + 1, low)
            high = np.where(is_open & ~is_below, middle, high)
        return low
