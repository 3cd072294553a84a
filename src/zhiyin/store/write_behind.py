"""Records on their way into the store: many commits in one, off the request's path."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)
_STOP = None
_MOST_WAITING = 10_000
_MOST_AT_ONCE = 500
_MOMENT_S = 0.25

Record = TypeVar("Record")


class WriteBehind(Generic[Record]):
    """Writes records in a thread of its own, as many as are waiting in one transaction.

    A record is not acknowledged to anybody, so a crash may lose those of the last quarter of a second; `close` writes all
    that are waiting. When the store cannot keep up, the newest are dropped and counted in `dropped`.

    Args:
        write: stores some.
        name: what they are, in the log and of the thread.

    >>> log = WriteBehind[int](lambda numbers: print(numbers), "numbers")
    >>> log.put(3)
    >>> log.close()
    [3]
    """

    def __init__(self, write: Callable[[Sequence[Record]], object], name: str) -> None:
        self._write = write
        self._name = name
        self._waiting: queue.Queue[Record | threading.Event | None] = queue.Queue(_MOST_WAITING)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self.dropped = 0

    @property
    def waiting(self) -> int:
        """How many records wait to be written."""
        return self._waiting.qsize()

    def put(self, one: Record) -> None:
        """Take a record without waiting."""
        try:
            self._waiting.put_nowait(one)
        except queue.Full:
            self.dropped += 1
            _log.error("one of the %s is lost: %d are waiting", self._name, _MOST_WAITING)

    def flush(self, timeout_s: float) -> bool:
        """Wait until all that was put before is written; return whether it was in time."""
        written = threading.Event()
        try:
            self._waiting.put(written, timeout=timeout_s)
        except queue.Full:
            return False
        return written.wait(timeout_s)

    def close(self) -> None:
        """Write what is waiting and stop."""
        if self._thread.is_alive():
            self._waiting.put(_STOP)
            self._stopping.set()
            self._thread.join()

    def _run(self) -> None:
        while True:
            taken = self._take()
            told = [one for one in taken if isinstance(one, threading.Event)]
            self._save(
                [one for one in taken if one is not _STOP and not isinstance(one, threading.Event)]
            )
            for one in told:
                one.set()
            if _STOP in taken:
                return

    def _take(self) -> list[Record | threading.Event | None]:
        """Return what comes within a moment, so that a busy shop writes many records in one transaction.

        The thread sleeps meanwhile: waking for each record would take turns with the requests.
        """
        taken = [self._waiting.get()]
        if self._waiting.qsize() < _MOST_AT_ONCE:
            self._stopping.wait(_MOMENT_S)
        while taken[-1] is not _STOP and len(taken) < _MOST_AT_ONCE:
            try:
                taken.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return taken

    def _save(self, taken: list[Record]) -> None:
        if not taken:
            return
        try:
            self._write(taken)
        except Exception as error:  # noqa: BLE001 - the thread outlives whatever it is given
            self.dropped += len(taken)
            _log.error(
                "%d %s are lost: %s: %s", len(taken), self._name, type(error).__name__, error
            )
