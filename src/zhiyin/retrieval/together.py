"""Candidates that complete a basket."""

from __future__ import annotations

import numpy as np

from zhiyin.core import Candidates, Query
from zhiyin.portraits.society import Society
from zhiyin.retrieval.alike import best


class Together:
    """Proposes what is bought together with the items that the page starts from, without what stands in for them."""

    name = "together"

    def __init__(self, society: Society) -> None:
        self._together = society.together

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items, what goes with most of the basket first; none where nothing was bought with any of it."""
        basket = np.unique(np.asarray(query.seeds, np.int64))
        found = best(self._together.scores(basket), basket, limit)
        return Candidates.of(found.ids, found.scores, source=self.name)
