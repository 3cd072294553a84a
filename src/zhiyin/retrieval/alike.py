"""Candidates that go with what the person likes."""

from __future__ import annotations

import numpy as np

from zhiyin.core import Candidates, Query


class Alike:
    """Proposes the items to which the affinity model gives the highest scores, leaving out those in the row."""

    name = "alike"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items with a score above 0; none for someone without a row."""
        return best(query.fields["affinity"], query.fields["row_items"], limit)


def best(scores: np.ndarray, without: np.ndarray, limit: int) -> Candidates:
    """Return the `limit` items with the highest positive scores.

    Args:
        scores: (n_items,) float32.
        without: item numbers to leave out; numbers at or above n_items are not in `scores` anyway.
        limit: how many at most.
    """
    open_scores = scores.copy()
    open_scores[without[without < len(scores)]] = 0
    if limit < len(open_scores):
        # The value at the border, then where it is passed: quicker than an argpartition.
        border = np.partition(open_scores, -limit)[-limit]
        above = np.flatnonzero(open_scores > border)
        equal = np.flatnonzero(open_scores == border)[: limit - above.size]
        top = np.concatenate([above, equal])
    else:
        top = np.arange(len(open_scores))
    top = top[open_scores[top] > 0]
    return Candidates.of(top, open_scores[top], source=Alike.name)
