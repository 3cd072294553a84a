"""Sparse arrays as the plain arrays a snapshot holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


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
