"""Routes of all items, all people, and everything else the shop was told."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.ndjson import MEDIA_TYPE, NdjsonResponse, closing
from zhiyin.apps.api.problems import OF_DATA
from zhiyin.apps.api.record_bodies import ItemsAnswer, UsersAnswer
from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind
from zhiyin.shop import Shop

_MOST = 2**62
_After = Annotated[
    int, Query(ge=-1, le=_MOST, description="The `next` of the page before; -1 begins.")
]
_Limit = Annotated[int, Query(ge=1, le=1000, description="How many.")]
_USER = ("id", "created", "attributes")


def list_routes(shop: Shop) -> APIRouter:
    """Return the routes of lists."""
    router = APIRouter(
        prefix="/v1",
        tags=["data"],
        responses=dict(OF_DATA),
    )

    @router.get("/items", response_model=ItemsAnswer)
    def items(after: _After = -1, limit: _Limit = 100) -> Any:
        """Return items page by page, each once; one that comes meanwhile is on the last page."""
        told, following = _page(shop, Kind.ITEM, after, limit)
        return JSONResponse({"items": told, "next": following})

    @router.get("/users", response_model=UsersAnswer)
    def users(after: _After = -1, limit: _Limit = 100) -> Any:
        """Return people page by page, each once; one that comes meanwhile is on the last page."""
        told, following = _page(shop, Kind.PERSON, after, limit)
        people = [{name: one[name] for name in _USER if name in one} for one in told]
        return JSONResponse({"users": people, "next": following})

    @router.get(
        "/export/{kind}",
        response_class=NdjsonResponse,
        responses={
            200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
            404: {"description": "Nothing is called so"},
        },
    )
    def export(kind: Annotated[str, Path(max_length=64, examples=["events"])]) -> Any:
        """Return all records of a kind as lines of JSON, as they are at one moment, in bounded memory.

        The kinds and fields are those of `zhiyin export`: events, items, users, ties, interactions, posts, chats, facts,
        documents, orders, impressions, labelled, rules, searches, returns.
        """
        return NdjsonResponse(closing(shop.store.export_lines(kind)))

    return router


def _page(
    shop: Shop, kind: Kind, after: int, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    rows = shop.store.entities.after(kind, after, limit)
    following = rows[-1, "number"] if rows.height == limit else None
    return [
        _fields(row) for row in rows.drop("number", "revision").iter_rows(named=True)
    ], following


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if value is not None}
    if "created" in told:
        told["created"] = iso(told["created"])
    for name in ("attributes", "translations"):
        if name in told:
            told[name] = json.loads(told[name])
    return told
