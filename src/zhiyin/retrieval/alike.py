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
    top = _highest(open_scores, limit) if limit < len(open_scores) else np.arange(len(open_scores))
    top = top[open_scores[top] > 0]
    return Candidates.of(top, open_scores[top], source=Alike.name)


def _highest(scores: np.ndarray, k: int) -> np.ndarray:
    """Return the positions of the k highest, k below their number; of equal ones the first."""
    # As many blocks hold a score as high as the k-th of the blocks' highest: what lies below it is not among the k.
    blocks = scores[: scores.size // (2 * k) * 2 * k].reshape(-1, 2 * k)
    floor = np.partition(blocks.max(axis=0), -k)[-k] if blocks.size else -np.inf
    near = np.flatnonzero(scores >= floor)
    close = scores[near]
    border = np.partition(close, -k)[-k]
    above = near[close > border]
    return np.concatenate([above, near[close == border][: k - above.size]])
