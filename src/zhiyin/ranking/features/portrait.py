"""How a candidate fits what the person usually takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import Situation, stacked

_FIELDS = ("category", "department", "brand")


class Portrait:
    """The share of the candidate's category, department and brand in the person's events, and how its price fits.

    ``price_fit`` is the distance of the logarithm of its price from the person's mean, in the person's deviations;
    ``price_rank`` the share of what the person took that was no dearer; ``price`` the logarithm itself.
    """

    names = (*(f"{field}_share" for field in _FIELDS), "price", "price_fit", "price_rank")

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 6), NaN where the person has no events, or the item no category, brand or price."""
        shares = [self._share(field, situation) for field in _FIELDS]
        asked = situation.columns.at("log_price", situation.ids)
        paid = situation.columns.at("log_price", situation.items)
        paid = np.sort(paid[~np.isnan(paid)])
        fit = rank = np.full(asked.size, np.nan)
        if paid.size:
            fit = np.abs(asked - paid.mean()) / (paid.std() + _SPREAD)
            rank = np.searchsorted(paid, asked, side="right") / paid.size
            rank[np.isnan(asked)] = np.nan
        return stacked([*shares, asked, fit, rank], asked.size)

    @staticmethod
    def _share(field: str, situation: Situation) -> NDArray[np.float64]:
        own = situation.columns.at(field, situation.items)
        asked = situation.columns.at(field, situation.ids)
        size = max(int(own.max(initial=-1)), int(asked.max(initial=-1))) + 1
        counts = np.bincount(own[own >= 0], minlength=size + 1)
        whole = counts.sum()
        if not whole:
            return np.full(asked.size, np.nan)
        return np.where(asked >= 0, counts[np.maximum(asked, 0)] / whole, np.nan)


_SPREAD = 0.25
"""Added to the deviation of log prices, so that one thing bought is no narrow taste."""
