"""What stands around a search as JSON: facets, other queries, products side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zhiyin.apps.money import band_text, money
from zhiyin.apps.portrait_names import name_of
from zhiyin.apps.search_wording import slot_name
from zhiyin.core import Kind
from zhiyin.core.currency import whole_units
from zhiyin.core.rule import SEARCH

if TYPE_CHECKING:
    from zhiyin.search.aids.comparing import ComparedFact, Comparison
    from zhiyin.search.aids.facets import Facet, Value
    from zhiyin.shop import Shop

_BETWEEN = {"en": ", ", "zh": "、"}


def search_aids_document(
    shop: Shop, query: str, language: str, filters: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what stands around the hits of a query.

    Args:
        shop: whose goods.
        query: as a shopper types it.
        language: of values and titles, where the catalogue has them in it.
        filters: what the hits are narrowed to; see ``Filters``.
    """
    now = datetime.now(UTC)
    shop.searching.check(filters)
    found = shop.searching.find(query, SEARCH, now, filters)
    may = shop.searching.shown(SEARCH, now, found.read)
    numbers, aids = found.hits.numbers, shop.searching.aids
    meant = aids.did_you_mean(found.read, int(numbers.size))
    return {
        "query": found.read.said,
        "facets": [_facet(one, language) for one in aids.facets(numbers)],
        "did_you_mean": None if meant is None else meant._asdict(),
        "related": [one.text for one in aids.related(found.read.said)],
        "comparison": _comparison(
            shop, aids.comparison(found.read, shop.texts.opinions, may, language), language
        ),
    }


def _facet(facet: Facet, language: str) -> dict[str, Any]:
    values = [_value(one, facet, language) for one in facet.values]
    return {**facet._asdict(), "text": slot_name(facet.name, language), "values": values}


def _value(value: Value, facet: Facet, language: str) -> dict[str, Any]:
    told = value._asdict()
    spoken = told.pop("translations").get(language)
    if value.value is None:
        text = band_text(value.low_minor or 0, value.high_minor, facet.currency, language)
    else:
        text = spoken or name_of(facet.name, value.value, language)
    return {**told, "text": text, "filter": _filter(value, facet)}


def _filter(value: Value, facet: Facet) -> str:
    """Return what narrows a search to a value."""
    if value.value is not None:
        return f"{facet.name}:{value.value}"
    low, high = (
        "" if one is None else f"{whole_units(one, facet.currency):.15g}"
        for one in (value.low_minor, value.high_minor)
    )
    return f"price:{low}-{high} {facet.currency or ''}".strip()


def _comparison(shop: Shop, told: Comparison | None, language: str) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "items": [
            {"name": name, **_item(shop, number, language)}
            for name, number in zip(told.names, told.numbers, strict=True)
        ],
        "facts": [_fact(one, told.currencies, language) for one in told.facts],
        "aspects": [
            {**one._asdict(), "opinions": [said._asdict() for said in one.opinions]}
            for one in told.aspects
        ],
        "currencies": list(told.currencies),
        "are_unlike": told.are_unlike,
    }


def _fact(fact: ComparedFact, currencies: Sequence[str | None], language: str) -> dict[str, Any]:
    return {
        "name": fact.name,
        "text": slot_name(fact.name, language),
        "values": list(fact.values),
        "texts": [
            None if value is None else _said(fact.name, value, currency, language)
            for value, currency in zip(fact.spoken, currencies, strict=True)
        ],
        "differs": fact.differs,
    }


def _said(name: str, value: Any, currency: str | None, language: str) -> str:
    if name == "price":
        return money(value, currency, language)
    values = value if isinstance(value, list) else [value]
    return _BETWEEN[language].join(name_of(name, str(one), language) for one in values)


def _item(shop: Shop, number: int | None, language: str) -> dict[str, Any]:
    if number is None:
        return {"item": None, "title": None}
    [key] = shop.store.keys(Kind.ITEM, [number])
    known = shop.store.entity(Kind.ITEM, key) or {}
    spoken = (known.get("translations") or {}).get(language, {})
    return {"item": key, "title": spoken.get("title") or known.get("title")}
