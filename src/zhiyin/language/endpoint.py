"""Questions to an OpenAI-compatible endpoint that end in time, whatever it does: new attempts, bounds, plain errors."""

from __future__ import annotations

import importlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from operator import attrgetter
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

LONGEST_PAUSE_S = 8.0
"""Before a new attempt, where the endpoint does not ask for a longer one."""
_FIRST_PAUSE_S = 0.5
_MOST_BYTES = 1 << 20

Answer = TypeVar("Answer")


class Refused(ModelError):
    """The endpoint does not take such a question: the same one again would be refused again."""


class _Passing(Exception):
    """A failure after which another attempt is worth while."""

    def __init__(self, error: ModelError, pause_s: float | None = None) -> None:
        self.error, self.pause_s = error, pause_s


class Endpoint:
    """One resource of an endpoint, by the ``openai`` client, read in pieces so that nothing is endless.

    Args:
        resource: what is asked, as the client names it: ``chat.completions`` or ``embeddings``.
        base_url: such as ``http://localhost:11434/v1``.
        key_variable: the environment variable with the key; empty where none is wanted.
        attempts: how often one question is asked before it is given up.
        attempt_s: seconds that one attempt may take; a slower one is given up and made again. None means that an
            attempt may take all the time of the question.
        pace: requests a minute, each attempt counts.
        breaker: what leaves it alone when it keeps failing.

    >>> endpoint = Endpoint("embeddings", "http://localhost:1/v1", "")
    >>> endpoint.close()
    """

    def __init__(
        self,
        resource: str,
        base_url: str,
        key_variable: str,
        *,
        attempts: int = 1,
        attempt_s: float | None = None,
        pace: Pace | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._resource, self._base_url, self._key_variable = resource, base_url, key_variable
        self._attempts, self._attempt_s = attempts, attempt_s
        self._pace, self._breaker = pace, breaker
        self._rng = np.random.default_rng()
        self._client: Any = None

    def ask(
        self,
        body: Mapping[str, Any],
        deadline: float,
        read: Callable[[bytes], Answer],
        most_bytes: int = _MOST_BYTES,
    ) -> Answer:
        """Return the answer to a question.

        Args:
            body: the request, as the API has it.
            deadline: by `time.monotonic`.
            read: makes an answer of what came; raises BadOutput where that is none.
            most_bytes: how long it may be.
        Raises:
            Refused: it does not take such a question.
            ModelError: its subclasses say what else went wrong.
            SettingsError: there is no such endpoint or model.
        """
        return self._tried(
            lambda: read(b"".join(self._received(body, deadline, most_bytes))), deadline
        )

    def events(self, body: Mapping[str, Any], deadline: float) -> Iterator[dict[str, Any]]:
        """Give the documents of a streamed answer; new attempts are made only before the first.

        Raises: as `ask`, and BadOutput when it breaks off.
        """

        def begun() -> tuple[bytes, Iterator[bytes]]:
            received = self._received({**body, "stream": True}, deadline)
            return next(received, b""), received

        piece, received = self._tried(begun, deadline)
        try:
            with self._judged():
                for line in _lines(piece, received):
                    field, _, value = line.partition(b":")
                    if field == b"data" and value.strip() == b"[DONE]":
                        return
                    if field == b"data":
                        yield document(value)
                raise BadOutput(
                    "the answer breaks off", where=self._base_url, expected="[DONE] at its end"
                )
        except _Passing as passing:
            raise passing.error from passing.__cause__

    def close(self) -> None:
        """Give the connections back."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_client": None}

    def _tried(self, attempt: Callable[[], Answer], deadline: float) -> Answer:
        turn = 0
        while True:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise self._late()
            if self._breaker is not None:
                self._breaker.check()
            if self._pace is not None:
                time.sleep(self._pace.take(1, at_most_s=left_s))
            try:
                with self._judged():
                    answer = attempt()
            except _Passing as passing:
                pause_s = passing.pause_s
                if pause_s is None:
                    longest = min(LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**turn)
                    pause_s = longest * self._rng.uniform(0.5, 1.0)
                turn += 1
                if turn == self._attempts or time.monotonic() + pause_s >= deadline:
                    raise passing.error from passing.__cause__
                time.sleep(pause_s)
            else:
                if self._breaker is not None:
                    self._breaker.succeeded()
                return answer

    @contextmanager
    def _judged(self) -> Iterator[None]:
        """Tell the breaker of failures that are the endpoint's own."""
        try:
            yield
        except (_Passing, ModelTimeout, BadOutput) as error:
            is_own = not (isinstance(error, _Passing) and isinstance(error.error, RateLimited))
            if is_own and self._breaker is not None:
                self._breaker.failed()
            raise

    def _received(
        self, body: Mapping[str, Any], deadline: float, most_bytes: int = _MOST_BYTES
    ) -> Iterator[bytes]:
        client, openai, httpx = self._connected()
        size, until = 0, deadline
        if self._attempt_s is not None:
            until = min(until, time.monotonic() + self._attempt_s)
        try:
            with attrgetter(self._resource)(client).with_streaming_response.create(
                **body, timeout=max(0.001, until - time.monotonic())
            ) as response:
                for piece in response.iter_bytes():
                    size += len(piece)
                    if size > most_bytes:
                        raise BadOutput(
                            f"the answer has more than {most_bytes:,} bytes", where=self._base_url
                        )
                    if time.monotonic() > until:
                        raise TimeoutError
                    yield piece
        except (openai.APITimeoutError, httpx.TimeoutException, TimeoutError) as error:
            raise (self._late() if self._attempt_s is None else _Passing(self._late())) from error
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
                where=self._base_url,
                expected="the package openai",
                next_step="pip install openai",
            ) from error
        if self._client is None:
            variable = self._key_variable
            key = os.environ.get(variable, "") if variable else "none"
            if not key:
                raise NeedsKey(
                    f"the environment variable {variable} holds no key",
                    where=self._base_url,
                    next_step=f"export {variable}=…, or set key_variable to an empty text",
                )
            self._client = openai.OpenAI(base_url=self._base_url, api_key=key, max_retries=0)
        return self._client, openai, httpx

    def _late(self) -> ModelTimeout:
        most = "" if self._attempt_s is None else f" within {self._attempt_s:g} s"
        return ModelTimeout(
            f"the endpoint did not answer in time{most}",
            where=self._base_url,
            next_step="give it more time or less to do",
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
        pause_s = _pause_asked_s(error.response.headers)
        limited = RateLimited(
            f"the endpoint lets no more through: {said}",
            where=base_url,
            next_step=f"try again in {pause_s:g} s" if pause_s else "try again later",
        )
        return limited if error.code == "insufficient_quota" else _Passing(limited, pause_s)
    failed = ModelError(f"the endpoint answered {status}: {said}", where=base_url)
    if status >= 500 or status in (408, 409):
        return _Passing(failed, _pause_asked_s(error.response.headers))
    return Refused(failed.what, where=base_url)


def _pause_asked_s(headers: Mapping[str, str]) -> float | None:
    milliseconds = retry_after_s(headers.get("retry-after-ms"))
    return retry_after_s(headers.get("retry-after")) if milliseconds is None else milliseconds / 1e3


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


def document(received: bytes) -> dict[str, Any]:
    """Return the JSON object that came; raises BadOutput where that is none."""
    try:
        read = json.loads(received)
    except (ValueError, RecursionError) as error:
        raise BadOutput("the answer is no JSON") from error
    if not isinstance(read, dict):
        raise BadOutput("the answer is no JSON object")
    return read
