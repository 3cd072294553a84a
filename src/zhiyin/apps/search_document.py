"""Answers to searches as JSON documents: what the command line prints and what the API answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.apps.documents import page_document
from zhiyin.core import Kind, Page, Query
from zhiyin.errors import NotFound
from zhiyin.shop import Answer, Shop

if TYPE_CHECKING:
    from zhiyin.search.understanding import Understanding

_INSTEAD = 5


def search_document(
    shop: Shop, answer: Answer, language: str, user: str | None = None
) -> dict[str, Any]:
    """Return a page with what was understood and what was given up; what else there is where nothing was found.

    Args:
        shop: whose page it is.
        answer: what to show.
        language: ``zh`` or ``en``.
        user: the user's id, for what is shown instead.
    """
    read = answer.understanding
    page = page_document(shop, answer.page, language)
    instead: list[dict[str, Any]] = []
    if not page["items"] and read.intent != "support":
        instead = page_document(shop, _instead(shop, read, user), language)["items"]
    return {
        "request_id": page["request_id"],
        "query": read.said,
        "found": answer.n_found,
        "items": page["items"],
        "next": page["next"],
        "instead": instead,
        "relaxed": [
            {
                "name": one.name,
                "values": list(dict.fromkeys(one.values)),
                "said": list(dict.fromkeys(one.said)),
            }
            for one in answer.relaxed
        ],
        "understanding": _understanding(answer),
        "degraded": page["degraded"] or answer.lacks_meaning,
        "trace": page["trace"],
    }


def _instead(shop: Shop, read: Understanding, user: str | None) -> Page:
    person = None if user is None else shop.store.number(Kind.PERSON, user)
    query = Query(person, _INSTEAD, is_preview=True)
    try:
        return shop.page(query, filters=shop.searching.held_to(read))
    except NotFound:  # before the first training there is no page but that of a search
        return Page("", ())


def _understanding(answer: Answer) -> dict[str, Any]:
    read = answer.understanding
    return {
        "text": read.text,
        "language": read.language,
        "intent": read.intent,
        "confidence": read.confidence,
        "slots": [
            {
                "name": slot.name,
                "value": slot.value,
                "start": slot.start,
                "end": slot.end,
                "confidence": slot.confidence,
                "excluded": slot.is_excluded,
            }
            for slot in read.slots
        ],
        "price": _price(answer),
        "cheapness": read.cheapness,
        "exclusions": [
            {"said": read.said[one.start : one.end], "start": one.start, "end": one.end}
            for one in read.exclusions
        ],
        "corrections": [
            {
                "said": one.said,
                "meant": one.meant,
                "start": one.start,
                "end": one.end,
                "kind": one.kind,
                "confidence": one.confidence,
            }
            for one in read.corrections
        ],
        "compared": list(read.compared),
        "categories": [{"name": name, "share": round(share, 4)} for name, share in read.categories],
    }


def _price(answer: Answer) -> dict[str, Any] | None:
    price = answer.understanding.price
    if price is None:
        return None
    return {
        "low_minor": price.low_minor,
        "high_minor": price.high_minor,
        "currency": price.currency,
        "soft": price.is_soft,
        "start": price.start,
        "end": price.end,
    }
