"""Changes wait for one another, so that pages never wait for a change, nor one shop for another."""

from __future__ import annotations

import asyncio

from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Turns:
    """ASGI middleware that keeps one of the threads that answer free of requests that write.

    A write may wait for as long as another process holds the database. What comes meanwhile waits here, where it takes
    up no thread; a request takes its turn once its body has come whole, so a slow sender holds up nobody.

    Where shops share the threads, what would take up more than one shop's part waits here, too.

    Args:
        app: what answers.
        threads: how many of its requests are worked on at a time; None for as many as there are threads.
    """

    def __init__(self, app: ASGIApp, threads: int | None = None) -> None:
        self._app = app
        self._threads = threads
        self._places = None if threads is None else asyncio.Semaphore(threads)
        self._turns: asyncio.Semaphore | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, a change when its turn has come."""
        is_change = scope["type"] == "http" and scope["method"] in _CHANGES
        if scope["type"] != "http" or not (is_change or self._places):
            await self._app(scope, receive, send)
            return
        waited_for = [self._turn()] if is_change else []
        waited_for += [self._places] if self._places else []
        held: list[asyncio.Semaphore] = []

        async def take() -> None:
            while waited_for:
                await waited_for[0].acquire()
                held.append(waited_for.pop(0))

        async def received() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body"):
                await take()
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":  # the work is done; who reads may be slow
                _release(held)
            await send(message)

        try:
            if not is_change or scope["method"] == "DELETE":  # no body is waited for
                await take()
            await self._app(scope, received, sent)
        finally:
            _release(held)

    def _turn(self) -> asyncio.Semaphore:
        if self._turns is None:
            threads = self._threads or int(current_default_thread_limiter().total_tokens)
            self._turns = asyncio.Semaphore(max(threads - 1, 1))
        return self._turns


def _release(held: list[asyncio.Semaphore]) -> None:
    while held:
        held.pop().release()
