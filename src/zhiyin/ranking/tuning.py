"""What popularity and freshness should weigh, found on the held-out part of the training data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.held_out import HeldOut
from zhiyin.affinity.model import AffinityModel
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.signals import popularity_signal

GRID = (0.001, 0.01, 0.03, 0.1, 0.3)
"""Weights of popularity that are tried. None is 0: popularity must at least decide between equals."""
_JUDGED = 400
FRESH_SHARE = 0.5
"""Freshness weighs this part of popularity: an item listed today stands beside one that is half as popular as the top."""


def choose_weights(
    held: HeldOut, model: AffinityModel | None, seed: int = 0
) -> tuple[BlendWeights, dict[str, Any]]:
    """Return the weights with the best full-ranking NDCG@k, and plain figures for the manifest.

    Args:
        held: people with something hidden; nobody else's data is looked at.
        model: fitted without the hidden part; None when there was nobody to judge, which gives the middle of `GRID`.
        seed: of the intervals.
    """
    if model is None:
        return _weights(GRID[len(GRID) // 2]), {"people": 0, "figures": {}}
    judged = replace(held, people=held.people[:: -(-held.people.size // _JUDGED)])
    popular = popularity_signal(held.popular)

    def ndcg(weight: float) -> NDArray[np.float64]:
        return judged.ndcg(
            lambda people: model.scores_rows(held.rows[people]) + np.float32(weight) * popular
        )

    tried = {weight: ndcg(weight) for weight in GRID}
    best = max(tried, key=lambda weight: float(tried[weight].mean()))
    figures = {f"popularity={w:g}": bootstrap(v, seed=seed).as_list() for w, v in tried.items()}
    return _weights(best), {"people": int(judged.people.size), "figures": figures}


def _weights(popularity: float) -> BlendWeights:
    return BlendWeights(popularity, FRESH_SHARE * popularity)
