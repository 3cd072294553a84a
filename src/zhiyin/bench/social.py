"""What can be learned from ties alone, and the control in which everybody keeps as many ties, but to others."""

from __future__ import annotations

import numpy as np

from zhiyin.affinity.baselines import FRIENDS
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Learner
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.task import TrainingData


def social_learners() -> list[Learner]:
    """Return what uses the ties under ``side["ties"]``, each before its control."""
    return [FRIENDS, FRIENDS.controlled("shuffled ties", _shuffled)]


def _shuffled(data: TrainingData) -> TrainingData:
    ties: Ties = data.side["ties"]
    one, two = shuffled_ties(ties.one, ties.two, rng=np.random.default_rng(0))
    return data.beside(ties=Ties(one, two))
