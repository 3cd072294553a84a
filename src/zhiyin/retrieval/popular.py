"""Candidates that everybody likes lately."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query


class Popular:
    """Proposes the items with the highest decayed popularity, the lower number first among equals."""

    name = "popular"

    def __init__(self, popularity: NDArray[np.float32]) -> None:
        order = np.argsort(-popularity, kind="stable")
        self._ids = order[popularity[order] > 0]
        self._scores = popularity[self._ids]

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return the same items for everybody."""
        return Candidates.of(self._ids[:limit], self._scores[:limit], source=self.name)
