"""A served model without some people: at once and without training, where evidence can be subtracted.

Whatever a model holds of a person by number is taken out of every model. The models that are sums over people's rows
and ties alone then equal those of a training without them with the same parameters: people's kernels, friends,
neighbours. What only holds sums over all people (item weights, popularity, singular vectors) is left as it is until the
next training; nobody can be read out of it by number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.blend import Blend
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.erasure import (
    PeopleKernel,
    dual_without,
    people_after,
    rows_replaced,
    ties_without,
)
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.graph_filter import GraphFilter
from zhiyin.affinity.model import AffinityModel
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import PeopleWeights

EXACT = frozenset({DualEase.name, Friends.name, PeopleNeighbours.name, PeopleWeights.name})
"""Models that equal a training without the people."""

People = NDArray[np.int64]


def without(model: Any, people: People) -> Any:
    """Return a model without some people, (k,) int64 distinct numbers; one that knows nobody by number comes back as it is.

    Complexity: that of ``erasure``; for people's weights 4 t n_people² operations where t rows or ties differ.
    """
    if isinstance(model, Blend):
        parts: dict[str, AffinityModel] = {
            name: without(part, people) for name, part in model.parts.items()
        }
        return replace(model, parts=parts)
    for kind, act in _ACTS.items():
        if isinstance(model, kind):
            return act(model, people[people < _n_people(model)])
    return model


def without_rows(matrix: Any, people: People) -> Any:
    """Return a CSR whose rows of some people are empty."""
    none = sparse.csr_array((people.size, matrix.shape[1]), dtype=matrix.dtype)
    return rows_replaced(matrix, people, none)


def without_columns(matrix: Any, people: People) -> Any:
    """Return a CSR whose columns of some people are empty."""
    stays = np.ones(matrix.shape[1], matrix.dtype)
    stays[people] = 0
    left = sparse.csr_array(matrix @ sparse.diags_array(stays))
    left.eliminate_zeros()
    left.sort_indices()
    return left


def _n_people(model: Any) -> int:
    return int(model.columns.shape[1] if isinstance(model, GraphFilter) else model.rows.shape[0])


def _friends(model: Friends, people: People) -> Friends:
    return Friends(without_rows(model.rows, people), ties_without(model.ties, people))


def _weights(model: PeopleWeights, people: People) -> PeopleWeights:
    return people_after(model, PeopleKernel.of(model).without(people))


def _neighbours(model: PeopleNeighbours, people: People) -> PeopleNeighbours:
    rows, squares = without_rows(model.rows, people), np.array(model.squares)
    squares[people] = 0
    tied = ties_without(model.tied, people)
    return replace(model, rows=rows, columns=rows.T.tocsr(), tied=tied, squares=squares)


def _filter(model: GraphFilter, people: People) -> GraphFilter:
    vectors = model.vectors
    if len(vectors) == model.columns.shape[1] != model.columns.shape[0]:  # those of people
        vectors = np.array(vectors)
        vectors[people] = 0
    return model.over(without_columns(model.columns, people), vectors)


_ACTS: dict[type, Callable[[Any, People], Any]] = {
    DualEase: dual_without,
    Friends: _friends,
    GraphFilter: _filter,
    PeopleNeighbours: _neighbours,
    PeopleWeights: _weights,
}
