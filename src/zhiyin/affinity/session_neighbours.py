"""Sessions like the present one: what people had who lately had the same items."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.item_weights import highest_of_rows
from zhiyin.affinity.sequence_baselines import in_sequence
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Uniform, Whole
from zhiyin.evaluation.task import TrainingData


def latest_places(data: TrainingData, reach: int) -> list[Any]:
    """Return for each of the latest places, the newest first, the (n_people, n_items) float32 CSR of who had what there."""
    events = data.interactions if data.later is None else data.interactions.joined(data.later)
    events, after = in_sequence(events)
    shape = (data.n_people, data.n_items)
    return [
        sparse.csr_array(
            (np.ones(at.size, np.float32), (events.person[at], events.item[at])), shape=shape
        )
        for at in (np.flatnonzero(after == place) for place in range(reach))
    ]


def _session_neighbours(data: TrainingData) -> Fit:
    """Return what fits vector multiplication session-kNN; each person's fitted events are a session."""
    has = sparse.csr_array(data.rows > 0).astype(np.float32)
    rarity = np.log(max(data.n_people, 1) / np.maximum(has.sum(axis=0), 1)).astype(np.float32)
    had_by = has.T.tocsr()

    def fit(params: Params) -> ScoreRows:
        places = latest_places(data, params["reach"])
        weights = np.linspace(1, 0, params["reach"], endpoint=False, dtype=np.float32)
        told = (has @ sparse.diags_array(rarity ** params["rarity"])).tocsr()

        def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
            shared = [
                weight * (place[people] @ had_by)
                for weight, place in zip(weights, places, strict=True)
            ]
            likeness, latest = shared[0], shared[0]
            for one in shared[1:]:
                likeness, latest = likeness + one, latest.maximum(one)
            alike = likeness.multiply(latest).tocsr()
            alike.sort_indices()
            near = highest_of_rows(alike, params["neighbours"])
            return np.asarray((near @ told).toarray(), np.float32)

        return scores

    return fit


SESSION_NEIGHBOURS = Learner(
    "session-knn",
    _session_neighbours,
    {
        "neighbours": Whole(50, 1000, is_log=True, default=200),
        "reach": Whole(3, 15, default=10),
        "rarity": Uniform(0.0, 1.0, default=0.5),
    },
)
"""What stands in sessions that share the latest items, by the latest that they share.

References: Ludewig & Jannach, UMUAI 2018 (vector multiplication session-kNN).
"""
