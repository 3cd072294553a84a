"""What stands around a search as JSON: facets, other queries, products side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zhiyin.core import Kind

if TYPE_CHECKING:
    from zhiyin.search.comparing import Comparison
    from zhiyin.search.facets import Facet, Value
    from zhiyin.shop import Shop

_SURFACE = "search"


def search_aids_document(shop: Shop, query: str, language: str) -> dict[str, Any]:
    """Return what stands around the hits of a query.

    Args:
        shop: whose goods.
        query: as a shopper types it.
        language: of values and titles, where the catalogue has them in it.
    """
    now = datetime.now(UTC)
    found, may = shop.searching.find(query, _SURFACE, now), shop.searching.shown(_SURFACE, now)
    numbers, aids = found.hits.numbers, shop.searching.aids
    meant = aids.did_you_mean(found.read, int(numbers.size))
    return {
        "query": found.read.said,
        "facets": [_facet(one, language) for one in aids.facets(numbers)],
        "did_you_mean": None if meant is None else meant._asdict(),
        "related": [one.text for one in aids.related(found.read.said)],
        "comparison": _comparison(shop, aids.comparison(found.read, *_known(shop), may), language),
    }


def _known(shop: Shop) -> tuple[Any, Any]:
    def keys(numbers: Sequence[int]) -> list[str]:
        return shop.store.keys(Kind.ITEM, numbers)

    return shop.texts.opinions, keys


def _facet(facet: Facet, language: str) -> dict[str, Any]:
    values = [_value(one, language) for one in facet.values]
    return {**facet._asdict(), "values": values}


def _value(value: Value, language: str) -> dict[str, Any]:
    told = value._asdict()
    text = told.pop("translations").get(language) or value.value
    return {**told, "text": text}


def _comparison(shop: Shop, told: Comparison | None, language: str) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "items": [
            {"name": name, **_item(shop, number, language)}
            for name, number in zip(told.names, told.numbers, strict=True)
        ],
        "facts": [{**one._asdict(), "values": list(one.values)} for one in told.facts],
        "aspects": [
            {**one._asdict(), "opinions": [said._asdict() for said in one.opinions]}
            for one in told.aspects
        ],
        "currencies": list(told.currencies),
    }


def _item(shop: Shop, number: int | None, language: str) -> dict[str, Any]:
    if number is None:
        return {"item": None, "title": None}
    [key] = shop.store.keys(Kind.ITEM, [number])
    known = shop.store.entity(Kind.ITEM, key) or {}
    spoken = (known.get("translations") or {}).get(language, {})
    return {"item": key, "title": spoken.get("title") or known.get("title")}
