"""The API of a shop, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse, Response

from zhiyin import __version__
from zhiyin.apps.api.conversation_routes import conversation_routes
from zhiyin.apps.api.document_routes import document_routes
from zhiyin.apps.api.entities import entity_routes
from zhiyin.apps.api.etags import tagged
from zhiyin.apps.api.event_routes import event_routes
from zhiyin.apps.api.explain_routes import explain_routes
from zhiyin.apps.api.feed_routes import feed_routes
from zhiyin.apps.api.forget_routes import forget_routes
from zhiyin.apps.api.gap_routes import gap_routes
from zhiyin.apps.api.guard import LOOPBACK, Guard
from zhiyin.apps.api.headers import SecurityHeaders
from zhiyin.apps.api.health import health_routes
from zhiyin.apps.api.insight_routes import insight_routes
from zhiyin.apps.api.item_routes import item_routes
from zhiyin.apps.api.key import Door
from zhiyin.apps.api.key_routes import key_routes
from zhiyin.apps.api.list_routes import list_routes
from zhiyin.apps.api.metrics import Measured, Metrics, metrics_routes
from zhiyin.apps.api.network_routes import network_routes
from zhiyin.apps.api.parameters import known_parameters
from zhiyin.apps.api.people_routes import people_routes
from zhiyin.apps.api.problems import add_problem_handlers, describe_problems
from zhiyin.apps.api.record_routes import record_routes
from zhiyin.apps.api.reference import reference_page
from zhiyin.apps.api.requests import HEADER, Requests
from zhiyin.apps.api.routes import shop_routes
from zhiyin.apps.api.rule_routes import rule_routes
from zhiyin.apps.api.search_routes import search_routes
from zhiyin.apps.api.suggest_routes import suggest_routes
from zhiyin.apps.api.system_routes import system_routes
from zhiyin.apps.api.text_routes import text_routes
from zhiyin.apps.api.timeout import Timeout
from zhiyin.apps.api.turns import Turns
from zhiyin.apps.api.unpacking import Unpacked
from zhiyin.settings import ApiSettings
from zhiyin.shop import Shop

PREFIX = "/shops"
"""What the paths of one among several shops begin with."""
_LARGE_BYTES = 1024
"""Answers from this size on are compressed, where the asker can read that."""
_COMPRESSION = 4
"""Of gzip, from 1 to 9: more takes longer than it saves on the way."""
_ASKED_HEADERS = ["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", HEADER]
_TOLD_HEADERS = ["ETag", "Retry-After", HEADER]
GUARDED: Mapping[int | str, dict[str, Any]] = {
    400: {"description": "The request cannot be read, or is for another host"},
    401: {"description": "The key is missing or wrong"},
    403: {"description": "The key is not for this"},
    422: {"description": "The request cannot be taken"},
    429: {"description": "The key asks too often"},
    503: {"description": "The store does not answer, or the request took too long"},
}
"""What the door may answer in the place of any route behind it."""


class Api(FastAPI):
    """FastAPI whose description says what errors look like, and whose docs load nothing from elsewhere."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            describe_problems(super().openapi())
        return super().openapi()


def create_app(shop: Shop, *, name: str = "", threads: int | None = None) -> FastAPI:
    """Return the API of a shop; whoever opened the shop closes it.

    Args:
        shop: whose API.
        name: of one among several shops, which stands in its paths.
        threads: how many of its requests are worked on at a time; None leaves that to the threads there are.
    Raises:
        SettingsError: the API key is blank.
    """
    app = Api(
        title="Zhiyin",
        version=__version__,
        description="A shop's data and events in, personal lists with reasons out. Errors are problem+json.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": f"{PREFIX}/{name}"}] if name else None,
    )
    metrics = Metrics(shop, name)
    _surround(app, shop.settings.api, threads)
    app.add_middleware(Measured, metrics=metrics)  # around the guard, whose refusals count too
    app.add_middleware(Requests)
    add_problem_handlers(app)
    app.include_router(health_routes(shop, metrics))
    door = Door(shop)
    guards = [Depends(door.check), Depends(known_parameters)]
    for routes in (
        event_routes(shop, metrics),
        shop_routes(shop, metrics),
        list_routes(shop),
        record_routes(shop, metrics),
        document_routes(shop, metrics),
        text_routes(shop),
        people_routes(shop),
        network_routes(shop),
        item_routes(shop),
        feed_routes(shop, metrics),
        explain_routes(shop),
        insight_routes(shop, metrics),
        system_routes(shop),
        rule_routes(shop),
        search_routes(shop, metrics),
        suggest_routes(shop),
        conversation_routes(shop),
        gap_routes(shop),
        entity_routes(shop),
        forget_routes(shop),
        metrics_routes(metrics),
        key_routes(shop, door),
    ):
        app.include_router(routes, dependencies=guards, responses=dict(GUARDED))
    if shop.settings.api.gorse:
        from zhiyin.apps.gorse.door import add_gorse

        add_gorse(app, shop, metrics, door)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """Let an app say what it can be asked, to programs and to people."""

    @app.get("/openapi.json", include_in_schema=False)
    def description(request: Request) -> Response:
        return tagged(request, app.openapi())

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(
            reference_page(app.openapi()),
            headers={
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
            },
        )


def _surround(app: FastAPI, api: ApiSettings, threads: int | None) -> None:
    """Put around the routes what holds for all of them, the innermost first."""
    app.add_middleware(Turns, threads=threads)
    app.add_middleware(Timeout, timeout_s=api.timeout_s)
    app.add_middleware(GZipMiddleware, minimum_size=_LARGE_BYTES, compresslevel=_COMPRESSION)
    if api.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=api.origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=_ASKED_HEADERS,
            expose_headers=_TOLD_HEADERS,
        )
    app.add_middleware(Guard, hosts=LOOPBACK if api.host in LOOPBACK else ())
    app.add_middleware(Unpacked)  # around the guard, which measures what comes out
    app.add_middleware(SecurityHeaders)
