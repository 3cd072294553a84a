"""A whole run of a pipeline as JSON: who proposed what, what was taken out, how the rest was judged, moved and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zhiyin.apps.documents import page_document
from zhiyin.apps.why_document import stages_document
from zhiyin.core import Kind, Ref
from zhiyin.core.journey import Journey

if TYPE_CHECKING:
    from zhiyin.core.candidates import Candidates
    from zhiyin.explaining import Run
    from zhiyin.shop import Shop

MOST_DROPPED = 50
"""So many items that a filter took out are named."""
MOST_JUDGED = 40
"""So many items are told with their scores, the best first."""


def run_document(shop: Shop, run: Run, language: str) -> dict[str, Any]:
    """Return what every stage of a run was given and answered.

    Args:
        shop: whose run it is.
        run: a query, its page and what was taken down.
        language: ``zh`` or ``en``.
    """
    page = page_document(shop, run.page, language)
    return {
        "surface": run.query.surface,
        "language": language,
        "sources": [
            {"name": one.stage.name, "proposed": len(one.answer), "best": _named(shop, _best(one.answer), language)}
            for one in run.recording.of("sources")
            if one.answer is not None
        ],
        "filters": [
            _filter(shop, one, language) for one in run.recording.of("filters") if one.given is not None
        ],
        "allowed": 0 if run.recording.ranked is None else int((~run.recording.is_held_back).sum()),
        "judged": _judged(shop, run, language),
        "items": page["items"],
        "degraded": page["degraded"],
        "trace": page["trace"],
    }  # fmt: skip


def _filter(shop: Shop, one: Any, language: str) -> dict[str, Any]:
    dropped = (
        np.zeros(len(one.given), bool) if one.answer is None else ~np.asarray(one.answer, bool)
    )
    refs = _refs(one.given, np.flatnonzero(dropped)[:MOST_DROPPED])
    return {
        "name": one.stage.name,
        "hard": one.stage.is_hard,
        "answered": one.answer is not None,
        "given": len(one.given),
        "dropped": int(dropped.sum()),
        "items": _named(shop, refs, language),
    }


def _judged(shop: Shop, run: Run, language: str) -> list[dict[str, Any]]:
    """Return the best candidates, and all that stand on the page, each with its way through the run."""
    if run.recording.ranked is None:
        return []
    best = _refs(run.recording.ranked, np.arange(min(MOST_JUDGED, len(run.recording.ranked))))
    refs = dict.fromkeys([*best, *(item.ref for item in run.page.items)])
    told = []
    for ref, name in zip(refs, _named(shop, list(refs), language), strict=True):
        journey = Journey.of_run(run.recording, run.query, run.page, ref)
        stages = stages_document(journey)
        proposed = [one["name"] for one in stages["sources"] if one["rank"] is not None]
        told.append(
            {
                **name,
                "place": journey.place,
                "sources": proposed,
                **{key: stages[key] for key in ("scorers", "score", "rank", "rerankers")},
            }
        )
    return sorted(told, key=lambda one: (one["place"] is None, one["place"] or one["rank"] or 0))


def _best(candidates: Candidates, n: int = 5) -> list[Ref]:
    return _refs(candidates, np.argsort(-candidates.scores, kind="stable")[:n])


def _refs(candidates: Candidates, rows: Any) -> list[Ref]:
    return [Ref(Kind(int(candidates.kinds[row])), int(candidates.ids[row])) for row in rows]


def _named(shop: Shop, refs: list[Ref], language: str) -> list[dict[str, Any]]:
    """Return ids, and titles of those that are items; people and posts are not named."""
    return [
        {
            "item": shop.catalogue.key(ref.number),
            "title": shop.catalogue.title(ref.number, language),
        }
        if ref.kind == Kind.ITEM
        else {"item": None, "title": ref.kind.name.lower()}
        for ref in refs
    ]
