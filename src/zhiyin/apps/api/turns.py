"""Changes wait for one another, so that pages never wait for a change."""

from __future__ import annotations

import asyncio

from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CHANGES = frozenset({"POST", "PUT", "PATCH"})


class Turns:
    """ASGI middleware that keeps one of the threads that answer free of requests that write.

    A write may wait for as long as another process holds the database. What comes meanwhile waits here, where it takes
    up no thread; a request takes its turn once its body has come whole, so a slow sender holds up nobody.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turns: asyncio.Semaphore | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, a change when its turn has come."""
        if scope["type"] != "http" or scope["method"] not in _CHANGES:
            await self._app(scope, receive, send)
            return
        if self._turns is None:
            threads = int(current_default_thread_limiter().total_tokens)
            self._turns = asyncio.Semaphore(max(threads - 1, 1))
        turns, is_taken = self._turns, False

        async def received() -> Message:
            nonlocal is_taken
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body") and not is_taken:
                await turns.acquire()
                is_taken = True
            return message

        try:
            await self._app(scope, received, send)
        finally:
            if is_taken:
                turns.release()
