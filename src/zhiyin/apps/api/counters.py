"""What one shop counts in a process that may serve several, alone or together with other processes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram, Metric
    from prometheus_client.registry import Collector

_SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Under this name prometheus_client looks for the workers' folder."""
_SHOP = "shop"


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


class Counters:
    """Makes counters, gauges and histograms of a shop, and collects them for Prometheus.

    All shops of a process write to the same files where its workers count together, so each value is kept under its
    shop's name, and what is collected is this shop's alone.

    Args:
        shop: its name among those that the process serves.
    """

    def __init__(self, shop: str = "") -> None:
        from prometheus_client import CollectorRegistry

        self._shop = shop
        self._own = CollectorRegistry()

    @property
    def is_shared(self) -> bool:
        """Whether several processes count together."""
        return bool(os.environ.get(_SHARED))

    def counter(
        self, name: str, meaning: str, labels: Sequence[str] = ()
    ) -> Callable[..., Counter]:
        """Return what gives the counter of some labels' values."""
        from prometheus_client import Counter

        made = Counter(name, meaning, [_SHOP, *labels], registry=self._own)
        return partial(made.labels, self._shop)

    def gauge(self, name: str, meaning: str, of_workers: str) -> Callable[[], Gauge]:
        """Return what gives a gauge; of the workers' values the `livesum`, `livemax` or `livemin` is told."""
        from prometheus_client import Gauge

        made = Gauge(name, meaning, [_SHOP], registry=self._own, multiprocess_mode=of_workers)  # type: ignore[arg-type]
        return partial(made.labels, self._shop)

    def histogram(
        self, name: str, meaning: str, labels: Sequence[str], buckets: Sequence[float]
    ) -> Callable[..., Histogram]:
        """Return what gives the histogram of some labels' values."""
        from prometheus_client import Histogram

        made = Histogram(name, meaning, [_SHOP, *labels], buckets=buckets, registry=self._own)
        return partial(made.labels, self._shop)

    def collect(self) -> Iterator[Metric]:
        """Yield what was counted for this shop."""
        for metric in self._counted().collect():
            told = copy(metric)
            told.samples = [
                sample._replace(labels={k: v for k, v in sample.labels.items() if k != _SHOP})
                for sample in metric.samples
                if sample.labels[_SHOP] == self._shop
            ]
            yield told

    def _counted(self) -> Collector:
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        if not self.is_shared:
            return self._own
        return MultiProcessCollector(CollectorRegistry())  # type: ignore[no-untyped-call]
