"""What can be learned from ties alone, and the control in which everybody keeps as many ties, but to others."""

from __future__ import annotations

import numpy as np

from zhiyin.affinity.baselines import FRIENDS
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Learner
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.task import TrainingData


def social_learners(seed: int) -> list[Learner]:
    """Return what uses the ties under ``side["ties"]``, each before its control."""

    def shuffled(data: TrainingData) -> TrainingData:
        return without_ties(data, seed)

    return [FRIENDS, FRIENDS.controlled("shuffled ties", shuffled)]


def without_ties(data: TrainingData, seed: int) -> TrainingData:
    """Return the same data with the ties shuffled: everybody keeps as many, but to others."""
    ties: Ties = data.side["ties"]
    one, two = shuffled_ties(ties.one, ties.two, rng=np.random.default_rng(seed))
    return data.beside(ties=Ties(one, two))
