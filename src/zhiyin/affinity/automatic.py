"""What Zhiyin considers by itself: the learners that a shop's blend is chosen from."""

from __future__ import annotations

from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, ease_learner
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.affinity.model import DENSE_LIMIT
from zhiyin.evaluation.contest import Learner


def parts_without_ties(dense_limit: int = DENSE_LIMIT) -> list[Learner]:
    """Return the learners that need nothing but behaviour; those that do not suit some data refuse them."""
    plain, _ = people_learners(dense_limit)
    return [POPULARITY, ITEM_KNN, ease_learner(dense_limit), GRAPH_FILTER, plain]


def parts_with_ties(dense_limit: int = DENSE_LIMIT) -> list[Learner]:
    """Return the learners that add ties to behaviour."""
    _, tied = people_learners(dense_limit)
    return [tied, FRIENDS]
