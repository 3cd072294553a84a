"""How often everybody did something with an item in the days before a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions

_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class ItemCounts:
    """The events with items in order of time, so that the count before any moment is two searches.

    Attributes:
        keys: (e,) int64 ascending, ``item * span + time - first``, in seconds.
        first: the earliest time, seconds since 1970 UTC.
        span: more seconds than from the first event to ``until_us``.
        n_items: items at or above it have no events.
        until_us: microseconds since 1970 UTC; only what happened before is counted.

    >>> one, day = np.zeros(2, np.int64), 86_400_000_000
    >>> told = Interactions(one, one, np.ones(2, np.float32), np.array([0, 2 * day]))
    >>> ItemCounts.of(told, n_items=1, until_us=4 * day).between(np.array([0]), day, 3 * day).tolist()
    [1]
    """

    keys: NDArray[np.int64]
    first: int
    span: int
    n_items: int
    until_us: int

    @classmethod
    def of(cls, events: Interactions, n_items: int, until_us: int) -> Self:
        """Sort events once; those without a time, against an item or beyond ``n_items`` are left out.

        Complexity: O(e log e).
        """
        counts = (events.time_us != NO_TIME) & (events.time_us < until_us)
        counts &= (events.strength > 0) & (events.item < n_items)
        item, seconds = events.item[counts], events.time_us[counts] // _SECOND_US
        until = until_us // _SECOND_US
        first = int(seconds.min(initial=until))
        span = until - first + 2
        return cls(np.sort(item * span + (seconds - first)), first, span, n_items, until_us)

    def since(self, time_us: int) -> Self:
        """Return the counts without events before a moment."""
        later = self.keys % self.span + self.first >= time_us // _SECOND_US
        return replace(self, keys=self.keys[later])

    def between(self, ids: NDArray[np.int64], since_us: int, until_us: int) -> NDArray[np.int64]:
        """Return how many events each item had from the second of one moment to that of another, (n,) int64.

        Events in the very second of ``until_us`` are not counted.
        """
        start = np.minimum(ids, self.n_items) * self.span
        first, last = (
            np.searchsorted(
                self.keys, start + min(max(time // _SECOND_US - self.first, 0), self.span - 1)
            )
            for time in (since_us, until_us)
        )
        return np.asarray(last - first)
