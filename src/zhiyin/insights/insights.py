"""What whoever runs a shop asks of it: how it does, and what its customers say."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from zhiyin.core.entity import Kind
from zhiyin.evaluation.beyond_accuracy import coverage, gini
from zhiyin.insights.counting import Counted, counted
from zhiyin.insights.days import Days, day_of
from zhiyin.insights.said import said
from zhiyin.store.store import Store

_KEPT = 32
_REST = 20.0
"""A count is good for so many times as long as it took: counting takes a twentieth of a processor at most."""
_T = TypeVar("_T")
_Key = tuple[object, ...]


class Insights:
    """Counts what happened, and keeps counts while nothing new does.

    Args:
        store: of what happened.
        time_zone: where the shop's people live.
    """

    def __init__(self, store: Store, time_zone: str) -> None:
        self._store = store
        self._zone = ZoneInfo(time_zone)
        self._turn = threading.Lock()
        self._kept: OrderedDict[_Key, tuple[tuple[int, ...], float, Any]] = OrderedDict()

    def overview(self, days: int, until: date | None = None, surface: str = "") -> dict[str, Any]:
        """Return how the shop did on some days, and on as many before.

        Args:
            days: how many.
            until: the last of them; the day of the newest event unless given.
            surface: of what was shown; all unless given.
        """
        span = self._store.ranges.span()
        asked = self._days(days, until, span)
        now, before = self._counted(asked), self._counted(asked.before)
        shown = now.of_items(surface)
        return {
            **self._told(asked, span),
            "surface": surface,
            "did": now.done(),
            "did_before": before.done(),
            "served": now.total(surface),
            "served_before": before.total(surface),
            "daily": now.daily(asked, surface),
            "surfaces": now.by_surface(),
            "exposure": self._exposure(now, surface),
            "exposure_before": self._exposure(before, surface),
            "items": list(shown.head(200).iter_rows(named=True)),
        }

    def opinions(
        self, days: int, until: date | None = None, category: str = "", aspect: str = ""
    ) -> dict[str, Any]:
        """Return what was said of goods on some days; see ``said.Said.told``.

        Args:
            days: how many.
            until: the last of them; the day of the newest review unless given.
            category: of the goods; all unless given.
            aspect: that the representative reviews are about; any unless given.
        """
        span = self._store.ranges.span_of_reviews()
        asked = self._days(days, until, span)
        now = self._store.ranges.state()
        state = now.fact, now.erasure, now.post
        found = self._once(("said", asked), state, lambda: said(self._store.ranges, asked))
        told = self._once(
            ("told", asked, category, aspect),
            state,
            lambda: found.told(self._store.ranges, category, aspect),
        )
        return {**self._told(asked, span), **told}

    def _days(self, n: int, until: date | None, span: tuple[int, int] | None) -> Days:
        newest = day_of(span[1], self._zone) if span else datetime.now(self._zone).date()
        return Days.up_to(until or newest, n, self._zone)

    def _told(self, days: Days, span: tuple[int, int] | None) -> dict[str, Any]:
        ends = [day_of(one, self._zone).isoformat() for one in span or ()]
        return {
            "since": days.first.isoformat(),
            "until": days.last.isoformat(),
            "days": days.n,
            "first": ends[0] if ends else None,
            "newest": ends[1] if ends else None,
            "time_zone": self._zone.key,
            "counted": datetime.now(UTC),
        }

    def _counted(self, days: Days) -> Counted:
        now = self._store.ranges.state()
        state = now.event, now.page, now.erasure
        return self._once(
            ("counted", days), state, lambda: counted(self._store.ranges, days), _REST
        )

    def _exposure(self, found: Counted, surface: str) -> dict[str, Any]:
        shown = found.of_items(surface)
        counts = np.zeros(self._store.count(Kind.ITEM), np.int64)
        counts[shown["item"].to_numpy()] = shown["shown"].to_numpy()
        is_any = bool(counts.sum())
        return {
            "items": int(counts.size),
            "shown": int((counts > 0).sum()),
            "coverage": coverage(counts) if counts.size else None,
            "gini": gini(counts) if is_any else None,
        }

    def _once(
        self, key: _Key, state: tuple[int, ...], count: Callable[[], _T], rest: float = 0.0
    ) -> _T:
        """Return what is kept under a key while it is good, else count anew; two that want it at once take turns.

        Args:
            key: of what is counted.
            state: while this is the same, what is kept is exact.
            count: counts.
            rest: for so many times as long as counting took what is kept is good in any case.
        """
        with self._turn:
            known = self._kept.get(key)
            if known is not None and (known[0] == state or time.monotonic() < known[1]):
                self._kept.move_to_end(key)
                found: _T = known[2]
                return found
            began = time.monotonic()
            found = count()
            now = time.monotonic()
            self._kept[key] = state, now + rest * (now - began), found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found
