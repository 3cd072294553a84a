"""The route that says why an item is on a page, or is not."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.explain_bodies import Explained
from zhiyin.apps.api.problems import OF_PAGES
from zhiyin.apps.why_document import why_document
from zhiyin.apps.wording import language_for
from zhiyin.shop import Shop


def explain_routes(shop: Shop) -> APIRouter:
    """Return the route of a shop's explanations."""
    router = APIRouter(prefix="/v1", tags=["shop"], responses=dict(OF_PAGES))

    @router.get(
        "/explain/{request_id}/{item:path}",
        response_model=Explained,
        responses={404: {"description": "No page has that request, or no item has that id"}},
    )
    def explain(
        request_id: Annotated[str, Path(max_length=128, examples=["3f2a9c"])],
        item: Annotated[str, Path(max_length=512, examples=["pot-3"])],
        language: Annotated[
            str, Query(max_length=35, description="zh or en; the shop's own unless given.")
        ] = "",
    ) -> Any:
        """Return why a page that was shown holds an item, or where the item was lost.

        `shown` is what was logged. `now` are the numbers of every stage as the same question is answered today from what the
        person had done by then; catalogue, rules, snapshot and other people are those of today, and where the page would be
        another one, `differs` says so.
        """
        spoken = language_for(language, shop.settings.language)
        told = shop.explaining.of_page(request_id, item)
        return JSONResponse(why_document(shop, told, spoken))

    return router
