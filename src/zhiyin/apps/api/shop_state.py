"""What is asked of the shop when somebody wants figures: the same whichever worker answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from zhiyin.core import Kind
from zhiyin.errors import StoreError
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from prometheus_client import Metric

_ENTITIES = {"items": Kind.ITEM, "posts": Kind.POST, "users": Kind.PERSON}


class ShopState:
    """A collector for Prometheus; what cannot be told while the store does not answer is left out."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        for told in (self._entities, self._sizes, self._last_event, self._training):
            # The other figures are wanted most when the store does not answer.
            with suppress(StoreError):
                yield from list(told())

    def _entities(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        entities = GaugeMetricFamily("zhiyin_entities", "Entities, by kind.", labels=["kind"])
        for name, kind in _ENTITIES.items():
            entities.add_metric([name], self._shop.store.count(kind))
        yield entities

    def _sizes(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        sizes = GaugeMetricFamily(
            "zhiyin_database_bytes",
            "Size of the database, and of its write-ahead log where that is a file beside it.",
            labels=["part"],
        )
        for part, size in self._shop.telemetry.sizes().items():
            sizes.add_metric([part], size)
        yield sizes

    def _last_event(self) -> Iterator[Metric]:
        happened_us = self._shop.telemetry.last_event_us()
        if happened_us is not None:
            yield _gauge(
                "zhiyin_last_event_age_seconds",
                "How long ago the event happened that was stored last.",
                time.time() - happened_us / 1e6,
            )

    def _training(self) -> Iterator[Metric]:
        training = self._shop.telemetry.training()
        if training is None:
            return
        yield _gauge(
            "zhiyin_snapshot_age_seconds",
            "How long ago the training of the snapshot that pages are made from began to read.",
            time.time() - training.began_us / 1e6,
        )
        if training.seconds is not None:
            yield _gauge(
                "zhiyin_training_seconds", "How long that training took.", training.seconds
            )
        if training.events_since is not None:
            yield _gauge(
                "zhiyin_events_since_training",
                "Events stored since that training; weights do not know them, histories do.",
                training.events_since,
            )


def _gauge(name: str, meaning: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, meaning, value=value)
