"""Which items are what a query asks for, by the catalogue's values and prices."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import fold
from zhiyin.search.packed import Arrays, packed, unpacked
from zhiyin.search.understanding import Understanding

WIDTH = 16
"""Values of an item that are looked at."""
_PRICE_SAYS = 2.0
"""What a price counts beside values, of which one that an eighth of the items have counts as much."""
_KIND_SAYS = 2.0
"""What the kind of goods counts beside what is said of them."""
KINDS = frozenset({"type", "product_type", "category"})
_KEPT = 4096


class ItemValues:
    """Keeps what each item is.

    Args:
        rows: items, as ``Store.entities_since`` gives them.

    >>> rows = [{"number": place, "brand": None, "category": None, "translations": None, "price_minor": 900, "attributes": json.dumps({"colour": colour})}
    ...         for place, colour in enumerate(["navy blue", "red"])]
    >>> from zhiyin.search.understanding import Slot
    >>> ItemValues(rows).met(Understanding("blue", slots=(Slot("colour", "blue", 0, 4),)), np.array([1, 0])).tolist()
    [0.0, 1.0]
    """

    def __init__(self, rows: Collection[Mapping[str, Any]] = ()) -> None:
        self._table = _Table(
            np.empty(0, np.int64), np.empty((0, WIDTH), np.int32), np.empty(0, np.int64), {}
        )
        self.add(rows)

    def add(self, rows: Collection[Mapping[str, Any]]) -> None:
        """Take in items that are new or changed.

        Complexity: O(items there are + values of these).
        """
        if rows:
            self._table = self._table.after(_Table.of(rows, self._table.values))

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave; they may be memory-mapped."""
        opened = cls()
        values = {
            (name, value): place for place, (name, value) in enumerate(unpacked(arrays["values"]))
        }
        opened._table = _Table(arrays["numbers"], arrays["table"], arrays["prices"], values)
        return opened

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        own = self._table
        named: dict[str, NDArray[Any]] = {
            "numbers": own.numbers,
            "table": own.table,
            "prices": own.prices,
        }
        return {**named, "values": packed(list(own.values))}

    def met(self, read: Understanding, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much of what a query asks for some items are, (c,) float32 from 0 to 1.

        What few items have counts more, by its inverse document frequency; 0 for all where nothing is asked for.

        Args:
            read: the query.
            numbers: (c,) of items; one that is not known is nothing.
        Complexity: O(c · WIDTH · slots), and once for a new value O(values).
        """
        own = self._table
        found = np.zeros(numbers.size, np.float32)
        if not numbers.size or not own.numbers.size or not (read.slots or read.price):
            return found
        rows = np.minimum(np.searchsorted(own.numbers, numbers), own.numbers.size - 1)
        mine, total = own.table[rows], 0.0
        for slot in read.slots:
            wanted, weight = own.alike(slot.name, fold(slot.value))
            if wanted.size:
                weight *= _KIND_SAYS if slot.name in KINDS else 1
                found += weight * (np.isin(mine, wanted).any(axis=1) != slot.is_excluded)
                total += weight
        if read.price:
            low, high = read.price.low_minor or 0, read.price.high_minor
            prices = own.prices[rows]
            found += _PRICE_SAYS * (
                (prices >= low) & ((prices <= high) if high is not None else True)
            )
            total += _PRICE_SAYS
        found[own.numbers[rows] != numbers] = 0
        return found * np.float32(_told(read) / total) if total else found


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Values of items by number.

    Attributes:
        numbers: (n,) int64 item numbers, ascending.
        table: (n, WIDTH) int32 values, -1 behind the last.
        prices: (n,) int64 in the smallest unit, -1 where none is known.
        values: (name, folded value) → its number.
    """

    numbers: NDArray[np.int64]
    table: NDArray[np.int32]
    prices: NDArray[np.int64]
    values: Mapping[tuple[str, str], int]
    _known: dict[tuple[str, str], tuple[NDArray[np.int64], float]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: Collection[Mapping[str, Any]], known: Mapping[tuple[str, str], int]
    ) -> _Table:
        values = dict(known)
        table = np.full((len(rows), WIDTH), -1, np.int32)
        ordered = sorted(rows, key=lambda row: int(row["number"]))
        for place, row in enumerate(ordered):
            own = [values.setdefault(one, len(values)) for one in dict.fromkeys(_values(row))]
            table[place, : len(own[:WIDTH])] = own[:WIDTH]
        prices = [-1 if (price := row.get("price_minor")) is None else price for row in ordered]
        numbers = np.array([row["number"] for row in ordered], np.int64)
        return cls(numbers, table, np.array(prices, np.int64), values)

    def after(self, fresh: _Table) -> _Table:
        kept = ~np.isin(self.numbers, fresh.numbers)
        numbers = np.concatenate([self.numbers[kept], fresh.numbers])
        order = np.argsort(numbers, kind="stable")
        return _Table(
            numbers[order],
            np.concatenate([self.table[kept], fresh.table])[order],
            np.concatenate([self.prices[kept], fresh.prices])[order],
            fresh.values,
        )

    def alike(self, name: str, value: str) -> tuple[NDArray[np.int64], float]:
        """Return the numbers of a value, of those that have its words where no item has it itself, and their rarity."""
        found = self._known.get((name, value))
        if found is None:
            number = self.values.get((name, value))
            words = set(value.split())
            numbers = [number] if number is not None else [
                own for (key, one), own in self.values.items()
                if key == name and words <= set(one.split())
            ]  # fmt: skip
            wanted = np.array(numbers, np.int64)
            having = int(np.isin(self.table, wanted).any(axis=1).sum())
            rarity = math.log1p((self.numbers.size - having + 0.5) / (having + 0.5))
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[name, value] = wanted, rarity
        return found


def _told(read: Understanding) -> float:
    """Return which share of the letters of a query slots, price and exclusions explain."""
    wanted = sum(slot.end - slot.start for slot in read.slots if not slot.is_excluded)
    aside = sum(slot.end - slot.start for slot in read.slots if slot.is_excluded)
    if read.price:
        aside += read.price.end - read.price.start
    rest = max(len(read.text.replace(" ", "")) - wanted, 0)
    return (wanted + aside) / max(wanted + aside + rest, 1)


def _values(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
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
                yield name, fold(one.strip())
