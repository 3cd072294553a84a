"""What Zhiyin would choose by itself: a blend of all learners that suit the data, without and with ties."""

from __future__ import annotations

from zhiyin.affinity.automatic import parts_with_ties, parts_without_ties
from zhiyin.affinity.blending import blended
from zhiyin.bench.social import controlled
from zhiyin.evaluation.contest import Learner

NAME = "zhiyin"


def automatic_learners(seed: int, *, tied: bool) -> list[Learner]:
    """Return the blend; where there are ties after the one without, and before its control.

    Args:
        seed: of the control.
        tied: whether there are ties.
    """
    parts = parts_without_ties()
    if not tied:
        return [blended(NAME, parts)]
    alone = blended(f"{NAME} without ties", parts)
    return [alone, *controlled(blended(NAME, [*parts, *parts_with_ties()], over=alone.name), seed)]
