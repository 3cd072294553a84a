"""Candidates that people close to the reader bought or praised lately."""

from __future__ import annotations

import numpy as np

from zhiyin.core import Candidates, Query


class Friends:
    """Proposes items by how strongly those in the reader's circle speak for them; blame counts against."""

    name = "friends"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items that have more for them than against them, the most first."""
        items, place = np.unique(query.fields["friend_item"], return_inverse=True)
        amounts = np.bincount(place, query.fields["friend_amount"], items.size)
        best = np.argsort(-amounts, kind="stable")[:limit]
        best = best[amounts[best] > 0]
        return Candidates.of(items[best], amounts[best], source=self.name)
