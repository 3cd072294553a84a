"""What is counted of a shop, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind
from zhiyin.core.times import from_us

if TYPE_CHECKING:
    from zhiyin.shop import Shop


def overview_document(shop: Shop, told: dict[str, Any], language: str) -> dict[str, Any]:
    """Return how a shop did, with items under their own ids, and how fresh its pages are."""
    items = told["items"]
    named = _named(shop, [one["item"] for one in items], language)
    rows = [{**one, **named[one["item"]]} for one in items]
    return {**told, "counted": iso(told["counted"]), "items": rows, "freshness": _freshness(shop)}


def opinions_document(shop: Shop, told: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what reviews say, with items under their own ids."""
    reviews = told["representative"]
    named = _named(shop, [one["item"] for one in reviews if one["item"] is not None], language)
    worded = [
        {
            **one,
            **named.get(one["item"], {"item": None, "title": None}),
            "review_title": one["title"],
            "time": one["time"] and iso(one["time"]),
        }
        for one in reviews
    ]
    return {**told, "counted": iso(told["counted"]), "representative": worded}


def _named(shop: Shop, numbers: list[int], language: str) -> dict[int, dict[str, Any]]:
    shop.catalogue.refresh()
    keys = shop.store.keys(Kind.ITEM, numbers)
    return {
        number: {"item": key, "title": shop.catalogue.title(number, language)}
        for number, key in zip(numbers, keys, strict=True)
    }


def _freshness(shop: Shop) -> dict[str, Any]:
    last_us, training = shop.telemetry.last_event_us(), shop.telemetry.training()
    return {
        "lag_s": shop.telemetry.lag_s(),
        "last_event": None if last_us is None else iso(from_us(last_us)),
        "snapshot": shop.version,
        "trained": None if training is None else iso(from_us(training.began_us)),
        "training_s": None if training is None else training.seconds,
        "events_since": None if training is None else training.events_since,
    }
