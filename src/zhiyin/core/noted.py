"""What a page's log must say of what was asked, so that the same can be asked again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from zhiyin.core.impression import Impression
from zhiyin.core.query import Context, Query
from zhiyin.core.shown import Shown
from zhiyin.core.times import from_us

ASKED = "asked"
"""The key under which an impression's context holds it."""
_SITUATION = ("place", "weather", "temperature_c", "device", "occasion")


def situation_of(context: Context) -> dict[str, Any]:
    """Return what is known of a moment, by name; where exactly somebody is, is nobody's to keep."""
    told = {name: value for name in _SITUATION if (value := getattr(context, name)) is not None}
    return told | dict(context.extra)


def asked_of(query: Query, n_items: int) -> dict[str, Any]:
    """Return what was asked beside person, surface, time and situation, where it is not what it mostly is.

    Args:
        query: the question; the text of a search is kept in the log of searches alone.
        n_items: how many items the page holds.

    >>> asked_of(Query(n=3), 3), asked_of(Query(n=3, seeds=(7,)), 2)
    ({}, {'n': 3, 'seeds': [7]})
    """
    told: dict[str, Any] = {} if query.n == n_items else {"n": query.n}
    if query.seeds:
        told["seeds"] = list(query.seeds)
    if query.diversity is not None:
        told["diversity"] = query.diversity
    if query.filters:
        told["filters"] = list(query.filters)
    if not query.is_personal:
        told["personal"] = False
    if query.shown is not None:
        told["shown"] = base64.b64encode(query.shown.to_bytes()).decode()
    return told


def query_of(impression: Impression, text: str | None = None) -> Query:
    """Return the question that a page answered, as one nobody will see the answer of.

    Args:
        impression: the page.
        text: what was searched for.
    """
    context = dict(impression.context)
    told = context.pop(ASKED, {})
    asked: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    known = {name: context.pop(name, None) for name in _SITUATION}
    shown = asked.get("shown")
    return Query(
        impression.person,
        asked.get("n", max(len(impression.items), 1)),
        impression.surface,
        from_us(impression.time_us),
        impression.request_id,
        text=text,
        context=Context(**known, extra=context),
        seeds=tuple(asked.get("seeds", ())),
        diversity=asked.get("diversity"),
        filters=tuple(asked.get("filters", ())),
        is_personal=asked.get("personal", True),
        is_preview=True,
        shown=None if shown is None else Shown.from_bytes(base64.b64decode(shown)),
        arms=impression.arms,
    )
