"""Rules of the operator as JSON documents: what the command line prints and what the API answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhiyin.apps.documents import page_document
from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind, Page
from zhiyin.core.rule import Rule, RuleChange
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from zhiyin.shop import RulePreview


def rule_document(shop: Shop, rule: Rule) -> dict[str, Any]:
    """Return a rule, and what the settings lack for it to hold."""
    return {**_fields(rule), "lacking": shop.rules.lacking(rule)}


def change_document(change: RuleChange) -> dict[str, Any]:
    """Return what was done, and the rule as it was then."""
    return {"act": change.act, "rule": _fields(change.rule)}


def preview_document(shop: Shop, rule: Rule, preview: RulePreview, language: str) -> dict[str, Any]:
    """Return what a rule would do: the items it means, and a page without and with it.

    Args:
        shop: whose pages they are.
        rule: that was tried.
        preview: of the rule.
        language: ``zh`` or ``en``.
    """
    number = shop.store.numbers(Kind.ITEM, preview.examples).tolist()
    examples = [
        {"item": key, "title": shop.catalogue.title(at, language)}
        for key, at in zip(preview.examples, number, strict=True)
    ]
    return {
        "rule": rule_document(shop, rule),
        "items": preview.items,
        "examples": examples,
        "before": _page(shop, preview.before, language),
        "after": _page(shop, preview.after, language),
    }


def _page(shop: Shop, page: Page, language: str) -> list[dict[str, Any]]:
    """Return the places of a page, those of posts and people too."""
    is_mixed = any(item.ref.kind != Kind.ITEM for item in page.items)
    document = (feed_document if is_mixed else page_document)(shop, page, language)
    return [
        {
            "kind": one.get("kind", "item"),
            "id": one.get("id", one.get("item")),
            "title": one.get("title") or one.get("text"),
            "promoted": any(reason["kind"] == "promoted" for reason in one["reasons"]),
        }
        for one in document["items"]
    ]


def _fields(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id or None,
        "kind": rule.kind,
        "where": rule.where,
        "surfaces": list(rule.surfaces),
        "place": rule.place,
        "strength": rule.strength,
        "share": rule.share,
        "valid_from": _iso(rule.valid_from),
        "valid_until": _iso(rule.valid_until),
        "set_by": rule.set_by,
        "set_at": _iso(rule.set_at),
        "note": rule.note,
        "query": rule.query,
    }


def _iso(time: datetime | None) -> str | None:
    return None if time is None else iso(time)
