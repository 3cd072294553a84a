"""Calls with a deadline on bounded threads, and a circuit for what keeps being late."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from zhiyin.core.page import StageStatus


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call: its value, or why there is none."""

    status: StageStatus
    ms: float
    value: Any = None
    note: str = ""


class StagePool:
    """Runs named calls side by side and stops waiting for them at a deadline.

    A Python thread cannot be stopped from outside, so a call that is late goes on in its thread. Each name has its own
    `lanes` threads: a stage that hangs can hold up only its own, never more than `lanes` of its calls are late at a
    time, and once all of its lanes are late its circuit is open, that is, it is not called until one of them ends.

    >>> pool = StagePool(lanes=2)
    >>> pool.run({"three": lambda: 3}, timeout_s=1.0)["three"].value
    3
    >>> pool.close()
    """

    def __init__(self, lanes: int = 4) -> None:
        self._lanes = lanes
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._late: Counter[str] = Counter()
        self._lock = threading.Lock()

    def run(self, calls: Mapping[str, Callable[[], Any]], timeout_s: float) -> dict[str, Outcome]:
        """Return the outcome of each call, waiting at most `timeout_s` for all of them together."""
        started = time.perf_counter()
        ends: dict[str, float] = {}
        futures: dict[str, Future[Any]] = {}
        for name, call in calls.items():
            if self._late[name] < self._lanes:
                futures[name] = self._executor(name).submit(_timed, call, name, ends)
        wait(futures.values(), max(timeout_s, 0.0))
        return {
            name: self._outcome(name, futures[name], started, ends)
            if name in futures
            else Outcome("open", 0.0, note=f"not called: {self._lanes} late calls are under way")
            for name in calls
        }

    def _executor(self, name: str) -> ThreadPoolExecutor:
        with self._lock:
            if name not in self._threads:
                self._threads[name] = ThreadPoolExecutor(self._lanes, f"stage {name}")
            return self._threads[name]

    def _outcome(
        self, name: str, future: Future[Any], started: float, ends: Mapping[str, float]
    ) -> Outcome:
        if not future.done():
            ms = (time.perf_counter() - started) * 1e3
            if not future.cancel():
                with self._lock:
                    self._late[name] += 1
                future.add_done_callback(lambda _: self._came_back(name))
            return Outcome("late", ms, note=f"no answer after {ms:.0f} ms")
        ms = (ends.get(name, started) - started) * 1e3
        error = future.exception()
        if error is not None:
            return Outcome("failed", ms, note=f"{type(error).__name__}: {error}")
        return Outcome("ok", ms, future.result())

    def _came_back(self, name: str) -> None:
        with self._lock:
            self._late[name] -= 1

    def close(self) -> None:
        """Let go of the threads without waiting for late calls."""
        with self._lock:
            for threads in self._threads.values():
                threads.shutdown(wait=False, cancel_futures=True)


def _timed(call: Callable[[], Any], name: str, ends: dict[str, float]) -> Any:
    try:
        return call()
    finally:
        ends[name] = time.perf_counter()
