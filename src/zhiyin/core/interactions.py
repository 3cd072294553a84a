"""Who did what with which item, as plain arrays, and as one sparse row of strengths a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True, slots=True, eq=False)
class Interactions:
    """A table of events, one array a column.

    Attributes:
        person: (e,) int64.
        item: (e,) int64.
        strength: (e,) float32, how much the event speaks for the item: above 0 to 1; 0 not at all, below 0 against.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.

    >>> one = np.ones(1, np.int64)
    >>> Interactions(one, one, np.ones(1, np.float32), one).rows(2, 3).toarray().tolist()
    [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    strength: NDArray[np.float32]
    time_us: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_]) -> Interactions:
        """Return the chosen events; ``chosen`` is (e,) bool."""
        return Interactions(
            self.person[chosen], self.item[chosen], self.strength[chosen], self.time_us[chosen]
        )

    def joined(self, others: Interactions) -> Interactions:
        """Return these events and others after them."""
        columns = ((getattr(part, name) for part in (self, others)) for name in self.__slots__)
        return Interactions(*(np.concatenate(list(parts)) for parts in columns))

    def touched(self, n_people: int, n_items: int) -> Any:
        """Return the (n_people, n_items) float32 CSR with 1 for each pair that has an event, also one against."""
        ones = np.ones(self.person.size, np.float32)
        return Interactions(self.person, self.item, ones, self.time_us).rows(n_people, n_items)

    def rows(self, n_people: int, n_items: int) -> Any:
        """Return the (n_people, n_items) float32 CSR of strengths in (0, 1].

        Of several events of a pair the strongest counts; one event against takes the item out, whenever it came.
        People and items beyond the shape are left out.
        """
        inside = (self.person < n_people) & (self.item < n_items)
        pair = self.person[inside] * n_items + self.item[inside]
        pair, strength = strongest(pair, self.strength[inside])
        person, item = np.divmod(pair, n_items)
        start = np.searchsorted(person, np.arange(n_people + 1))
        return sparse.csr_array(
            (strength, item.astype(np.int32), start.astype(np.int32)), shape=(n_people, n_items)
        )


def strongest(
    keys: NDArray[np.int64], strength: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return each key once with its highest strength; one strength below 0 takes the key out, and so does none above 0.

    Args:
        keys: (e,) int64.
        strength: (e,) float32.
    Returns: (d,) int64 ascending, and (d,) float32 above 0.
    """
    if keys.size == 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    order = np.argsort(keys)
    keys, strength = keys[order], strength[order]
    start = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    highest = np.maximum.reduceat(strength, start)
    kept = (highest > 0) & (np.minimum.reduceat(strength, start) >= 0)
    return keys[start[kept]], highest[kept]
