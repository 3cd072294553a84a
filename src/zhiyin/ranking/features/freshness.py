"""How long a candidate has been there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.ranking.features.family import DAY_US, Situation, stacked


class Freshness:
    """Days since the item was listed; NaN where the time is not known, or not yet there."""

    names = ("age_days",)

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 1)."""
        created = situation.columns.at("created_us", situation.ids)
        age = (situation.now_us - created.astype(np.float64)) / DAY_US
        is_known = (created != NO_TIME) & (age >= 0)
        return stacked([np.where(is_known, age, np.nan)], age.size)
