"""Weights between people where no people × people array fits: solved for one person when asked, from the nearest others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.people_weights import (
    given_by_people,
    learned_ties,
    symmetric,
    tie_kernel,
    ties_of,
    unit_ties,
)
from zhiyin.affinity.restricted import first_best, inverse_scale, ridge_column


@dataclass(frozen=True, slots=True, eq=False)
class PeopleNeighbours:
    """Scores of a person are the rows of the nearest others, weighted as ``PeopleWeights`` would among these alone.

    Nothing is solved before somebody asks: the nearest people by the kernel ``X Xᵀ + tie_weight · S + common_weight · C``,
    their own small kernel and its ridge solution are made from the rows and ties of the training. So whoever asks counts
    as they are now.

    Attributes:
        rows: (n_people, n_items) float32 CSR X.
        columns: (n_items, n_people) float32 CSR, X transposed.
        tied: (n_people, n_people) float32 CSR S, symmetric: 1 for a tie of mean strength.
        squares: (n_people,) float32 sums of the squared rows.
        reg: ridge, in units of the diagonal of the kernel.
        neighbours: people who count for one, at most.
        tie_weight: of a tie.
        common_weight: of the likeness C of two people's ties.

    References: Steck, WWW 2019; Ning & Karypis, ICDM 2011 (few neighbours a column).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], np.float32))
    >>> PeopleNeighbours.of(rows, reg=1.0, neighbours=3).scores(Asked.of([0, 1])).round(2)
    array([0.75, 0.75, 0.25], dtype=float32)
    """

    rows: Any
    columns: Any
    tied: Any
    squares: NDArray[np.float32]
    reg: float
    neighbours: int
    tie_weight: float = 0.0
    common_weight: float = 0.0

    name = "people-neighbours"

    @classmethod
    def of(cls, rows: Any, ties: Any = None, **params: Any) -> PeopleNeighbours:
        """Return the model of rows, (n_people, n_items) float32 CSR, and ties as ``PeopleWeights.fit`` takes them."""
        rows = sparse.csr_array(rows)
        nobody = sparse.csr_array((rows.shape[0], rows.shape[0]), dtype=np.float32)
        tied = nobody if ties is None else symmetric(ties)
        squares = np.asarray(rows.multiply(rows).sum(axis=1), np.float32)
        return cls(rows, rows.T.tocsr(), tied, squares, **params)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return int(self.columns.shape[0])

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        people, weights = self._weights(asked)
        return np.asarray(weights @ self.rows[people], np.float32)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; friends and other people give everything."""
        people, own = self._weights(asked)
        weights = np.zeros(self.rows.shape[0], np.float32)
        weights[people] = own
        friends, _ = ties_of(self.tied, asked)
        return given_by_people(weights, friends, self.columns, ids)

    def tied_to(self, person: int) -> NDArray[np.integer[Any]]:
        """See ``KnowsTies.tied_to``."""
        return learned_ties(self.tied, person)[0]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        params = (self.reg, self.neighbours, self.tie_weight, self.common_weight)
        return {
            "params": np.array(params),
            "squares": self.squares,
            **csr_arrays("rows", self.rows),
            **csr_arrays("columns", self.columns),
            **csr_arrays("tied", self.tied),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PeopleNeighbours:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        n_people, n_items = (arrays[f"{name}_indptr"].size - 1 for name in ("rows", "columns"))
        rows = csr_from("rows", arrays, (n_people, n_items))
        columns = csr_from("columns", arrays, (n_items, n_people))
        tied = csr_from("tied", arrays, (n_people, n_people))
        reg, neighbours, *ties = arrays["params"].tolist()
        return cls(rows, columns, tied, arrays["squares"], reg, int(neighbours), *ties)

    def _weights(self, asked: Asked) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the nearest people, (k,) int64, and what their rows count, (k,) float32."""
        items, strengths = asked.known(self.n_items)
        own = ties_of(self.tied, asked)
        kernel = np.asarray(strengths @ self.columns[items], np.float32)
        kernel += tie_kernel(self.tied, own, self.tie_weight, self.common_weight)
        if asked.person is not None and asked.person < kernel.size:
            kernel[asked.person] = 0
        kernel[asked.closed[asked.closed < kernel.size]] = 0
        met = np.flatnonzero(kernel)
        strength = kernel[met] * inverse_scale(self.squares[met], self.reg)
        people = met[first_best(strength, self.neighbours)]
        rows = self.rows[people]
        square = (rows @ rows.T).toarray()
        if self.tie_weight or self.common_weight:
            ties = self.tied[people]
            square += self.tie_weight * ties[:, people].toarray()
            square += self.common_weight * _among(ties)
        weights, _ = ridge_column(square.astype(np.float32), kernel[people], self.reg)
        return people, weights


def _among(ties: Any) -> NDArray[np.float32]:
    """Return the likeness of the ties of some people, of whom ``ties`` (k, n_people) are the rows; diagonal 0."""
    unit = unit_ties(ties)
    likeness: NDArray[np.float32] = (unit @ unit.T).toarray().astype(np.float32)
    np.fill_diagonal(likeness, 0)
    return likeness
