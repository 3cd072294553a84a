"""How much may be asked of an endpoint: so much a minute, so much a day; and what it has cost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from zhiyin.errors import RateLimited


class Pace:
    """Lets so many units a minute through: a minute's worth at once, then as they come back (token bucket).

    Args:
        what: the name of the units, for the error.
        per_minute: how many; None means any number.
        clock: seconds, from anywhere on.

    >>> pace = Pace("requests", 60, clock=lambda: 0.0)
    >>> [pace.take(60, at_most_s=5.0), pace.take(2, at_most_s=5.0)]
    [0.0, 2.0]
    """

    def __init__(
        self, what: str, per_minute: int | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what, self._per_minute, self._clock = what, per_minute, clock
        self._lock = threading.Lock()
        self._left = float(per_minute or 0)
        self._at = clock()

    def take(self, units: float, *, at_most_s: float) -> float:
        """Take units and return the seconds to wait before using them.

        Raises: RateLimited when that is more than `at_most_s`; nothing is taken then.
        """
        if self._per_minute is None:
            return 0.0
        with self._lock:
            now, rate = self._clock(), self._per_minute / 60
            self._left = min(self._per_minute, self._left + (now - self._at) * rate)
            self._at = now
            wait_s = max(0.0, (units - self._left) / rate)
            if wait_s > at_most_s:
                raise RateLimited(
                    f"{self._per_minute} {self._what} a minute are used up",
                    expected=f"a wait of at most {at_most_s:.1f} s",
                    next_step=f"try again in {wait_s:.1f} s",
                )
            self._left -= units
            return wait_s

    def give_back(self, units: float) -> None:
        """Return units that were taken but not used; a negative number takes what was used beyond them."""
        with self._lock:
            self._left += units


@dataclass(frozen=True, slots=True)
class Spending:
    """What was asked of a model since it was made.

    Attributes:
        requests: answers that came.
        prompt_tokens: tokens read.
        completion_tokens: tokens written.
        cost: by the prices in the options, in their currency.
    """

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0


class Purse:
    """Counts tokens and what they cost, and closes for the rest of the day (UTC) when its tokens are spent.

    Args:
        tokens_per_day: read and written together; None means any number.
        prompt_price: of a million tokens read.
        completion_price: of a million tokens written.
        clock: seconds since 1970.

    >>> purse = Purse(None, 2.0, 8.0)
    >>> purse.pay(1_000_000, 500_000)
    >>> purse.spent.cost
    6.0
    """

    def __init__(
        self,
        tokens_per_day: int | None,
        prompt_price: float,
        completion_price: float,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._per_day, self._prices, self._clock = (
            tokens_per_day,
            (prompt_price, completion_price),
            clock,
        )
        self._lock = threading.Lock()
        self._day, self._today = 0.0, 0
        self.spent = Spending()

    def check(self, tokens: int) -> None:
        """Raise RateLimited when so many tokens more are too many for today."""
        with self._lock:
            if self._per_day is not None and self._spent_today() + tokens > self._per_day:
                raise RateLimited(
                    f"{self._today} of the {self._per_day} tokens of the day (UTC) are spent",
                    expected=f"room for some {tokens} more",
                    next_step="raise tokens_per_day, or wait until tomorrow",
                )

    def pay(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Count an answer."""
        with self._lock:
            self._today = self._spent_today() + prompt_tokens + completion_tokens
            before, (prompt_price, completion_price) = self.spent, self._prices
            self.spent = replace(
                before,
                requests=before.requests + 1,
                prompt_tokens=before.prompt_tokens + prompt_tokens,
                completion_tokens=before.completion_tokens + completion_tokens,
                cost=before.cost
                + (prompt_tokens * prompt_price + completion_tokens * completion_price) / 1e6,
            )

    def _spent_today(self) -> int:
        day = self._clock() // 86_400
        if day != self._day:
            self._day, self._today = day, 0
        return self._today
