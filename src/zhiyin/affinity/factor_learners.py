"""Learners of factors, of walks and of spectra: iALS, RP3beta, and the power filter."""

from __future__ import annotations

from zhiyin.affinity.graph_filter import PowerFilter
from zhiyin.affinity.implicit_factors import ImplicitFactors
from zhiyin.affinity.model import Fitted, of_rows
from zhiyin.affinity.random_walk import random_walk
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.search import Choice, LogUniform, Uniform, Whole
from zhiyin.evaluation.task import TrainingData

SPECTRAL_LIMIT = 4_000
"""Most people of whom a power filter is made: 4,000 take 64 MB and half a minute."""


def _implicit_factors(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        return of_rows(ImplicitFactors.fit(data.rows, **params), data)

    return fit


def _random_walk(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        return of_rows(random_walk(data.rows, **params), data)

    return fit


def _power_filter(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        return of_rows(PowerFilter.fit(data.rows, **params), data)

    return fit


IMPLICIT_FACTORS = Learner(
    "implicit-factors",
    _implicit_factors,
    {
        "rank": Choice((64, 128), default=128),
        "reg": LogUniform(0.02, 0.5, default=0.1),
        "unobserved": LogUniform(0.01, 0.3, default=0.05),
    },
)
"""Factors of items, with those of a person solved anew from the row, see ``ImplicitFactors``."""

RANDOM_WALK = Learner(
    "random-walk",
    _random_walk,
    {
        "alpha": Uniform(0.4, 1.2, default=0.8),
        "beta": Uniform(0.0, 0.5, default=0.2),
        "neighbours": Whole(100, 1000, is_log=True, default=500),
    },
)
"""Where a walk over people who share an item ends, see ``random_walk``."""


def power_filter_learner(limit: int = SPECTRAL_LIMIT) -> Learner:
    """Return the power filter, which refuses more people than the limit."""

    def refuses(data: TrainingData) -> str:
        if data.n_people <= limit:
            return ""
        return f"{data.n_people:,} people are above {limit:,} for an eigen-decomposition"

    return Learner(
        "power-filter",
        _power_filter,
        {
            "power": Uniform(0.5, 1.0, default=0.7),
            "person_power": Uniform(0.3, 0.5, default=0.4),
            "tilt": Uniform(0.0, 0.4, default=0.2),
        },
        refuses,
    )
