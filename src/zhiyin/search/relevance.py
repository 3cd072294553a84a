"""How relevant an item is to a query: a weighted sum of how it matches, so that each part's share can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.match import NAMES

DEFAULT: Mapping[str, float] = {
    "words": 0.05, "pieces": 0.082, "covered": 0.084, "last": 0.036, "first": 0.011, "numbers": 0.070, "pairs": 0.040,
    "head": 0.058, "before_head": 0.012, "maker": 0.042, "meaning": 0.1, "slots": 0.5,
}  # fmt: skip
"""For shops without judgments: learned from judged queries of a shop of tools and furniture, but for slots, which queries of
sample shops chose, and words, which order judged goods best without and the whole catalogue with a weight."""
RIDGE = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Relevance:
    """Weights of what a match says.

    Attributes:
        weights: (len(match.NAMES),) float32.

    >>> round(float(Relevance.default().scores(np.eye(12, dtype=np.float32)[:1])[0]), 3)
    0.05
    """

    weights: NDArray[np.float32]

    @classmethod
    def default(cls) -> Self:
        """Return the weights for shops without judgments."""
        return cls(np.array([DEFAULT[name] for name in NAMES], np.float32))

    @classmethod
    def learned(
        cls, matches: NDArray[np.float32], gains: NDArray[np.float32], queries: NDArray[np.int64]
    ) -> Self:
        """Return weights by ridge regression of gains on matches, within queries.

        What differs between queries and not within them, such as how long they are, says nothing of order and is taken away.

        Args:
            matches: (r, len(match.NAMES)).
            gains: (r,) 0 to 1, how relevant each was judged, or what became of it.
            queries: (r,) the query of each row, from 0.
        """
        x, y = _within(matches, queries), _within(gains[:, None], queries)[:, 0]
        scale = x.std(axis=0) + 1e-9
        x /= scale
        found = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y) / scale
        return cls(found.astype(np.float32))

    def scores(self, matches: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the relevance of each row, (r,) float32."""
        return np.asarray(matches @ self.weights, np.float32)

    def shares(self, match: NDArray[np.float32]) -> dict[str, float]:
        """Return name → the share of one row's relevance; what speaks against it is left out."""
        parts = np.maximum(match * self.weights, 0)
        total = float(parts.sum())
        return {} if total <= 0 else dict(zip(NAMES, (parts / total).tolist(), strict=True))


def _within(values: NDArray[np.float32], queries: NDArray[np.int64]) -> NDArray[np.float64]:
    count = np.maximum(np.bincount(queries), 1)
    columns: Sequence[NDArray[np.float64]] = [
        column - (np.bincount(queries, column) / count)[queries] for column in values.T
    ]
    return np.stack(columns, axis=1)
