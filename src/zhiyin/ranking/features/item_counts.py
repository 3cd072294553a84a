"""What everybody did with items in the days before a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.item_vectors import item_vectors
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions

_SECOND_US = 1_000_000
_DAY_US = 86_400_000_000
_HALF_LIFE_DAYS, _LATELY_DAYS = 14, 90


@dataclass(frozen=True, slots=True, eq=False)
class ItemCounts:
    """The events with items in order of time, so that the count before any moment is two searches.

    Attributes:
        keys: (e,) int64 ascending, ``item * span + time - first``, in seconds.
        first: the earliest time, seconds since 1970 UTC.
        span: more seconds than from the first event to ``until_us``.
        n_items: items at or above it have no events.
        until_us: microseconds since 1970 UTC; only what happened before is counted.
        lately: (n_people, n_items) float32 CSR, the strengths of each person's events of the last ninety days, halved with
            every two weeks.
        chosen: (n_items, 32) float32 unit rows by who chose an item, see ``item_vectors``.

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
    lately: Any
    chosen: NDArray[np.float32]

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
        keys = np.sort(item * span + (seconds - first))
        past = events.where(counts)
        lately = _lately(past, n_items, until_us)
        chosen = item_vectors(past.rows(lately.shape[0], n_items))
        return cls(keys, first, span, n_items, until_us, lately, chosen)

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

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        counted = np.array([self.first, self.span, self.n_items, self.until_us])
        lately = csr_arrays("lately", self.lately)
        return {"keys": self.keys, "counted": counted, "chosen": self.chosen, **lately}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        first, span, n_items, until_us = np.asarray(arrays["counted"]).tolist()
        lately = csr_from("lately", arrays, (arrays["lately_indptr"].size - 1, n_items))
        keys, chosen = np.asarray(arrays["keys"]), np.asarray(arrays["chosen"])
        return cls(keys, first, span, n_items, until_us, lately, chosen)


def _lately(events: Interactions, n_items: int, until_us: int) -> Any:
    lately = events.where(events.time_us >= until_us - _LATELY_DAYS * _DAY_US)
    age = (until_us - lately.time_us.astype(np.float64)) / _DAY_US
    decayed = (lately.strength * 0.5 ** (age / _HALF_LIFE_DAYS)).astype(np.float32)
    n_people = int(events.person.max(initial=-1)) + 1
    rows = sparse.csr_array((decayed, (lately.person, lately.item)), shape=(n_people, n_items))
    rows.sum_duplicates()
    return rows
