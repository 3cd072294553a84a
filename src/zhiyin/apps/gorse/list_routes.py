"""Gorse's routes of lists: recommended, popular, latest, alike, and for a session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.gorse.bodies import SessionBody, delay
from zhiyin.apps.gorse.lists import Lists
from zhiyin.apps.gorse.paging import N, Offset
from zhiyin.apps.gorse.prefix import gorse_router
from zhiyin.core import Event, Kind
from zhiyin.core.feedback_id import feedback_id
from zhiyin.errors import InvalidRecord
from zhiyin.shop import Shop

_Categories = Annotated[list[str] | None, Query(alias="category", max_length=20)]
_Reader = Annotated[str, Query(alias="user-id", max_length=512)]
WRITE_BACK = "write-back-type"
_WITH_SCORES = "2"


def list_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes of lists."""
    router = gorse_router()
    lists = Lists(shop, metrics)

    @router.get("/recommend/{user}")
    @router.get("/recommend/{user}/{in_path:path}")
    def recommend(
        user: str,
        in_path: str = "",
        categories: _Categories = None,
        n: N = 10,
        offset: Offset = 0,
        write_back: Annotated[str, Query(alias=WRITE_BACK, max_length=64)] = "",
        write_back_delay: Annotated[str, Query(alias="write-back-delay", max_length=64)] = "",
        version: Annotated[str, Header(alias="X-API-Version")] = "",
    ) -> Any:
        found = lists.asked("home", n, offset, categories or [in_path], user=user)
        if write_back:
            _write_back(shop, user, [one["Id"] for one in found], write_back, write_back_delay)
        return JSONResponse(found if version == _WITH_SCORES else [one["Id"] for one in found])

    @router.post("/session/recommend")
    @router.post("/session/recommend/{in_path:path}")
    def of_session(
        body: list[SessionBody],
        in_path: str = "",
        categories: _Categories = None,
        n: N = 10,
        offset: Offset = 0,
    ) -> Any:
        in_order = sorted(body, key=lambda one: one.timestamp or datetime.min.replace(tzinfo=UTC))
        seeds = [one.item_id for one in in_order]
        return JSONResponse(lists.asked("home", n, offset, categories or [in_path], seeds=seeds))

    _add_neighbours(router, shop, lists)
    for name, surface in (("popular", "hot"), ("latest", "latest")):
        _add_list_for_all(router, lists, name, surface)
    return router


def _add_neighbours(router: APIRouter, shop: Shop, lists: Lists) -> None:
    @router.get("/item/{item}/neighbors")
    @router.get("/item/{item}/neighbors/{in_path:path}")
    def neighbours(
        item: str,
        in_path: str = "",
        categories: _Categories = None,
        n: N = 10,
        offset: Offset = 0,
        reader: _Reader = "",
    ) -> Any:
        found = []
        if shop.store.number(Kind.ITEM, item) is not None:
            wanted = categories or [in_path]
            found = lists.asked("similar", n, offset, wanted, user=reader, seeds=[item])
        return JSONResponse(found)

    @router.get("/user/{user}/neighbors")
    @router.get("/user/{user}/neighbors/")
    def people(user: str, n: N = 10, offset: Offset = 0) -> Any:
        found = []
        if shop.store.number(Kind.PERSON, user) is not None:
            found = shop.people.to_follow(user, n=offset + n)[offset:]
        return JSONResponse([{"Id": one["user"], "Score": one["score"]} for one in found])


def _add_list_for_all(router: APIRouter, lists: Lists, name: str, surface: str) -> None:
    """Add a list that is the same for everybody but for what a reader has."""

    @router.get(f"/non-personalized/{name}")
    @router.get(f"/{name}")
    @router.get(f"/{name}/{{in_path:path}}")
    def listed(
        in_path: str = "",
        categories: _Categories = None,
        n: N = 10,
        offset: Offset = 0,
        reader: _Reader = "",
    ) -> Any:
        return JSONResponse(lists.asked(surface, n, offset, categories or [in_path], user=reader))


def _write_back(shop: Shop, user: str, items: list[str], type: str, later: str) -> None:
    """Record that the items were shown, from some time on."""
    try:
        time = datetime.now(UTC) + delay(later)
    except (ValueError, OverflowError) as error:
        raise InvalidRecord(
            str(error), where="write-back-delay", expected="10m, 1h30m …", next_step="write it so"
        ) from error
    shop.record(
        [
            Event(user, item, type, time=time, event_id=feedback_id(type, user, item))
            for item in items
        ]
    )
