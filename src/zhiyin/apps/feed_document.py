"""A feed as a JSON document: goods, places, posts and people, with reasons in words; nobody is named who must not be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zhiyin.apps.documents import page_document
from zhiyin.apps.feed_wording import feed_reason_text
from zhiyin.core import Kind, Page, PageItem, Reason
from zhiyin.shop import Shop


def feed_document(shop: Shop, page: Page, language: str) -> dict[str, Any]:
    """Return a page of several kinds with the shop's own ids.

    Each entry has ``kind`` and ``id``; an item its ``title``, a post its ``text``, ``title``, ``rating`` and, where
    a reason names its author, ``author``.

    Args:
        shop: whose page it is.
        page: what to show.
        language: ``zh`` or ``en``.
    """
    posts = [item.ref.number for item in page.items if item.ref.kind == Kind.POST]
    wrote = shop.store.people.wrote(posts)
    whole = page_document(shop, replace(page, items=()), language)
    return {**whole, "items": [_entry(shop, item, wrote, language) for item in page.items]}


def _entry(
    shop: Shop, item: PageItem, wrote: dict[int, dict[str, Any]], language: str
) -> dict[str, Any]:
    kind, number = item.ref
    entry: dict[str, Any] = {"kind": kind.name.lower(), "id": _key(shop, kind, number)}
    if kind == Kind.ITEM:
        entry["title"] = shop.catalogue.title(number, language)
    elif kind == Kind.POST:
        told = wrote.get(number, {})
        entry |= {name: told.get(name) for name in ("text", "title", "rating")}
        named = [w.ref for reason in item.reasons for w in reason.evidence]
        author = told.get("person")
        if author is not None and (Kind.PERSON, author) in named:
            entry["author"] = _key(shop, Kind.PERSON, author)
    entry["score"] = item.score
    entry["reasons"] = [_reason(shop, kind, reason, language) for reason in item.reasons]
    return {**entry, "sources": list(item.sources), "backfill": item.is_backfill}


def _reason(shop: Shop, of: Kind, reason: Reason, language: str) -> dict[str, Any]:
    evidence: list[dict[str, Any]] = []
    for witness in reason.evidence:
        kind, number = witness.ref
        key = _key(shop, kind, number)
        title = shop.catalogue.title(number, language) if kind == Kind.ITEM else None
        told = {"kind": kind.name.lower(), "id": key, "title": title, "share": witness.share}
        evidence.append(told)
    names = [str(one["title"] or one["id"]) for one in evidence]
    is_post = of == Kind.POST
    return {
        "kind": reason.kind,
        "text": feed_reason_text(reason.kind, names, reason.data, language, of_post=is_post),
        "language": language,
        "share": reason.share,
        "data": dict(reason.data),
        "evidence": evidence,
    }


def _key(shop: Shop, kind: Kind, number: int) -> str:
    return shop.catalogue.key(number) if kind == Kind.ITEM else shop.store.keys(kind, [number])[0]
