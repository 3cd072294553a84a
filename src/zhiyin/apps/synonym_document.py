"""Synonyms as JSON and for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind
from zhiyin.core.synonym import Synonym, SynonymChange

if TYPE_CHECKING:
    from zhiyin.search.aids.live_synonyms import SynonymPreview
    from zhiyin.search.aids.synonyms import Proposal
    from zhiyin.search.hits import Hits
    from zhiyin.shop import Shop


def synonym_document(synonym: Synonym) -> dict[str, Any]:
    """Return a synonym."""
    return {
        "id": synonym.id,
        "text": str(synonym),
        "words": list(synonym.words),
        "meant": list(synonym.meant),
        "set_by": synonym.set_by,
        "set_at": None if synonym.set_at is None else iso(synonym.set_at),
        "note": synonym.note,
    }


def change_document(change: SynonymChange) -> dict[str, Any]:
    """Return one thing that was done, and the synonym as it was then."""
    return {"act": change.act, "synonym": synonym_document(change.synonym)}


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """Return what clicks propose."""
    told = proposal._asdict()
    return {**told, "words": list(proposal.words), "queries": list(proposal.queries)}


def preview_document(shop: Shop, tried: SynonymPreview, language: str) -> dict[str, Any]:
    """Return what a query finds without and with a synonym, in a language."""
    return {
        "alternatives": list(tried.alternatives),
        "before": _items(shop, tried.before, language),
        "after": _items(shop, tried.after, language),
    }


def _items(shop: Shop, hits: Hits, language: str) -> list[dict[str, Any]]:
    keys = shop.store.keys(Kind.ITEM, hits.numbers)
    found = []
    for key in keys:
        known = shop.store.entity(Kind.ITEM, key) or {}
        spoken = (known.get("translations") or {}).get(language, {})
        found.append({"item": key, "title": spoken.get("title") or known.get("title")})
    return found
