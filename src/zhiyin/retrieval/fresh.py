"""Candidates that are new in the shop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.store.catalogue import Catalogue


class Fresh:
    """Proposes the items that were listed last, then those first heard of after the training."""

    name = "fresh"

    def __init__(self, catalogue: Catalogue, popularity: NDArray[np.float32]) -> None:
        self._catalogue = catalogue
        self._n_trained = len(popularity)

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items listed before the query's time, newest first; those with a title and no time follow."""
        now_us = query.time_us
        timed = self._catalogue.newest(limit, now_us)
        ids = np.concatenate([timed, self._catalogue.untimed(self._n_trained)])[:limit]
        return Candidates.of(ids, -np.arange(len(ids)), source=self.name)
