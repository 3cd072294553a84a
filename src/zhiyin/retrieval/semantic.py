"""Candidates that are like what the person is like, by their texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.society import Society


class LikenessField:
    """Gives ``likeness`` (n_items,) float32: the cosine of the portraits of the person and of each item, 0 for nobody."""

    name = "likeness"

    def __init__(self, society: Society) -> None:
        self._table = society.table

    def hydrate_query(self, query: Query) -> dict[str, NDArray[np.float32]]:
        """Return the field; someone without a portrait is like nothing."""
        vectors = self._table.items.vectors
        now_us = query.time_us
        if query.person is None or not any(self._table.mass(query.person, now_us)):
            return {"likeness": np.zeros(len(vectors), np.float32)}
        return {"likeness": vectors @ self._table.vector(query.person, now_us)}


class Semantic:
    """Proposes the items whose portraits are most like the person's, also those that nobody has touched."""

    name = "semantic"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items of a likeness above 0 that are not in the person's row, the likest first."""
        likeness = query.fields["likeness"].copy()
        row = query.fields["row_items"]
        likeness[row[row < len(likeness)]] = 0
        top = np.argpartition(-likeness, limit)[:limit] if limit < len(likeness) else slice(None)
        best = np.arange(len(likeness))[top]
        best = best[likeness[best] > 0]
        return Candidates.of(best, likeness[best], source=self.name)
