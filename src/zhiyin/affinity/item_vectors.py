"""Who chose an item, as a short vector: items are alike when the same people choose them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

_LEAST = 2  # people who chose an item, before anything is known of it


def item_vectors(rows: Any, dim: int = 32) -> NDArray[np.float32]:
    """Return what items are by who chose them: the strongest right singular vectors of the scaled matrix.

    Each entry is divided by the roots of how much its person and its item have, so neither the busy nor the popular rule.

    Args:
        rows: (n_people, n_items) CSR, what is above 0 was chosen.
        dim: width; less where the matrix has fewer rows or columns.
    Returns: (n_items, dim) float32 unit rows, zeros for an item that fewer than two people chose.
    Complexity: O(dim) products with the matrix, O((n_people + n_items) dim) memory.
    References: Cremonesi, Koren & Turrin, RecSys 2010 (PureSVD).

    >>> ones = np.repeat([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]], 5, axis=0)
    >>> vectors = item_vectors(sparse.csr_array(ones), dim=2)
    >>> np.abs(np.round(vectors @ vectors.T)).astype(int).tolist()[0]
    [1, 1, 0, 0]
    """
    matrix = sparse.csr_array(rows, dtype=np.float32)
    matrix = matrix.multiply(matrix > 0).tocsr()
    people = sparse.diags_array(_inverse_roots(matrix.sum(axis=1)))
    items = sparse.diags_array(_inverse_roots(matrix.sum(axis=0)))
    found = np.zeros((matrix.shape[1], dim), np.float32)
    most = min(dim, min(matrix.shape) - 1)
    if most < 1 or not matrix.nnz:
        return found
    start = np.random.default_rng(0).normal(size=min(matrix.shape)).astype(np.float32)
    _, values, right = linalg.svds(people @ matrix @ items, k=most, v0=start)
    found[:, :most] = right.T * values
    chosen_by = np.bincount(matrix.indices[matrix.data > 0], minlength=matrix.shape[1])
    found[chosen_by < _LEAST] = 0
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(length > 1e-6, length, np.inf), np.float32)


def _inverse_roots(sums: Any) -> NDArray[np.float32]:
    total = np.asarray(sums, np.float64).ravel()
    return np.where(total > 0, 1 / np.sqrt(np.maximum(total, 1e-12)), 0).astype(np.float32)
