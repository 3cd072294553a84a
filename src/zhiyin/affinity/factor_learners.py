"""Learners of factors and of walks: iALS and RP3beta."""

from __future__ import annotations

from zhiyin.affinity.implicit_factors import CELLS, ImplicitFactors
from zhiyin.affinity.model import Fitted, of_rows
from zhiyin.affinity.random_walk import random_walk
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.search import Choice, LogUniform, Uniform, Whole
from zhiyin.evaluation.task import TrainingData

_FACTORS = 128


def _implicit_factors(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        return of_rows(ImplicitFactors.fit(data.rows, **params), data)

    return fit


def _random_walk(data: TrainingData) -> Fit:
    def fit(params: Params) -> Fitted:
        return of_rows(random_walk(data.rows, **params), data)

    return fit


def _factor_bytes(data: TrainingData) -> int:
    entries = int(data.rows.nnz)
    blocks = min(10 * CELLS, 8 * _FACTORS * entries)
    return 8 * _FACTORS * (data.n_people + data.n_items) + 16 * entries + blocks


IMPLICIT_FACTORS = Learner(
    "implicit-factors",
    _implicit_factors,
    {
        "rank": Choice((64, _FACTORS), default=_FACTORS),
        "reg": LogUniform(0.02, 0.5, default=0.1),
        "unobserved": LogUniform(0.01, 0.3, default=0.05),
    },
    peak_bytes=_factor_bytes,
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
