"""Linear filters on the graph of people and items: near items by paths of two steps, and the smooth part of taste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

_ITERATIONS = 3
_OVERSAMPLED = 16


@dataclass(frozen=True, slots=True, eq=False)
class GraphFilter:
    """Scores ``x (R̃ᵀ R̃ + weight · D^-½ V Vᵀ D^½)`` for a row x, R̃ being the rows scaled by powers of both degrees.

    The first part goes to the people who share an item and on to what they have; the second keeps of a row what the
    strongest ``rank`` singular vectors V of R̃ can say. No items × items array exists.

    Attributes:
        scaled: (n_people, n_items) float32 CSR R̃.
        across: (n_items, n_people) float32 CSR, R̃ transposed.
        into: (n_items, rank) float32 ``D^-½ V``.
        out_of: (rank, n_items) float32 ``weight · Vᵀ D^½``.

    References: Shen et al., CIKM 2021 (GF-CF); Park, Shin & Shin, SIGIR 2024 (Turbo-CF, both powers free).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> GraphFilter.fit(rows, rank=1, weight=0.0).scores_rows(rows[:1]).round(2)
    array([[0.85, 0.85, 0.35]], dtype=float32)
    """

    scaled: Any
    across: Any
    into: NDArray[np.float32]
    out_of: NDArray[np.float32]

    @classmethod
    def fit(
        cls,
        rows: Any,
        *,
        rank: int = 256,
        weight: float = 0.3,
        person_power: float = 0.5,
        item_power: float = 0.5,
        seed: int = 0,
    ) -> GraphFilter:
        """Scale the rows and find their strongest singular vectors.

        Args:
            rows: (n_people, n_items) float32 CSR, none below 0.
            rank: singular vectors, at most.
            weight: of the smooth part beside the paths.
            person_power: a row is divided by this power of its sum.
            item_power: a column is divided by this power of its sum.
            seed: of the search for singular vectors.
        Complexity: O(rank nnz + rank² (n_people + n_items)) time, O(rank (n_people + n_items)) memory.
        """
        scaled = degree_scaled(rows, person_power, item_power)
        _, vectors = singular_vectors(scaled, rank, seed)
        degree = np.sqrt(np.maximum(rows.sum(axis=0), 1)).astype(np.float32)
        into = vectors / degree[:, None]
        out_of = np.ascontiguousarray((np.float32(weight) * degree[:, None] * vectors).T)
        return cls(scaled, scaled.T.tocsr(), into, out_of)

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of the rows of a float32 CSR."""
        people = np.ascontiguousarray((self.scaled @ rows.T).toarray())  # (n_people, m)
        scores = np.asarray((self.across @ people).T, np.float32)
        return np.asarray(scores + (rows @ self.into) @ self.out_of)


def degree_scaled(rows: Any, person_power: float, item_power: float) -> Any:
    """Return rows divided by powers of their sums and of their columns' sums, as float32 CSR."""
    people = np.maximum(rows.sum(axis=1), 1) ** -person_power
    items = np.maximum(rows.sum(axis=0), 1) ** -item_power
    scaled = sparse.diags_array(people) @ rows @ sparse.diags_array(items)
    return scaled.tocsr().astype(np.float32)


def singular_vectors(
    matrix: Any, rank: int, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the strongest singular values and right singular vectors of a sparse matrix, by random projection.

    Args:
        matrix: (m, n) float32 CSR.
        rank: how many, at most.
        seed: of the projection.
    Returns: (r,) float32 descending, and (n, r) float32 with orthonormal columns; r <= rank, those of value 0 left out.
    Complexity: O(rank nnz + rank² (m + n)).
    References: Halko, Martinsson & Tropp, SIAM Review 2011.
    """
    m, n = matrix.shape
    width = min(rank + _OVERSAMPLED, m, n)
    across = matrix.T.tocsr()
    basis = matrix @ np.random.default_rng(seed).standard_normal((n, width), np.float32)
    for _ in range(_ITERATIONS):
        basis = matrix @ orthonormal(across @ orthonormal(basis))
    image = across @ orthonormal(basis)  # (n, width)
    squares, turn = linalg.eigh(np.asarray(image.T @ image, np.float64))
    order = np.argsort(-squares)[: min(rank, width)]
    order = order[squares[order] > 1e-10 * max(squares.max(initial=0.0), 1e-30)]
    values = np.sqrt(squares[order])
    vectors = image @ (turn[:, order] / values).astype(np.float32)
    return values.astype(np.float32), np.asarray(vectors, np.float32)


def orthonormal(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an orthonormal basis of the span of (m, k) float32 columns; those that add nothing come back as 0."""
    gram = np.asarray(columns.T @ columns, np.float64)
    values, turn = linalg.eigh(gram)
    keep = values > 1e-9 * max(values.max(initial=0.0), 1e-30)
    scale = np.where(keep, 1 / np.sqrt(np.where(keep, values, 1)), 0)
    return np.asarray(columns @ (turn * scale).astype(np.float32))
