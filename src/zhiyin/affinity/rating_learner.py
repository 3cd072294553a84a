"""What can be fitted on ratings and predicts others, and how its parameters are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.ratings import ITEM_DAMPING, Ratings, biases
from zhiyin.core.progress import Progress, untold
from zhiyin.evaluation.contest import Budget, Params, chosen
from zhiyin.evaluation.predictions import rmse
from zhiyin.evaluation.search import LogUniform, Space

Predict = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]
"""People (n,), items (n,) and times (n,) int64 microseconds, ``NO_TIME`` where not known → (n,) float64 ratings."""

FitRatings = Callable[[Params], Predict]
"""Parameters → predictions."""

PERSON_DAMPING = LogUniform(0.1, 100.0, default=10.0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The parameters of a learner.

    Attributes:
        params: chosen by held-out ratings.
        trials: parameter sets that were tried.
        rmse: root mean square error on the held-out ratings, NaN where there were none.

    >>> Chosen({"rank": 8}, trials=5, rmse=0.9).trials
    5
    """

    params: dict[str, Any]
    trials: int
    rmse: float


Tune = Callable[[Ratings, Ratings, Budget, Mapping[str, Chosen], Progress], Chosen]
"""How a learner chooses its own parameters, see ``RatingLearner.tune``."""


@dataclass(frozen=True, slots=True, eq=False)
class RatingLearner:
    """Something that can be fitted on ratings and predicts others.

    Attributes:
        name: as tables print it.
        prepare: does once what does not depend on parameters, and returns what fits with some.
        space: parameters that are searched; empty where there are none.
        tune: chooses the parameters in its own way, from the ratings to fit on, those held out, the budget, what was chosen
            for other learners by name, and whom to tell.

    >>> half = RatingLearner("half", lambda known: lambda params: lambda p, i, t: np.full(p.size, 0.5))
    >>> half.space
    {}
    """

    name: str
    prepare: Callable[[Ratings], FitRatings]
    space: Space = field(default_factory=dict)
    tune: Tune | None = None


def tuned(
    learner: RatingLearner,
    fitted: Ratings,
    held: Ratings,
    budget: Budget,
    known: Mapping[str, Chosen],
    progress: Progress = untold,
) -> Chosen:
    """Return the parameters of a learner with the least error on held-out ratings, within a budget.

    Args:
        learner: who.
        fitted: what is fitted on.
        held: what is judged by; where there is none, parameters are the defaults.
        budget: what may be spent.
        known: what was chosen for other learners, by name.
        progress: told after each trial.
    """
    if learner.tune:
        return learner.tune(fitted, held, budget, known, progress)

    def prepare() -> Callable[[Params], float]:
        fit = learner.prepare(fitted)
        return lambda params: -error(fit(params), fitted, held)

    judged_by = prepare if held.value.size else None
    name = f"{learner.name} rmse"
    found = chosen(learner.space, judged_by, budget, name, [fitted, held], progress)
    return Chosen(dict(found.params), len(found.tried), -found.value)


def error(predict: Predict, fitted: Ratings, held: Ratings) -> float:
    """Return the root mean square error on held-out ratings of predictions cut to the range of the fitted ones."""
    return rmse(fitted.clipped(predict(held.person, held.item, held.time_us)), held.value)


def expecting(
    ratings: Ratings, person_damping: float, item_damping: float = ITEM_DAMPING
) -> Predict:
    """Return what predicts the mean and the biases of ``biases``."""
    mean, of_person, of_item = biases(ratings, person_damping, item_damping)
    return lambda person, item, time_us: mean + of_person[person] + of_item[item]


def with_residuals(ratings: Ratings, person_damping: float) -> tuple[Predict, Any]:
    """Return what the biases expect, and what they leave of the ratings as (n_people, n_items) CSR."""
    expected = expecting(ratings, person_damping)
    left = ratings.value - expected(ratings.person, ratings.item, ratings.time_us)
    return expected, ratings.rows(left)
