"""One score from three signals, as a plain weighted sum."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """What popularity and freshness weigh beside affinity, whose weight is 1.

    >>> BlendWeights(0.25, 0.1).as_dict()
    {'popularity': 0.25, 'freshness': 0.1}
    """

    popularity: float
    freshness: float

    def as_dict(self) -> dict[str, float]:
        """Return what a snapshot's manifest holds."""
        return asdict(self)


class Blend:
    """Adds affinity, popularity, freshness and what the situation says, with weights that training chose on held-out data."""

    name = "blend"

    def __init__(self, blend_weights: BlendWeights) -> None:
        self._weights = blend_weights

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return the sum of the parts, float32 (n,)."""
        parts = list(self.parts(query, candidates).values())
        score: NDArray[np.float32] = np.sum(parts, axis=0, dtype=np.float32)
        return score

    def parts(self, query: Query, candidates: Candidates) -> dict[str, NDArray[np.float32]]:
        """Return name → (n,) float32 part of each score."""
        return parts_of(candidates, self._weights)


def parts_of(candidates: Candidates, weights: BlendWeights) -> dict[str, NDArray[np.float32]]:
    """Return name → (n,) float32 part of each candidate's score, from the columns of `Signals` and, if any, `InContext`."""
    fields = candidates.fields
    situation = {"in_context": fields["in_context"]} if "in_context" in fields else {}
    return situation | {
        "affinity": fields["affinity"],
        "popularity": weights.popularity * fields["popularity"],
        "freshness": weights.freshness * fields["freshness"],
    }
