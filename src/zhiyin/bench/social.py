"""What can be learned from ties, beside the control in which everybody keeps as many ties, but to others."""

from __future__ import annotations

import numpy as np

from zhiyin.affinity.baselines import FRIENDS
from zhiyin.affinity.learners import people_learners as between_people
from zhiyin.affinity.restricted_learners import restricted_learners
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Learner
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.task import TrainingData


def friends_learners(seed: int) -> list[Learner]:
    """Return what a person's ties alone can say, before its control."""
    return controlled(FRIENDS, seed)


def people_learners(seed: int, *, tied: bool) -> list[Learner]:
    """Return weights between people and of neighbours, and where there are ties the same with ties, before controls."""
    plain, with_ties = between_people()
    of_items, near, near_and_tied = restricted_learners()
    if not tied:
        return [of_items, plain]
    return [
        of_items,
        plain,
        *controlled(with_ties, seed),
        near,
        *controlled(near_and_tied, seed),
    ]


def controlled(learner: Learner, seed: int) -> list[Learner]:
    """Return a learner that uses ties, before its control."""

    def shuffled(data: TrainingData) -> TrainingData:
        return without_ties(data, seed)

    return [learner, learner.controlled("shuffled ties", shuffled)]


def without_ties(data: TrainingData, seed: int) -> TrainingData:
    """Return the same data with the ties shuffled: everybody keeps as many, but to others."""
    ties: Ties = data.side["ties"]
    one, two = shuffled_ties(ties.one, ties.two, rng=np.random.default_rng(seed))
    return data.beside(ties=Ties(one, two, ties.strength))
