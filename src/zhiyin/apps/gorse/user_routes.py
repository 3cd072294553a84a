"""Gorse's routes of users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from zhiyin.apps.gorse.answers import stored_all
from zhiyin.apps.gorse.bodies import UserBody, UserPatch
from zhiyin.apps.gorse.nouns import known, rows, told_user, user_record
from zhiyin.apps.gorse.paging import MOST, MostListed, part, position
from zhiyin.apps.gorse.prefix import gorse_router
from zhiyin.core import Kind
from zhiyin.shop import Shop


def user_routes(shop: Shop) -> APIRouter:
    """Return the routes that take, tell and forget users."""
    router = gorse_router()

    def put(bodies: Sequence[UserBody]) -> Any:
        records = [user_record(body.user_id, body, None) for body in bodies]
        return stored_all(shop, "users", records)

    @router.post("/user")
    def insert(body: UserBody) -> Any:
        return put([body])

    @router.post("/users")
    def insert_many(body: list[UserBody]) -> Any:
        return put(body)

    @router.get("/users")
    def listed(n: MostListed = 10, cursor: str = "") -> Any:
        wanted = min(n, MOST)
        found = rows(shop.store.entities.after(Kind.PERSON, position(cursor, -1), wanted))
        last = found[-1]["number"] if len(found) == wanted else None
        return JSONResponse(part("Users", [told_user(row) for row in found], last))

    @router.get("/user/{user}")
    def one(user: str) -> Any:
        return JSONResponse(told_user(known(shop, Kind.PERSON, user)))

    @router.patch("/user/{user}")
    def modify(user: str, body: UserPatch) -> Any:
        record = user_record(user, body, known(shop, Kind.PERSON, user))
        return stored_all(shop, "users", [record])

    @router.delete("/user/{user}")
    def delete(user: str) -> Any:
        shop.forget(user)
        return {"RowAffected": 1}

    return router
