"""Where an item's page is."""

from __future__ import annotations

from urllib.parse import quote


def address(item: str, request_id: str | None = None) -> str:
    """Return the address of an item's page; it names the list that led there."""
    path = f"/shop/item/{quote(item, safe='')}"
    return f"{path}?from={quote(request_id)}" if request_id else path
