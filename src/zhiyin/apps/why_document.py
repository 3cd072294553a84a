"""Explanations as JSON documents: what the command line prints and what the API answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhiyin.apps.documents import page_document
from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.iso_times import iso
from zhiyin.apps.why_wording import differs_text, step_texts, verdict_text
from zhiyin.core import Kind
from zhiyin.core.journey import Journey
from zhiyin.core.noted import situation_of
from zhiyin.core.times import from_us
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from zhiyin.shop import Explanation

_FEED = "feed"


def why_document(shop: Shop, told: Explanation, language: str) -> dict[str, Any]:
    """Return why a page holds an item or does not, with the numbers of every stage.

    Args:
        shop: whose page it is.
        told: the explanation.
        language: ``zh`` or ``en``.
    """
    query, number = told.query, told.item.number
    person = None if query.person is None else shop.store.keys(Kind.PERSON, [query.person])[0]
    steps = step_texts(told.journey, language)
    return {
        "request_id": query.request_id,
        "item": shop.catalogue.key(number),
        "title": shop.catalogue.title(number, language),
        "user": person,
        "surface": query.surface,
        "time": iso(query.time),
        "context": situation_of(query.context),
        "language": language,
        "verdict": {
            "kind": told.verdict.kind,
            "stage": told.verdict.stage,
            **told.verdict.figures,
            "text": verdict_text(told.verdict, language),
        },
        "steps": [*steps, *([differs_text(language)] if told.differs else [])],
        "shown": _shown(told),
        "now": _now(shop, told, language),
    }


def _shown(told: Explanation) -> dict[str, Any] | None:
    """Return what was logged of the item; None where the page that was shown did not hold it."""
    if told.logged is None or told.place is None:
        return None
    page, at = told.logged.impression, told.place - 1
    drawn, features = page.propensities, page.features
    known = (
        {}
        if features is None
        else dict(zip(features.names, features.values[at].tolist(), strict=True))
    )
    return {
        "place": told.place,
        "of": len(page.items),
        "score": page.scores[at] if at < len(page.scores) else None,
        "propensity": None if drawn is None else drawn[at],
        "arms": dict(page.arms),
        "features": {name: _plain(value) for name, value in known.items()},
        "outcomes": [
            {
                "type": one.type,
                "value": one.value,
                "time": None if one.time_us is None else iso(from_us(one.time_us)),
            }
            for one in told.logged.outcomes[at]
        ],
    }


def _now(shop: Shop, told: Explanation, language: str) -> dict[str, Any]:
    """Return the numbers of every stage of a page made now, and whether it is the page that was shown."""
    journey = told.journey
    page = page_document(shop, replace(told.page, items=()), language)
    return {
        "differs": told.differs,
        "place": journey.place,
        "backfill": journey.shown is not None and journey.shown.is_backfill,
        **stages_document(journey),
        "reasons": _reasons(shop, told, language),
        "degraded": page["degraded"],
        "trace": page["trace"],
    }


def stages_document(journey: Journey) -> dict[str, Any]:
    """Return the numbers of every stage that an item came to."""
    return {
        "sources": [
            {"name": one.source, "rank": one.rank, "of": one.of, "score": _plain(one.score)}
            for one in journey.proposals
        ],
        "filters": [
            {"name": one.filter, "hard": one.is_hard, "kept": one.is_kept} for one in journey.checks
        ],
        "scorers": [
            {"name": one.scorer, "score": one.score, "parts": _plain_parts(one.parts)}
            for one in journey.judgements
        ],
        "score": journey.score,
        "rank": journey.rank,
        "of": journey.of,
        "rerankers": [
            {"name": one.reranker, "before": one.before, "after": one.after, "of": one.of}
            for one in journey.moves
        ],
    }


def _reasons(shop: Shop, told: Explanation, language: str) -> list[dict[str, Any]]:
    if told.journey.shown is None:
        return []
    document = feed_document if told.query.surface == _FEED else page_document
    [item] = document(shop, replace(told.page, items=(told.journey.shown,)), language)["items"]
    reasons: list[dict[str, Any]] = item["reasons"]
    return reasons


def _plain_parts(parts: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _plain(value) for name, value in parts.items()}


def _plain(value: float | None) -> float | None:
    """Return a number that JSON has."""
    return value if value is not None and math.isfinite(value) else None
