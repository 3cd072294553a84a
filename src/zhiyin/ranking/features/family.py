"""What a family of features is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts

DAY_US = 86_400_000_000
WINDOWS_DAYS = (1, 7, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """One list that is to be ranked: who is asked about, when, and what is proposed.

    Attributes:
        now_us: the moment, microseconds since 1970 UTC. Only what happened before it counts.
        items: (h,) int64, the items of the person's events, newest first.
        time_us: (h,) int64, their times; ``NO_TIME`` counts as long ago.
        ids: (n,) int64 items proposed.
        affinity: (n,) float32 of the items proposed.
        popularity: (n,) float32, 0 to 1.
        blend: (n,) float32, the score that serves without a ranker.
        parts: (n_parts, n) float32, what each part of the affinity model adds to ``affinity``; NaN for one not asked.
        friends_took: (4, n) float32, see ``social``.
        columns: what the catalogue says of items.
        counts: what everybody did with them.
    """

    now_us: int
    items: NDArray[np.int64]
    time_us: NDArray[np.int64]
    ids: NDArray[np.int64]
    affinity: NDArray[np.float32]
    popularity: NDArray[np.float32]
    blend: NDArray[np.float32]
    parts: NDArray[np.float32]
    friends_took: NDArray[np.float32]
    columns: ItemColumns
    counts: ItemCounts

    def __post_init__(self) -> None:
        is_past = self.time_us < self.now_us
        object.__setattr__(self, "items", self.items[is_past])
        object.__setattr__(self, "time_us", self.time_us[is_past])

    def age_days(self) -> NDArray[np.float64]:
        """Return the age of each event of the person, (h,) float64."""
        return (self.now_us - self.time_us.astype(np.float64)) / DAY_US


class Family(Protocol):
    """Some features that belong together."""

    @property
    def names(self) -> tuple[str, ...]:
        """What its columns are called; a name never changes its meaning."""

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, f) float32, NaN where something is not known."""


def table(families: Sequence[Family], situation: Situation) -> NDArray[np.float32]:
    """Return the columns of some families side by side, (n, f) float32."""
    return np.concatenate([family.columns(situation) for family in families], axis=1)


def latest(items: NDArray[np.int64], most: int = 100) -> NDArray[np.int64]:
    """Return the distinct items of a person's events, newest first, at most so many."""
    _, first = np.unique(items, return_index=True)
    return items[np.sort(first)][:most]


def stacked(columns: Sequence[NDArray[np.floating]], n: int) -> NDArray[np.float32]:
    """Return columns, each (n,) or a number, as (n, f) float32."""
    answer = np.empty((n, len(columns)), np.float32)
    for place, column in enumerate(columns):
        answer[:, place] = column
    return answer
