"""Items as pages show them: the titles and prices of what the API's lists name."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.money import money
from zhiyin.apps.web.visit import Visit
from zhiyin.client import ApiError

Item = Mapping[str, Any]


async def items_of(visit: Visit, ids: Sequence[str]) -> dict[str, Item]:
    """Return items by id; one that is gone is left out."""

    async def one(item: str) -> Item | None:
        try:
            return await visit.client.item(item)
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    wanted = list(dict.fromkeys(ids))
    found = await asyncio.gather(*map(one, wanted))
    return {item["id"]: item for item in found if item is not None}


def said(item: Item, name: str, language: str) -> str:
    """Return a field of an item in a language, if it has it in it."""
    translated = (item.get("translations") or {}).get(language) or {}
    return str(translated.get(name) or item.get(name) or "")


def price(item: Item, language: str) -> str:
    """Return what an item costs in words; nothing where no price is known."""
    minor, currency = item.get("price_minor"), item.get("currency")
    return "" if minor is None else money(minor, currency, language)
