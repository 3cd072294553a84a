"""The longest that a request may go without an answer."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.apps.api.problems import problem


class Timeout:
    """ASGI middleware that answers 503 in the place of what has not begun to answer in time.

    The time is counted from the last piece of the body, so that what is long to send is not cut off, and ends with the first
    piece of the answer. The work itself cannot be stopped in its thread: its answer is dropped when it comes.

    Args:
        app: what answers.
        timeout_s: how long it may take.
    """

    def __init__(self, app: ASGIApp, timeout_s: float) -> None:
        self._app = app
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it if nobody does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        late = _Late(self._timeout_s, scope, receive, send)
        try:
            await self._app(scope, late.received, late.sent)
        finally:
            await late.over()


class _Late:
    """One request, its clock, and the answer that is sent when it has run out."""

    def __init__(self, timeout_s: float, scope: Scope, receive: Receive, send: Send) -> None:
        self._timeout_s = timeout_s
        self._scope, self._receive, self._send = scope, receive, send
        self._loop = asyncio.get_running_loop()
        self._clock: asyncio.TimerHandle | None = None
        self._answer: asyncio.Task[None] | None = None
        self._is_answered = False
        self._wind()

    async def received(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._wind()
        return message

    async def sent(self, message: Message) -> None:
        if self._answer is None:
            self._is_answered = True
            self._stop()
            await self._send(message)

    async def over(self) -> None:
        self._stop()
        if self._answer is not None:
            await self._answer

    def _wind(self) -> None:
        self._stop()
        if not self._is_answered and self._answer is None:
            self._clock = self._loop.call_later(self._timeout_s, self._give_up)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _give_up(self) -> None:
        detail = f"It took more than {self._timeout_s:g} seconds; ask again later"
        said = {"where": "request", "expected": "an answer in time", "next_step": "ask again later"}
        answer = problem(503, "The request took too long", detail, **said)
        answer.headers["Retry-After"] = "1"
        self._answer = self._loop.create_task(answer(self._scope, self._receive, self._send))
