"""What whoever searches clicked to narrow the hits: items must have it, whatever else is given up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from zhiyin.core.currency import whole_units
from zhiyin.errors import InvalidRecord
from zhiyin.search.aids.facets import values_of
from zhiyin.search.asked_queries import normal
from zhiyin.search.item_slots import called, same_as

_MOST, _LONGEST, _TOLD = 20, 500, 40
_PRICE = re.compile(r"(\d{0,15}(?:\.\d{1,3})?)-(\d{0,15}(?:\.\d{1,3})?)(?: ([A-Za-z]{3}))?")


class Filters:
    """Keeps the items that have a value of each name asked for; of several values of one name one is enough.

    Args:
        said: each as ``NAME:VALUE``: category, brand or the name of an attribute with a value in any of the catalogue's
            languages, or ``price:LOW-HIGH`` in whole units, from LOW on and below HIGH, with a currency behind a space.

    Raises:
        InvalidRecord: one cannot be read.

    >>> row = {"brand": "Sony", "category": "Audio > Radios", "attributes": None, "translations": None, "price_minor": 1999, "currency": "USD"}
    >>> [Filters(said).hold(row) for said in (["brand:sony", "category:Radios"], ["brand:Bose"], ["price:10-20 USD"], ["price:20-"])]
    [True, False, True, False]
    """

    def __init__(self, said: Sequence[str] = ()) -> None:
        if len(said) > _MOST:
            raise _wrong(f"{len(said)} filters", f"{_MOST} at most")
        self._values: dict[str, set[str]] = {}
        self._prices: list[tuple[float, float, str]] = []
        for one in said:
            name, _, value = one.partition(":")
            if not name.strip() or not normal(value) or len(one) > _LONGEST:
                raise _wrong(f"“{one[:100]}” is no filter", "NAME:VALUE, such as brand:Sony")
            if name.strip() == "price":
                self._prices.append(_price(value.strip()))
            else:
                own = called(name.strip())
                self._values.setdefault(own, set()).update(_same(own, value))

    def check(self, names: Collection[str]) -> None:
        """Refuse names that no item has.

        Args:
            names: of attributes that items have.
        Raises:
            InvalidRecord: one is neither among them nor category or brand.
        """
        known = {"category", "brand", *names}
        if unknown := sorted(self._values.keys() - known):
            told = ", ".join(sorted({"price", *known})[:_TOLD])
            raise _wrong(f"no item has “{unknown[0][:100]}”", f"one of: {told}")

    def __bool__(self) -> bool:
        return bool(self._values or self._prices)

    def hold(self, row: Mapping[str, Any]) -> bool:
        """Return whether an item of ``Store.entities_since`` has all of it."""
        if self._prices and not any(_in_band(row, *band) for band in self._prices):
            return False
        if not self._values:
            return True
        spoken: dict[tuple[str, str], dict[str, str]] = {}
        told = dict(values_of(row, spoken))
        return all(
            wanted & _forms(name, told.get(name, ()), spoken)
            for name, wanted in self._values.items()
        )


def _forms(
    name: str, values: Iterable[str], spoken: Mapping[tuple[str, str], Mapping[str, str]]
) -> set[str]:
    ways = (said for one in values for said in (one, *spoken.get((name, one), {}).values()))
    return {form for one in ways for form in _same(name, one)}


def _same(name: str, value: str) -> frozenset[str]:
    return same_as(name, value) | {normal(value)}


def _price(value: str) -> tuple[float, float, str]:
    match = _PRICE.fullmatch(value)
    low, high, currency = match.groups() if match else ("", "", None)
    if not low and not high:
        raise _wrong(f"“price:{value[:100]}” is no band of prices", "such as price:100-200 CNY")
    band = float(low or 0), float(high or "inf")
    if band[0] >= band[1]:
        raise _wrong(f"“price:{value[:100]}” ends before it begins", f"price:{high}-{low}")
    return *band, (currency or "").upper()


def _in_band(row: Mapping[str, Any], low: float, high: float, currency: str) -> bool:
    minor, own = row.get("price_minor"), row.get("currency")
    if minor is None or (currency and currency != (own or "").upper()):
        return False
    return low <= whole_units(minor, own) < high


def _wrong(what: str, expected: str) -> InvalidRecord:
    return InvalidRecord(
        what, where="filter", expected=expected, next_step="see the facets of a search for some"
    )
