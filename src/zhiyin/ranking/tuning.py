"""What popularity and freshness should weigh, found on the held-out part of the training data."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.training import Training
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.signals import popularity_signal

GRID = (0.001, 0.01, 0.03, 0.1, 0.3)
"""Weights of popularity that are tried, as parts of a median person's highest affinity. None is 0: popularity must at
least decide between equals."""
_JUDGED = 400
_CELLS = 2**26  # scores in memory, at most
FRESH_SHARE = 0.5
"""Freshness weighs this part of popularity: an item listed today stands beside one that is half as popular as the top."""


def choose_weights(training: Training, seed: int = 0) -> tuple[BlendWeights, dict[str, Any]]:
    """Return the weights with the best full-ranking NDCG@k, and plain figures for the manifest.

    Args:
        training: people with something hidden, and a model fitted without it; nobody else's data is looked at. With
            nobody to judge, the middle of `GRID` is taken.
        seed: of the intervals.
    """
    score_rows = training.held_out_scores
    if score_rows is None:
        return _weights(GRID[len(GRID) // 2]), {"people": 0, "figures": {}}
    fitting = max(1, _CELLS // training.held_out.data.n_items)
    judged = training.held_out.sampled(min(_JUDGED, fitting), seed)
    scores = score_rows(judged.people)
    unit = max(float(np.median(scores.max(axis=1))), 0.0) or 1.0
    popular = popularity_signal(training.held_out_popularity)

    def ndcg(weight: float) -> NDArray[np.float64]:
        added = np.float32(weight * unit) * popular

        def blended(people: NDArray[np.int64]) -> NDArray[np.float32]:
            return scores[np.searchsorted(judged.people, people)] + added

        return judged.ndcg(blended, training.k)

    tried = {weight: ndcg(weight) for weight in GRID}
    best = max(tried, key=lambda weight: float(tried[weight].mean()))
    figures = {f"popularity={w:g}": bootstrap(v, seed=seed).as_list() for w, v in tried.items()}
    return _weights(best * unit), {"people": int(judged.people.size), "figures": figures}


def _weights(popularity: float) -> BlendWeights:
    return BlendWeights(popularity, FRESH_SHARE * popularity)
