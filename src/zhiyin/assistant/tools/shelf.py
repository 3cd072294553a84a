"""What the catalogue says of items, as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhiyin.assistant.orders.wording import amount
from zhiyin.assistant.tools.tool import Evidence
from zhiyin.core.entity import Kind
from zhiyin.store.store import Store


class Shelf:
    """Titles and prices of items as they are now.

    Args:
        store: where the items are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def title(self, item: str, language: str) -> str:
        """Return an item's title in a language, where there is one; else any title, else the id."""
        return _title(item, self._store.entity(Kind.ITEM, item) or {}, language)

    def price(self, item: str) -> int | None:
        """Return an item's price in the smallest units of its currency, None where it has none."""
        price = (self._store.entity(Kind.ITEM, item) or {}).get("price_minor")
        return None if price is None else int(price)

    def evidence(self, item: str, language: str) -> Evidence:
        """Return an item's title, price and whether there is none left."""
        known = self._store.entity(Kind.ITEM, item) or {}
        parts = [_title(item, known, language)]
        if known.get("price_minor") is not None:
            parts.append(amount(known["price_minor"], known.get("currency"), language))
        values = (item, *parts)
        if known.get("stock") == 0:
            parts.append("暂时缺货" if language == "zh" else "out of stock")
        return Evidence("item", item, ("，" if language == "zh" else ", ").join(parts), values)

    def numbers(self, items: Sequence[str]) -> list[int]:
        """Return the numbers of items; those that are unknown are left out."""
        return [one for one in self._store.numbers(Kind.ITEM, items).tolist() if one >= 0]

    def ids(self, numbers: list[int]) -> list[str]:
        """Return the ids of items."""
        return self._store.keys(Kind.ITEM, numbers)


def _title(item: str, known: dict[str, Any], language: str) -> str:
    spoken = (known.get("translations") or {}).get(language) or {}
    return str(spoken.get("title") or known.get("title") or item)
