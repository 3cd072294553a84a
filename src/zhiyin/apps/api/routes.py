"""The shop's routes of pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from zhiyin.apps.api.bodies import Asked, AskedPage, PageAnswer
from zhiyin.apps.api.entities import is_of_id, item_fields
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import OF_NEXT_PAGES, OF_PAGES
from zhiyin.apps.documents import page_document
from zhiyin.apps.seeds import naming, seeds_of
from zhiyin.apps.situation import situation
from zhiyin.apps.wording import language_for
from zhiyin.core import Context, Page
from zhiyin.errors import UnknownPart
from zhiyin.shop import Shop

_FEED = "feed"
_NOW = timedelta(hours=1)
"""A page of a time farther away than this is looked at, not shown."""


def _page(shop: Shop, asked: Asked) -> tuple[str, Page]:
    told = ("place", "weather", "temperature_c", "device", "occasion")
    context, time = Context(**{name: getattr(asked, name) for name in told}), None
    if asked.context:
        context, time = situation(asked.context)
    if asked.surface == _FEED:
        raise UnknownPart(
            "the feed holds posts and people, too",
            where="surface",
            expected="another surface",
            next_step="GET /v1/feed",
        )
    surface, seeds = seeds_of(asked.basket, asked.session, asked.surface)
    with naming("basket" if asked.basket else "session"):
        page = shop.recommend(
            asked.user,
            n=asked.n,
            surface=surface,
            context=context,
            diversity=asked.diversity,
            time=time,
            seeds=seeds,
            is_preview=time is not None and abs(datetime.now(UTC) - time) > _NOW,
            after=asked.after,
        )
    return surface, page


def shop_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes of a shop."""
    router = APIRouter(prefix="/v1", tags=["shop"], responses=dict(OF_PAGES))

    def answer(page: Page, surface: str, language: str) -> Response:
        metrics.count_page(surface, page)
        spoken = language_for(language, shop.settings.language)
        # A page is some ten kilobytes of numbers and short texts: orjson takes a tenth of the time of the standard library.
        content = orjson.dumps(page_document(shop, page, spoken))
        return Response(content, media_type="application/json")

    @router.get(
        "/recommend",
        response_model=PageAnswer,
        responses={
            404: {"description": "No pipeline serves that surface, or no item has an id"},
            **OF_NEXT_PAGES,
        },
    )
    def recommend(asked: Annotated[Asked, Query()]) -> Any:
        """Return a personal list with reasons, or what is hot, what to buy again, or what goes with a basket.

        Someone unknown gets what is popular and what is new. A page is served even when a stage failed or was late;
        then it says `degraded`, and the trace names the stage.
        """
        surface, page = _page(shop, asked)
        return answer(page, surface, asked.language)

    _add_pages_of_items(router, shop, answer)
    return router


def _add_pages_of_items(
    router: APIRouter, shop: Shop, answer: Callable[[Page, str, str], Response]
) -> None:
    @router.get(
        "/items/{item:path}/similar",
        response_model=PageAnswer,
        responses={404: {"description": "No item has that id"}, **OF_NEXT_PAGES},
    )
    def similar(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])],
        asked: Annotated[AskedPage, Query()],
        request: Request,
    ) -> Any:
        """Return items that go with an item."""
        if is_of_id(request, "similar"):
            return JSONResponse(item_fields(shop, f"{item}/similar"))
        return answer(shop.similar(item, n=asked.n, after=asked.after), "similar", asked.language)

    @router.get(
        "/items/{item:path}/together",
        response_model=PageAnswer,
        responses={404: {"description": "No item has that id"}, **OF_NEXT_PAGES},
    )
    def together(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])],
        asked: Annotated[AskedPage, Query()],
        request: Request,
    ) -> Any:
        """Return items that are bought together with an item."""
        if is_of_id(request, "together"):
            return JSONResponse(item_fields(shop, f"{item}/together"))
        return answer(shop.together(item, n=asked.n, after=asked.after), "together", asked.language)
