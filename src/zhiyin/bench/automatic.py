"""What Zhiyin would choose by itself: a blend of all learners that suit the data, without and with ties."""

from __future__ import annotations

from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, ease_learner
from zhiyin.affinity.blending import blended
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.bench.social import controlled
from zhiyin.evaluation.contest import Learner

NAME = "zhiyin"


def automatic_learners(seed: int, *, tied: bool) -> list[Learner]:
    """Return the blend; where there are ties after the one without, and before its control.

    Args:
        seed: of the control.
        tied: whether there are ties.
    """
    plain, with_ties = people_learners()
    parts = [POPULARITY, ITEM_KNN, ease_learner(), GRAPH_FILTER, plain]
    if not tied:
        return [blended(NAME, parts)]
    alone = blended(f"{NAME} without ties", parts)
    return [alone, *controlled(blended(NAME, [*parts, with_ties, FRIENDS], over=alone.name), seed)]
