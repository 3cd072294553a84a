"""Candidates that the person buys again and again."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from zhiyin.core import Candidates, Query
from zhiyin.portraits.society import Society
from zhiyin.registry import PartConfig


class Again:
    """Proposes what the person buys, by how often, lately more, times how likely anybody is to buy it again.

    What was bought on one day only is proposed where at least ``least_rate`` of its buyers, shrunk, came back for it.
    """

    name = "again"

    class Config(PartConfig):
        """Options of `Again`."""

        half_life_days: float = Field(
            60.0, gt=0, description="Age at which a purchase counts half."
        )
        least_rate: float = Field(
            0.1, ge=0, le=1, description="Of the buyers of what the person bought once."
        )

    def __init__(self, config: Config, society: Society) -> None:
        self._config = config
        self._rebuying = society.rebuying

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items; none for someone unknown."""
        now_us = query.time_us
        items, times = query.fields["bought_items"], query.fields["bought_us"]
        bought = self._rebuying.bought(items, times, now_us, self._config.half_life_days)
        rate, _ = self._rebuying.of_items(bought.item)
        scores = bought.weight * rate
        kept = np.flatnonzero((bought.times > 1) | (rate >= self._config.least_rate))
        order = kept[np.argsort(-scores[kept], kind="stable")[:limit]]
        return Candidates.of(bought.item[order], scores[order], source=self.name)
