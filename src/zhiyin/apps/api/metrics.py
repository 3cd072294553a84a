"""What the server counts about itself, for Prometheus."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.core import Kind, Page
from zhiyin.errors import StoreError
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Gauge, Metric

_LATENCY_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT"})
_OTHER = "other"
_ENTITIES = {"items": Kind.ITEM, "posts": Kind.POST, "users": Kind.PERSON}
_SHARED = (
    "PROMETHEUS_MULTIPROC_DIR"  # under this name prometheus_client looks for the workers' folder
)


@contextmanager
def shared_counts() -> Iterator[Callable[[int], None]]:
    """Let processes started meanwhile count together: whichever is asked tells the sums of all, ended ones included.

    Yields what is to be told the id of a process that has ended.
    """
    from prometheus_client.multiprocess import mark_process_dead

    with tempfile.TemporaryDirectory(prefix="zhiyin-counts-") as folder:
        os.environ[_SHARED] = folder
        try:
            yield lambda process: mark_process_dead(process, folder)  # type: ignore[no-untyped-call]
        finally:
            del os.environ[_SHARED]


class Metrics:
    """What one server process counts, or several workers together, see ``shared_counts``.

    No label holds anything that a request says, such as an id or a path.
    """

    def __init__(self, shop: Shop) -> None:
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Histogram,
            ProcessCollector,
        )
        from prometheus_client.multiprocess import MultiProcessCollector

        own = CollectorRegistry()
        self._shop = shop
        self._registry = own
        self._requests = Counter(
            "zhiyin_http_requests",
            "Requests by route template, method and class of status.",
            ["route", "method", "status"],
            registry=own,
        )
        self._seconds = Histogram(
            "zhiyin_http_request_seconds",
            "How long requests took, by route template.",
            ["route"],
            buckets=_LATENCY_S,
            registry=own,
        )
        self._events = Counter(
            "zhiyin_events", "Events posted, by what became of them.", ["result"], registry=own
        )
        for result in ("accepted", "duplicate"):
            self._events.labels(result)
        self._records = Counter(
            "zhiyin_records",
            "Records put, by kind and what became of them.",
            ["kind", "result"],
            registry=own,
        )
        self._pages = Counter("zhiyin_pages", "Pages served.", ["surface"], registry=own)
        self._degraded = Counter(
            "zhiyin_pages_degraded", "Pages served degraded.", ["surface"], registry=own
        )
        self._stages = Counter(
            "zhiyin_stage_failures",
            "Stages that did not do their part in a page, by how.",
            ["stage", "name", "status"],
            registry=own,
        )
        if os.environ.get(_SHARED):
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
        else:
            ProcessCollector(registry=own)
        self._registry.register(_ShopState(shop))
        self._count_shop(own)

    def _count_shop(self, own: CollectorRegistry) -> None:
        from prometheus_client import Counter, Gauge

        self._dropped = Counter(
            "zhiyin_impressions_dropped", "Impressions that were lost.", registry=own
        )
        self._told_dropped = 0
        self._version = partial(
            Gauge,
            "zhiyin_snapshot_version",
            "The snapshot that pages are made from; the oldest, where workers differ for a moment.",
            registry=own,
            multiprocess_mode="livemin",
        )
        self._told_version: Gauge | None = None  # none before the first training
        self._noting = threading.Lock()
        self._note_shop()

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        known = method if method in _METHODS else _OTHER
        self._requests.labels(route, known, f"{status // 100}xx").inc()
        self._seconds.labels(route).observe(seconds)

    def count_events(self, accepted: int, duplicates: int) -> None:
        """Count events that were posted and stored."""
        self._events.labels("accepted").inc(accepted)
        self._events.labels("duplicate").inc(duplicates)

    def count_records(self, kind: str, accepted: int, duplicates: int, rejected: int) -> None:
        """Count records that were put."""
        counts = {"accepted": accepted, "duplicate": duplicates, "rejected": rejected}
        for result, count in counts.items():
            self._records.labels(kind, result).inc(count)

    def count_page(self, surface: str, page: Page) -> None:
        """Count a page that was served, and each of its stages that did not do its part."""
        self._note_shop()
        self._pages.labels(surface).inc()
        self._degraded.labels(surface).inc(page.degraded)
        for stage in page.trace:
            if stage.status != "ok":
                self._stages.labels(stage.stage, stage.name, stage.status).inc()

    def text(self) -> bytes:
        """Return everything counted, in Prometheus' text format."""
        from prometheus_client import generate_latest

        self._note_shop()
        return generate_latest(self._registry)

    def _note_shop(self) -> None:
        with self._noting:
            dropped = self._shop.impressions_dropped
            self._dropped.inc(dropped - self._told_dropped)
            self._told_dropped = dropped
            if self._shop.version is not None:
                self._told_version = self._told_version or self._version()
                self._told_version.set(self._shop.version)


class _ShopState:
    """What is read from the shop when it is asked for."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        entities = GaugeMetricFamily("zhiyin_entities", "Entities, by kind.", labels=["kind"])
        try:
            for name, kind in _ENTITIES.items():
                entities.add_metric([name], self._shop.store.count(kind))
        except StoreError:  # the other figures are wanted most when the store does not answer
            return
        yield entities


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

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            route = getattr(scope.get("route"), "path_format", _OTHER)
            self._metrics.count_request(route, scope["method"], status, perf_counter() - started)


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
