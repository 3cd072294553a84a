"""Requests that may be sent again: under one Idempotency-Key a change is made once, and answered alike each time.

An answer is kept after the change. Where the server is killed between the two, the request is taken anew two minutes
later: events count once all the same, since their ids are made from the key; a rule would be added twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse, Response

from zhiyin.apps.api.problems import problem
from zhiyin.errors import Conflict
from zhiyin.shop import Shop

CONFLICT: Mapping[int | str, dict[str, Any]] = {
    409: {"description": "A request under the same Idempotency-Key is being answered"}
}
_CALLER = ("authorization", "x-api-key")
_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Made up for this request. Sent again under it within 24 hours, the request takes no second effect "
        "and gets the same answer; another body under it is refused with 422.",
        examples=["6f1c9a52-08a4-4b7e-9a43-6f0f0a3c2d11"],
    ),
]


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one request from another.

    Attributes:
        digest: of who sent it, where to, and under which key; None where it has no key.
        body: digest of what it says; empty where it is read as it comes.
    """

    digest: str | None
    body: str = ""

    def event_id(self, place: int, said: bytes) -> str | None:
        """Return an id for an event that has none, alike whenever the request is sent again; None without a key.

        Args:
            place: of the event in the request.
            said: what was said there.
        """
        return None if self.digest is None else _digest(self.digest, str(place), said)

    def answer(self, shop: Shop, make: Callable[[], Any]) -> Response:
        """Return what `make` makes as JSON, or what the same request was answered before.

        Raises:
            InvalidRecord: something else was sent under its key.
        """
        if self.digest is None:
            return JSONResponse(make())
        kept = shop.store.answers
        try:
            text = kept.claim(self.digest, self.body)
        except Conflict as error:
            said = {"where": error.where, "expected": error.expected, "next_step": error.next_step}
            refusal = problem(409, error.what, str(error), **said)
            refusal.headers["Retry-After"] = "1"
            return refusal
        if text is not None:
            return Response(text, media_type="application/json")
        try:
            answer = JSONResponse(make())
        except BaseException:
            kept.release(self.digest)
            raise
        kept.keep(self.digest, bytes(answer.body).decode())
        return answer


async def of_stream(request: Request, key: _Key = None) -> Identity:
    """Return what tells a request from others, its body not read; it is asked for after the caller was let in."""
    if key is None:
        return Identity(None)
    return Identity(_digest(*_named(request)))


Streamed = Annotated[Identity, Depends(of_stream)]


async def of_body(request: Request, stream: Streamed) -> Identity:
    """Return what tells a request from others, its body read."""
    if stream.digest is None:
        return stream
    # With the key, which is kept nowhere: else whoever reads the store could try what a body said.
    return replace(stream, body=_digest(*_named(request), await request.body()))


def _named(request: Request) -> list[str]:
    """Return who sends a request, where to, and under which key."""
    caller = [request.headers.get(name, "") for name in _CALLER]
    return [*caller, request.method, request.url.path, request.headers["Idempotency-Key"]]


Once = Annotated[Identity, Depends(of_body)]
"""A parameter of an operation that takes effect once for each Idempotency-Key."""


def _digest(*parts: str | bytes) -> str:
    """Return a digest of parts, none of which can pass for two."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8) + data)
    return made.hexdigest()
