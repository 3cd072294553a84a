"""Several processes that answer one port, and who watches over them."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, MutableSequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import cast

from zhiyin.apps.api.listening import NOBODY, Listener
from zhiyin.errors import StoreUnavailable

_log = logging.getLogger(__name__)
_READY = b"ready"
_SHORTEST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_STEADY_S = 60.0
"""Whoever lived so long had not the ills of its start."""
_DRAIN_S = 20.0
"""How long a worker may take to end requests and to write what is waiting."""
_spawn = multiprocessing.get_context("spawn")

Start = Callable[[Listener, Callable[[], None]], None]
"""Answers a socket in a process of its own until told to stop, and calls back once it does; must be picklable."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    told: Connection
    place: int
    since: float
    is_ready: bool = False


class Workers:
    """Keeps a number of processes answering one listening socket.

    All are up before the first is spoken of. One that ends is replaced, later each time it happens soon after its start.
    SIGTERM and SIGINT let each end its requests and write what is waiting. When this process is killed they end, too.

    Args:
        number: of processes.
        listener: bound and listening; closed when all have ended.
        start: what each of them runs.
        forget: told the id of a process that has ended.
        beside: what one more process runs, which takes no connections of the socket.
    """

    def __init__(
        self,
        number: int,
        listener: socket.socket,
        start: Start,
        forget: Callable[[int], None],
        beside: Start | None = None,
    ) -> None:
        self._listener = listener
        starts = [start] * number + ([beside] if beside else [])
        self._loads = cast("MutableSequence[int]", _spawn.RawArray("q", [NOBODY] * len(starts)))
        self._starts = starts
        self._forget = forget
        self._workers: list[_Worker] = []
        self._due: list[float] = []  # when those that are missing may start
        self._wait_s = _SHORTEST_WAIT_S
        self._is_stopping = False

    def run(self, ready: Callable[[], None]) -> None:
        """Watch over the workers until told to stop.

        Args:
            ready: called once all of them answer.
        Raises:
            StoreUnavailable: one ended before all were up.
        """
        heard, bell = socket.socketpair()

        def stop(_number: int, _frame: FrameType | None) -> None:
            self._is_stopping = True
            bell.send(b"!")

        before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
        try:
            for _ in self._loads:
                self._spawn()
            self._await_all(heard)
            if not self._is_stopping:
                ready()
            while not self._is_stopping:
                self._watch(heard)
        finally:
            self._drain()
            for one, handler in before.items():
                signal.signal(one, handler)
            heard.close()
            bell.close()

    def _spawn(self) -> None:
        place = min(set(range(len(self._loads))) - {one.place for one in self._workers})
        ours, theirs = _spawn.Pipe(duplex=False)
        listener = Listener(self._listener, self._loads, place)
        process = _spawn.Process(target=_work, args=(self._starts[place], listener, theirs))
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours, place, time.monotonic()))

    def _await_all(self, heard: socket.socket) -> None:
        while not self._is_stopping and not all(one.is_ready for one in self._workers):
            if self._hear(heard, None):
                raise StoreUnavailable(
                    "a worker ended before it answered",
                    where="workers",
                    expected="every worker to open the shop",
                    next_step="see the lines above; zhiyin serve --workers 1 shows the same error alone",
                )

    def _watch(self, heard: socket.socket) -> None:
        """Wait until something happens, and replace who has ended once it is due."""
        now = time.monotonic()
        for one in self._hear(heard, min(self._due) - now if self._due else None):
            now = time.monotonic()
            lived_s = now - one.since
            self._wait_s = _SHORTEST_WAIT_S if lived_s > _STEADY_S else self._wait_s
            _log.error(
                "worker %s has ended (%s) after %.0f s; another starts in %.1f s",
                one.process.pid, _said(one.process.exitcode), lived_s, self._wait_s,
            )  # fmt: skip
            self._due.append(now + self._wait_s)
            self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT_S)
        now = time.monotonic()
        late = [due for due in self._due if due <= now]
        self._due = [due for due in self._due if due > now]
        for _ in late if not self._is_stopping else ():
            self._spawn()

    def _hear(self, heard: socket.socket, timeout_s: float | None) -> list[_Worker]:
        """Wait for what workers say and for their ends; return those that have ended, who are no longer ours."""
        sentinels = [one.process.sentinel for one in self._workers]
        saying = [one.told for one in self._workers if not one.is_ready]
        told = wait([heard, *sentinels, *saying], None if timeout_s is None else max(timeout_s, 0))
        for one in self._workers:
            one.is_ready |= one.told in told and _is_said(one.told)
        ended = [one for one in self._workers if one.process.sentinel in told]
        for one in ended:
            self._let_go(one)
        return ended

    def _let_go(self, one: _Worker) -> None:
        one.process.join()
        one.told.close()
        self._loads[one.place] = NOBODY
        self._forget(one.process.pid or 0)
        self._workers.remove(one)

    def _drain(self) -> None:
        """Let all workers end what is under way; nothing new is taken up."""
        self._listener.close()
        for one in self._workers:
            one.process.terminate()
        until = time.monotonic() + _DRAIN_S
        for one in list(self._workers):
            one.process.join(max(until - time.monotonic(), 0))
            if one.process.is_alive():
                _log.error("worker %s did not end in %.0f s", one.process.pid, _DRAIN_S)
                one.process.kill()
            elif one.process.exitcode not in (0, -signal.SIGTERM):  # SIGTERM ends one that starts
                _log.error("worker %s has ended (%s)", one.process.pid, _said(one.process.exitcode))
            self._let_go(one)


def _work(start: Start, listener: Listener, told: Connection) -> None:
    os.setpgid(0, 0)  # Ctrl+C in a terminal is for the process that watches
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        start(listener, lambda: told.send_bytes(_READY))
    finally:
        told.close()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _is_said(told: Connection) -> bool:
    try:
        return told.recv_bytes() == _READY
    except EOFError:  # it has ended
        return False


def _said(code: int | None) -> str:
    """Return an exit code in words.

    >>> _said(-9), _said(3)
    ('killed by SIGKILL', 'exit code 3')
    """
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
