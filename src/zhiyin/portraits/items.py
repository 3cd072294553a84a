"""What the shop tells of items: who each one is, for those who run the shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.ingest.values.prices import minor_units
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.portraits.society import Society
from zhiyin.store.store import Store

_APART = ("brand", "category", "department", "price")
"""Facets that stand under names of their own."""
_DAY_US = 86_400_000_000


class Items:
    """Tells who items are, by their ids.

    Args:
        store: where they are.
        society: gives what the last training learned; None before the first.
    """

    def __init__(self, store: Store, society: Callable[[], Society | None]) -> None:
        self._store = store
        self._society = society

    def portrait(self, item: str, *, language: str = "") -> dict[str, Any]:
        """Return who an item is, as of the last training; title, category and price as of now.

        Args:
            item: the shop's id.
            language: of titles, brand and category, where the shop gave them in it.
        Returns: ``item``, ``title``, ``brand``, ``category``, ``listed``, ``age_days`` until the newest event learned from,
            ``newer_than`` (share of the dated items), ``people`` who chose it, ``known_by``: ``people``, ``neighbours`` where
            nobody chose it yet, so that opinions and audience are those of its related items, or ``catalogue`` where it came
            after the training; ``price`` with its ``position`` in the category from 0, the cheapest, to 1; ``facets``,
            ``opinions`` by aspect, ``audience``: groups that choose it ``times`` as often as everybody, and ``related`` items.
        Raises:
            UnknownEntity: no item has that id.
            NotFound: nothing was trained yet.
        """
        society, number = self._society(), self._number(item)
        if society is None:
            raise NotFound(
                "nothing was learned of items yet",
                where="items",
                expected="a snapshot",
                next_step="zhiyin train",
            )
        known = self._store.entity(Kind.ITEM, item) or {}
        spoken = (known.get("translations") or {}).get(language, {})
        told = {
            name: spoken.get(name) or known.get(name) for name in ("title", "brand", "category")
        }
        dated = _dated(known.get("created"), society)
        price = _price(known, society.items, number)
        learned = _learned(society.items, number)
        if any(is_blocked(name, told[name] or "") for name in ("title", "category")):
            learned["audience"] = []  # who buys such goods is nobody's business, in sum either
        related = titled(self._store, learned["related"], language).values()
        learned["related"] = [{"item": one["item"], "title": one["title"]} for one in related]
        return {"item": item, **told, **dated, "price": price, **learned}

    def _number(self, item: str) -> int:
        number = self._store.number(Kind.ITEM, item)
        if number is None:
            raise UnknownEntity(
                f"no item has the id {item}",
                where="items",
                expected="an id of the catalogue",
                next_step="zhiyin import brings items in",
            )
        return number


def titled(store: Store, numbers: Sequence[int], language: str) -> dict[int, dict[str, Any]]:
    """Return number → ``item`` (its id), ``title`` and ``currency``, without items whose titles are nobody's business."""
    found = {}
    for number, key in zip(numbers, store.keys(Kind.ITEM, numbers), strict=True):
        known = store.entity(Kind.ITEM, key) or {}
        spoken = (known.get("translations") or {}).get(language, {})
        title = spoken.get("title") or known.get("title")
        if not is_blocked("title", title or ""):
            found[number] = {"item": key, "title": title, "currency": known.get("currency")}
    return found


def _dated(created: datetime | None, society: Society) -> dict[str, Any]:
    """Return when an item was listed and how fresh that is in the shop's own time."""
    if created is None:
        return {"listed": None, "age_days": None, "newer_than": None}
    listed_us = int(created.timestamp() * 1e6)
    times = society.items.created_us
    times = times[times != NO_TIME]
    return {
        "listed": created.astimezone(UTC).isoformat(),
        "age_days": max((society.last_us - listed_us) // _DAY_US, 0),
        "newer_than": round(float(np.mean(times < listed_us)), 4) if times.size else None,
    }


def _price(known: Mapping[str, Any], items: ItemPortraits, number: int) -> dict[str, Any] | None:
    minor, currency = known.get("price_minor"), known.get("currency")
    if minor is None:
        return None
    [unit] = minor_units(pl.Series([1.0]), pl.Series([currency], dtype=pl.String))
    is_learned = number < len(items) and items.price_minor[number] == minor
    position = float(items.price_position[number]) if is_learned else float("nan")
    return {
        "amount": minor / float(unit),
        "currency": currency,
        "position": None if np.isnan(position) else round(position, 4),
    }


def _learned(items: ItemPortraits, number: int) -> dict[str, Any]:
    """Return what the last training knows of an item, of one nobody chose by the items related to it."""
    if number >= len(items):
        nothing: dict[str, Any] = {
            name: [] for name in ("facets", "opinions", "audience", "related")
        }
        return {"known_by": "catalogue", "people": 0, **nothing}
    related = items.related[number][items.related[number] >= 0]
    people = items.people_of(number)
    stand_in = related if people == 0 else np.array([number])
    facets = (name.partition(":") for name in items.facets_of(number))
    return {
        "known_by": "neighbours" if people == 0 else "people",
        "people": people,
        "facets": [
            {"facet": kind, "value": value} for kind, _, value in facets if kind not in _APART
        ],
        "opinions": _opinions(items, number) or _opinions(items, stand_in),
        "audience": _audience(items, stand_in),
        "related": related.tolist(),
    }


def _opinions(items: ItemPortraits, rows: int | NDArray[np.int64]) -> list[dict[str, Any]]:
    told = items.opinions_of(rows)
    return [{"aspect": aspect, **counts} for aspect, counts in told.items()]


def _audience(items: ItemPortraits, rows: NDArray[np.int64]) -> list[dict[str, Any]]:
    if not rows.size:
        return []
    told = ((*name.partition(":")[::2], times) for name, times in items.audience_of(rows).items())
    return [
        {"group": kind, "value": value, "times": round(times, 2)} for kind, value, times in told
    ]
