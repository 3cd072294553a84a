"""Who enters a table: all baselines, and beside them what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhiyin.affinity.baselines import POPULARITY
from zhiyin.errors import UnknownPart, nearest
from zhiyin.evaluation.contest import Judged, Learner
from zhiyin.evaluation.task import TrainingData


def check_names(models: Sequence[str], known: Sequence[str], hint: str) -> None:
    """Refuse models that there are not.

    Args:
        models: as they were asked for.
        known: names of those there are.
        hint: what else to do than correct a name.
    Raises:
        UnknownPart: a model has no such name.
    """
    for name in models:
        if name not in known:
            raise UnknownPart(
                f'no model is called "{name}"',
                where="--models",
                expected=nearest(name, sorted(known)),
                next_step=hint,
            )


def entrants(
    data: TrainingData,
    baselines: Sequence[Learner],
    optional: Sequence[Learner],
    models: Sequence[str] = (),
    hint: str = "",
) -> tuple[list[Learner], dict[str, str]]:
    """Return the baselines and the models that are asked for with their controls, and who is left out and why.

    Args:
        data: what they are to learn from.
        baselines: enter whatever is asked for.
        optional: enter when they or nobody is named.
        models: names.
        hint: see ``check_names``.
    Raises:
        UnknownPart: a model has no such name.
    """
    nameable = [one.name for one in (*baselines, *optional) if one.control_of is None]
    check_names(models, nameable, hint)
    wanted = [
        learner
        for learner in optional
        if not models or {learner.name, learner.control_of} & set(models)
    ]
    entered = [*baselines, *wanted]
    left_out = {learner.name: why for learner in entered if (why := learner.refuses(data))}
    return [learner for learner in entered if learner.name not in left_out], left_out


def best(judged: Sequence[Judged], baselines: Sequence[Learner]) -> str:
    """Return the name of the baseline that validates best; nothing of the test part decides.

    Without a validation part it is popularity.
    """
    names = {learner.name for learner in baselines}
    entered = [one for one in judged if one.name in names and not np.isnan(one.validation)]
    return max(entered, key=lambda one: one.validation).name if entered else POPULARITY.name
