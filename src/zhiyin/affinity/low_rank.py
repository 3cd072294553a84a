"""What a change of few rows does to the inverse of a symmetric matrix, and to weights made of that inverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from zhiyin.errors import DataError

_BLOCK = 512
_SMALLEST = 1e-6  # below this an eigenvalue says that what is left cannot be inverted in float32
_ROUNDING = 1e-12  # share of the largest eigenvalue that is the rounding of float64

RowsOf = Callable[[NDArray[np.int64]], NDArray[Any]]
"""Gives rows of a symmetric (n, n) matrix by their numbers, (k,) int64 → (k, n)."""

Product = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Multiplies a symmetric (n, n) matrix with (n, k) float64."""


@dataclass(frozen=True, slots=True, eq=False)
class LowRank:
    """A symmetric matrix of low rank, ``columns · diag(signs) · columnsᵀ``, to be added to an inverse.

    Attributes:
        columns: (n, rank) float32.
        signs: (rank,) float32 of 1 and -1.

    >>> ones = LowRank(np.ones((2, 1), np.float32), np.ones(1, np.float32))
    >>> ones.added_to(np.eye(2, dtype=np.float32)).tolist()
    [[2.0, 1.0], [1.0, 2.0]]
    """

    columns: NDArray[np.float32]
    signs: NDArray[np.float32]

    def of_rows(self, rows: Any) -> NDArray[np.float64]:
        """Return ``xᵀ (this) x`` for each row x of an (m, n) CSR, as (m,) float64."""
        return np.asarray((rows @ self.columns.astype(np.float64)) ** 2 @ self.signs)

    def diagonal(self) -> NDArray[np.float64]:
        """Return the (n,) diagonal."""
        return np.asarray(self.columns.astype(np.float64) ** 2 @ self.signs)

    def added_to(
        self, matrix: NDArray[np.float32], *, overwrite: bool = False
    ) -> NDArray[np.float32]:
        """Return an (n, n) float32 matrix plus this one, in the memory of ``matrix`` if it may be overwritten.

        Complexity: 2 rank n² floating-point operations.
        """
        changed = matrix if overwrite else np.empty_like(matrix)
        signed = (self.columns * self.signs).T
        for start in range(0, len(matrix), _BLOCK):
            block = slice(start, start + _BLOCK)
            np.add(matrix[block], self.columns[block] @ signed, out=changed[block])
        return changed

    def added_to_weights(
        self,
        weights: NDArray[np.float32],
        diagonal: NDArray[np.float32],
        *,
        overwrite: bool = False,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the weights ``I - P diag(1 / diag P)`` and the diagonal of P after P has grown by this matrix.

        P itself is not formed: ``P_ij = -weights_ij · diagonal_j`` for i ≠ j.

        Args:
            weights: (n, n) float32, diagonal 0.
            diagonal: (n,) float32 of P.
            overwrite: use the memory of ``weights``.
        Complexity: 2 rank n² floating-point operations.
        """
        after = diagonal + self.diagonal()
        kept = (diagonal / after).astype(np.float32)
        signed = ((self.columns * self.signs) / after[:, None]).T.astype(np.float32)
        changed = weights if overwrite else np.empty_like(weights)
        for start in range(0, len(weights), _BLOCK):
            block = slice(start, start + _BLOCK)
            np.multiply(weights[block], kept, out=changed[block])
            changed[block] -= self.columns[block] @ signed
        np.fill_diagonal(changed, 0)
        return changed, after.astype(np.float32)


def inverse_change(rows_of: RowsOf, basis: Any, core: NDArray[np.float64]) -> LowRank:
    """Return ``(A + U C Uᵀ)⁻¹ - A⁻¹``, by Woodbury.

    Small parts are float64, and the answer is cut to its true rank, so a basis whose columns depend on one another
    costs no digits.

    Args:
        rows_of: rows of ``A⁻¹``.
        basis: (n, r) CSR U; only the rows of ``A⁻¹`` that it names are read.
        core: (r, r) float64 C, symmetric; it may be singular and indefinite.
    Raises: DataError when ``A + U C Uᵀ`` is not safely positive definite.
    Complexity: (rows of U that are not empty + 2 r) n r floating-point operations.
    References: Woodbury, 1950; Hager, SIAM Review 1989.
    """
    basis = sparse.csr_array(basis, dtype=np.float64)
    n, rank = basis.shape
    used = np.flatnonzero(np.diff(basis.indptr))
    through = np.zeros((n, rank))  # A⁻¹ U
    for start in range(0, used.size, _BLOCK):
        part = used[start : start + _BLOCK]
        through += rows_of(part).T.astype(np.float64) @ basis[part].toarray()
    within = basis.T @ through
    _check_positive(within, core)
    middle = -np.linalg.solve(np.eye(rank) + core @ within, core)
    across, upper = np.linalg.qr(through)
    values, vectors = np.linalg.eigh(upper @ (middle + middle.T) @ upper.T / 2)
    kept = np.abs(values) > _ROUNDING * np.abs(values).max(initial=0)
    columns = across @ (vectors[:, kept] * np.sqrt(np.abs(values[kept])))
    return LowRank(columns.astype(np.float32), np.sign(values[kept]).astype(np.float32))


def cut_change(rows_of: RowsOf, gone: NDArray[np.int64]) -> LowRank:
    """Return what to add to ``A⁻¹`` so that its rows and columns but ``gone`` are the inverse of A without these.

    Args:
        rows_of: rows of ``A⁻¹``.
        gone: (g,) int64 distinct; their rows and columns of the sum are 0 but for rounding, see ``isolate``.
    Complexity: 2 g² n floating-point operations.
    References: Schur, 1917 (complement).
    """
    rows = rows_of(gone).astype(np.float64)
    factor = np.linalg.cholesky(rows[:, gone])
    columns = linalg.solve_triangular(factor, rows, lower=True).T
    return LowRank(columns.astype(np.float32), np.full(gone.size, -1, np.float32))


def isolate(matrix: NDArray[np.float32], alone: NDArray[np.int64], diagonal: float) -> None:
    """Clear some rows and columns of a matrix in its place, but for their ``diagonal``."""
    matrix[alone] = 0
    matrix[:, alone] = 0
    matrix[alone, alone] = diagonal


def rows_change(old: Any, new: Any) -> tuple[Any, NDArray[np.float64]]:
    """Return U and C with ``U C Uᵀ = newᵀ new - oldᵀ old``: rows come, go or change.

    Args:
        old: (m, n) CSR.
        new: (m, n) CSR; an empty row takes the old one out.
    Returns: (n, 2 m) CSR U and (2 m, 2 m) float64 C.
    """
    old = sparse.csr_array(old, dtype=np.float64)
    moved = sparse.csr_array(new, dtype=np.float64) - old
    one, none = np.eye(old.shape[0]), np.zeros((old.shape[0], old.shape[0]))
    return sparse.vstack([old, moved]).T.tocsr(), np.block([[none, one], [one, one]])


def supported_change(touched: NDArray[np.int64], moved: Any) -> tuple[Any, NDArray[np.float64]]:
    """Return U and C of a symmetric change that is 0 but in some rows and the columns of the same numbers.

    Args:
        touched: (t,) int64 distinct numbers of the rows.
        moved: (t, n) CSR, these rows of the change.
    Returns: (n, 2 t) CSR U and (2 t, 2 t) float64 C.
    """
    moved = sparse.csr_array(moved, dtype=np.float64)
    t, n = moved.shape
    chosen = sparse.csr_array((np.ones(t), (touched, np.arange(t))), shape=(n, t))
    one, none = np.eye(t), np.zeros((t, t))
    core = np.block([[-moved[:, touched].toarray(), one], [one, none]])
    return sparse.hstack([chosen, moved.T], format="csr"), core


def rows_of_weights(weights: NDArray[np.float32], diagonal: NDArray[np.float32]) -> RowsOf:
    """Return what gives rows of P when only ``weights = I - P diag(1 / diag P)`` and its diagonal are kept."""

    def rows_of(numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        rows = weights[numbers] * -diagonal
        rows[np.arange(numbers.size), numbers] = diagonal[numbers]
        return np.asarray(rows)

    return rows_of


def residual(rows_of: RowsOf, product: Product, columns: NDArray[np.int64]) -> float:
    """Return the largest entry of ``A P - I`` in some columns: how far P is from being the inverse of A.

    Args:
        rows_of: rows of P.
        product: multiplies A.
        columns: (k,) int64; a seeded sample will do.
    """
    if not columns.size:
        return 0.0
    rest = product(rows_of(columns).T.astype(np.float64))
    rest[columns, np.arange(columns.size)] -= 1
    return float(np.abs(rest).max())


def _check_positive(within: NDArray[np.float64], core: NDArray[np.float64]) -> None:
    """Raise when ``A + U C Uᵀ`` is not positive definite: when ``I + S^½ C S^½`` is not, with ``S = Uᵀ A⁻¹ U``."""
    values, vectors = np.linalg.eigh((within + within.T) / 2)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    smallest = 1 + np.linalg.eigvalsh(root @ core @ root).min(initial=0.0)
    if not smallest > _SMALLEST:
        raise DataError(
            "what is left after the change is not positive definite",
            where="affinity.low_rank",
            expected="to take away only what was added",
            next_step="train again",
        )
