"""The route of search."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import OF_NEXT_PAGES, OF_PAGES
from zhiyin.apps.api.search_bodies import AskedSearch, SearchAnswer
from zhiyin.apps.search_document import search_document
from zhiyin.apps.wording import language_for
from zhiyin.shop import Shop


def search_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the route of a shop's search."""
    router = APIRouter(prefix="/v1", tags=["search"], responses=dict(OF_PAGES))

    @router.get("/search", response_model=SearchAnswer, responses=dict(OF_NEXT_PAGES))
    def search(asked: Annotated[AskedSearch, Query()]) -> Any:
        """Return what a text asks for, with reasons and with what was understood of it.

        Prices, values and what is not wanted are held to. Where fewer than three items are left, some are given up in a
        stated order, and `relaxed` names them; what is not wanted never is. The user's taste orders hits that are about as
        relevant.
        """
        answer = shop.search(
            asked.q,
            asked.user,
            n=asked.n,
            personal=asked.personal,
            filters=asked.filter,
            after=asked.after,
        )
        metrics.count_page("search", answer.page)
        spoken = language_for(asked.language, shop.settings.language)
        return JSONResponse(search_document(shop, answer, spoken, asked.user))

    return router
