"""The API of a shop, put together."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse

from zhiyin import __version__
from zhiyin.apps.api.entities import entity_routes
from zhiyin.apps.api.feed_routes import feed_routes
from zhiyin.apps.api.guard import Guard
from zhiyin.apps.api.health import health_routes
from zhiyin.apps.api.item_routes import item_routes
from zhiyin.apps.api.key import key_check
from zhiyin.apps.api.metrics import Measured, Metrics, metrics_routes
from zhiyin.apps.api.network_routes import network_routes
from zhiyin.apps.api.people_routes import people_routes
from zhiyin.apps.api.problems import add_problem_handlers, describe_problems
from zhiyin.apps.api.record_routes import record_routes
from zhiyin.apps.api.reference import reference_page
from zhiyin.apps.api.routes import shop_routes
from zhiyin.apps.api.rule_routes import rule_routes
from zhiyin.apps.api.search_routes import search_routes
from zhiyin.apps.api.suggest_routes import suggest_routes
from zhiyin.apps.api.text_routes import text_routes
from zhiyin.shop import Shop

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Api(FastAPI):
    """FastAPI whose description says what errors look like, and whose docs load nothing from elsewhere."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            describe_problems(super().openapi())
        return super().openapi()


def create_app(shop: Shop) -> FastAPI:
    """Return the API of a shop; whoever opened the shop closes it.

    Raises:
        SettingsError: the API key is blank.
    """
    app = Api(
        title="Zhiyin",
        version=__version__,
        description="A shop's data and events in, personal lists with reasons out. Errors are problem+json.",
        docs_url=None,
        redoc_url=None,
    )
    metrics = Metrics(shop)
    app.add_middleware(Guard, hosts=LOOPBACK if shop.settings.api.host in LOOPBACK else ())
    app.add_middleware(Measured, metrics=metrics)  # around the guard, whose refusals count too
    add_problem_handlers(app)
    app.include_router(health_routes(shop))
    key = Depends(key_check(shop.settings.api.key))
    for routes in (
        shop_routes(shop, metrics),
        record_routes(shop, metrics),
        text_routes(shop),
        people_routes(shop),
        network_routes(shop),
        item_routes(shop),
        feed_routes(shop, metrics),
        rule_routes(shop),
        search_routes(shop, metrics),
        suggest_routes(shop),
        entity_routes(shop),
        metrics_routes(metrics),
    ):
        app.include_router(routes, dependencies=[key])

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(
            reference_page(app.openapi()),
            headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )

    return app
