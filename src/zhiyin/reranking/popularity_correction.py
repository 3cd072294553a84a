"""Less for what everybody is shown anyway."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Kind, Query
from zhiyin.registry import PartConfig
from zhiyin.reranking.balance import stretched
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.impression_log import ImpressionLog


class PopularityCorrection:
    """Orders the best candidates by score - strength · log(1 + n), n being how much an item was seen lately.

    Scores go from 0 to 1 over the candidates that are looked at; those beyond follow by score. An item's exposure is
    measured by 1 + the mean of all items. Pages count once they are served, in this process alone (`Exposure`).

    References: Wei et al., KDD 2021 (MACR), for s - γ log n; Morik et al., SIGIR 2020, for exposure counted as it comes.
    """

    name = "popularity_correction"

    class Config(PartConfig):
        """Options of `PopularityCorrection`."""

        strength: float = Field(
            0.0,
            ge=0,
            description="What being seen e - 1 times as much as the mean costs; 0 is off.",
        )
        pool: int = Field(300, ge=2, description="How many of the best candidates are looked at.")

    def __init__(self, config: Config, catalogue: Catalogue, impression_log: ImpressionLog) -> None:
        self._config = config
        self._catalogue = catalogue
        self._exposure = impression_log.exposure

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions. Complexity: O(items of the catalogue + candidates)."""
        n = min(self._config.pool, len(candidates))
        best = candidates.take(np.arange(n))
        seen = self._exposure.of_items(int(best.ids.max(initial=-1)) + 1)
        mean = seen.sum() / max(len(self._catalogue), seen.size, 1)
        share = np.where(best.kinds == Kind.ITEM, seen[best.ids], 0.0) / (1 + mean)
        value = stretched(best.scores) - self._config.strength * np.log1p(share)
        order = np.argsort(-value, kind="stable")
        return np.concatenate([order, np.arange(n, len(candidates))])[:k]
