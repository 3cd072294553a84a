"""What people buy again, and after how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.portraits.sums import DAY_US

_PRIOR = 5.0  # buyers that stand for the category, and for the shop
_UNDATED = 0.5  # weight of a purchase whose time is not known


class Bought(NamedTuple):
    """What one person bought, an item a row.

    Attributes:
        item: (b,) int64 ascending.
        times: (b,) int64 days on which it was bought.
        weight: (b,) float64 the same, each faded by its age.
        gap_days: (b,) float64 mean time between two, NaN for what was bought on one day.
    """

    item: NDArray[np.int64]
    times: NDArray[np.int64]
    weight: NDArray[np.float64]
    gap_days: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rebuying:
    """How likely each item is to be bought again by who bought it.

    Attributes:
        rate: (n_items,) float32 share of the buyers who bought it on more than one day, with five buyers at the rate of its
            category, which has five at that of the shop.
        gap_days: (n_items,) float32 median time between two purchases of a person, else the category's, else the shop's; NaN
            where nobody bought anything twice.

    >>> bought = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), DAY_US * np.array([0, 30, 3, 3])
    >>> Rebuying.of(*bought, np.array([-1, -1])).gap_days.tolist()
    [30.0, 30.0]
    """

    rate: NDArray[np.float32]
    gap_days: NDArray[np.float32]

    @classmethod
    def of(
        cls,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        time_us: NDArray[np.int64],
        category: NDArray[np.integer[Any]],
    ) -> Self:
        """Learn from purchases.

        Args:
            person: (e,) of each.
            item: (e,) below n_items.
            time_us: (e,) or ``NO_TIME``; those count as bought once.
            category: (n_items,) equal for items of the same, -1 for none.
        Complexity: O(e log e).
        """
        n_items = category.size
        pair, days, first, last = _by_pair(person * n_items + item, time_us)
        whose = pair % max(n_items, 1)
        again = days > 1
        kinds, kind = np.unique(category, return_inverse=True)
        buyers, rebuyers = (np.bincount(whose[m], minlength=n_items) for m in (days > 0, again))
        of_kind = [np.bincount(kind, counts, kinds.size) for counts in (buyers, rebuyers)]
        overall = rebuyers.sum() / max(buyers.sum(), 1)
        usual = (of_kind[1] + _PRIOR * overall) / (of_kind[0] + _PRIOR)
        rate = (rebuyers + _PRIOR * usual[kind]) / (buyers + _PRIOR)
        gap = (last - first)[again] / (DAY_US * (days[again] - 1))
        whole = float(np.median(gap)) if gap.size else np.nan
        by_item = _medians(whose[again], gap, n_items)
        by_kind = _medians(kind[whose[again]], gap, kinds.size)[kind]
        gaps = np.where(np.isnan(by_item), by_kind, by_item)
        gaps = np.where(np.isnan(gaps), whole, gaps)
        return cls(rate.astype(np.float32), gaps.astype(np.float32))

    def bought(
        self,
        item: NDArray[np.int64],
        time_us: NDArray[np.int64],
        now_us: int,
        half_life_days: float,
    ) -> Bought:
        """Return what a person bought up to now.

        Args:
            item: (e,) of each purchase.
            time_us: (e,) or ``NO_TIME``.
            now_us: what is later has not happened.
            half_life_days: age at which a purchase counts half.
        """
        past = time_us <= now_us
        item, time_us = item[past], time_us[past]
        known, place = np.unique(item, return_inverse=True)
        stamped = np.where(time_us == NO_TIME, NO_TIME, time_us // DAY_US)
        row, day = np.unique(np.stack([place, stamped]), axis=1)
        age_days = np.maximum(now_us / DAY_US - day, 0)
        faded = np.where(day == NO_TIME, _UNDATED, 0.5 ** (age_days / half_life_days))
        _, days, first, last = _by_pair(place, time_us)
        gap = np.where(days > 1, (last - first) / (DAY_US * np.maximum(days - 1, 1)), np.nan)
        weight = np.bincount(row, faded, known.size).astype(np.float64)
        return Bought(known, days, weight, gap)

    def of_items(self, items: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return rates and gaps in days of items, (n,) each; of one newer than the training the mean rate and NaN."""
        if not self.rate.size:
            return np.zeros(items.size, np.float32), np.full(items.size, np.nan, np.float32)
        known = items < self.rate.size
        at = np.where(known, items, 0)
        rate = np.where(known, self.rate[at], self.rate.mean())
        return rate, np.where(known, self.gap_days[at], np.float32(np.nan))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {"rate": self.rate, "gap_days": self.gap_days}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        return cls(**arrays)


def _by_pair(
    key: NDArray[np.int64], time_us: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return each key once, on how many days it stands, at least 1, and its first and last time, of those that are known."""
    order = np.lexsort((time_us, key))
    key, time_us = key[order], time_us[order]
    is_first = np.append(True, key[1:] != key[:-1])[: key.size]
    is_known = time_us != NO_TIME
    is_new = np.append(True, time_us[1:] // DAY_US != time_us[:-1] // DAY_US)[: key.size]
    group = np.cumsum(is_first) - 1
    n = int(group[-1]) + 1 if group.size else 0
    days = np.bincount(group, (is_new | is_first) & is_known, n).astype(np.int64)
    first, last = np.full(n, np.iinfo(np.int64).max), np.full(n, NO_TIME)
    np.minimum.at(first, group[is_known], time_us[is_known])
    np.maximum.at(last, group[is_known], time_us[is_known])
    first = np.where(days > 0, first, 0)
    last = np.where(days > 0, last, 0)
    return key[is_first], np.maximum(days, 1), first, last


def _medians(
    group: NDArray[np.integer[Any]], values: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Return the median of each group's values, NaN for a group without any."""
    order = np.lexsort((values, group))
    values = values[order]
    start = np.searchsorted(group[order], np.arange(n + 1))
    count = np.diff(start)
    found = np.full(n, np.nan)
    some = np.flatnonzero(count)
    low, high = ((start[some] + (count[some] - 1) // 2), (start[some] + count[some] // 2))
    found[some] = (values[low] + values[high]) / 2
    return found
