"""What each item is, in the values that queries ask for: brand, colour, size, material, audience, season, price."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.language.facts.attributes import KEPT, Attributes
from zhiyin.language.scripts import fold
from zhiyin.store.store import Store

NAMES = frozenset({"brand", "colour", "size", "material", "audience", "season"})
"""Slots by which items are kept or left out; what else a query says is a matter of relevance."""
_CALLED = {
    "color": "colour", "颜色": "colour", "颜色分类": "colour", "材质": "material", "面料": "material", "fabric": "material",
    "尺码": "size", "尺寸": "size", "季节": "season", "适用季节": "season", "适用人群": "audience", "gender": "audience", "品牌": "brand",
}  # fmt: skip
_ANY = {"audience": frozenset({"everyone", "all", "unisex", "通用"}), "season": frozenset({"all", "四季", "all seasons"})}  # fmt: skip
_SAME = {"cold": "winter", "hot": "summer"}
"""Words for a season that do not name it."""
_OPEN = frozenset({"audience", "season"})
"""An item that says nothing of these is for everybody and always."""
NO_PRICE = -1

Slotted = tuple[str, str]
"""Name and value of a slot."""
Key = TypeVar("Key")


class ItemSlots:
    """Keeps which items have which value, and prices, both by item number.

    A value is known from the item's brand and attributes, in all its languages, and from what its title states. Each is kept
    as it is written, folded, and as the canonical word of the vocabularies: 红色, "red" and a title with 大红 are one.

    Args:
        store: whose items.

    Complexity: a tenth of a millisecond an item that is new or changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision = -1
        self._of: dict[int, frozenset[Slotted]] = {}
        self._having: dict[Slotted, set[int]] = {}
        self._telling: dict[str, set[int]] = {}
        self.currencies: frozenset[str | None] = frozenset()
        """In which items are, or were, sold."""
        self.price_minor: NDArray[np.int64] = np.empty(0, np.int64)
        """(n,) int64, ``NO_PRICE`` where there is none."""
        self._take_in(store.entities_since(Kind.ITEM, -1).rows(named=True))

    def refreshed(self) -> ItemSlots:
        """Return the values with items as they are now; what requests under way look at stays as it is."""
        rows = self._store.entities_since(Kind.ITEM, self._revision).rows(named=True)
        if not rows:
            return self
        later = copy(self)
        later._of, later._having = dict(self._of), dict(self._having)
        later._telling = dict(self._telling)
        later._take_in(rows)
        return later

    def _take_in(self, rows: Sequence[Mapping[str, Any]]) -> None:
        reader = _Reader(row["brand"] for row in rows)
        size = max([self.price_minor.size, *(row["number"] + 1 for row in rows)])
        prices = np.full(size, NO_PRICE, np.int64)
        prices[: self.price_minor.size] = self.price_minor
        having, telling = _Own(self._having), _Own(self._telling)
        for row in rows:
            number, slots = row["number"], frozenset(reader.slots(row))
            for old in self._of.get(number, frozenset()) - slots:
                having[old].discard(number)
                telling[old[0]].discard(number)
            for new in slots:
                having[new].add(number)
                telling[new[0]].add(number)
            self._of[number] = slots
            prices[number] = NO_PRICE if row["price_minor"] is None else row["price_minor"]
        self.price_minor = prices
        sold = {row["currency"] for row in rows if row["price_minor"] is not None}
        self.currencies |= sold
        self._revision = max([self._revision, *(row["revision"] for row in rows)])

    def has(self, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return (n,) bool, which items have one of some values of a slot.

        Complexity: O(items + items that have one).
        """
        found = np.zeros(self.price_minor.size, bool)
        wanted = {(name, one) for value in values for one in forms(name, value)}
        if name in _OPEN:
            found[:] = True
            found[_array(self._telling.get(name, ()))] = False
            wanted |= {(name, value) for value in _ANY[name]}
        for one in wanted:
            found[_array(self._having.get(one, ()))] = True
        return found

    def lacks(self, name: str, value: str) -> NDArray[np.bool_]:
        """Return (n,) bool, which items are not known to have a value, such as one that is not wanted."""
        found = np.ones(self.price_minor.size, bool)
        for one in forms(name, value):
            found[_array(self._having.get((name, one), ()))] = False
        return found


class _Own(Generic[Key]):
    """Sets by key, each copied before it is first changed."""

    def __init__(self, sets: dict[Key, set[int]]) -> None:
        self._sets = sets
        self._copied: set[Key] = set()

    def __getitem__(self, key: Key) -> set[int]:
        if key not in self._copied:
            self._sets[key] = set(self._sets.get(key, ()))
            self._copied.add(key)
        return self._sets[key]


def forms(name: str, value: str) -> frozenset[str]:
    """Return a value folded, and what the vocabularies call it.

    >>> sorted(forms("colour", "红色")), sorted(forms("season", "cold")), sorted(forms("brand", "SONY"))
    (['red', '红色'], ['cold', 'winter'], ['sony'])
    """
    return _forms(name, " ".join(fold(value).split()))


@lru_cache(20_000)
def _forms(name: str, folded: str) -> frozenset[str]:
    read = () if name in ("brand", "size") else _READER.read(folded)
    known = {one.value for one in read if one.name == name}
    same = {_SAME[folded]} if folded in _SAME else set()
    return frozenset({folded} | known | same)


_READER = Attributes()


class _Reader:
    """Reads the slots of items."""

    def __init__(self, brands: Iterable[str | None]) -> None:
        self._attributes = Attributes(sorted({brand for brand in brands if brand}))

    def slots(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the slots of an item of ``Store.entities_since``."""
        translations = json.loads(row["translations"] or "{}")
        for said in (row, *translations.values()):
            if brand := said.get("brand"):
                yield from _all("brand", brand)
        for name, value in json.loads(row["attributes"] or "{}").items():
            called = _CALLED.get(fold(name), name)
            for one in value if isinstance(value, list) else [value]:
                if called in NAMES and isinstance(one, str):
                    yield from _all(called, one)
        for found in self._attributes.read(row["title"] or "", category=row["category"]):
            if found.name in NAMES and found.confidence >= KEPT:
                yield from _all(found.name, found.value)


def _all(name: str, value: str) -> Iterator[tuple[str, str]]:
    for one in forms(name, value):
        yield name, one


def _array(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(numbers, np.int64)
