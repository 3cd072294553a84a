"""What is known about each candidate before it is judged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import NO_TIME, Candidates, Query
from zhiyin.registry import PartConfig
from zhiyin.store.catalogue import Catalogue

_DAY_US = 86_400_000_000
HALF_LIFE_DAYS = 14.0


class Signals:
    """Gives three columns, each float32 (n,).

    ``affinity``: the affinity model's score, 0 where it was not to be had. ``popularity``: log(1 + p) over that of the most popular item, 0 to 1.
    ``freshness``: 1 for an item listed now, halved every `half_life_days`; where the time is not known, 1 for an item
    first heard of after the training, else 0.
    """

    name = "signals"

    class Config(PartConfig):
        """Options of `Signals`."""

        half_life_days: float = Field(
            HALF_LIFE_DAYS, gt=0, description="Age at which an item is half fresh."
        )

    def __init__(
        self,
        config: Config,
        popularity: NDArray[np.float32],
        catalogue: Catalogue,
    ) -> None:
        self._config = config
        self._popularity = popularity_signal(popularity)
        self._catalogue = catalogue

    def hydrate(self, query: Query, candidates: Candidates) -> dict[str, np.ndarray]:
        """Return the three columns."""
        ids = candidates.ids
        is_trained = ids < len(self._popularity)
        created_us = self._catalogue.created_us(ids)
        now_us = query.time_us
        freshness = freshness_signal(created_us, now_us, self._config.half_life_days)
        freshness[~is_trained & (created_us == NO_TIME)] = 1
        known = np.where(is_trained, ids, 0)
        affinity = query.fields.get("affinity")
        return {
            "affinity": np.zeros(len(ids), np.float32)
            if affinity is None
            else affinity[known] * is_trained,
            "popularity": self._popularity[known] * is_trained,
            "freshness": freshness,
        }


def popularity_signal(popularity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log(1 + p) divided by its largest value, (n_items,) float32 from 0 to 1."""
    logs = np.log1p(popularity)
    return (logs / max(float(logs.max(initial=0.0)), 1e-9)).astype(np.float32)


def freshness_signal(
    created_us: NDArray[np.int64], now_us: int, half_life_days: float
) -> NDArray[np.float32]:
    """Return 0.5 to the power age / half-life, (n,) float32; 0 where the time is ``NO_TIME`` or in the future."""
    age_days = (now_us - np.where(created_us == NO_TIME, now_us, created_us)) / _DAY_US
    is_known = (created_us != NO_TIME) & (age_days >= 0)
    return np.where(is_known, 0.5 ** (np.maximum(age_days, 0) / half_life_days), 0).astype(
        np.float32
    )
