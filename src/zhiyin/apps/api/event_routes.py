"""The routes that take events: one, a list, or lines of JSON without end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Scope

from zhiyin.apps.api.bodies import EXAMPLE_EVENT, EventBody, Events, EventsAnswer
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.ndjson import LONGEST_LINE, is_lines, numbered_lines
from zhiyin.apps.api.once import CONFLICT, Identity, Once, Streamed
from zhiyin.apps.api.problems import OF_PAGES, problem, unavailable
from zhiyin.core import Event
from zhiyin.errors import StoreError
from zhiyin.shop import Shop

_log = logging.getLogger(__name__)
_AT_ONCE = 1000
_MOST_TOLD = 1000
_EVENTS_BODY = Body(
    openapi_examples={
        "one": {"summary": "One event", "value": EXAMPLE_EVENT},
        "many": {
            "summary": "A list of events",
            "value": [{"user": "u1", "item": "tea-7", "type": "view"}],
        },
    }
)


class _LinesRoute(APIRoute):
    """A route for bodies that are lines of JSON; other bodies are another route's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        fits = is_lines(Headers(scope=scope).get("content-type", ""))
        return super().matches(scope) if fits else (Match.NONE, {})


def event_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that take events."""
    router = APIRouter(prefix="/v1", tags=["shop"], responses={**OF_PAGES, **CONFLICT})
    # A thread of its own: however long the store takes, pages have theirs.
    writer = CapacityLimiter(1)

    async def lines(request: Request, identity: Streamed) -> Response:
        intake = _LinesIntake(shop, metrics, identity)
        try:
            async for some in numbered_lines(request.stream(), _AT_ONCE):
                await to_thread.run_sync(intake.take, some, limiter=writer)
        except ClientDisconnect:
            return problem(400, "The stream broke off", "Send it again from its beginning.")
        except StoreError as error:
            _log.error("%s: %s", request.url.path, error)
            return unavailable(error, stored_lines=intake.last_line)
        return intake.answer()

    router.add_api_route(
        "/events",
        lines,
        methods=["POST"],
        include_in_schema=False,
        route_class_override=_LinesRoute,
    )

    @router.post(
        "/events",
        response_model=EventsAnswer,
        responses={
            413: {"description": "The body is too large"},
            415: {"description": "The body is not JSON"},
        },
    )
    def events(body: Annotated[Events, _EVENTS_BODY], once: Once) -> Any:
        """Store one event, a list of them, or lines of JSON.

        When the answer comes they are on the disk, and the next page knows them. Of a list with an event that cannot
        be taken, none is stored. An event sent again under the same `event_id` counts once; an id that another user, item or type has is refused.
        Bodies may be packed as gzip.

        Lines of JSON (`application/x-ndjson`) may be as many as you like: they are stored by the thousand while they come,
        each line judged alone, and the answer tells which were rejected and why. Where the store fails on the way, a
        problem says up to which line they are stored. Under an Idempotency-Key a line without `event_id` sent again at the
        same place counts once.
        """
        given = body if isinstance(body, list) else [body]
        named = [_named(event, once, n, once.body.encode()) for n, event in enumerate(given)]

        def stored() -> dict[str, Any]:
            written = shop.record(named)
            metrics.count_events(written.accepted.get("events", 0), written.duplicates)
            return written.counts()

        return once.answer(shop, stored)

    return router


def _named(event: EventBody, identity: Identity, place: int, said: bytes) -> Event:
    if event.event_id is None:
        event.event_id = identity.event_id(place, said)
    return event.noun()


class _LinesIntake:
    """Stores lines of JSON as they come, and remembers what became of them."""

    def __init__(self, shop: Shop, metrics: Metrics, identity: Identity) -> None:
        self._shop = shop
        self._metrics = metrics
        self._identity = identity
        self._accepted: dict[str, int] = {}
        self._duplicates = 0
        self._refused = 0
        self._rejected: list[dict[str, Any]] = []
        self._n_rejected = 0
        self.last_line = 0

    def take(self, lines: Sequence[tuple[int, bytes]]) -> None:
        """Store what can be taken of some numbered lines.

        Raises:
            StoreUnavailable: none of them is stored.
        """
        events: list[Event] = []
        numbers: list[int] = []
        refused: dict[int, str] = {}
        for number, line in lines:
            read = _read(line)
            if isinstance(read, str):
                refused[number] = read
            else:
                events.append(_named(read, self._identity, number, line))
                numbers.append(number)
        if events:
            received = self._shop.record_good(events)
            refused |= {numbers[one.index]: one.reason for one in received.rejected}
            if written := received.written:
                self._metrics.count_events(written.accepted.get("events", 0), written.duplicates)
                self._duplicates += written.duplicates
                self._refused += written.refused
                for kind, count in written.accepted.items():
                    self._accepted[kind] = self._accepted.get(kind, 0) + count
        self._n_rejected += len(refused)
        told = sorted(refused.items())[: _MOST_TOLD - len(self._rejected)]
        self._rejected += [{"line": number, "reason": why} for number, why in told]
        self.last_line = lines[-1][0]

    def answer(self) -> Response:
        """Return what became of all lines."""
        if self._n_rejected and not (self._accepted or self._duplicates or self._refused):
            first = "".join(f"line {one['line']}: {one['reason']}" for one in self._rejected[:1])
            return problem(
                422,
                "none of the lines can be taken",
                first,
                rejected_lines=self._rejected,
            )
        return JSONResponse(
            {
                "accepted": self._accepted,
                "duplicates": self._duplicates,
                "refused": self._refused,
                "rejected": self._rejected,
                "rejected_count": self._n_rejected,
            }
        )


def _read(line: bytes) -> EventBody | str:
    """Return what a line says, or why it is no event."""
    if len(line) > LONGEST_LINE:
        return f"the line has more than {LONGEST_LINE:,} bytes"
    try:
        return EventBody.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        return f"{where}: {first['msg']}" if where else first["msg"]
