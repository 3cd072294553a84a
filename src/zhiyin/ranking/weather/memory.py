"""The weather as it was last heard of, so that no request waits for a provider."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import NamedTuple

from zhiyin.ranking.weather.provider import Weather

_log = logging.getLogger(__name__)
_HOUR_S = 3600


class _Key(NamedTuple):
    where: Hashable
    hour: int  # since 1970


class _Answer(NamedTuple):
    weather: Weather | None
    time_s: float


class WeatherMemory:
    """Answers at once with what it knows, and asks in the background for what it does not.

    Of an hour that is not heard of yet, the answer is that of the hour before. What could not be told is asked for again
    after a while.

    Args:
        ask: gives the weather of a place and hour; it may take its time and fail.
        most: answers that are kept, those that were wanted last.
        most_waiting: questions that wait for an answer; further ones are dropped.
        again_s: seconds until a question without an answer is asked again.

    >>> memory = WeatherMemory(lambda where, hour: Weather("rain"))
    >>> memory.weather("here", datetime(2025, 11, 11, 20, tzinfo=UTC))
    >>> memory.close()
    """

    def __init__(
        self,
        ask: Callable[[Hashable, datetime], Weather | None],
        *,
        most: int = 10_000,
        most_waiting: int = 100,
        again_s: float = 300.0,
    ) -> None:
        self._ask = ask
        self._most, self._most_waiting, self._again_s = most, most_waiting, again_s
        self._known: OrderedDict[_Key, _Answer] = OrderedDict()
        # In the order they came; the one that is being asked stays until it is answered.
        self._waiting: dict[_Key, None] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = self._is_failing = False

    def weather(self, where: Hashable, time: datetime) -> Weather | None:
        """Return what is known now, and see to it that more is known later."""
        key = _Key(where, int(time.timestamp() // _HOUR_S))
        with self._changed:
            answer = self._known.get(key)
            if answer is None or self._is_due(answer):
                self._want(key)
            if answer is not None:
                self._known.move_to_end(key)
                if answer.weather is not None:
                    return answer.weather
            before = self._known.get(key._replace(hour=key.hour - 1))
            return None if before is None else before.weather

    def close(self) -> None:
        """Ask no more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _is_due(self, answer: _Answer) -> bool:
        return answer.weather is None and time.monotonic() - answer.time_s >= self._again_s

    def _want(self, key: _Key) -> None:
        if self._is_closed or key in self._waiting or len(self._waiting) >= self._most_waiting:
            return
        self._waiting[key] = None
        self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="weather", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closed)
                if self._is_closed:
                    return
                key = next(iter(self._waiting))
            answer = _Answer(self._asked(key), time.monotonic())
            with self._changed:
                del self._waiting[key]
                self._known[key] = answer
                self._known.move_to_end(key)
                if len(self._known) > self._most:
                    self._known.popitem(last=False)

    def _asked(self, key: _Key) -> Weather | None:
        try:
            found = self._ask(key.where, datetime.fromtimestamp(key.hour * _HOUR_S, UTC))
        except Exception as error:  # noqa: BLE001 - whatever a provider does, pages are served without weather
            if not self._is_failing:
                _log.warning("contexts stay without weather: %s: %s", type(error).__name__, error)
            self._is_failing = True
            return None
        self._is_failing = False
        return found
