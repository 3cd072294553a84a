"""How often one may ask: token buckets in the memory of one process."""

from __future__ import annotations

import time
from collections.abc import Callable


class Buckets:
    """A bucket for each name, which fills by ``rate`` tokens a second up to ``burst``; a request takes one.

    Args:
        rate: requests a second, on average; 0 lets all through.
        burst: requests at once after a quiet time, at least 1.
        clock: seconds that never go back.

    >>> seconds = [0.0]
    >>> buckets = Buckets(rate=2.0, burst=2, clock=lambda: seconds[0])
    >>> [buckets.wait("till") for _ in range(3)]
    [0.0, 0.0, 0.5]

    References: the token bucket of Turner, IEEE Communications Magazine 24 (10), 1986.
    """

    def __init__(
        self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate = rate
        self._burst = burst
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, name: str) -> float:
        """Take a token and return 0.0, or take none and return the seconds until there is one."""
        if self.rate <= 0:
            return 0.0
        now = self._clock()
        left, then = self._left.get(name, (float(self._burst), now))
        left = min(left + (now - then) * self.rate, float(self._burst))
        if left < 1:
            self._left[name] = left, now
            return (1 - left) / self.rate
        self._left[name] = left - 1, now
        return 0.0
