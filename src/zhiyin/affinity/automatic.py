"""What Zhiyin considers by itself: the learners that a shop's blend is chosen from."""

from __future__ import annotations

from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, ease_learner
from zhiyin.affinity.factor_learners import IMPLICIT_FACTORS
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.affinity.memory import PART_BYTES
from zhiyin.affinity.model import DENSE_LIMIT
from zhiyin.affinity.restricted_learners import restricted_learners
from zhiyin.affinity.sequence_learners import TRANSITIONS
from zhiyin.affinity.text_learners import TEXT
from zhiyin.evaluation.contest import Learner
from zhiyin.evaluation.task import TrainingData


def parts_without_ties(
    dense_limit: int = DENSE_LIMIT, max_bytes: int = PART_BYTES
) -> list[Learner]:
    """Return the learners of behaviour, order and attributes; those that do not suit some data refuse them."""
    people, _ = people_learners(dense_limit)
    ease_of_neighbours, _, _ = restricted_learners(dense_limit, max_bytes)
    return [
        POPULARITY,
        ITEM_KNN,
        ease_learner(dense_limit),
        ease_of_neighbours,
        GRAPH_FILTER,
        IMPLICIT_FACTORS,
        people,
        TRANSITIONS,
        TEXT,
    ]


def unjudged(data: TrainingData, dense_limit: int = DENSE_LIMIT) -> Learner:
    """Return the learner for data in which too few people can be judged to choose by them."""
    ease = ease_learner(dense_limit)
    return ITEM_KNN if ease.refuses(data) else ease


def parts_with_ties(dense_limit: int = DENSE_LIMIT, max_bytes: int = PART_BYTES) -> list[Learner]:
    """Return the learners that add ties to behaviour."""
    _, people_and_ties = people_learners(dense_limit)
    _, _, of_neighbours = restricted_learners(dense_limit, max_bytes)
    return [people_and_ties, of_neighbours, FRIENDS]
