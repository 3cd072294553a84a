"""The simple learners of ratings: chance, means, biases and the nearest items."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_learner import (
    PERSON_DAMPING,
    FitRatings,
    RatingLearner,
    expecting,
)
from zhiyin.affinity.rating_neighbours import RATING_ITEM_KNN
from zhiyin.affinity.ratings import ITEM_DAMPING, Ratings
from zhiyin.evaluation.metrics import share
from zhiyin.evaluation.search import LogUniform


def _random(seed: int) -> Callable[[Ratings], FitRatings]:
    def prepare(ratings: Ratings) -> FitRatings:
        def predict(
            person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64]
        ) -> NDArray[np.float64]:
            return np.random.default_rng(seed).choice(ratings.value, person.size)

        return lambda params: predict

    return prepare


def _mean(ratings: Ratings) -> FitRatings:
    mean = float(ratings.value.mean())
    return lambda params: lambda person, item, time_us: np.full(person.size, mean)


def _means(number: NDArray[np.int64], value: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the mean value of each of n groups, that of all values for a group without any."""
    mean = share(np.bincount(number, value, n), np.bincount(number, minlength=n))
    return np.where(np.isnan(mean), value.mean(), mean)


def _item_mean(ratings: Ratings) -> FitRatings:
    mean = _means(ratings.item, ratings.value, ratings.n_items)
    return lambda params: lambda person, item, time_us: mean[item]


def _person_mean(ratings: Ratings) -> FitRatings:
    mean = _means(ratings.person, ratings.value, ratings.n_people)
    return lambda params: lambda person, item, time_us: mean[person]


MEAN = "mean"
"""Name of the learner that predicts the mean of all ratings."""

BIASES = RatingLearner(
    "biases",
    lambda ratings: lambda params: expecting(ratings, **params),
    {
        "person_damping": PERSON_DAMPING,
        "item_damping": LogUniform(0.1, 100.0, default=ITEM_DAMPING),
    },
)
"""The mean of all, how far above it the person rates, and how far above it the item is rated."""


def rating_baselines(seed: int) -> list[RatingLearner]:
    """Return the learners that stand in every table of ratings.

    Args:
        seed: of the one that predicts at random.
    """
    return [
        RatingLearner("random", _random(seed)),
        RatingLearner(MEAN, _mean),
        RatingLearner("item mean", _item_mean),
        RatingLearner("user mean", _person_mean),
        BIASES,
        RATING_ITEM_KNN,
    ]
