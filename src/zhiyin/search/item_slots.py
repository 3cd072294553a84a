"""What each item is, in the values that queries ask for: brand, colour, size, material, audience, season, price."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.facts.attributes import KEPT, Attributes
from zhiyin.language.scripts import fold
from zhiyin.search.packed import Arrays, packed, unpacked
from zhiyin.search.query.sizes import bare_size

CONSTRAINING = frozenset({"brand", "colour", "size", "material", "audience", "season"})
"""Slots by which items are kept or left out; what else a query says is a matter of relevance."""
_CALLED = {
    "color": "colour", "颜色": "colour", "颜色分类": "colour", "材质": "material", "面料": "material", "fabric": "material",
    "尺码": "size", "尺寸": "size", "季节": "season", "适用季节": "season", "适用人群": "audience", "gender": "audience", "品牌": "brand",
}  # fmt: skip
SPOKEN = CONSTRAINING - {"brand"}
"""Slots whose values the vocabularies call the same in both languages."""
_ANY = {"audience": frozenset({"everyone", "all", "unisex", "通用"}), "season": frozenset({"all", "四季", "all seasons"})}  # fmt: skip
_SAME = {"cold": "winter", "hot": "summer"}
"""Words for a season that do not name it."""
_OPEN = frozenset({"audience", "season"})
"""An item that says nothing of these is for everybody and always."""
ANIMALS = frozenset({"dog", "cat", "pet", "pets", "dogs", "cats"})
"""Audiences that are none of everybody's: goods for all are for people."""
NO_PRICE = -1

Slotted = tuple[str, str]
"""Name and value of a slot."""


