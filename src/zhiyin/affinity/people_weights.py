"""Weights between people: the mirror of EASE, in which ties of friendship add to the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.ease import ridge_inverse
from zhiyin.affinity.evidence import Evidence


@dataclass(frozen=True, slots=True, eq=False)
class PeopleWeights:
    """Scores of a person are the rows of the others, weighted: ``W X`` with ``W = I - M diag(1 / diag M)``.

    ``M = (X Xᵀ + tie_weight · S + common_weight · C + reg · I)⁻¹``: what people have in common, who is tied to whom, and
    whose ties are alike all add up to one kernel of people.

    Attributes:
        weights: (n_people, n_people) float32 W, diagonal 0: what the row of each other person counts.
        rows: (n_people, n_items) float32 CSR X.

    References: Steck, WWW 2019 (the items' side); Ma et al., WSDM 2011 (ties as regularisation).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], np.float32))
    >>> PeopleWeights.fit(rows, reg=1.0).scores_of(np.array([0])).round(2)
    array([[0.5, 0.5, 0.5]], dtype=float32)
    """

    weights: NDArray[np.float32]
    rows: Any

    @classmethod
    def fit(
        cls,
        rows: Any,
        ties: Any = None,
        *,
        reg: float,
        tie_weight: float = 0.0,
        common_weight: float = 0.0,
    ) -> PeopleWeights:
        """Solve for the weights.

        Args:
            rows: (n_people, n_items) float32 CSR.
            ties: (n_people, n_people) CSR, above 0 where one person is tied to another; both directions count. None: no
                ties.
            reg: ridge, in units of the diagonal of the kernel.
            tie_weight: of a tie, in the same units.
            common_weight: of the likeness of two people's ties, 0 to 1, in the same units.
        Raises: DataError when the sum is not positive definite: the ties weigh too much for the ridge.
        Complexity: n_people³ floating-point operations, 8 n_people² bytes.
        """
        kernel = Evidence.of(rows.T.tocsr()).gram
        if ties is not None:
            tied = symmetric(ties)
            add_sparse(kernel, tied, tie_weight)
            add_sparse(kernel, tie_likeness(tied), common_weight)
        inverse = ridge_inverse(kernel, reg, overwrite=True)
        scale = -1 / np.diag(inverse).copy()
        inverse *= scale[None, :]
        np.fill_diagonal(inverse, 0)
        return cls(inverse, rows)

    def scores_of(self, people: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of people by their numbers, (m,) int64."""
        return np.asarray(self.weights[people] @ self.rows, np.float32)


def symmetric(ties: Any) -> Any:
    """Return 1 where two people are tied in either direction, as float32 CSR without a diagonal."""
    both = sparse.csr_array(ties + ties.T)
    both.setdiag(0)
    both.eliminate_zeros()
    both.data[:] = 1
    return both.astype(np.float32)


def tie_likeness(tied: Any) -> Any:
    """Return the share of ties that two people have in common, the cosine of their rows, diagonal 0.

    Args:
        tied: (n_people, n_people) float32 CSR, symmetric, of ones.
    Returns: (n_people, n_people) float32 CSR, values in (0, 1].
    Complexity: the sum over people of their squared number of ties.
    References: Salton & McGill, 1983 (cosine); Liben-Nowell & Kleinberg, CIKM 2003 (common neighbours).
    """
    degree = np.maximum(tied.sum(axis=1), 1)
    unit = (sparse.diags_array(degree**-0.5) @ tied).tocsr().astype(np.float32)
    likeness = (unit @ unit.T).tocsr()
    likeness.setdiag(0)
    likeness.eliminate_zeros()
    return likeness


def add_sparse(dense: NDArray[np.float32], part: Any, weight: float) -> None:
    """Add a weighted sparse matrix to a dense one in its place."""
    entries = part.tocoo()
    dense[entries.row, entries.col] += np.float32(weight) * entries.data
