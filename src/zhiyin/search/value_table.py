"""Values of items as numbers, by item."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import fold
from zhiyin.search.item_slots import SPOKEN, called, same_as

WIDTH = 16
"""Values of an item that are looked at."""

Value = tuple[str, str]
"""Name and folded value."""


class Values:
    """Numbers of values, from 0 in the order in which they were first seen.

    It only grows, so that it may be read while one thread adds to it.

    >>> values = Values([("colour", "navy blue"), ("colour", "blue")])
    >>> values.alike(("colour", "blue")), values.alike(("colour", "navy")), values.alike(("size", "navy"))
    ([1], [0], [])
    """

    def __init__(self, values: Iterable[Value] = ()) -> None:
        self.names: list[Value] = []
        self._kinds: set[str] = set()
        self._numbers: dict[Value, int] = {}
        self._having: dict[Value, list[int]] = {}
        self._called: dict[str, tuple[dict[str, list[int]], int]] = {}
        for one in values:
            self.number(one)

    def number(self, value: Value) -> int:
        """Return the number of a value, a new one where it has none yet."""
        found = self._numbers.get(value)
        if found is None:
            found = len(self.names)
            self.names.append(value)
            self._numbers[value] = found
            name, words = value[0], set(value[1].split())
            self._kinds.add(name)
            for word in words if len(words) > 1 else ():
                self._having.setdefault((name, word), []).append(found)
        return found

    def kinds(self) -> frozenset[str]:
        """Return the names of all values."""
        return frozenset(self._kinds)

    def alike(self, value: Value) -> list[int]:
        """Return the numbers of what a value is called in any language, or of values that have its words where it is none itself.

        Complexity: O(values that have the rarest of its words).
        """
        same = self._same(value)
        if value in self._numbers:
            return same
        words = [(value[0], word) for word in value[1].split()]
        rarest = min((self._having.get(word, []) for word in words), key=len, default=[])
        asked = {word for _, word in words}
        has_all = (one for one in rarest if asked <= set(self.names[one][1].split()))
        return sorted({*same, *has_all})

    def _same(self, value: Value) -> list[int]:
        """Return the number of a value, and of those that the vocabularies call the same."""
        name, said = value
        if name not in SPOKEN:
            return [self._numbers[value]] if value in self._numbers else []
        found, seen = self._called.setdefault(name, ({}, 0))
        if seen < len(self.names):
            for number in range(seen, len(self.names)):
                if self.names[number][0] == name:
                    for form in same_as(*self.names[number]):
                        found.setdefault(form, []).append(number)
            self._called[name] = found, len(self.names)
        return sorted({number for form in same_as(name, said) for number in found.get(form, ())})


@dataclass(frozen=True, slots=True, eq=False)
class ValueTable:
    """What items are.

    Attributes:
        numbers: (n,) int64 item numbers, ascending.
        table: (n, WIDTH) int32 numbers of values, -1 behind the last.
        prices: (n,) int64 in the smallest unit, -1 where none is known.
        starts: (v + 1,) int64, where the rows of each value begin; values with higher numbers have none.
        rows: those that have a value, value after value.
    """

    numbers: NDArray[np.int64]
    table: NDArray[np.int32]
    prices: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Collection[Mapping[str, Any]], values: Values) -> ValueTable:
        """Return a table of items; values that are new get the next numbers.

        Complexity: O(items · log items + values of them).
        """
        numbers = np.fromiter((row["number"] for row in rows), np.int64, len(rows))
        prices = np.array([_price(row) for row in rows], np.int64)
        table = np.full((len(rows), WIDTH), -1, np.int32)
        for place, row in enumerate(rows):
            own = [values.number(one) for one in dict.fromkeys(_values(row))]
            table[place, : len(own[:WIDTH])] = own[:WIDTH]
        order = np.argsort(numbers, kind="stable")
        return cls._counted(numbers[order], table[order], prices[order])

    @classmethod
    def _counted(
        cls, numbers: NDArray[np.int64], table: NDArray[np.int32], prices: NDArray[np.int64]
    ) -> ValueTable:
        places = np.flatnonzero(table.ravel() >= 0)
        values = table.ravel()[places]
        starts = np.zeros(int(values.max(initial=-1)) + 2, np.int64)
        np.cumsum(np.bincount(values), out=starts[1:])
        rows = (places // WIDTH).astype(np.int32)[np.argsort(values, kind="stable")]
        return cls(numbers, table, prices, starts, rows)

    def after(self, fresh: ValueTable) -> ValueTable:
        """Return a table of these items and others, which win. Complexity: O(items of both)."""
        kept = ~fresh.places(self.numbers)[1]
        numbers = np.concatenate([self.numbers[kept], fresh.numbers])
        order = np.argsort(numbers, kind="stable")
        return self._counted(
            numbers[order],
            np.concatenate([self.table[kept], fresh.table])[order],
            np.concatenate([self.prices[kept], fresh.prices])[order],
        )

    def places(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the row of each item, and whether it has one. Complexity: O(asked · log items)."""
        if not self.numbers.size:
            return np.zeros(numbers.size, np.int64), np.zeros(numbers.size, bool)
        rows = np.minimum(np.searchsorted(self.numbers, numbers), self.numbers.size - 1)
        return rows, self.numbers[rows] == numbers

    def having(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the items that have some values, once for each they have. Complexity: O(these)."""
        known = values[values < self.starts.size - 1]
        return np.concatenate([
            self.numbers[self.rows[self.starts[one] : self.starts[one + 1]]] for one in known
        ] or [np.empty(0, np.int64)])  # fmt: skip


def _price(row: Mapping[str, Any]) -> int:
    price = row.get("price_minor")
    return -1 if price is None else int(price)


def _values(row: Mapping[str, Any]) -> Iterator[Value]:
    translations = json.loads(row["translations"] or "{}")
    for said in (row, *translations.values()):
        if brand := said.get("brand"):
            yield "brand", fold(brand)
        for part in (said.get("category") or "").split(">"):
            if part.strip():
                yield "category", fold(part.strip())
    for name, value in json.loads(row["attributes"] or "{}").items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.strip():
                yield called(name), fold(one.strip())
