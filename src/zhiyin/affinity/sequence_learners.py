"""What comes next, learned from transitions in both directions, and from what items are like."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.sequence_baselines import (
    idf_vectors,
    no_attributes,
    recency_rows,
    shuffled_attributes,
)
from zhiyin.affinity.transition_kernel import transition_counts, transition_kernel
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Choice, LogUniform, Space, Uniform
from zhiyin.evaluation.task import TrainingData

_KERNEL: Space = {
    "window": Choice((4, 8, 16), default=8),
    "backward": Uniform(0.0, 1.0, default=0.7),
    "row_power": Uniform(0.2, 0.8, default=0.5),
    "column_power": Uniform(0.0, 0.6, default=0.3),
    "shrinkage": LogUniform(0.1, 10.0, default=1.0),
    "decay": Uniform(0.4, 1.0, default=0.7),
}


def _transitions(data: TrainingData) -> Fit:
    recent = recency_rows(data)

    def fit(params: Params) -> ScoreRows:
        counts = transition_counts(
            data.interactions,
            data.n_items,
            window=params["window"],
            backward=params["backward"],
        )
        kernel = transition_kernel(
            counts,
            row_power=params["row_power"],
            column_power=params["column_power"],
            shrinkage=params["shrinkage"],
        )
        rows = recent(params["decay"])
        return lambda people: (rows[people] @ kernel).toarray()

    return fit


def _with_attributes(data: TrainingData) -> Fit:
    fit_transitions, recent = _transitions(data), recency_rows(data)
    vectors = idf_vectors(data.side["attributes"])

    def fit(params: Params) -> ScoreRows:
        follows = fit_transitions(params)
        profiles = recent(params["decay"]) @ vectors  # (n_people, n_attributes)
        weight = np.float32(params["weight"])

        def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
            alike = (profiles[people] @ vectors.T).toarray()
            return of_highest(follows(people)) + weight * of_highest(alike)

        return scores

    return fit


def of_highest(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (m, n_items) scores as shares of the highest of each row, so that two kinds can be added."""
    highest = scores.max(axis=1, initial=0, keepdims=True)
    return np.asarray(scores / np.where(highest > 0, highest, 1), np.float32)


TRANSITIONS = Learner("transitions", _transitions, _KERNEL, over="item-knn")
"""The decayed transition kernel, see ``transition_kernel``."""

TRANSITIONS_AND_ATTRIBUTES = Learner(
    "transitions and attributes",
    _with_attributes,
    {**_KERNEL, "weight": Uniform(0.0, 1.0, default=0.3)},
    no_attributes,
    over="transitions",
)
"""The same with likeness in attributes added; needs ``side["attributes"]``."""


def sequence_learners(seed: int) -> list[Learner]:
    """Return what learns from order, that with attributes before its control.

    Args:
        seed: of the control's deal.
    """

    def shuffled(data: TrainingData) -> TrainingData:
        return shuffled_attributes(data, seed)

    controlled = TRANSITIONS_AND_ATTRIBUTES.controlled("shuffled attributes", shuffled)
    return [TRANSITIONS, TRANSITIONS_AND_ATTRIBUTES, controlled]
