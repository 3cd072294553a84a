"""Leaving an endpoint alone that keeps failing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from zhiyin.errors import ModelError


class Breaker:
    """Refuses questions for a while after several failures in a row, then lets one through to see.

    While that one is on its way the others are still refused; it closes the breaker, or begins another rest.

    Args:
        failures: how many in a row open it.
        rest_s: seconds until it lets one through.
        clock: seconds, from anywhere on.

    >>> breaker = Breaker(1, 30.0, clock=lambda: 0.0)
    >>> breaker.check()
    >>> breaker.failed()
    >>> breaker.check()
    Traceback (most recent call last):
    ...
    zhiyin.errors.ModelError: the model failed 1 times in a row and is left alone. Next: try again in 30 s.
    """

    def __init__(
        self, failures: int, rest_s: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._rest_s, self._clock = failures, rest_s, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def check(self) -> None:
        """Let a question through, or raise ModelError."""
        with self._lock:
            if self._failures < self._most:
                return
            left = self._until - self._clock()
            if left > 0:
                raise ModelError(
                    f"the model failed {self._failures} times in a row and is left alone",
                    next_step=f"try again in {left:.0f} s",
                )
            self._until = self._clock() + self._rest_s

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            self._until = self._clock() + self._rest_s

    def succeeded(self) -> None:
        """Forget the failures."""
        with self._lock:
            self._failures = 0
