"""What the server counts about itself, for Prometheus."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from itertools import count as counting
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter
from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.apps.api.counters import Counters
from zhiyin.apps.api.requests import OTHER, route_of
from zhiyin.apps.api.shop_state import ShopState
from zhiyin.core import Page
from zhiyin.errors import StoreError
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from prometheus_client import Histogram

_LATENCY_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_STAGE_S = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25)
_OF_PAGES = 4
"""Stages are timed in one page of so many: timing all twenty of every page would cost it 40 microseconds."""
_MANY, _LATELY_S = 20, 60.0
"""Where so many pages in a row, all within so long, are degraded, something is wrong that does not pass by itself."""
_OF_SURFACES = {"zhiyin_pages_total": "pages", "zhiyin_pages_degraded_total": "degraded"}
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})


class Metrics:
    """What one server process counts of a shop, or several workers together, see ``shared_counts``.

    No label holds anything that a request says, such as an id or a path.

    Attributes:
        in_progress: how many requests are not answered yet; counted in the thread of the event loop alone.
        threads: on which they are worked on; None before the first.
    """

    def __init__(self, shop: Shop, name: str = "") -> None:
        from prometheus_client import CollectorRegistry, ProcessCollector

        self.in_progress = 0
        self.threads: CapacityLimiter | None = None
        self._shop = shop
        own = self._own = Counters(name)
        self._count_requests(own)
        self._count_pages(own)
        self._count_shop(own)
        self._registry = CollectorRegistry()
        for collector in (own, ShopState(shop)):
            self._registry.register(collector)
        if not (own.is_shared or name):  # what a process takes up is not one shop's
            ProcessCollector(registry=self._registry)
        self._note_shop()
        shop.telemetry.watch(self._note_shop)

    def _count_requests(self, own: Counters) -> None:
        self._requests = own.counter(
            "zhiyin_http_requests",
            "Requests by route template, method and class of status.",
            ["route", "method", "status"],
        )
        self._seconds = own.histogram(
            "zhiyin_http_request_seconds",
            "How long requests took, by route template.",
            ["route"],
            _LATENCY_S,
        )
        self._in_progress = own.gauge(
            "zhiyin_http_requests_in_progress", "Requests that are not answered yet.", "livesum"
        )
        self._busy = own.gauge(
            "zhiyin_http_threads_busy",
            "Threads that work on requests; the other requests wait their turn, or for the rest of a body.",
            "livesum",
        )
        self._events = own.counter(
            "zhiyin_events", "Events posted, by what became of them.", ["result"]
        )
        for result in ("accepted", "duplicate"):
            self._events(result)
        self._records = own.counter(
            "zhiyin_records",
            "Records put, by kind and what became of them.",
            ["kind", "result"],
        )

    def _count_pages(self, own: Counters) -> None:
        self._pages = own.counter("zhiyin_pages", "Pages served.", ["surface"])
        self._degraded = own.counter("zhiyin_pages_degraded", "Pages served degraded.", ["surface"])
        self._stages = own.counter(
            "zhiyin_stage_failures",
            "Stages that did not do their part in a page, by how.",
            ["stage", "name", "status"],
        )
        self._stage_seconds = own.histogram(
            "zhiyin_stage_seconds",
            f"How long stages of pages took, of one page in {_OF_PAGES}.",
            ["stage", "name"],
            _STAGE_S,
        )
        self._timings: dict[tuple[str, str], Histogram] = {}
        self._place = counting()
        self._latest: deque[tuple[float, bool]] = deque(maxlen=_MANY)

    def _count_shop(self, own: Counters) -> None:
        self._dropped = own.counter("zhiyin_impressions_dropped", "Impressions that were lost.")
        self._waiting = own.gauge(
            "zhiyin_impressions_waiting", "Impressions that wait to be written.", "livesum"
        )
        self._failures = own.counter(
            "zhiyin_store_failures", "How often the database did not do what it was asked."
        )
        self._lag = own.gauge(
            "zhiyin_freshness_lag_seconds",
            "For how long something stored has been unknown to pages; of the process that is the furthest behind.",
            "livemax",
        )
        self._version = own.gauge(
            "zhiyin_snapshot_version",
            "The snapshot that pages are made from; the oldest, where workers differ for a moment.",
            "livemin",
        )
        self._told_dropped = self._told_failures = 0
        self._noting = threading.Lock()

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        known = method if method in _METHODS else OTHER
        self._requests(route, known, f"{status // 100}xx").inc()
        self._seconds(route).observe(seconds)

    def count_events(self, accepted: int, duplicates: int) -> None:
        """Count events that were posted and stored."""
        self._events("accepted").inc(accepted)
        self._events("duplicate").inc(duplicates)

    def count_records(self, kind: str, accepted: int, duplicates: int, rejected: int) -> None:
        """Count records that were put."""
        counts = {"accepted": accepted, "duplicate": duplicates, "rejected": rejected}
        for result, count in counts.items():
            self._records(kind, result).inc(count)

    def count_page(self, surface: str, page: Page) -> None:
        """Count a page that was served, and each of its stages that did not do its part."""
        self._pages(surface).inc()
        self._degraded(surface).inc(page.degraded)
        self._latest.append((monotonic(), page.degraded))
        for stage in page.trace:
            if stage.status != "ok":
                self._stages(stage.stage, stage.name, stage.status).inc()
        if next(self._place) % _OF_PAGES == 0:
            for stage in page.trace:
                self._timing(stage.stage, stage.name).observe(stage.ms / 1e3)

    def _timing(self, stage: str, name: str) -> Histogram:
        """Return what times one stage; looking it up by its labels would cost more than the timing."""
        known = self._timings.get((stage, name))
        if known is None:
            known = self._timings[stage, name] = self._stage_seconds(stage, name)
        return known

    def is_every_page_degraded(self) -> bool:
        """Return whether there were many pages in the last minute and each of them was degraded."""
        since = monotonic() - _LATELY_S
        lately = [degraded for when, degraded in list(self._latest) if when > since]
        return len(lately) == _MANY and all(lately)

    def degraded(self) -> list[dict[str, Any]]:
        """Return surface, pages and how many of them were degraded since the server was started, the busiest first."""
        counts: dict[str, dict[str, int]] = {}
        for metric in self._own.collect():
            for sample in metric.samples:
                if name := _OF_SURFACES.get(sample.name):
                    counts.setdefault(sample.labels["surface"], {})[name] = int(sample.value)
        rows = [
            {"surface": surface, "pages": 0, "degraded": 0, **told}
            for surface, told in counts.items()
        ]
        return sorted(rows, key=lambda row: (-row["pages"], row["surface"]))

    def text(self) -> bytes:
        """Return everything counted, in Prometheus' text format."""
        from prometheus_client import generate_latest

        self._note_shop()
        return generate_latest(self._registry)

    def _note_shop(self) -> None:
        """Tell how the shop is doing; where workers count together, so that any of them can tell it of all."""
        telemetry = self._shop.telemetry
        with self._noting:
            dropped, failures = telemetry.impressions_dropped, telemetry.store_failures
            self._dropped().inc(dropped - self._told_dropped)
            self._failures().inc(failures - self._told_failures)
            self._told_dropped, self._told_failures = dropped, failures
            self._waiting().set(telemetry.impressions_waiting)
            self._in_progress().set(self.in_progress)
            self._busy().set(self.threads.borrowed_tokens if self.threads else 0)
            if self._shop.version is not None:  # none before the first training
                self._version().set(self._shop.version)
            with suppress(StoreError):  # pages say so
                self._lag().set(telemetry.lag_s())


class Measured:
    """ASGI middleware that counts and times every request.

    Args:
        app: what answers.
        metrics: what counts.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it by its route's template once it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # an exception on its way to the outermost handler becomes this
        started = perf_counter()
        self._metrics.in_progress += 1
        self._metrics.threads = self._metrics.threads or current_default_thread_limiter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            seconds = perf_counter() - started
            self._metrics.in_progress -= 1
            self._metrics.count_request(route_of(scope), scope["method"], status, seconds)


def metrics_routes(metrics: Metrics) -> APIRouter:
    """Return the route that Prometheus asks."""
    router = APIRouter(tags=["health"])

    @router.get(
        "/metrics",
        response_class=Response,
        responses={
            200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
            401: {"description": "The key is missing or wrong"},
        },
    )
    def told() -> Response:
        """Return counts, latencies and sizes in the text format of Prometheus.

        Several workers are told of as one; what a process tells of itself (`process_…`) is there where one serves alone.
        """
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router
