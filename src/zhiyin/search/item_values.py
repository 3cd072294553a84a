"""Which items are what a query asks for, by the catalogue's values and prices."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import fold
from zhiyin.search.item_slots import called
from zhiyin.search.packed import Arrays, packed, unpacked
from zhiyin.search.understanding import KINDS, Slot, Understanding
from zhiyin.search.value_table import WIDTH, Values, ValueTable

_PRICE_SAYS = 2.0
"""What a price counts beside values, of which one that an eighth of the items have counts as much."""
_KIND_SAYS = 2.0
"""What the kind of goods counts beside what is said of them."""
_NEAR = 0.2
"""What an item of another kind counts that is in all categories of the kind asked for."""
_MOSTLY = 0.5
"""Share of the items of a kind that must be in a category of it."""
_KEPT = 4096
_ARRAYS = ("numbers", "table", "prices", "starts", "rows")


class ItemValues:
    """Keeps what each item is.

    Args:
        rows: items, as ``Store.entities_since`` gives them.

    >>> import json
    >>> rows = [{"number": place, "brand": None, "category": None, "translations": None, "price_minor": 900, "attributes": json.dumps({"colour": colour})}
    ...         for place, colour in enumerate(["navy blue", "red"])]
    >>> from zhiyin.search.understanding import Slot
    >>> ItemValues(rows).met(Understanding("blue", slots=(Slot("colour", "blue", 0, 4),)), np.array([1, 0])).tolist()
    [0.0, 1.0]
    """

    def __init__(self, rows: Collection[Mapping[str, Any]] = ()) -> None:
        self._values = Values()
        self._state = _State(ValueTable.of(rows, self._values), ValueTable.of((), self._values))

    def add(self, rows: Collection[Mapping[str, Any]]) -> None:
        """Take in items that are new or changed; rarities count a changed one twice until all is indexed anew.

        Complexity: O(values of these + items that were added before).
        """
        if rows:
            fresh = ValueTable.of(rows, self._values)
            self._state = _State(self._state.base, self._state.fresh.after(fresh))

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave; they may be memory-mapped."""
        opened = cls()
        opened._values = Values((name, value) for name, value in unpacked(arrays["values"]))
        base = ValueTable(*(arrays[name] for name in _ARRAYS))
        opened._state = _State(base, opened._state.fresh)
        return opened

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        base, fresh = self._state.base, self._state.fresh
        own = base.after(fresh) if fresh.numbers.size else base
        named: dict[str, NDArray[Any]] = {name: getattr(own, name) for name in _ARRAYS}
        return {**named, "values": packed(self._values.names)}

    def having(self, read: Understanding, numbers: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Return how many of the values that a query asks for each of many items has, (n,) float32; None where it asks for none.

        Items that changed since all were indexed may be said to have what they had.

        Complexity: O(n + items that have one).
        """
        state = self._state
        asked = [slot for slot in read.slots if not slot.is_excluded]
        found = [one for slot in asked for one in state.having(slot, self._values) if one.size]
        if not found:
            return None
        most = max(int(one.max(initial=-1)) for one in (numbers, *found))
        often = np.zeros(most + 1, np.float32)
        for one in found:
            often[one] += 1
        return often[numbers]

    def names(self) -> frozenset[str]:
        """Return the names of all values."""
        return self._values.kinds()

    def met(self, read: Understanding, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much of what a query asks for some items are, (c,) float32 from 0 to 1.

        What few items have counts more, by its inverse document frequency. Where a kind of goods is asked for, all else that
        is asked for counts by how much an item is of that kind: wholly, or a little where it is in the categories in which
        at least half of the given items of the kind are. 0 for all where nothing is asked for.

        Args:
            read: the query.
            numbers: (c,) of items; one that is not known is nothing.
        Complexity: O(c · WIDTH · slots + c · log items).
        """
        if not numbers.size or not (read.slots or read.price):
            return np.zeros(numbers.size, np.float32)
        state = self._state
        mine, prices, is_known = state.of(numbers)
        kind, said = np.zeros((2, numbers.size))
        kinds = all_said = 0.0
        for slot in read.slots:
            wanted, rarity = state.alike(slot, self._values)
            if not wanted.size:
                continue
            has = np.asarray(np.isin(mine, wanted).any(axis=1))
            if slot.name in KINDS and not slot.is_excluded:
                kinds += _KIND_SAYS * rarity
                kind += _KIND_SAYS * rarity * np.maximum(has, _NEAR * self._near(mine, has))
            else:
                all_said += rarity
                said += rarity * (has != slot.is_excluded)
        if price := read.price:
            low, high = price.low_minor or 0, price.high_minor
            all_said += _PRICE_SAYS
            said += _PRICE_SAYS * ((prices >= low) & (True if high is None else prices <= high))
        met = (kind / kinds if kinds else 1) * (kinds + said) / max(kinds + all_said, 1e-9)
        return np.where(is_known, met * _told(read), 0).astype(np.float32)

    def _near(self, mine: NDArray[np.int32], has: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Return which share of the categories of a kind each item is in, (c,) float32."""
        seen, often = np.unique(mine[has], return_counts=True)
        common = seen[(seen >= 0) & (often >= _MOSTLY * has.sum())].tolist()
        categories = [one for one in common if self._values.names[one][0] == "category"]
        if not categories:
            return np.zeros(has.size, np.float32)
        in_each = np.stack([(mine == one).any(axis=1) for one in categories])
        return np.asarray(in_each.mean(axis=0, dtype=np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What requests see: replaced as a whole.

    Attributes:
        base: the items there were.
        fresh: those that came or changed since.
    """

    base: ValueTable
    fresh: ValueTable
    _known: dict[tuple[str, str], tuple[NDArray[np.int64], float]] = field(default_factory=dict)

    def of(
        self, numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.bool_]]:
        """Return the values of items, (c, WIDTH), their prices, and which of them are known."""
        mine = np.full((numbers.size, WIDTH), -1, np.int32)
        prices = np.full(numbers.size, -1, np.int64)
        is_known = np.zeros(numbers.size, bool)
        for part in (self.base, self.fresh):
            places, is_here = part.places(numbers)
            mine[is_here] = part.table[places[is_here]]
            prices[is_here] = part.prices[places[is_here]]
            is_known |= is_here
        return mine, prices, is_known

    def alike(self, slot: Slot, values: Values) -> tuple[NDArray[np.int64], float]:
        """Return the numbers of a slot's value, see ``Values.alike``, and their rarity."""
        value = called(slot.name), fold(slot.value)
        found = self._known.get(value)
        if found is None:
            wanted = np.array(values.alike(value), np.int64)
            n = self.base.numbers.size + self.fresh.numbers.size
            having = min(sum(one.size for one in self._having(wanted)), n)
            rarity = math.log1p((n - having + 0.5) / (having + 0.5))
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[value] = wanted, rarity
        return found

    def having(self, slot: Slot, values: Values) -> list[NDArray[np.int64]]:
        """Return the items that have a slot's value, of those there were and of those that came since."""
        return self._having(self.alike(slot, values)[0])

    def _having(self, wanted: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        return [part.having(wanted) for part in (self.base, self.fresh)]


def _told(read: Understanding) -> float:
    """Return which share of the letters of a query slots, price and exclusions explain."""
    wanted = sum(slot.end - slot.start for slot in read.slots if not slot.is_excluded)
    aside = sum(slot.end - slot.start for slot in read.slots if slot.is_excluded)
    if read.price:
        aside += read.price.end - read.price.start
    rest = max(len(read.text.replace(" ", "")) - wanted, 0)
    return (wanted + aside) / max(wanted + aside + rest, 1)
