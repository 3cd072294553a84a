"""The strongest singular vectors of a sparse matrix, by random projection."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

_ITERATIONS = 3
OVERSAMPLED = 16
_FAINT = 1e-6  # squared singular values below this share of the largest are rounding


def singular_vectors(
    matrix: Any, rank: int, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the strongest singular values and right singular vectors of a sparse matrix, by random projection.

    Args:
        matrix: (m, n) float32 CSR.
        rank: how many, at most.
        seed: of the projection.
    Returns: (r,) float32 descending, and (n, r) float32 with orthonormal columns; r <= rank, those
        below a thousandth of the largest left out.
    Complexity: O(rank nnz + rank² (m + n)).
    References: Halko, Martinsson & Tropp, SIAM Review 2011.
    """
    m, n = matrix.shape
    width = min(rank + OVERSAMPLED, m, n)
    across = matrix.T.tocsr()
    if width == m:
        basis = np.eye(m, dtype=np.float32)
    elif width == n:  # a random square may lose a direction
        basis = matrix.toarray()
    else:
        basis = matrix @ np.random.default_rng(seed).standard_normal((n, width), np.float32)
    for _ in range(_ITERATIONS):
        basis = matrix @ orthonormal(across @ orthonormal(basis))
    image = across @ orthonormal(basis)  # (n, width)
    squares, turn = linalg.eigh(np.asarray(image.T @ image, np.float64))
    order = np.argsort(-squares)[: min(rank, width)]
    order = order[squares[order] > _FAINT * max(squares.max(initial=0.0), 1e-30)]
    values = np.sqrt(squares[order])
    vectors = image @ (turn[:, order] / values).astype(np.float32)
    return values.astype(np.float32), np.asarray(vectors, np.float32)


def orthonormal(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an orthonormal basis of the span of (m, k) float32 columns; those that add nothing
    come back as nearly 0.
    """
    gram = np.asarray(columns.T @ columns, np.float64)
    values, turn = linalg.eigh(gram)
    keep = values > 1e-9 * max(values.max(initial=0.0), 1e-30)
    scale = np.where(keep, 1 / np.sqrt(np.where(keep, values, 1)), 0)
    return np.asarray(columns @ (turn * scale).astype(np.float32))
