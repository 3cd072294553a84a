"""Pages as JSON documents: what the command line prints and what the API answers."""

from __future__ import annotations

from typing import Any

from zhiyin.apps.wording import reason_text
from zhiyin.core import Kind, Page, PageItem, Reason, StageTrace
from zhiyin.errors import UnknownPart
from zhiyin.shop import Shop


def page_document(shop: Shop, page: Page, language: str) -> dict[str, Any]:
    """Return a page with the shop's own ids, titles, and reasons in words.

    Args:
        shop: whose page it is.
        page: what to show.
        language: ``zh`` or ``en``.
    Raises:
        UnknownPart: the page holds posts or people; ``feed_document`` tells of those.
    """
    if any(item.ref.kind != Kind.ITEM for item in page.items):
        raise UnknownPart(
            "this page holds posts or people",
            where="surface",
            expected="a surface of items",
            next_step="zhiyin feed and GET /v1/feed tell of all kinds",
        )
    return {
        "request_id": page.request_id,
        "items": [_item(shop, item, language) for item in page.items],
        "next": page.next,
        "degraded": page.degraded,
        "trace": [_stage(stage) for stage in page.trace],
    }


def _stage(stage: StageTrace) -> dict[str, Any]:
    # What a failed stage raised may name files or SQL: the log says it, a document says only what kind of error.
    note = stage.note.partition(":")[0] if stage.status == "failed" else stage.note
    return {
        "stage": stage.stage,
        "name": stage.name,
        "status": stage.status,
        "ms": round(stage.ms, 3),
        "in": stage.n_in,
        "out": stage.n_out,
        "note": note,
    }


def _item(shop: Shop, item: PageItem, language: str) -> dict[str, Any]:
    number = item.ref.number
    return {
        "item": shop.catalogue.key(number),
        "title": shop.catalogue.title(number, language),
        "score": item.score,
        "reasons": [_reason(shop, reason, language) for reason in item.reasons],
        "sources": list(item.sources),
        "backfill": item.is_backfill,
    }


def _reason(shop: Shop, reason: Reason, language: str) -> dict[str, Any]:
    evidence = []
    for witness in reason.evidence:
        key = shop.catalogue.key(witness.ref.number)
        title = shop.catalogue.title(witness.ref.number, language)
        evidence.append({"item": key, "title": title, "share": witness.share})
    names = [str(one["title"] or one["item"]) for one in evidence]
    return {
        "kind": reason.kind,
        "text": reason_text(reason.kind, names, language, reason.data),
        "language": language,
        "share": reason.share,
        "evidence": evidence,
    }
