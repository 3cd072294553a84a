"""How a shop is doing, in figures: how fresh its pages are, how old what they were learned from is, what waits, what fails."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from zhiyin.errors import ZhiyinError
from zhiyin.insights.insights import Insights
from zhiyin.serving import Serving
from zhiyin.store.impression_log import ImpressionLog
from zhiyin.store.snapshot import Snapshot
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

_log = logging.getLogger(__name__)
_EVERY_S = 1.0


class Training(NamedTuple):
    """The training that pages are made from.

    Attributes:
        began_us: when it began to read, microseconds since 1970.
        seconds: how long it took; None where that was not kept.
        events_since: how many events were stored since; None where it does not say how far it has read.
    """

    began_us: int
    seconds: float | None
    events_since: int | None


class Telemetry:
    """Tells figures of a shop, and keeps what it serves up to date where nobody asks for pages.

    Args:
        store: whose figures.
        serving: makes pages from it.
        snapshots: from which it does.
        impressions: on their way into the store.
        clock: seconds that never go back.
        time_zone: where the shop's people live.
    """

    def __init__(
        self,
        store: Store,
        serving: Serving,
        snapshots: Snapshots,
        impressions: ImpressionLog,
        clock: Callable[[], float] = time.monotonic,
        time_zone: str = "UTC",
    ) -> None:
        self._store, self._serving, self._snapshots = store, serving, snapshots
        self.insights = Insights(store, time_zone)
        self._impressions = impressions
        self._clock = clock
        self._behind_since: float | None = None
        self._known: tuple[int, Snapshot] | None = None
        self._ends = threading.Event()
        self._watching: list[threading.Thread] = []

    @property
    def impressions_dropped(self) -> int:
        """How many impressions were lost since the shop was opened."""
        return self._impressions.dropped

    @property
    def impressions_waiting(self) -> int:
        """How many impressions wait to be written."""
        return self._impressions.waiting

    @property
    def store_failures(self) -> int:
        """How often the database did not do what it was asked since the shop was opened."""
        return self._store.figures.failures

    def lag_s(self) -> float:
        """Return for how long something stored has been unknown to the pages made here; 0 where they know everything.

        It is counted from when it was first noticed. Pages take in what is new when they are asked for: where nobody asks,
        that is done here, so that it grows only where it cannot be done, or takes long.

        Raises:
            StoreError: the store does not answer.
        """
        if self._store.since.marks() == self._serving.marks:
            self._behind_since = None
            return 0.0
        now = self._clock()
        if self._behind_since is None:
            self._behind_since = now
        return now - self._behind_since

    def sizes(self) -> Mapping[str, int]:
        """Return bytes of the database by what they hold: ``data``, ``log``."""
        return self._store.figures.sizes()

    def last_event_us(self) -> int | None:
        """Return when the event happened that was stored last; None where there is none or its time is not known."""
        return self._store.figures.last_event_us()

    def training(self) -> Training | None:
        """Return what is known of the training that pages are made from; None before the first."""
        version = self._serving.version
        if version is None:
            return None
        if self._known is None or self._known[0] != version:
            self._known = version, self._snapshots.open(version, verify=False)
        snapshot = self._known[1]
        took = snapshot.manifest.get("training", {})
        society = self._serving.services.get("society")
        newest = self._store.since.marks().event
        return Training(
            took.get("began_us", round(snapshot.created.timestamp() * 1e6)),
            took.get("seconds"),
            None if society is None else max(newest - society.marks.event, 0),
        )

    def watch(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` each second from a thread of its own, and keep what is served up to date, until closed."""
        thread = threading.Thread(target=self._watch, args=(tell,), name="telemetry", daemon=True)
        self._watching.append(thread)
        thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._ends.set()
        for thread in self._watching:
            thread.join(_EVERY_S)

    def _watch(self, tell: Callable[[], None]) -> None:
        while not self._ends.wait(_EVERY_S):
            try:
                tell()
                lag_s = self.lag_s()
                # A lag is told once before this thread may be held up by taking in what is new.
                if self._behind_since is None or lag_s > _EVERY_S / 2:
                    self._serving.catch_up()
            except ZhiyinError:  # pages say so, and the count of failures
                continue
            except Exception:  # noqa: BLE001 - whatever goes wrong once, the next second is told
                _log.exception("figures are not told")
