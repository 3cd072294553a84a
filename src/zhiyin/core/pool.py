"""Calls with a deadline on bounded threads, and a circuit for what keeps being late.

A page is made in one thread while the thread that asked for it watches the clock. A Python thread cannot be stopped
from outside, so when a call is late its thread is left to it, and the page is made again in another thread: calls that
were answered are not repeated, and the late one counts as late.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from zhiyin.core.page import StageStatus
from zhiyin.errors import MissingField

_TICK_S = 0.005
_IDLE_THREADS = 32


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call: its value, or why there is none."""

    status: StageStatus
    ms: float
    value: Any = None
    note: str = ""


class StagePool:
    """Makes pages out of named calls, none of which can hold a page up.

    There are as many threads as pages being made at a time, and at most `calls` more for each name: that many calls of
    a name may be under way, and when all of them are late its circuit is open, that is, it is not called until one of
    them ends.

    >>> pool = StagePool()
    >>> until = time.perf_counter() + 1
    >>> pool.make(lambda calls: calls.call("three", lambda: 3, until).value)
    3
    >>> pool.close()
    """

    def __init__(self, calls: int = 16) -> None:
        self._calls = calls
        self._slots: dict[str, Slots] = {}
        self._idle: deque[_Runner] = deque()
        self._is_open = True

    def make(self, work: Callable[[Calls], Any]) -> Any:
        """Return ``work(calls)``, where every call ends or is given up when its time is over.

        Args:
            work: does everything slow by ``calls.call``, and the same each time for the same outcomes; it may be run
                several times.
        """
        known: dict[str, Outcome] = {}
        while True:
            attempt = Calls(self, known)
            ended: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
            self._run(partial(copy_context().run, _attempt, work, attempt, ended))
            while True:
                try:
                    value, error = ended.get(timeout=attempt.patience_s())
                except Empty:
                    if attempt.give_up():
                        break
                    continue
                if error is not None:
                    raise error
                return value

    def slots(self, name: str) -> Slots:
        """Return the slots of a name."""
        found = self._slots.get(name)
        return self._slots.setdefault(name, Slots(self._calls)) if found is None else found

    def _run(self, work: Callable[[], None]) -> None:
        try:
            runner = self._idle.pop()
        except IndexError:
            runner = _Runner(self._rest)
            runner.start()
        runner.queue.put(work)

    def _rest(self, runner: _Runner) -> bool:
        """Keep a thread for later; false when there are enough."""
        if not self._is_open or len(self._idle) >= _IDLE_THREADS:
            return False
        self._idle.append(runner)
        return True

    def close(self) -> None:
        """Let go of the threads without waiting for late calls."""
        self._is_open = False
        while self._idle:
            self._idle.pop().queue.put(None)


class Slots:
    """How many calls of one name are under way, and how many of those are late."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._under_way = self._waiting = 0
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self.late = 0

    def take(self, until: float) -> bool:
        """Take a slot; false when none became free in time, at once when all are late."""
        with self._lock:
            while self._under_way >= self._most:
                patience_s = until - time.perf_counter()
                if self.late >= self._most or patience_s <= 0:
                    return False
                self._waiting += 1
                self._freed.wait(patience_s)
                self._waiting -= 1
            self._under_way += 1
            return True

    def refusal(self) -> Outcome:
        """Say why no slot was to be had."""
        if self.late >= self._most:
            return Outcome("open", 0.0, note=f"not called: {self.late} late calls are under way")
        return Outcome("late", 0.0, note=f"not called: {self._under_way} calls are under way")

    def give_back(self) -> None:
        """Free a slot."""
        with self._lock:
            self._under_way -= 1
            if self._waiting:
                self._freed.notify()

    def count_late(self, more: int) -> None:
        """Count a call that has become late (1) or has come back after all (-1)."""
        with self._lock:
            self.late += more
            self._freed.notify_all()


class Calls:
    """The calls of one attempt at a page: which one is under way, and until when it may be."""

    def __init__(self, pool: StagePool, known: dict[str, Outcome]) -> None:
        self._pool = pool
        self._known = known
        self._lock = threading.Lock()
        self._name: str | None = None
        self._began = self._until = 0.0
        self._is_given_up = False

    def call(self, name: str, function: Callable[[], Any], until: float) -> Outcome:
        """Return what became of `function`, which may take until a time of ``time.perf_counter``."""
        if name in self._known:
            return self._known[name]
        slots = self._pool.slots(name)
        if not slots.take(until):
            self._known[name] = outcome = slots.refusal()
            return outcome
        with self._lock:
            self._name, self._began, self._until = name, time.perf_counter(), until
        status: StageStatus = "ok"
        value, note = None, ""
        try:
            value = function()
        except MissingField as error:
            status, note = "skipped", f"needs {error.field}"
        except BaseException as error:  # noqa: BLE001 - whatever a stage raises, the page is served
            status, note = "failed", f"{type(error).__name__}: {error}"
        ms = (time.perf_counter() - self._began) * 1e3
        with self._lock:
            self._name = None
        if self._is_given_up:
            slots.count_late(-1)
        slots.give_back()
        if self._is_given_up:
            raise _GivenUp
        self._known[name] = outcome = Outcome(status, ms, value, note)
        return outcome

    def patience_s(self) -> float:
        """Return how long the call under way may still take."""
        return max(self._until - time.perf_counter(), _TICK_S) if self._name else _TICK_S

    def give_up(self) -> bool:
        """Give up the call under way if its time is over; whether it was given up."""
        with self._lock:
            now = time.perf_counter()
            if self._name is None or now < self._until:
                return False
            self._is_given_up = True
            ms = (now - self._began) * 1e3
            self._known[self._name] = Outcome("late", ms, note=f"no answer after {ms:.0f} ms")
            self._pool.slots(self._name).count_late(1)
            return True


class _GivenUp(BaseException):
    """Ends an attempt that nobody waits for any more."""


class _Runner(threading.Thread):
    """A thread that makes pages; it does not keep the process from ending."""

    def __init__(self, rest: Callable[[_Runner], bool]) -> None:
        super().__init__(name="page", daemon=True)
        self.queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._rest = rest

    def run(self) -> None:
        while (work := self.queue.get()) is not None:
            work()
            # A resting thread holds nothing of its last page: that would keep a whole snapshot.
            del work
            if not self._rest(self):
                return


def _attempt(
    work: Callable[[Calls], Any],
    attempt: Calls,
    ended: SimpleQueue[tuple[Any, BaseException | None]],
) -> None:
    try:
        ended.put((work(attempt), None))
    except _GivenUp:
        pass
    except BaseException as error:  # noqa: BLE001 - raised again where the page was asked for
        ended.put((None, error))
