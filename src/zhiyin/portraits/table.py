"""The portraits of all people as decayed sums: built from all events at once, and changed by each new one."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import Entries, csr_from, row_of
from zhiyin.core import NO_TIME
from zhiyin.language.embedder import unit_rows
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.sums import Sums, faded, joined
from zhiyin.portraits.table_building import (
    HOURS,
    PRICES,
    STEPS,
    Doings,
    built,
    merged,
    nobody,
    price_bins,
)
from zhiyin.portraits.weights import BUY

SHRINK = 32.0
"""Weight of what everybody likes in the long part of a portrait: that of four purchases."""
NOW_SHRINK = 32.0
"""The short part of a portrait has half the say when so much weight stands in it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_US, _LAST_US = (
    (day - _EPOCH) // timedelta(microseconds=1)
    for day in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
)
_GONE = 1e-3  # what is left of a look after ten half-lives
_QUANTILES = (0.1, 0.5, 0.9)


class PortraitTable:
    """Who likes what: of each person two vectors, counts of facets, hours of the day and prices paid.

    It rests on arrays, which may be memory-mapped and shared by several processes. Whoever does something after they were
    made is copied once and changed in this process alone. Readers need no lock.

    Args:
        items: what people's doings are about.
        origin_us: stands for the time of events of unknown time, which tell nothing of today.
        zone: whose hours count.

    >>> import polars as pl
    >>> shop = pl.DataFrame({"number": [0, 1]})
    >>> table = PortraitTable(ItemPortraits.of(shop, np.eye(2)))
    >>> table.fold(person=7, item=1, weight=8.0, time_us=0)
    >>> table.vector(7, now_us=0).tolist()
    [0.0, 1.0]
    """

    def __init__(self, items: ItemPortraits, *, origin_us: int = 0, zone: str = "UTC") -> None:
        self._set(items, nobody(items), origin_us, zone)

    @classmethod
    def of(
        cls,
        items: ItemPortraits,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.float32],
        time_us: NDArray[np.int64],
        *,
        n_people: int,
        origin_us: int | None = None,
        zone: str = "UTC",
    ) -> PortraitTable:
        """Build the portraits of people numbered below ``n_people`` from all their events.

        Args:
            items: what the events are about; what is numbered beyond it only counts as an event.
            person: (e,) numbers.
            item: (e,) numbers.
            weight: (e,) as ``event_weights`` tells.
            time_us: (e,) microseconds since 1970 UTC, or ``NO_TIME``.
            n_people: how many portraits.
            origin_us: stands for unknown times; the earliest known one, or 0, if None.
            zone: whose hours count.
        Complexity: O(e (dim + facets of an item)).
        """
        if origin_us is None:
            known = time_us[time_us != NO_TIME]
            origin_us = int(known.min()) if known.size else 0
        doings = Doings.of(person, item, weight, time_us, origin_us=origin_us, zone=zone)
        table = cls.__new__(cls)
        table._set(items, built(items, doings, n_people), origin_us, zone)
        return table

    @classmethod
    def from_arrays(
        cls, arrays: Mapping[str, NDArray[Any]], items: ItemPortraits, *, zone: str = "UTC"
    ) -> PortraitTable:
        """Open what ``arrays`` gave, without copying; ``items`` must be those it was built over."""
        table = cls.__new__(cls)
        table._set(items, dict(arrays), int(arrays["origin_us"][0]), zone)
        return table

    def _set(
        self, items: ItemPortraits, arrays: dict[str, NDArray[Any]], origin_us: int, zone: str
    ) -> None:
        self._items = items
        self._origin_us = origin_us
        self._zone = ZoneInfo(zone)
        self._lock = threading.Lock()
        self._live: dict[int, Sums] = {}
        self._take(arrays)

    def _take(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        n = len(arrays["events"])
        self._columns = csr_from(
            "columns", arrays, (n, self._items.facets.shape[1] + HOURS + PRICES)
        )

    @property
    def items(self) -> ItemPortraits:
        """What the portraits are about."""
        return self._items

    @property
    def origin_us(self) -> int:
        """What stands for the time of events of unknown time; 0 where none is known."""
        return self._origin_us

    @property
    def mean(self) -> NDArray[np.float32]:
        """(dim,) what everybody likes, when the arrays were made."""
        return np.asarray(self._arrays["mean"])

    @property
    def prior(self) -> NDArray[np.float64]:
        """(n_facets,) weights of facets over everybody, when the arrays were made."""
        return np.asarray(self._arrays["prior"])

    def __len__(self) -> int:
        return max(len(self._arrays["events"]), max(self._live, default=-1) + 1)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot, with all that was taken in."""
        with self._lock:
            live = dict(self._live)
        arrays = merged(self._arrays, self._columns, live, self._items) if live else self._arrays
        return {**arrays, "origin_us": np.array([self._origin_us], np.int64)}

    def vectors(
        self,
        people: NDArray[np.int64],
        now_us: int,
    ) -> NDArray[np.float32]:
        """Return the vectors of people as ``vector`` does, (m, dim) float32.

        Complexity: O(m dim).
        """
        sums = [self.sums(person) for person in people.tolist()]
        parts = np.array([one.vectors for one in sums], np.float32).reshape(-1, 2, self._items.dim)
        mass = np.array([one.mass for one in sums]).reshape(-1, 2)
        ref_us = np.array([one.ref_us for one in sums], np.int64)
        age_us = np.maximum(now_us - np.where(ref_us == NO_TIME, now_us, ref_us), 0)
        left = faded(age_us)
        parts = parts * left[:, :, None].astype(np.float32)
        return _blended(parts, mass * left, self.mean, SHRINK, NOW_SHRINK)

    def fold(self, person: int, item: int, weight: float, time_us: int) -> None:
        """Take in an event; folding all events in any order is building from all of them.

        Complexity: O(dim + facets of the person).
        """
        self._add(person, item, weight, time_us, 1)

    def fold_all(
        self,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.float32],
        time_us: NDArray[np.int64],
    ) -> None:
        """Take in many events as ``fold`` would, one array a column.

        Complexity: as to build a table of these events and people alone.
        """
        people, row = np.unique(person, return_inverse=True)
        new = PortraitTable.of(
            self._items, row, item, weight, time_us,
            n_people=people.size, origin_us=self._origin_us, zone=self._zone.key,
        )  # fmt: skip
        with self._lock:
            for place, one in enumerate(people.tolist()):
                self._live[one] = joined(self.sums(one), new.sums(place))

    def subtract(self, person: int, item: int, weight: float, time_us: int) -> None:
        """Take away an event that was taken in before."""
        self._add(person, item, weight, time_us, -1)

    def sums(self, person: int) -> Sums:
        """Return what a portrait is read from; that of nobody is empty."""
        live = self._live.get(person)
        if live is not None:
            return live
        arrays = self._arrays
        if person >= len(arrays["events"]) or not arrays["events"][person]:
            return Sums.empty(self._items.dim)
        columns, counts = row_of(self._columns, person)
        return Sums(
            arrays["vectors"][person], arrays["mass"][person].astype(np.float64),
            int(arrays["events"][person]), int(arrays["ref_us"][person]),
            columns.astype(np.int32, copy=False),
            counts,
        )  # fmt: skip

    def mass(self, person: int, now_us: int) -> tuple[float, float]:
        """Return how much weight stands in the long and the short part."""
        long, short = self.sums(person).at(now_us).mass.tolist()
        return long, short

    def vector(
        self,
        person: int,
        now_us: int,
        *,
        segment: NDArray[np.float32] | None = None,
        shrink: float = SHRINK,
        now_shrink: float = NOW_SHRINK,
    ) -> NDArray[np.float32]:
        """Return what a person likes, as one vector to compare with items'.

        With sums S and masses W by the long (l) and short (s) half-life it is σ S_s/W_s + (1 - σ) (S_l + κ m)/(W_l + κ),
        where σ = W_s/(W_s + c): what is done now takes over as it gathers weight.

        Args:
            person: number; of somebody never seen it is m.
            now_us: when.
            segment: (dim,) m, what people like this one like; what everybody likes if None.
            shrink: κ.
            now_shrink: c.
        Returns: (dim,) float32 of length 1, or zeros where nothing is known.
        """
        sums = self.sums(person).at(now_us)
        mean = self.mean if segment is None else segment
        parts = sums.vectors[None], sums.mass[None]
        return np.asarray(_blended(*parts, mean, shrink, now_shrink)[0])

    def facets(self, person: int, now_us: int) -> Entries:
        """Return facet numbers, (f,) int32 ascending, and their weights at a time, (f,) float32 above 0."""
        return self._part(person, now_us, 0, len(self.prior))

    def hours(self, person: int, now_us: int) -> NDArray[np.float32]:
        """Return the weight of what was done in each hour of the day, (24,) float32."""
        start = len(self.prior)
        hour, counts = self._part(person, now_us, start, start + HOURS)
        found = np.zeros(HOURS, np.float32)
        found[hour] = counts
        return found

    def spend(self, person: int, now_us: int) -> NDArray[np.float64]:
        """Return the prices below which lie 10, 50 and 90 % of what was bought, (3,) in minor units.

        They are right to within a tenth; NaN where nothing was bought.
        """
        start = len(self.prior) + HOURS
        bins, counts = self._part(person, now_us, start, start + PRICES)
        if not bins.size:
            return np.full(3, np.nan)
        below = np.cumsum(counts, dtype=np.float64)
        place = np.searchsorted(below, np.array(_QUANTILES) * below[-1])
        prices: NDArray[np.float64] = np.exp2((bins[place] + 0.5) / STEPS) - 1
        return prices

    def _part(self, person: int, now_us: int, start: int, stop: int) -> Entries:
        sums = self.sums(person).at(now_us)
        first, last = np.searchsorted(sums.columns, (start, stop))
        counts = sums.counts[first:last]
        is_left = counts > _GONE
        return sums.columns[first:last][is_left] - start, counts[is_left]

    def _add(self, person: int, item: int, weight: float, time_us: int, sign: int) -> None:
        is_dated = time_us != NO_TIME
        when = time_us if is_dated else self._origin_us
        items = self._items
        is_known = item < len(items)
        vector = items.vectors[item] if is_known and items.is_described[item] else None
        columns, counts = self._told(item if is_known else -1, weight, when, is_dated)
        with self._lock:
            self._live[person] = self.sums(person).plus(
                vector, columns, counts, weight, when, is_dated=is_dated, sign=sign
            )

    def _told(
        self, item: int, weight: float, time_us: int, is_dated: bool
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return what an event adds to which columns."""
        items, n = self._items, len(self.prior)
        columns = (
            row_of(items.facets, item)[0].astype(np.int32) if item >= 0 else np.empty(0, np.int32)
        )
        more = []
        if is_dated and weight > 0:
            # On the first and on the last day that a calendar has, some zones have no date.
            inside = timedelta(microseconds=min(max(time_us, _FIRST_US), _LAST_US))
            more.append(n + (_EPOCH + inside).astimezone(self._zone).hour)
        if item >= 0 and weight >= BUY and items.price_minor[item] >= 0:
            more.append(n + HOURS + int(price_bins(items.price_minor[item])))
        columns = np.concatenate([columns, np.array(more, np.int32)])
        return columns, np.full(columns.size, weight, np.float32)


def _blended(
    vectors: NDArray[np.float32],
    mass: NDArray[np.float64],
    mean: NDArray[np.float32],
    shrink: float,
    now_shrink: float,
) -> NDArray[np.float32]:
    """Return (m, dim) unit rows of (m, 2, dim) sums and (m, 2) masses; see ``PortraitTable.vector``."""
    w_long, w_short = mass[:, :1], mass[:, 1:]
    long = (vectors[:, 0] + shrink * mean) / (w_long + shrink)
    now = vectors[:, 1] / (w_short + now_shrink)
    return unit_rows(now + now_shrink / (w_short + now_shrink) * long)
