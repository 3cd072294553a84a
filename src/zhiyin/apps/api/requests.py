"""Requests have names: each answer carries one, and so does what is logged while it is made."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.request_id import set_request_id

HEADER = "X-Request-ID"
OTHER = "other"
_log = logging.getLogger(__name__)
_GIVEN = HEADER.lower().encode()
_FITS = re.compile(rb"[\x21-\x7e]{1,128}")
_NAMED = "zhiyin.is_named"


def new_request_id() -> str:
    """Return a name that no other request has."""
    return uuid4().hex


def route_of(scope: Scope) -> str:
    """Return the template of the route that answers, which holds nothing of what was asked; ``other`` where none does."""
    return getattr(scope.get("route"), "path_format", OTHER)


class Requests:
    """ASGI middleware that names every request and logs a line about it once it is answered, at INFO.

    The name is the one of the header ``X-Request-ID``, where that is 1 to 128 visible characters of ASCII, else a new
    one; the answer carries it in the same header. The line has the route's template and never a path, a query, an id,
    a key or a body.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and log what became of it; one that has a name already keeps it."""
        if scope["type"] != "http" or _NAMED in scope:
            await self._app(scope, receive, send)
            return
        scope[_NAMED] = True
        given = next((value for name, value in scope["headers"] if name == _GIVEN), b"")
        name = given.decode() if _FITS.fullmatch(given) else new_request_id()
        set_request_id(name)  # never taken back: the server logs an exception after this has ended
        status = 500  # an exception on its way to the outermost handler becomes this
        started = perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            if _log.isEnabledFor(logging.INFO):
                _tell(scope, status, (perf_counter() - started) * 1e3)


def _tell(scope: Scope, status: int, ms: float) -> None:
    said = {
        "method": scope["method"],
        "route": scope.get("root_path", "") + route_of(scope),
        "status": status,
        "duration_ms": round(ms, 2),
    }
    _log.info("%(method)s %(route)s %(status)d in %(duration_ms).2f ms", said, extra=said)
