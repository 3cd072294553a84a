"""Gorse's routes of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.gorse.answers import stored_all
from zhiyin.apps.gorse.bodies import ItemBody, ItemPatch
from zhiyin.apps.gorse.nouns import (
    categories_of,
    deleted_item,
    is_deleted,
    item_record,
    known,
    rows,
    stored,
    told_item,
)  # fmt: skip
from zhiyin.apps.gorse.paging import MOST, MostListed, part, position
from zhiyin.apps.gorse.prefix import gorse_router
from zhiyin.core import Kind
from zhiyin.shop import Shop

_MOST_FOUND = 1000


def item_routes(shop: Shop) -> APIRouter:
    """Return the routes that take, tell and hide items."""
    router = gorse_router()

    def put(bodies: Sequence[ItemBody]) -> Any:
        before = stored(shop, Kind.ITEM, [body.item_id for body in bodies])
        out = {item for item, row in before.items() if row["stock"] == 0}
        records = [
            item_record(body.item_id, body, None, is_out=body.item_id in out) for body in bodies
        ]
        return stored_all(shop, "items", records)

    @router.post("/item")
    def insert(body: ItemBody) -> Any:
        return put([body])

    @router.post("/items")
    def insert_many(body: list[ItemBody]) -> Any:
        return put(body)

    @router.get("/items")
    def listed(
        n: MostListed = 10, cursor: str = "", q: Annotated[str, Query(max_length=20_000)] = ""
    ) -> Any:
        if q:
            return JSONResponse(part("Items", _found(shop, q, min(n, _MOST_FOUND)), None))
        wanted = min(n, MOST)
        found = rows(shop.store.entities.after(Kind.ITEM, position(cursor, -1), wanted))
        last = found[-1]["number"] if len(found) == wanted else None
        return JSONResponse(
            part("Items", [told_item(row) for row in found if not is_deleted(row)], last)
        )

    @router.get("/item/{item}")
    def one(item: str) -> Any:
        return JSONResponse(told_item(known(shop, Kind.ITEM, item)))

    @router.patch("/item/{item}")
    def modify(item: str, body: ItemPatch) -> Any:
        return _patched(shop, item, body)

    @router.delete("/item/{item}")
    def delete(item: str) -> Any:
        known(shop, Kind.ITEM, item)
        return stored_all(shop, "items", [deleted_item(item)])

    _add_categories(router, shop)
    return router


def _add_categories(router: APIRouter, shop: Shop) -> None:
    @router.put("/item/{item}/category/{category:path}")
    def into_category(item: str, category: str) -> Any:
        had = categories_of(known(shop, Kind.ITEM, item))
        return _patched(shop, item, ItemPatch(Categories=list(dict.fromkeys([*had, category]))))

    @router.delete("/item/{item}/category/{category:path}")
    def out_of_category(item: str, category: str) -> Any:
        had = categories_of(known(shop, Kind.ITEM, item))
        return _patched(shop, item, ItemPatch(Categories=[one for one in had if one != category]))


def _patched(shop: Shop, item: str, body: ItemPatch) -> Any:
    """Change what is given of an item that is known."""
    before = known(shop, Kind.ITEM, item)
    return stored_all(shop, "items", [item_record(item, body, before, is_out=before["stock"] == 0)])


def _found(shop: Shop, text: str, n: int) -> list[dict[str, Any]]:
    """Return the items that a text asks for, best first."""
    page = shop.search(text, n=n, personal=False, is_preview=True).page
    numbers = [one.ref.number for one in page.items]
    told = {
        row["number"]: told_item(row) for row in rows(shop.store.entities.of(Kind.ITEM, numbers))
    }
    return [told[number] for number in numbers]
