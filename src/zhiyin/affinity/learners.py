"""What is judged beside the baselines: the graph filter, weights between people, and these with ties."""

from __future__ import annotations

import math
from typing import Any

from zhiyin.affinity.baselines import no_ties
from zhiyin.affinity.graph_filter import GraphFilter
from zhiyin.affinity.model import DENSE_LIMIT, Fitted, fitted, mean_square, of_rows
from zhiyin.affinity.people_weights import PeopleWeights
from zhiyin.affinity.singular_vectors import OVERSAMPLED
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import LogUniform, Space, Uniform
from zhiyin.evaluation.task import TrainingData

_VECTORS = 3.0  # times the root of the smaller side, so many singular vectors
_MOST_VECTORS = 800


def _graph_filter(data: TrainingData) -> Fit:
    def fit(params: Params) -> ScoreRows:
        given = {**params, "rank": _vectors(params["rank"], data)}
        return of_rows(GraphFilter.fit(data.rows, **given), data)

    return fit


def _vectors(times: float, data: TrainingData) -> int:
    return min(_MOST_VECTORS, round(times * math.sqrt(min(data.n_people, data.n_items))))


def _graph_filter_bytes(data: TrainingData) -> int:
    longest = data.n_people + data.n_items + max(data.n_people, data.n_items)
    width = _vectors(_VECTORS, data) + OVERSAMPLED
    return 4 * width * longest + 16 * int(data.rows.nnz)


def _people(data: TrainingData) -> Fit:
    unit = mean_square(data.rows)

    def fit(params: Params) -> ScoreRows:
        return _of_people(PeopleWeights.fit(data.rows, reg=unit * params["reg"]), data)

    return fit


def _people_and_ties(data: TrainingData) -> Fit:
    unit, ties = mean_square(data.rows), matrix_of(data)

    def fit(params: Params) -> ScoreRows:
        weights = {name: unit * value for name, value in params.items()}
        return _of_people(PeopleWeights.fit(data.rows, ties, **weights), data)

    return fit


def _of_people(model: PeopleWeights, data: TrainingData) -> Fitted:
    return fitted(
        model, data, lambda asked: lambda people: model.scores_people(people, asked.histories)
    )


def matrix_of(data: TrainingData) -> Any:
    """Return the (n_people, n_people) float32 CSR of the ties under ``side["ties"]``."""
    ties: Ties = data.side["ties"]
    return ties.matrix(data.n_people)


_REG: Space = {"reg": LogUniform(10.0, 1000.0, default=100.0)}

GRAPH_FILTER = Learner(
    "graph-filter",
    _graph_filter,
    {
        "rank": LogUniform(1.0, 5.0, default=_VECTORS),
        "weight": LogUniform(0.1, 1.0, default=0.3),
        "power": Uniform(0.5, 1.0, default=0.75),
        "person_power": Uniform(0.25, 0.45, default=0.3),
        "tilt": Uniform(0.1, 0.5, default=0.3),
    },
    peak_bytes=_graph_filter_bytes,
)
"""Paths of two steps and the smooth part of taste, see ``GraphFilter``; made of sparse rows and few vectors.

Its ``rank`` is a multiple of the root of the smaller side, up to 800."""


def people_learners(dense_limit: int = DENSE_LIMIT) -> tuple[Learner, Learner]:
    """Return weights between people without and with ties; both refuse more people than the limit."""

    def refuses(data: TrainingData) -> str:
        if data.n_people > dense_limit:
            return f"{data.n_people:,} people are above {dense_limit:,} for a dense solve"
        return ""

    def refuses_untied(data: TrainingData) -> str:
        return refuses(data) or no_ties(data)

    weights: Space = {
        "tie_weight": Uniform(0.0, 4.0, default=2.0),
        "common_weight": Uniform(0.0, 8.0, default=4.0),
    }
    return (
        Learner("people", _people, _REG, refuses),
        Learner(
            "people and ties", _people_and_ties, {**_REG, **weights}, refuses_untied, over="people"
        ),
    )
