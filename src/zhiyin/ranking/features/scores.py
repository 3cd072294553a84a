"""What the models that serve without a ranker say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import Situation, stacked


class Scores:
    """Affinity, popularity and the blend, as parts of the list's highest, and the place of the first and the last."""

    names = ("affinity", "affinity_place", "popularity", "blend", "blend_place")

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 5): of the highest, log2 of the place from 1, 0 to 1, of the highest, log2 of the place."""
        affinity, blend = situation.affinity, situation.blend
        return stacked(
            [
                of_highest(affinity),
                log_place(affinity),
                situation.popularity,
                of_highest(blend),
                log_place(blend),
            ],
            blend.size,
        )


def of_highest(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (n,) scores as parts of the highest."""
    return scores / max(float(scores.max(initial=0.0)), 1e-9)


def log_place(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return log2 of each place, (n,): 0 for the highest, 1 for the second; of equal scores the first."""
    order = np.argsort(-scores, kind="stable")
    place = np.empty(scores.size)
    place[order] = np.log2(np.arange(scores.size) + 1)
    return place
