"""The two clients: they differ in how they wait."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any, Self

from zhiyin.client.calls import Call, Document
from zhiyin.client.failures import ApiError, Unreachable
from zhiyin.client.operations import Operations
from zhiyin.errors import MissingExtra

try:
    import httpx
except ImportError as error:
    raise MissingExtra(
        "the client needs httpx",
        where="zhiyin.client",
        expected="the package httpx",
        next_step="pip install 'zhiyin[client]'",
    ) from error

_AGAIN = frozenset({409, 429, 503})
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0
_Outcome = httpx.Response | httpx.TransportError


class Client(Operations[Document, str, Iterator[Document]]):
    """A client that waits; safe to use from several threads.

    A request that found the server busy, or lost it, is sent again: reads and bulk writes change nothing the second
    time, and the others carry an Idempotency-Key.

    Args:
        base_url: of the server.
        key: API key, where the server wants one.
        timeout_s: for connecting and for each part of an answer.
        retries: how often a request is sent again.
        transport: of httpx, in the place of the network.

    >>> Client("http://127.0.0.1:8000").close()
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None = None,
        timeout_s: float = 10.0,
        retries: int = 3,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=base_url, headers=_headers(key), timeout=timeout_s, transport=transport
        )
        self._retries = retries

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def _ask(self, call: Call) -> Document:
        return _document(self._answer(call))

    def _read(self, call: Call) -> str:
        return self._answer(call).text

    def _stream(self, call: Call) -> Iterator[Document]:
        try:
            with self._http.stream(call.method, call.url) as answer:
                if answer.is_error:
                    answer.read()
                    raise ApiError.of(answer)
                for line in answer.iter_lines():
                    yield json.loads(line)
        except httpx.TransportError as error:
            raise _unreachable(error, self._http.base_url) from error

    def _answer(self, call: Call) -> httpx.Response:
        for attempt in range(self._retries + 1):
            outcome: _Outcome
            try:
                outcome = self._http.request(
                    call.method, call.url, **_said(call), content=_encoded(call)
                )
            except httpx.TransportError as error:
                outcome = error
            pause = _pause(call, outcome, attempt)
            if pause is None or attempt == self._retries:
                break
            time.sleep(pause)
        return _good(outcome, self._http.base_url)


class AsyncClient(Operations[Awaitable[Document], Awaitable[str], AsyncIterator[Document]]):
    """A client whose operations are awaited; see `Client`.

    >>> asyncio.run(AsyncClient("http://127.0.0.1:8000").aclose())
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None = None,
        timeout_s: float = 10.0,
        retries: int = 3,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url, headers=_headers(key), timeout=timeout_s, transport=transport
        )
        self._retries = retries

    async def aclose(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.aclose()

    async def _ask(self, call: Call) -> Document:
        return _document(await self._answer(call))

    async def _read(self, call: Call) -> str:
        return (await self._answer(call)).text

    async def _stream(self, call: Call) -> AsyncIterator[Document]:
        try:
            async with self._http.stream(call.method, call.url) as answer:
                if answer.is_error:
                    await answer.aread()
                    raise ApiError.of(answer)
                async for line in answer.aiter_lines():
                    yield json.loads(line)
        except httpx.TransportError as error:
            raise _unreachable(error, self._http.base_url) from error

    async def _answer(self, call: Call) -> httpx.Response:
        for attempt in range(self._retries + 1):
            outcome: _Outcome
            lines = _encoded(call)
            content = None if lines is None else _asynchronous(lines)
            try:
                outcome = await self._http.request(
                    call.method, call.url, **_said(call), content=content
                )
            except httpx.TransportError as error:
                outcome = error
            pause = _pause(call, outcome, attempt)
            if pause is None or attempt == self._retries:
                break
            await asyncio.sleep(pause)
        return _good(outcome, self._http.base_url)


async def _asynchronous(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    for line in lines:
        yield line


def _headers(key: str | None) -> dict[str, str]:
    return {} if key is None else {"Authorization": f"Bearer {key}"}


def _said(call: Call) -> dict[str, Any]:
    headers = {} if call.key is None else {"Idempotency-Key": call.key}
    if call.lines is not None:
        headers["Content-Type"] = "application/x-ndjson"
    body = {} if call.body is None else {"json": call.body}
    return {"params": call.parameters, "headers": headers, **body}


def _encoded(call: Call) -> Iterator[bytes] | None:
    if call.lines is None:
        return None
    return (json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in call.lines)


def _pause(call: Call, outcome: _Outcome, attempt: int) -> float | None:
    """Return after how many seconds to send again; None: not at all."""
    if not call.is_repeatable:
        return None
    pause: float = _FIRST_PAUSE_S * 2**attempt
    if isinstance(outcome, httpx.Response):
        said: str = outcome.headers.get("retry-after", "")
        # Where the server is merely busy it says when to come again; other conflicts stay what they are.
        if outcome.status_code not in _AGAIN or (outcome.status_code != 503 and not said):
            return None
        pause = max(pause, float(said)) if said.isdecimal() else pause
    return min(pause, _LONGEST_PAUSE_S)


def _good(outcome: _Outcome, base_url: httpx.URL) -> httpx.Response:
    if isinstance(outcome, httpx.TransportError):
        raise _unreachable(outcome, base_url) from outcome
    if outcome.is_error:
        raise ApiError.of(outcome)
    return outcome


def _unreachable(error: httpx.TransportError, base_url: httpx.URL) -> Unreachable:
    return Unreachable(
        str(error) or type(error).__name__,
        where=str(base_url),
        expected="a server that answers",
        next_step="zhiyin serve",
    )


def _document(answer: httpx.Response) -> Document:
    document: Document = answer.json()
    return document
