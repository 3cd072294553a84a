"""The route of items' portraits."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.entities import is_of_id, item_fields
from zhiyin.apps.api.item_bodies import ItemPortraitAnswer
from zhiyin.apps.api.problems import OF_PAGES
from zhiyin.apps.item_wording import worded_item
from zhiyin.apps.wording import language_for
from zhiyin.shop import Shop


def item_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's items; they go before those that tell of one entity."""
    router = APIRouter(prefix="/v1", tags=["data"], responses=dict(OF_PAGES))

    @router.get(
        "/items/{item:path}/portrait",
        response_model=ItemPortraitAnswer,
        responses={404: {"description": "No item has that id"}},
    )
    def portrait(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])],
        request: Request,
        language: Annotated[
            str,
            Query(max_length=35, description="zh or en; the shop's own unless given."),
        ] = "",
    ) -> Any:
        """Return who an item is: what it has, what people think of it, who chooses it more often, and what goes with it.

        An item that nobody chose yet is told of by its text and the items nearest to it.
        """
        if is_of_id(request, "portrait"):
            return JSONResponse(item_fields(shop, f"{item}/portrait"))
        spoken = language_for(language, shop.settings.language)
        return JSONResponse(worded_item(shop.items.portrait(item, language=spoken), spoken))

    return router
