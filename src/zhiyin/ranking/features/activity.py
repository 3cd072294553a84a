"""What the person did in the days before, and how much of it with things like a candidate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import WINDOWS_DAYS, Situation, stacked

_FIELDS = ("category", "department", "brand")


class Activity:
    """How many events the person had 1, 7 and 30 days before: in all, in the candidate's category, department and brand.

    Beside these, how many days ago the last event in each was; NaN where there was none, or what the item is is not known.
    """

    names = (
        *(f"events_{days}d" for days in WINDOWS_DAYS),
        *(
            f"{field}_{what}"
            for field in _FIELDS
            for what in (*(f"{d}d" for d in WINDOWS_DAYS), "days_since")
        ),
    )

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 15), counts as log(1 + count)."""
        age = situation.age_days()
        recent = [age <= days for days in WINDOWS_DAYS]
        columns: list[NDArray[np.floating]] = [np.log1p(np.count_nonzero(one)) for one in recent]
        for field in _FIELDS:
            columns += self._of(field, situation, age, recent)
        return stacked(columns, situation.ids.size)

    @staticmethod
    def _of(
        field: str, situation: Situation, age: NDArray[np.float64], recent: list[NDArray[np.bool_]]
    ) -> list[NDArray[np.floating]]:
        own = situation.columns.at(field, situation.items)
        asked = situation.columns.at(field, situation.ids)
        size = max(int(own.max(initial=-1)), int(asked.max(initial=-1))) + 1
        is_known, place = asked >= 0, np.maximum(asked, 0)
        found = []
        for one in recent:
            counts = np.log1p(np.bincount(own[one & (own >= 0)], minlength=size + 1))
            found.append(np.where(is_known, counts[place], np.nan))
        last = np.full(size + 1, np.inf)
        np.minimum.at(last, own[own >= 0], age[own >= 0])
        days = np.where(is_known, last[place], np.inf)
        return [*found, np.where(days < 3650, days, np.nan)]
