"""Situations as named features: where, in what weather, with which device, on what occasion, at what time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import Context
from zhiyin.portraits.places import location_of
from zhiyin.ranking.holidays import country_of, holiday

BIN_C = 5
"""Degrees that one feature of the temperature spans."""
_WORDS = ("place", "weather", "device", "occasion")
_SEASONS = ("winter", "spring", "summer", "autumn")
_LONGEST = 40
_NO_FEATURE = frozenset(
    ("visibility", "latitude", "longitude", "location", "quantity", "amount", "price", "position")
)
"""Who may see the event; coordinates, which say something only beside an item's own (see ``retrieval.nearby``); and what is
known only after the choice."""


def features(context: Context, time: datetime | None = None, zone: str = "UTC") -> list[str]:
    """Return a situation as ``name=value`` texts, in a fixed order; what is absent gives none.

    The hour, weekday, weekend, season and holiday follow from the time in the shop's zone, unless the context tells them
    itself. Seasons are those of the northern half of the earth unless the location lies on the southern.

    Args:
        context: what is known.
        time: timezone-aware; None leaves out what follows from it.
        zone: IANA name of the time zone in which the shop's people live.

    >>> features(Context(weather="Rain", temperature_c=-2.0))
    ['weather=rain', 'temperature_c=-5']
    """
    said: dict[str, str] = {}
    for name in _WORDS:
        said[name] = _word(getattr(context, name))
    if context.temperature_c is not None and math.isfinite(context.temperature_c):
        said["temperature_c"] = str(math.floor(context.temperature_c / BIN_C) * BIN_C)
    for name, value in sorted(context.extra.items()):
        if name not in _NO_FEATURE and not isinstance(value, dict | list):
            said.setdefault(name, _word(value))
    if time is not None:
        is_south = context.location is not None and context.location[0] < 0
        for name, value in moment(time, zone, is_south=is_south).items():
            said.setdefault(name, value)
    return [f"{name}={value}" for name, value in said.items() if value]


def moment(time: datetime, zone: str, *, is_south: bool = False) -> dict[str, str]:
    """Return what a time says by itself, see ``features``.

    >>> moment(datetime.fromisoformat("2025-10-01T01:30+00:00"), "Asia/Shanghai")["holiday"]
    'national day'
    """
    local = time.astimezone(ZoneInfo(zone))
    season = local.month % 12 // 3 + 2 * is_south
    feast = holiday(local.date(), country_of(zone))
    told = {
        "hour": str(local.hour),
        "weekday": str(local.weekday()),
        "weekend": "yes" if local.weekday() >= 5 else "no",
        "season": _SEASONS[season % 4],
    }
    return {**told, "holiday": feast.lower()} if feast else told


def logged(said: Mapping[str, Any]) -> Context:
    """Return the context of an event as it was logged; what cannot be read counts as absent."""
    words: dict[str, Any] = {name: _word(said.get(name)) or None for name in _WORDS}
    try:
        degrees = None if said.get("temperature_c") is None else float(said["temperature_c"])
    except (TypeError, ValueError):
        degrees = None
    known = (*_WORDS, "temperature_c")
    extra = {name: value for name, value in said.items() if name not in known}
    return Context(location_of(said), temperature_c=degrees, extra=extra, **words)


def _word(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = text.strip().lower()
    return text if len(text) <= _LONGEST else ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The features that were seen often enough to learn from; others, and what is absent, count as zeros.

    Attributes:
        names: (v,) str, ``name=value``, sorted.

    >>> words = Vocabulary.of([["weather=rain", "place=home"], ["weather=rain"]], least=2)
    >>> words.names.tolist(), words.rows([["weather=rain"], ["weather=hail"]]).toarray().tolist()
    (['weather=rain'], [[1.0], [0.0]])
    """

    names: NDArray[np.str_]

    @classmethod
    def of(
        cls,
        situations: Iterable[Sequence[str]],
        *,
        times: Iterable[int] = repeat(1),
        least: int = 30,
        most: int = 300,
    ) -> Vocabulary:
        """Return the features of at least so many situations, and the most frequent of them where there are too many.

        Args:
            situations: what ``features`` gave of each event.
            times: how often each was logged.
            least: situations that a feature must have.
            most: features, at most.
        """
        counts: Counter[str] = Counter()
        for names, n in zip(situations, times, strict=False):
            for name in names:
                counts[name] += n
        kept = [name for name, n in counts.items() if n >= least]
        kept.sort(key=lambda name: (-counts[name], name))
        return cls(np.array(sorted(kept[:most]), np.str_))

    @cached_property
    def fields(self) -> NDArray[np.int64]:
        """(v,) the number of the field of each feature: of ``weather=rain`` that of ``weather``."""
        of = [name.partition("=")[0] for name in self.names.tolist()]
        return np.unique(of, return_inverse=True)[1].astype(np.int64)

    def places(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return the places of a situation's features, (m,) int64; those that are not known are left out."""
        return np.array([self._place[name] for name in names if name in self._place], np.int64)

    def rows(self, situations: Iterable[Sequence[str]]) -> Any:
        """Return situations as an (e, v) float32 CSR of ones."""
        found = [self.places(names) for names in situations]
        start = np.cumsum([0, *(len(one) for one in found)])
        places = np.concatenate([np.empty(0, np.int64), *found])
        shape = (len(found), self.names.size)
        return sparse.csr_array((np.ones(places.size, np.float32), places, start), shape=shape)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names.tolist())}
