"""All of Gorse's routes that its clients use, under ``/api``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Request

from zhiyin.apps.api.key import Door
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.gorse.feedback_routes import feedback_routes
from zhiyin.apps.gorse.item_routes import item_routes
from zhiyin.apps.gorse.list_routes import WRITE_BACK, list_routes
from zhiyin.apps.gorse.prefix import PREFIX, gorse_router
from zhiyin.apps.gorse.user_routes import user_routes
from zhiyin.core.key import ADMIN
from zhiyin.shop import Shop

_OF_EVERYBODY = {
    ("GET", f"{PREFIX}/users"),
    ("GET", f"{PREFIX}/feedback"),
    ("GET", f"{PREFIX}/feedback/{{feedback_type}}"),
    ("DELETE", f"{PREFIX}/user/{{user}}"),
}
"""What tells all there is of people, or forgets one."""


def add_gorse(app: FastAPI, shop: Shop, metrics: Metrics, door: Door) -> None:
    """Let an app answer Gorse's clients."""
    app.include_router(gorse_health(shop))
    for routes in (
        list_routes(shop, metrics),
        feedback_routes(shop, metrics),
        user_routes(shop),
        item_routes(shop),
    ):
        app.include_router(routes, dependencies=[Depends(key_check(door))])


def gorse_health(shop: Shop) -> APIRouter:
    """Return the two routes that need no key."""
    router = gorse_router()

    @router.get("/health/live")
    @router.get("/health/ready")
    def health() -> Any:
        shop.store.revision()
        return {
            "Ready": True,
            "DataStoreError": None,
            "CacheStoreError": None,
            "DataStoreConnected": True,
            "CacheStoreConnected": True,
        }

    return router


def key_check(door: Door) -> Callable[[Request, str], Awaitable[None]]:
    """Return a dependency that takes the key from where Gorse's clients put it, ``X-API-Key``."""

    async def check(request: Request, key: Annotated[str, Header(alias="X-API-Key")] = "") -> None:
        template = request.scope["route"].path_format
        asked = request.method, template
        tells_of_all = request.method == "GET" and asked in _OF_EVERYBODY
        scopes = scopes_of(*asked, request.query_params)
        await door.admit(key.encode("latin-1"), scopes, " ".join(asked), tells_of_all=tells_of_all)

    return check


def scopes_of(method: str, template: str, asked: Mapping[str, str]) -> Sequence[str]:
    """Return the scopes that a key must have: as the shop's own routes for the same ask."""
    if (method, template) in _OF_EVERYBODY:
        return [ADMIN]
    if method == "GET":
        return ["serve", "ingest"] if asked.get(WRITE_BACK) else ["serve"]
    return ["serve"] if template.startswith(f"{PREFIX}/session/") else ["ingest"]
