"""Where the pages are: beside the API in its process, or on a port of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import AsyncExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from zhiyin.apps.web.site import Site

PLACES = ("/console", "/shop")
"""What the paths of pages begin with."""
_OURS = (*PLACES, "/_nicegui", "/_nicegui_ws")


def has_pages() -> bool:
    """Return whether what draws the pages is installed."""
    return find_spec("nicegui") is not None


def is_under(path: str, places: Collection[str]) -> bool:
    """Return whether a path is one of some places, or below one.

    >>> is_under("/shop/cart", PLACES), is_under("/shops/tea", PLACES)
    (True, False)
    """
    return any(path == one or path.startswith(f"{one}/") for one in places)


class Beside:
    """ASGI application that answers pages by themselves and all else by the API, which they ask.

    The pages are made when the first is asked for, so that an API that nobody looks at starts as fast as alone.

    Args:
        api: of the shop.
        hosts: names that the ``Host`` header may give; empty allows any.
    """

    def __init__(self, api: FastAPI, hosts: Collection[str]) -> None:
        self._api = api
        self._hosts = hosts
        self._making = asyncio.Lock()
        self._pages: ASGIApp | None = None
        self._stack = AsyncExitStack()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by whoever has the path."""
        if scope["type"] == "lifespan":
            async with self._stack:
                await self._api(scope, receive, send)
        elif is_under(scope["path"], _OURS):
            pages = self._pages or await self._made()
            await pages(scope, receive, send)
        else:
            await self._api(scope, receive, send)

    async def _made(self) -> ASGIApp:
        async with self._making:
            if self._pages is None:
                pages = await asyncio.to_thread(self._make)
                await self._stack.enter_async_context(pages.lasting())
                self._pages = pages
        return self._pages

    def _make(self) -> Site:
        from httpx import ASGITransport

        from zhiyin.apps.web.site import pages_app
        from zhiyin.apps.web.visit import Clients

        return pages_app(Clients("http://127.0.0.1", ASGITransport(self._api)), self._hosts)


class Elsewhere:
    """ASGI application of an API whose pages are on another port: it sends who asks for one there.

    Args:
        api: of the shop.
        port: of the pages.
    """

    def __init__(self, api: ASGIApp, port: int) -> None:
        self._api = api
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or answer by the API."""
        if scope["type"] == "http" and is_under(scope["path"], PLACES):
            there = Request(scope).url.replace(port=self._port)
            await RedirectResponse(str(there), 307)(scope, receive, send)
            return
        await self._api(scope, receive, send)
