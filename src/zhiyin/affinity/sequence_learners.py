"""What comes next, learned from transitions in both directions, and from what items are like."""

from __future__ import annotations

from zhiyin.affinity.blending import blended
from zhiyin.affinity.model import Fitted, fitted
from zhiyin.affinity.sequence_baselines import (
    ATTRIBUTES,
    ITEM_KNN,
    no_attributes,
    recency_rows,
    shuffled_attributes,
    shuffled_order,
)
from zhiyin.affinity.transition_kernel import PLACES, Order, TransitionModel
from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Choice, Uniform
from zhiyin.evaluation.task import TrainingData

_WINDOW = 12


def _transitions(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        model = TransitionModel.fit(data.interactions, data.n_items, Order(**params))
        kernel = model.kernel()

        def scoring(asked: TrainingData) -> ScoreRows:
            rows = recency_rows(asked, PLACES)(model.order.decay)
            return lambda people: (rows[people] @ kernel).toarray()

        return fitted(model, data, scoring)

    return fit


def _no_order(data: TrainingData) -> str:
    timed = (data.interactions.time_us != NO_TIME).any()
    return "" if timed else "no event has a time, so nothing is known of the order"


def _transition_bytes(data: TrainingData) -> int:
    return 24 * min(2 * _WINDOW * data.interactions.item.size, data.n_items**2)


TRANSITIONS = Learner(
    "transitions",
    _transitions,
    {
        "window": Choice((8, _WINDOW, 20), default=_WINDOW),
        "backward": Uniform(0.05, 0.5, default=0.2),
        "gap_power": Uniform(0.2, 1.0, default=0.35),
        "row_power": Uniform(0.1, 0.5, default=0.3),
        "column_power": Uniform(0.0, 0.3, default=0.1),
        "decay": Uniform(0.45, 0.75, default=0.6),
    },
    _no_order,
    over="item-knn",
    peak_bytes=_transition_bytes,
)
"""The decayed transition kernel, see ``TransitionModel``."""

_BOTH = blended("transitions and attributes", [TRANSITIONS, ATTRIBUTES], over="transitions")

TRANSITIONS_AND_ATTRIBUTES = Learner(
    _BOTH.name, _BOTH.prepare, refuses=no_attributes, over=_BOTH.over, tune=_BOTH.tune
)
"""The same with likeness in attributes added; needs ``side["attributes"]``."""


def automatic_sequence_learner(name: str) -> Learner:
    """Return the blend of all that suits sequences, with parameters and weights of its own choice.

    Args:
        name: of the learner.
    """
    return blended(name, [ITEM_KNN, TRANSITIONS, ATTRIBUTES])


def sequence_learners(seed: int) -> list[Learner]:
    """Return what learns from order, each signal before its control.

    Args:
        seed: of the controls.
    """

    def no_order(data: TrainingData) -> TrainingData:
        return shuffled_order(data, seed)

    def others_attributes(data: TrainingData) -> TrainingData:
        return shuffled_attributes(data, seed)

    return [
        TRANSITIONS,
        TRANSITIONS.controlled("shuffled order", no_order),
        TRANSITIONS_AND_ATTRIBUTES,
        TRANSITIONS_AND_ATTRIBUTES.controlled("shuffled attributes", others_attributes),
    ]
