"""The API of a shop, put together."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse

from zhiyin import __version__
from zhiyin.apps.api.guard import Guard
from zhiyin.apps.api.health import health_routes
from zhiyin.apps.api.key import key_check
from zhiyin.apps.api.problems import add_problem_handlers, describe_problems
from zhiyin.apps.api.reference import reference_page
from zhiyin.apps.api.routes import shop_routes
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
        description="A shop's events in, personal lists with reasons out. Errors are problem+json.",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Guard, hosts=LOOPBACK if shop.settings.api.host in LOOPBACK else ())
    add_problem_handlers(app)
    app.include_router(health_routes(shop))
    key = Depends(key_check(shop.settings.api.key))
    app.include_router(shop_routes(shop), prefix="/v1", dependencies=[key])

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(
            reference_page(app.openapi()),
            headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )

    return app
