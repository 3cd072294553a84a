"""What everybody did with a candidate in the days before, as of the moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import DAY_US, WINDOWS_DAYS, Situation, stacked


class Velocity:
    """How many events an item had 1, 7 and 30 days before, and how far the last week goes beyond the month.

    Days end at the moment, or at that up to which events are counted: what came after a training is no silence.
    """

    names = (*(f"item_{days}d" for days in WINDOWS_DAYS), "item_rise")

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 4), counts as log(1 + count); the rise is the log of the week's rate by the month's, each with 1 more."""
        now = min(situation.now_us, situation.counts.until_us)
        counts = [
            np.log1p(situation.counts.between(situation.ids, now - days * DAY_US, now))
            for days in WINDOWS_DAYS
        ]
        return stacked([*counts, counts[1] - counts[2]], situation.ids.size)
