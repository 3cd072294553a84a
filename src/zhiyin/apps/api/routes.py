"""The shop's routes: events in, pages out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.bodies import (
    EXAMPLE_EVENT,
    Asked,
    AskedAlike,
    Events,
    EventsAnswer,
    PageAnswer,
)
from zhiyin.apps.api.entities import is_of_id, item_fields
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import OF_PAGES
from zhiyin.apps.documents import page_document
from zhiyin.apps.seeds import seeds_of
from zhiyin.apps.situation import situation
from zhiyin.apps.wording import language_for
from zhiyin.core import Context, Page
from zhiyin.errors import UnknownPart
from zhiyin.shop import Shop

_EVENTS_BODY = Body(
    openapi_examples={
        "one": {"summary": "One event", "value": EXAMPLE_EVENT},
        "many": {
            "summary": "A list of events",
            "value": [{"user": "u1", "item": "tea-7", "type": "view"}],
        },
    }
)


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
    return surface, shop.recommend(
        asked.user,
        n=asked.n,
        surface=surface,
        context=context,
        diversity=asked.diversity,
        time=time,
        seeds=seeds,
        is_preview=time is not None and abs(datetime.now(UTC) - time) > _NOW,
    )


def shop_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes of a shop."""
    router = APIRouter(prefix="/v1", tags=["shop"], responses=dict(OF_PAGES))

    def answer(page: Page, surface: str, language: str) -> JSONResponse:
        metrics.count_page(surface, page)
        spoken = language_for(language, shop.settings.language)
        return JSONResponse(page_document(shop, page, spoken))

    @router.post(
        "/events",
        response_model=EventsAnswer,
        responses={
            413: {"description": "The body is too large"},
            415: {"description": "The body is not JSON"},
        },
    )
    def events(body: Annotated[Events, _EVENTS_BODY]) -> Any:
        """Store one event or a list of them.

        When the answer comes they are on the disk, and the next page knows them. Of a list with an event that cannot
        be taken, none is stored. An event sent again under the same `event_id` counts once.
        """
        given = body if isinstance(body, list) else [body]
        written = shop.record([event.noun() for event in given])
        metrics.count_events(written.accepted.get("events", 0), written.duplicates)
        return {"accepted": written.accepted, "duplicates": written.duplicates}

    @router.get(
        "/recommend",
        response_model=PageAnswer,
        responses={404: {"description": "No pipeline serves that surface, or no item has an id"}},
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
    router: APIRouter, shop: Shop, answer: Callable[[Page, str, str], JSONResponse]
) -> None:
    @router.get(
        "/items/{item:path}/similar",
        response_model=PageAnswer,
        responses={404: {"description": "No item has that id"}},
    )
    def similar(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])],
        asked: Annotated[AskedAlike, Query()],
        request: Request,
    ) -> Any:
        """Return items that go with an item."""
        if is_of_id(request, "similar"):
            return JSONResponse(item_fields(shop, f"{item}/similar"))
        return answer(shop.similar(item, n=asked.n), "similar", asked.language)

    @router.get(
        "/items/{item:path}/together",
        response_model=PageAnswer,
        responses={404: {"description": "No item has that id"}},
    )
    def together(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])],
        asked: Annotated[AskedAlike, Query()],
        request: Request,
    ) -> Any:
        """Return items that are bought together with an item."""
        if is_of_id(request, "together"):
            return JSONResponse(item_fields(shop, f"{item}/together"))
        return answer(shop.together(item, n=asked.n), "together", asked.language)
