"""What the items that a query found have in common: categories, brands, prices and attributes, with counts."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from zhiyin.language.scripts import HAN
from zhiyin.search.asked_queries import normal
from zhiyin.search.item_slots import SPOKEN, called, same_as

HAS_HAN = re.compile(f"[{HAN}]")
MOST = 8
MOST_VALUES = 10
_BANDS = 4
_NICE = (1, 2, 5)
_LEAST_SHARE = 0.1
"""Of the items found, which must say a facet for it to be of use."""


class Value(NamedTuple):
    """A value of a facet.

    Attributes:
        value: as the catalogue has it; None for a band of prices.
        items: how many of those found have it.
        translations: language → the value in it, where the catalogue says it.
        low_minor: of a band, in the currency's smallest unit.
        high_minor: of a band; the price that is no longer in it, None for the last band.
    """

    value: str | None
    items: int
    translations: Mapping[str, str] = {}
    low_minor: int | None = None
    high_minor: int | None = None


class Facet(NamedTuple):
    """A way to part the items found.

    Attributes:
        name: ``category``, ``brand``, ``price`` or the name of an attribute.
        values: the most usual first, prices by their height.
        others: how many values are left out.
        covered: how many of the items found say anything of it.
        bits: entropy of where an item falls, not saying anything being a place too: how much a choice narrows down.
        currency: of prices.
    """

    name: str
    values: tuple[Value, ...]
    others: int
    covered: int
    bits: float
    currency: str | None = None


def facets(
    rows: Sequence[Mapping[str, Any]], *, most: int = MOST, most_values: int = MOST_VALUES
) -> list[Facet]:
    """Return the facets of the items that a query found, the one that narrows down most first.

    One that all items share, that fewer than a tenth has, or that differs with each item is left out. An item with
    several values of an attribute counts for each. A category is the last part of its path.

    Args:
        rows: of ``Store.entities_since``, all that were found, before the page is cut.
        most: facets.
        most_values: of each facet.
    Complexity: O(items · values).

    >>> row = {"brand": "Sony", "category": "Audio > Headphones", "attributes": None, "translations": None, "price_minor": None}
    >>> [(f.name, [(v.value, v.items) for v in f.values], f.bits) for f in facets([row, {**row, "brand": "Bose"}])]
    [('brand', [('Bose', 1), ('Sony', 1)], 1.0)]
    """
    said: dict[str, list[tuple[str, ...]]] = {}
    words: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        for name, values in values_of(row, words):
            said.setdefault(name, []).append(values)
    made = [
        _facet(name, _in_one_way(name, sets, words), len(rows), words, most_values)
        for name, sets in said.items()
    ]
    made += [one for one in [_prices(rows)] if one]
    useful = [one for one in made if _is_useful(one, len(rows))]
    return sorted(useful, key=lambda one: (-one.bits, one.name))[:most]


def _is_useful(facet: Facet, n: int) -> bool:
    """Return whether a choice narrows down: enough items say it, in several ways, and not each in a way of its own."""
    shown = sum(value.items for value in facet.values)
    is_own = facet.others > 0 and shown < 2 * len(facet.values)
    return (
        facet.covered >= _LEAST_SHARE * n
        and len(facet.values) > 1
        and facet.bits > 0
        and not is_own
    )


def _facet(
    name: str,
    sets: Sequence[tuple[str, ...]],
    n: int,
    words: Mapping[tuple[str, str], Mapping[str, str]],
    most_values: int,
) -> Facet:
    counts = Counter(value for values in sets for value in values)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    values = tuple(
        Value(value, counts[value], words.get((name, value), {})) for value in ranked[:most_values]
    )
    often = [count for _, count in Counter(sets).most_common()]
    # All that is not shown is one place, so that what differs with every item is no way to part them.
    places = [*often[:most_values], sum(often[most_values:]), n - len(sets)]
    return Facet(name, values, max(len(ranked) - most_values, 0), len(sets), _entropy(places))


def _in_one_way(
    name: str,
    sets: Sequence[tuple[str, ...]],
    words: dict[tuple[str, str], dict[str, str]],
) -> Sequence[tuple[str, ...]]:
    """Return values with those that the vocabularies call the same in the most usual way, and note what others there are."""
    if name not in SPOKEN:
        return sets
    often = Counter(value for values in sets for value in values)
    usual: dict[str, str] = {}
    for value in sorted(often, key=lambda one: (-often[one], one)):
        same = [usual[form] for form in sorted(same_as(name, value)) if form in usual]
        for form in same_as(name, value):
            usual.setdefault(form, same[0] if same else value)
        if same and same[0] != value:
            language = "zh" if HAS_HAN.search(value) else "en"
            words.setdefault((name, same[0]), {}).setdefault(language, value)
    way = {value: usual[normal(value)] for value in often}
    return [tuple(sorted({way[value] for value in values})) for values in sets]


def _prices(rows: Sequence[Mapping[str, Any]]) -> Facet | None:
    """Return bands of prices at round figures, of about as many items each; those of the most usual currency alone."""
    currencies = Counter(row.get("currency") for row in rows if row.get("price_minor") is not None)
    if not currencies:
        return None
    currency = max(currencies, key=lambda one: (currencies[one], str(one)))
    of_currency = (row for row in rows if row.get("currency") == currency)
    prices = np.sort([p for row in of_currency if (p := row.get("price_minor")) is not None])
    cuts = np.quantile(prices, np.arange(1, _BANDS) / _BANDS)
    bounds = [
        one for one in sorted({_round(float(cut)) for cut in cuts}) if prices[0] < one <= prices[-1]
    ]
    if not bounds:
        return None
    counts = np.diff(np.searchsorted(prices, bounds), prepend=0, append=prices.size).tolist()
    values = tuple(
        Value(None, count, low_minor=low, high_minor=high)
        for count, low, high in zip(counts, [0, *bounds], [*bounds, None], strict=True)
    )
    places = [*counts, len(rows) - prices.size]
    return Facet("price", values, 0, int(prices.size), _entropy(places), currency)


def _round(price: float) -> int:
    """Return the nearest of 1, 2, 5, 10, 20, 50 and so on, by its share."""
    if price < 1:
        return 1
    unit = 10 ** math.floor(math.log10(price))
    return int(
        min((step * unit for step in (*_NICE, 10)), key=lambda one: abs(math.log(one / price)))
    )


def _entropy(counts: Sequence[int]) -> float:
    shares = np.array([count for count in counts if count > 0], np.float64)
    shares /= shares.sum()
    return round(float(-(shares * np.log2(shares)).sum()), 9) + 0.0


def values_of(
    row: Mapping[str, Any], words: dict[tuple[str, str], dict[str, str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and values of an item, and note what the catalogue says of them in other languages."""
    translations = json.loads(row.get("translations") or "{}")
    for name in ("category", "brand"):
        if value := _last(row.get(name)):
            for language, said in translations.items():
                if other := _last(said.get(name)):
                    words.setdefault((name, value), {})[language] = other
            yield name, (value,)
    for name, value in json.loads(row.get("attributes") or "{}").items():
        values = value if isinstance(value, list) else [value]
        told = sorted({one.strip() for one in values if isinstance(one, str) and one.strip()})
        if told:
            yield called(name), tuple(told)


def _last(path: str | None) -> str:
    return (path or "").rpartition(">")[2].strip()
