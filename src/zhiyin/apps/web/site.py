"""The console and the storefront as one application."""

from __future__ import annotations

import logging
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from importlib.resources import files
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.apps.api.guard import Guard
from zhiyin.apps.api.headers import SECURITY
from zhiyin.apps.web.beside import PLACES, is_under
from zhiyin.apps.web.sessions import COOKIE
from zhiyin.apps.web.states import failure
from zhiyin.apps.web.visit import (
    LANGUAGE_COOKIE,
    PERSONAL_COOKIE,
    SHOPPER_COOKIE,
    Clients,
    Visits,
    language_of,
)
from zhiyin.apps.web.words import LANGUAGES, Words

_log = logging.getLogger(__name__)
_POLICY = (
    # The pages' framework compiles its templates in the browser.
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_YEAR_S = 365 * 24 * 3600


class Site:
    """ASGI application of the pages, with what a browser must not do with them.

    Args:
        app: the pages.
        hosts: names that the ``Host`` header may give; empty allows any.
    """

    def __init__(self, app: FastAPI, hosts: Collection[str]) -> None:
        self._app = app
        self._guarded = Guard(_Policy(app), hosts=hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self._guarded(scope, receive, send)

    def lasting(self) -> AbstractAsyncContextManager[object]:
        """Return what begins before the first page and ends after the last, where no server sees to that."""
        return self._app.router.lifespan_context(self._app)


def pages_app(clients: Clients, hosts: Collection[str]) -> Site:
    """Return the application of the pages; one for a process.

    Args:
        clients: of the API that they ask.
        hosts: names that the ``Host`` header may give; empty allows any.
    """
    from nicegui import app as framework
    from nicegui import ui

    from zhiyin.apps.console import site as console
    from zhiyin.apps.storefront import site as storefront

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    visits = Visits(clients)
    _add_doors(app, visits)
    for style in ("look.css", "console.css", "storefront.css"):
        ui.add_css((files(__package__) / style).read_text(encoding="utf-8"), shared=True)
    framework.on_page_exception(_failed)
    console.add_pages(visits)
    storefront.add_pages(visits)
    ui.run_with(app, title="知音 Zhiyin", favicon="知", show_welcome_message=False, tailwind=False)
    return Site(app, hosts)


class _Policy:
    """ASGI middleware that adds the headers of pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)


def _failed(error: Exception) -> None:
    """Say on a page without a frame that it could not be made, and nothing of why."""
    from nicegui import ui

    _log.error("a page", exc_info=error)
    failure(Words(language_of(ui.context.client.request)), None)


def _add_doors(app: FastAPI, visits: Visits) -> None:
    """Add what changes cookies: logging in and out, the language, and who shops."""

    @app.post("/{place}/session")
    async def log_in(place: str, key: str = Form(), next: str = Form("")) -> Response:
        session = await visits.session_with(key.strip())
        if session is None:
            return _to(f"/{place}/login?wrong=1&next={quote(_safe(next, place))}")
        answer = _to(_safe(next, place))
        _keep(answer, COOKIE, visits.sessions.begin(session), None)
        return answer

    @app.post("/{place}/session/end")
    async def log_out(place: str, request: Request) -> Response:
        visits.sessions.end(request.cookies.get(COOKIE, ""))
        answer = _to(f"/{place}/login")
        answer.delete_cookie(COOKIE)
        return answer

    @app.get("/{place}/language")
    async def speak(place: str, to: str, next: str = "") -> Response:
        answer = _to(_safe(next, place))
        if to in LANGUAGES:
            _keep(answer, LANGUAGE_COOKIE, to)
        return answer

    @app.get("/shop/as")
    async def shop_as(user: str = "", next: str = "") -> Response:
        answer = _to(_safe(next, "shop"))
        if user:
            _keep(answer, SHOPPER_COOKIE, quote(user))
        else:
            answer.delete_cookie(SHOPPER_COOKIE)
        return answer

    @app.get("/shop/personal")
    async def personal(to: str, next: str = "") -> Response:
        answer = _to(_safe(next, "shop"))
        _keep(answer, PERSONAL_COOKIE, "off" if to == "off" else "on")
        return answer


def _keep(answer: Response, name: str, value: str, seconds: int | None = _YEAR_S) -> None:
    answer.set_cookie(name, value, seconds, httponly=True, samesite="strict")


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


def _safe(path: str, place: str) -> str:
    r"""Return a path of this site that somebody wants to go back to; the place's home for any other.

    >>> _safe("/shop/cart?a=b", "shop"), _safe("//evil.example", "shop"), _safe("/shop\\evil", "shop")
    ('/shop/cart?a=b', '/shop', '/shop')
    """
    parts = urlsplit(path)
    is_ours = not parts.scheme and not parts.netloc and is_under(parts.path, PLACES)
    return path if is_ours and "\\" not in path and "\n" not in path else f"/{place}"
