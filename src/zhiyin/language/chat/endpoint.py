"""Questions to an OpenAI-compatible endpoint that end in time, whatever it does: new attempts, bounds, plain errors."""

from __future__ import annotations

import importlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import numpy as np

from zhiyin.errors import (
    BadOutput,
    MissingExtra,
    ModelError,
    ModelTimeout,
    NeedsKey,
    RateLimited,
    SettingsError,
)
from zhiyin.language.chat.breaker import Breaker
from zhiyin.language.chat.limits import Pace

_MOST_BYTES = 1 << 20
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 8.0
_WHERE = "chat model openai"

Answer = TypeVar("Answer")


class Refused(ModelError):
    """The endpoint does not take such a question: the same one again would be refused again."""


class _Passing(Exception):
    """A failure after which another attempt is worth while."""

    def __init__(self, error: ModelError, pause_s: float | None = None) -> None:
        self.error, self.pause_s = error, pause_s


class Endpoint:
    """One endpoint's chat completions, by the ``openai`` client, read in pieces so that nothing is endless.

    Args:
        base_url: such as ``http://localhost:11434/v1``.
        key: what it wants as a bearer token.
        attempts: how often one question is asked before it is given up.
        pace: requests a minute, each attempt counts.
        breaker: what leaves it alone when it keeps failing.

    >>> endpoint = Endpoint("http://localhost:1/v1", "", 3, Pace("requests", None), Breaker(5, 30.0))
    >>> endpoint.close()
    """

    def __init__(
        self, base_url: str, key: str, attempts: int, pace: Pace, breaker: Breaker
    ) -> None:
        self._base_url, self._key, self._attempts = base_url, key, attempts
        self._pace, self._breaker = pace, breaker
        self._rng = np.random.default_rng()
        self._lock = threading.Lock()
        self._client: Any = None

    def ask(self, body: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Return the document that answers a question.

        Args:
            body: the request, as the API has it.
            deadline: by `time.monotonic`.
        Raises:
            Refused: it does not take such a question.
            ModelError: its subclasses say what else went wrong.
        """
        return self._tried(lambda: _document(b"".join(self._received(body, deadline))), deadline)

    def events(self, body: dict[str, Any], deadline: float) -> Iterator[dict[str, Any]]:
        """Give the documents of a streamed answer; new attempts are made only before the first.

        Raises: as `ask`, and BadOutput when it breaks off.
        """

        def begun() -> tuple[bytes, Iterator[bytes]]:
            received = self._received(body | {"stream": True}, deadline)
            return next(received, b""), received

        piece, received = self._tried(begun, deadline)
        try:
            with self._judged():
                for line in _lines(piece, received):
                    field, _, value = line.partition(b":")
                    if field == b"data" and value.strip() == b"[DONE]":
                        return
                    if field == b"data":
                        yield _document(value)
                raise BadOutput("the answer breaks off", where=_WHERE, expected="[DONE] at its end")
        except _Passing as passing:
            raise passing.error from passing.__cause__

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = None

    def _tried(self, attempt: Callable[[], Answer], deadline: float) -> Answer:
        turn = 0
        while True:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise _late()
            self._breaker.check()
            time.sleep(self._pace.take(1, at_most_s=left_s))
            try:
                with self._judged():
                    answer = attempt()
            except _Passing as passing:
                pause_s = passing.pause_s
                if pause_s is None:
                    longest = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**turn)
                    pause_s = longest * self._rng.uniform(0.5, 1.0)
                turn += 1
                if turn == self._attempts or time.monotonic() + pause_s >= deadline:
                    raise passing.error from passing.__cause__
                time.sleep(pause_s)
            else:
                self._breaker.succeeded()
                return answer

    @contextmanager
    def _judged(self) -> Iterator[None]:
        """Tell the breaker of failures that are the endpoint's own."""
        try:
            yield
        except _Passing as passing:
            if not isinstance(passing.error, RateLimited):
                self._breaker.failed()
            raise
        except (ModelTimeout, BadOutput):
            self._breaker.failed()
            raise

    def _received(self, body: dict[str, Any], deadline: float) -> Iterator[bytes]:
        client, openai, httpx = self._connected()
        size = 0
        try:
            with client.chat.completions.with_streaming_response.create(
                **body, timeout=max(0.001, deadline - time.monotonic())
            ) as response:
                for piece in response.iter_bytes():
                    size += len(piece)
                    if size > _MOST_BYTES:
                        raise BadOutput(
                            f"the answer has more than {_MOST_BYTES} bytes", where=_WHERE
                        )
                    if time.monotonic() > deadline:
                        raise _late()
                    yield piece
        except (openai.APITimeoutError, httpx.TimeoutException) as error:
            raise _late() from error
        except openai.APIStatusError as error:
            raise _meaning(error, self._base_url, body.get("model", "")) from error
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            raise _Passing(
                ModelError(
                    f"the connection failed: {error.__cause__ or error}",
                    where=self._base_url,
                    next_step="see whether the endpoint runs, and check base_url",
                )
            ) from error

    def _connected(self) -> tuple[Any, Any, Any]:
        try:
            openai = importlib.import_module("openai")
            httpx = importlib.import_module("httpx2")
        except ImportError as error:
            raise MissingExtra(
                f"the client of endpoints is not installed: {error}",
                where=_WHERE,
                expected="the package openai",
                next_step="pip install openai",
            ) from error
        with self._lock:
            if self._client is None:
                self._client = openai.OpenAI(
                    base_url=self._base_url, api_key=self._key or "none", max_retries=0
                )
            return self._client, openai, httpx


def _late() -> ModelTimeout:
    return ModelTimeout(
        "the endpoint did not answer in time", where=_WHERE, next_step="give it more time"
    )


def _meaning(error: Any, base_url: str, model: str) -> Exception:
    """Return what a status other than 200 means."""
    status, said = error.status_code, str(error.message)[:200]
    if status in (401, 403):
        return NeedsKey(
            f"the endpoint does not take the key: {said}",
            where=base_url,
            next_step="set the environment variable named by key_variable",
        )
    if status == 404:
        return SettingsError(
            f"the endpoint has no model {model}, or it is no such endpoint: {said}",
            where=base_url,
            next_step="check base_url, which mostly ends in /v1, and model",
        )
    if status == 429:
        pause_s = retry_after_s(error.response.headers.get("retry-after"))
        limited = RateLimited(
            f"the endpoint lets no more through: {said}",
            where=base_url,
            next_step=f"try again in {pause_s:g} s" if pause_s else "try again later",
        )
        return limited if error.code == "insufficient_quota" else _Passing(limited, pause_s)
    failed = ModelError(f"the endpoint answered {status}: {said}", where=base_url)
    if status >= 500 or status in (408, 409):
        return _Passing(failed, retry_after_s(error.response.headers.get("retry-after")))
    return Refused(failed.what, where=base_url)


def retry_after_s(header: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, given as a number or a date; None without one.

    >>> retry_after_s("1.5"), retry_after_s("soon")
    (1.5, None)
    """
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if np.isfinite(seconds) else None


def _lines(piece: bytes, received: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    while piece:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        piece = next(received, b"")


def _document(received: bytes) -> dict[str, Any]:
    try:
        document = json.loads(received)
    except (ValueError, RecursionError) as error:
        raise BadOutput("the answer is no JSON", where=_WHERE) from error
    if not isinstance(document, dict):
        raise BadOutput("the answer is no JSON object", where=_WHERE)
    return document