class ItemSlots:
    """Knows which items have which value, and prices, both by item number; what is new makes another, this one stays.

    A value is known from the item's brand and attributes, in all its languages, and from what its title states. Each is kept
    as it is written, folded, and as the canonical word of the vocabularies: 红色, "red" and a title with 大红 are one.

    Attributes:
        revision: of the last change that is in it, -1 for none.
        price_minor: (n,) int64, ``NO_PRICE`` where there is none.
        currencies: in which items are, or were, sold.

    >>> nothing = dict.fromkeys(("brand", "category", "translations", "price_minor", "currency"))
    >>> rows = [{**nothing, "number": 0, "revision": 1, "title": "红色跑步鞋", "attributes": None}, {**nothing, "number": 1, "revision": 2, "title": "cup", "attributes": '{"colour": "blue"}'}]
    >>> slots = ItemSlots().after(rows)
    >>> slots.has("colour", ["red"]).tolist(), slots.lacks("colour", "blue").tolist()
    ([True, False], [True, False])
    """

    def __init__(self) -> None:
        self.revision = -1
        self.price_minor: NDArray[np.int64] = np.empty(0, np.int64)
        self.currencies: frozenset[str | None] = frozenset()
        self._open({}, np.zeros(1, np.int64), np.empty(0, np.int32))

    def _open(
        self, values: dict[Slotted, int], starts: NDArray[np.int64], items: NDArray[np.int32]
    ) -> None:
        self._values, self._starts, self._items = values, starts, items
        self._telling = {
            name: [place for (own, _), place in values.items() if own == name] for name in _OPEN
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave; they may be memory-mapped."""
        opened = cls()
        opened.revision, values, currencies = unpacked(arrays["told"])
        opened.currencies, opened.price_minor = frozenset(currencies), arrays["prices"]
        named = {(name, value): place for place, (name, value) in enumerate(values)}
        opened._open(named, arrays["starts"], arrays["items"])
        return opened

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        told = packed([self.revision, list(self._values), list(self.currencies)])
        return {
            "told": told, "starts": self._starts, "items": self._items, "prices": self.price_minor,
        }  # fmt: skip

    def after(self, rows: Iterable[Mapping[str, Any]], brands: Iterable[str] = ()) -> Self:
        """Return the values with some items as they are now.

        Args:
            rows: of ``Store.entities_since``; they are read once.
            brands: that titles may name, beside those of the vocabulary.
        Complexity: O(values of all items), and some tenths of a millisecond an item of these.
        """
        reader, values = _reader(tuple(brands)), dict(self._values)
        numbers, prices, place, item = array("q"), array("q"), array("i"), array("i")
        later, currencies = copy(self), set(self.currencies)
        for row in rows:
            own = sorted(set(reader.slots(row)))
            place.extend(values.setdefault(one, len(values)) for one in own)
            item.extend([row["number"]] * len(own))
            numbers.append(row["number"])
            price = row["price_minor"]
            prices.append(NO_PRICE if price is None else price)
            if price is not None:
                currencies.add(row["currency"])
            later.revision = max(later.revision, row["revision"])
        if not numbers:
            return self
        changed = np.frombuffer(numbers, np.int64)
        size = max(self.price_minor.size, int(changed.max()) + 1)
        later.price_minor = np.full(size, NO_PRICE, np.int64)
        later.price_minor[: self.price_minor.size] = self.price_minor
        later.price_minor[changed] = np.frombuffer(prices, np.int64)
        later.currencies = frozenset(currencies)
        is_changed = np.zeros(size, bool)
        is_changed[changed] = True
        kept = ~is_changed[self._items]
        before = np.repeat(np.arange(self._starts.size - 1, dtype=np.int32), np.diff(self._starts))
        places = np.concatenate([before[kept], np.frombuffer(place, np.int32)])
        items = np.concatenate([self._items[kept], np.frombuffer(item, np.int32)])
        starts = np.zeros(len(values) + 1, np.int64)
        np.cumsum(np.bincount(places, minlength=len(values)), out=starts[1:])
        later._open(values, starts, items[np.argsort(places, kind="stable")])
        return later

    def has(self, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return (n,) bool, which items have one of some values of a slot.

        Complexity: O(items + items that have one).
        """
        asked = set(values)
        found = self.states(name, asked)
        if name in _OPEN and not asked <= ANIMALS:
            found |= self.states(name, _ANY[name])
            says = np.zeros(found.size, bool)
            for place in self._telling[name]:
                says[self._having(place)] = True
            found |= ~says
        return found

    def states(self, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return (n,) bool, which items say that they have one of some values of a slot; what is for all says nothing of it.

        Complexity: O(items + items that have one).
        """
        found = np.zeros(self.price_minor.size, bool)
        wanted = {(name, one) for value in values for one in forms(name, value)}
        for one in wanted & self._values.keys():
            found[self._having(self._values[one])] = True
        return found

    def lacks(self, name: str, value: str) -> NDArray[np.bool_]:
        """Return (n,) bool, which items are not known to have a value, such as one that is not wanted."""
        found = np.ones(self.price_minor.size, bool)
        for one in {(name, form) for form in forms(name, value)} & self._values.keys():
            found[self._having(self._values[one])] = False
        return found

    def _having(self, place: int) -> NDArray[np.int32]:
        return self._items[self._starts[place] : self._starts[place + 1]]


def called(name: str) -> str:
    """Return what the slot of an attribute is called.

    >>> called("颜色"), called("Color"), called("flavour")
    ('colour', 'colour', 'flavour')
    """
    return _CALLED.get(fold(name), name)


def forms(name: str, value: str) -> frozenset[str]:
    """Return a value folded, and what the vocabularies call it.

    >>> sorted(forms("colour", "红色")), sorted(forms("season", "cold")), sorted(forms("brand", "SONY"))
    (['red', '红色'], ['cold', 'winter'], ['sony'])
    """
    return _forms(name, " ".join(fold(value).split()))


@lru_cache(20_000)
def same_as(name: str, value: str) -> frozenset[str]:
    """Return a value folded, and what the vocabularies call it where that is all it says: navy blue is no blue.

    >>> sorted(same_as("colour", "红色")), sorted(same_as("colour", "red and blue"))
    (['red', '红色'], ['red and blue'])
    """
    folded = " ".join(fold(value).split())
    found = _READER.read(folded) if name in SPOKEN else ()
    whole = {one.value for one in found if one.name == name and one.end - one.start == len(folded)}
    return frozenset({folded} | whole)


@lru_cache(20_000)
def _forms(name: str, folded: str) -> frozenset[str]:
    read = () if name in ("brand", "size") else _READER.read(folded)
    known = {one.value for one in read if one.name == name}
    same = {_SAME[folded]} if folded in _SAME else set()
    if name == "size":
        same.add(fold(bare_size(folded)))
    return frozenset({folded} | known | same)


_READER = Attributes()


class _Reader:
    """Reads the slots of items."""

    def __init__(self, brands: Iterable[str]) -> None:
        self._attributes = Attributes(brands)

    def slots(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the slots of an item of ``Store.entities_since``."""
        translations = json.loads(row["translations"] or "{}")
        for said in (row, *translations.values()):
            if brand := said.get("brand"):
                yield from _all("brand", brand)
        for name, value in json.loads(row["attributes"] or "{}").items():
            own = called(name)
            for one in value if isinstance(value, list) else [value]:
                if own in CONSTRAINING and isinstance(one, str):
                    yield from _all(own, one)
        for found in self._attributes.read(row["title"] or "", category=row["category"]):
            if found.name in CONSTRAINING and found.confidence >= KEPT:
                yield from _all(found.name, found.value)


@lru_cache(2)
def _reader(brands: tuple[str, ...]) -> _Reader:
    return _Reader(brands)


def _all(name: str, value: str) -> Iterator[tuple[str, str]]:
    for one in forms(name, value):
        yield name, one
