"""Pages on their way into the store: many commits in one, off the request's path."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from zhiyin.core import Kind, Page, Query
from zhiyin.core.impression import Impression
from zhiyin.store.exposure import Exposure
from zhiyin.store.frames import json_text

_log = logging.getLogger(__name__)
_STOP = None
_MOST_WAITING = 10_000
_MOST_AT_ONCE = 500
_MOMENT_S = 0.25


class ImpressionLog:
    """Writes impressions in a thread of its own, as many as are waiting in one transaction.

    An impression is not acknowledged to anybody, so a crash may lose those of the last quarter of a second; `close` writes all
    that are waiting. When the store cannot keep up, the newest are dropped and counted in `dropped`.

    >>> log = ImpressionLog(lambda shown: print(len(shown), "written"))
    >>> log.put(Impression("r1", None, "home", 0, (), ()))
    >>> log.close()
    1 written
    """

    def __init__(self, write: Callable[[Sequence[Impression]], object]) -> None:
        self._write = write
        self._waiting: queue.Queue[Impression | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="impressions", daemon=True)
        self._thread.start()
        self.dropped = 0
        self.exposure = Exposure()

    def put(self, impression: Impression) -> None:
        """Take an impression without waiting, and count what was seen."""
        self.exposure.add(impression)
        try:
            self._waiting.put_nowait(impression)
        except queue.Full:
            self.dropped += 1
            _log.error("an impression is lost: %d are waiting", _MOST_WAITING)

    def close(self) -> None:
        """Write what is waiting and stop."""
        if self._thread.is_alive():
            self._waiting.put(_STOP)
            self._thread.join()

    def _run(self) -> None:
        while True:
            shown = self._take()
            if shown:
                self._save([page for page in shown if page is not _STOP])
            if _STOP in shown:
                return

    def _take(self) -> list[Impression | None]:
        """Return what comes within a moment, so that a busy shop writes many pages in one transaction."""
        shown = [self._waiting.get()]
        until = time.monotonic() + _MOMENT_S
        while shown[-1] is not _STOP and len(shown) < _MOST_AT_ONCE:
            try:
                shown.append(self._waiting.get(timeout=max(until - time.monotonic(), 0)))
            except queue.Empty:
                break
        return shown

    def _save(self, shown: list[Impression]) -> None:
        if not shown:
            return
        try:
            self._write(shown)
        except Exception as error:  # noqa: BLE001 - the thread outlives whatever it is given
            self.dropped += len(shown)
            _log.error("%d impressions are lost: %s: %s", len(shown), type(error).__name__, error)


class Impressions:
    """Side effect: logs each page with its request id, positions, scores, arms, propensities and what the scorer knew of it."""

    name = "impressions"

    def __init__(self, impression_log: ImpressionLog) -> None:
        self._impression_log = impression_log

    def record(self, query: Query, page: Page) -> None:
        """Hand the page's items over to the log."""
        rows = [row for row, item in enumerate(page.items) if item.ref.kind == Kind.ITEM]
        items = [page.items[row] for row in rows]
        context = query.context
        said = {
            name: value
            for name in ("place", "weather", "temperature_c", "device", "occasion")
            if (value := getattr(context, name)) is not None
        }
        said |= context.extra
        drawn = tuple(item.propensity for item in items if item.propensity is not None)
        json_text(said)  # what is not JSON fails here, not in the log's thread
        self._impression_log.put(
            Impression(
                query.request_id,
                query.person,
                query.surface,
                int(query.time.timestamp() * 1e6),
                tuple(item.ref.number for item in items),
                tuple(item.score for item in items),
                query.arms,
                drawn if len(drawn) == len(items) > 0 else None,
                said,
                None if page.features is None else page.features.take(np.array(rows, np.int64)),
            )
        )
