"""Sparse arrays as the plain arrays a snapshot holds, and rows of them without building others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Entries = tuple[NDArray[np.integer[Any]], NDArray[np.float32]]
"""A sparse row: ascending columns, and their values."""


def csr_arrays(name: str, matrix: Any) -> dict[str, NDArray[Any]]:
    """Return the three arrays of a CSR, named after it."""
    return {
        f"{name}_data": matrix.data,
        f"{name}_indices": matrix.indices,
        f"{name}_indptr": matrix.indptr,
    }


def csr_from(name: str, arrays: Mapping[str, NDArray[Any]], shape: tuple[int, int]) -> Any:
    """Return the CSR of ``csr_arrays`` without copying; its columns must be sorted within a row."""
    parts = tuple(np.asarray(arrays[f"{name}_{part}"]) for part in ("data", "indices", "indptr"))
    matrix = sparse.csr_array(parts, shape=shape, copy=False)
    matrix.has_sorted_indices = True
    matrix.has_canonical_format = True
    return matrix


def row_of(matrix: Any, row: int) -> Entries:
    """Return one row of a CSR, without copying."""
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[part], matrix.data[part]


def entries_of(
    matrix: Any, rows: NDArray[Any], factors: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the columns and the values of some rows of a CSR, one row after another, each value times its row's factor.

    Args:
        matrix: float32 CSR, may be memory-mapped.
        rows: (h,) int numbers of rows.
        factors: (h,) float32.
    Returns: (e,) int64 and (e,) float32.
    """
    entry, length = _places(matrix, rows)
    return matrix.indices[entry].astype(np.int64), matrix.data[entry] * np.repeat(factors, length)


def rows_of(matrix: Any, rows: NDArray[Any]) -> Any:
    """Return some rows of a CSR as one, as ``matrix[rows]`` does in twice the time."""
    entry, length = _places(matrix, rows)
    ends = np.zeros(rows.size + 1, matrix.indices.dtype)
    np.cumsum(length, out=ends[1:])
    parts = (matrix.data[entry], matrix.indices[entry], ends)
    return sparse.csr_array(parts, shape=(rows.size, matrix.shape[1]))


def _places(matrix: Any, rows: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the entries of some rows stand, (e,), and how many each row has."""
    start = matrix.indptr[rows].astype(np.int64)
    length = matrix.indptr[rows + 1] - start
    return np.arange(length.sum()) + np.repeat(start - np.cumsum(length) + length, length), length
