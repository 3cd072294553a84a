"""Routes of keys and of the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.bodies import UtcTime
from zhiyin.apps.api.key import Door
from zhiyin.apps.api.key_bodies import (
    EXAMPLE_KEY,
    AuditAnswer,
    CurrentKeyAnswer,
    KeyBody,
    KeysAnswer,
    MadeKeyAnswer,
    RotateBody,
)
from zhiyin.apps.api.problems import OF_DATA, OF_JSON
from zhiyin.apps.key_document import audit_document, key_document
from zhiyin.core.acting import actor
from zhiyin.core.key import duration
from zhiyin.shop import Shop

_Name = Annotated[str, Path(max_length=64, examples=["shop-front"])]
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"description": "No key with that name holds"}}


def key_routes(shop: Shop, door: Door) -> APIRouter:
    """Return the routes of a shop's keys and of its audit log."""
    router = APIRouter(prefix="/v1", tags=["keys"], responses=dict(OF_DATA))
    keys = shop.store.api_keys

    @router.get("/keys", response_model=KeysAnswer)
    def listed() -> Any:
        """Return all keys, those that ended too, without their secrets."""
        return JSONResponse({"keys": [key_document(one) for one in keys.listed()]})

    @router.get("/keys/current", response_model=CurrentKeyAnswer)
    def current(request: Request) -> Any:
        """Return whose key was shown, and what it is for."""
        return JSONResponse({"name": actor(), "scopes": list(request.state.scopes)})

    @router.post(
        "/keys",
        response_model=MadeKeyAnswer,
        responses={409: {"description": "A key with that name holds"}, **OF_JSON},
    )
    def add(
        body: Annotated[
            KeyBody, Body(openapi_examples={"one": {"summary": "A key", "value": EXAMPLE_KEY}})
        ],
    ) -> Any:
        """Make a key, and tell its secret this once; from the first key on, every request needs one."""
        lasts = None if body.expires is None else duration(body.expires)
        made = keys.add(body.name, body.scopes, lasts)
        return JSONResponse({**key_document(made.key), "secret": made.secret})

    @router.post(
        "/keys/{name}/rotate", response_model=MadeKeyAnswer, responses={**_UNKNOWN, **OF_JSON}
    )
    def rotate(name: _Name, body: RotateBody) -> Any:
        """Make a new secret for a key; the old one opens for `grace` longer."""
        made = keys.rotate(name, duration(body.grace))
        door.forget()
        return JSONResponse({**key_document(made.key), "secret": made.secret})

    @router.delete("/keys/{name}", response_model=KeysAnswer, responses=_UNKNOWN)
    def revoke(name: _Name) -> Any:
        """Let no secret of a key open anything any more, in every process within a second, and return what they were."""
        revoked = keys.revoke(name)
        door.forget()
        return JSONResponse({"keys": [key_document(one) for one in revoked]})

    @router.get("/audit", response_model=AuditAnswer)
    def audit(
        since: Annotated[
            UtcTime | None,
            Query(description="None before this time; without a zone it is UTC."),
        ] = None,
        n: Annotated[int, Query(ge=1, le=10_000, description="How many, the newest.")] = 1000,
    ) -> Any:
        """Return who changed how the shop is run, and when; people are never named in it."""
        return JSONResponse(audit_document(shop, since, n))

    return router
