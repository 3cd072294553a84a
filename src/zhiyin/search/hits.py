"""Items that match a query."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Items that match, best first.

    Attributes:
        numbers: (h,) int64 item numbers.
        scores: (h,) float32 relevance.
        matches: (h, len(match.NAMES)) float32.

    >>> hits = Hits(np.array([7, 3]), np.array([0.9, 0.5]), np.zeros((2, 1)))
    >>> hits.taken(np.array([False, True])).numbers.tolist()
    [3]
    """

    numbers: NDArray[np.int64]
    scores: NDArray[np.float32]
    matches: NDArray[np.float32]

    def taken(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Hits:
        """Return some of the hits, by a mask or by their places."""
        return Hits(self.numbers[rows], self.scores[rows], self.matches[rows])
