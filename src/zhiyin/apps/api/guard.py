"""What is turned away before a request's body is read: a wrong host, and too much of it."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.apps.api.ndjson import is_lines
from zhiyin.apps.api.problems import problem

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine reaches."""
MOST_BYTES = 8 * 1024 * 1024


class Guard:
    """ASGI middleware that refuses other hosts with 400 and larger bodies with 413.

    Args:
        app: what to guard.
        hosts: names that the ``Host`` header may give; empty allows any. A page on the web can lead a browser to this
            machine under a name of its own (DNS rebinding), and is told apart by that name.
        most_bytes: of a body; one sent in chunks is stopped at the chunk that is too much.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str] = (), most_bytes: int = MOST_BYTES
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem document."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if self._hosts and _name(headers.get("host", "")) not in self._hosts:
                detail = f"This server answers to {', '.join(self._hosts)}"
                await problem(400, "Wrong host", detail)(scope, receive, send)
                return
            if _is_stream(scope, headers):  # read as it comes, in bounded memory
                await self._app(scope, receive, send)
                return
            length = headers.get("content-length", "")
            if length.isdecimal() and int(length) > self._most_bytes:
                await problem(413, detail=self._too_much())(scope, receive, send)
                return
            receive = self._counted(receive)
        await self._app(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise HTTPException(413, self._too_much())
            return message

        return counted

    def _too_much(self) -> str:
        return f"A body may hold {self._most_bytes:,} bytes; send less at once"


def _is_stream(scope: Scope, headers: Headers) -> bool:
    return scope["path"].endswith("/v1/events") and is_lines(headers.get("content-type", ""))


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
