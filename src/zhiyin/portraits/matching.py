"""Which items comparisons hold for, kept up to date with the catalogue."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.ingest.values.prices import minor_units
from zhiyin.portraits.selection import NUMBERS, OF_ATTRIBUTE, Comparison, Selection
from zhiyin.portraits.sums import DAY_US
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.store import Store

Mask = NDArray[np.bool_]

_ORDERS: Mapping[str, Callable[[Any, float], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
AGE = "age_days"


class Matching:
    """Keeps for each comparison that is followed which items it holds for, one byte an item.

    Args:
        store: what items are.
        catalogue: tells how many there are, when they were listed, and when one of them changed.

    >>> import tempfile
    >>> from zhiyin.core import Item
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     _ = store.write("items", frame([Item("a", brand="Lu"), Item("b", stock=0)]))
    ...     cheap = Selection('brand = "Lu" or stock < 1')
    ...     matching = Matching(store, Catalogue(store))
    ...     matching.follow(cheap.comparisons)
    ...     matching.mask(cheap, now_us=0).tolist()
    [True, True]
    """

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._revision = -1
        self._masks: dict[Comparison, Mask] = {}
        self._followed: set[Comparison] = set()

    def follow(self, comparisons: Iterable[Comparison]) -> None:
        """Keep these, and those of the last time, which a page under way may still ask for.

        Complexity: one pass over the items where some are new.
        """
        wanted = {one for one in comparisons if one.field != AGE}
        kept = {one: mask for one, mask in self._masks.items() if one in wanted | self._followed}
        if new := dict.fromkeys(wanted - set(kept), np.zeros(0, bool)):
            items = self._store.entities_since(Kind.ITEM, -1)
            self._take_in(kept, items.filter(pl.col("revision") > self._revision))
            self._take_in(new, items)
            kept |= new
        self._masks, self._followed = kept, wanted

    def refresh(self) -> bool:
        """Read the items that changed since the last time, and return whether any did."""
        if self._catalogue.revision <= self._revision:
            return False
        self._take_in(self._masks, self._store.entities_since(Kind.ITEM, self._revision))
        return True

    def mask(self, selection: Selection, now_us: int) -> Mask:
        """Return (items of the catalogue,) bool, true for those that are meant; its comparisons must be followed."""
        n = len(self._catalogue)

        def of(comparison: Comparison) -> Mask:
            if comparison.field == AGE:
                listed = self._catalogue.created_us(np.arange(n))
                age = np.where(listed == NO_TIME, np.nan, (now_us - listed) / DAY_US)
                return _compared(age, comparison)
            kept = self._masks[comparison][:n]
            return np.append(kept, np.zeros(n - kept.size, bool))

        return selection.mask(of)

    def _take_in(self, masks: dict[Comparison, Mask], items: pl.DataFrame) -> None:
        if items.is_empty():
            return
        numbers = items["number"].to_numpy()
        fields = {one.field for one in masks}
        attributes = any(field.startswith(OF_ATTRIBUTE) for field in fields)
        said = [json.loads(text or "{}") for text in items["attributes"]] if attributes else []
        for one, mask in masks.items():
            size = max(mask.size, int(numbers.max()) + 1)
            grown = np.append(mask, np.zeros(size - mask.size, bool))
            grown[numbers] = _holds(one, items, said)
            masks[one] = grown
        self._revision = max(self._revision, *items["revision"].to_list())


def attribute_names(store: Store) -> set[str]:
    """Return the names of all attributes that items have."""
    told = store.entities_since(Kind.ITEM, -1)["attributes"].drop_nulls()
    return {name for text in told for name in json.loads(text)}


def _holds(comparison: Comparison, items: pl.DataFrame, said: list[Mapping[str, Any]]) -> Mask:
    """Return (n,) bool for n items as the store tells of them; ``said`` is their attributes."""
    if comparison.field.startswith(OF_ATTRIBUTE):
        name = comparison.field.removeprefix(OF_ATTRIBUTE)
        return np.array([_says(one.get(name), comparison) for one in said], bool)
    if comparison.field in NUMBERS:
        return _compared(_numbers(comparison.field, items), comparison)
    told = items[comparison.field].is_in(list(comparison.values)).fill_null(value=False)
    return told.to_numpy().astype(bool)


def _numbers(field: str, items: pl.DataFrame) -> NDArray[np.float64]:
    """Return (n,) float64; what is not known is NaN, and a stock that is not counted has no end."""
    if field == "stock":
        return items["stock"].cast(pl.Float64).fill_null(math.inf).to_numpy()
    ones = pl.Series([1.0]).new_from_index(0, items.height)
    prices = items["price_minor"].cast(pl.Float64) / minor_units(ones, items["currency"])
    return prices.fill_null(math.nan).to_numpy()


def _compared(values: NDArray[np.float64], comparison: Comparison) -> Mask:
    if comparison.sign == "=":
        return np.isin(values, comparison.numbers)
    return np.asarray(_ORDERS[comparison.sign](values, comparison.numbers[0]), bool)


def _says(value: Any, comparison: Comparison) -> bool:
    """Return whether an attribute, or one of the values of a list, is as the comparison says."""
    return any(_is(one, comparison) for one in (value if isinstance(value, list) else [value]))


def _is(value: Any, comparison: Comparison) -> bool:
    if isinstance(value, bool):
        return comparison.sign == "=" and str(value).lower() in comparison.values
    if isinstance(value, str) and comparison.sign == "=":
        return value in comparison.values
    try:
        number = np.array([float(value)])
    except (TypeError, ValueError, OverflowError):
        return False
    return bool(_compared(number, comparison)[0])
