"""Vectors of items from what is said of them: weighted attributes, their main directions, whitening."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.singular_vectors import singular_vectors

_BLOCK = 2**13  # rows in float64 at a time


def weighted_attributes(attributes: Any, *, length_power: float = 1.0) -> Any:
    """Return attributes weighted by how rare they are, and rows of a chosen length.

    An entry is ``log(1 + count) · log(n_items / items that have it)``. With ``length_power`` 0 all rows get the same length,
    as cosines have it; with 1 an item of which much is said keeps its longer row, which tells that it is sought after.

    Args:
        attributes: (n_items, n_attributes) CSR of counts or weights, at least 0.
        length_power: 0 to 1.
    Returns: (n_items, n_attributes) float32 CSR; a row is 0 where nothing tells the item from another.
    References: Spärck Jones, Journal of Documentation 1972 (inverse document frequency).
    """
    counts = sparse.csr_array(attributes, dtype=np.float32)
    spread = np.maximum((counts > 0).sum(axis=0), 1)
    counts.data = np.log1p(counts.data)
    weighted = counts.multiply(np.log(counts.shape[0] / spread)[None, :]).tocsr()
    length = np.sqrt(weighted.multiply(weighted).sum(axis=1))
    scale = np.where(length > 0, length, 1) ** (length_power - 1)
    scaled = (sparse.diags_array(scale) @ weighted).tocsr().astype(np.float32)
    scaled.eliminate_zeros()
    return scaled


def text_vectors(
    attributes: Any,
    dim: int,
    *,
    length_power: float = 1.0,
    whitening: float = 0.5,
    seed: int = 0,
) -> NDArray[np.float32]:
    """Return the coordinates of items along the main directions of their weighted attributes.

    Args:
        attributes: (n_items, n_attributes) CSR of counts or weights, at least 0.
        dim: directions, at most; fewer where the attributes have fewer.
        length_power: see ``weighted_attributes``.
        whitening: 0 keeps how far items spread along a direction, 1 makes all directions alike.
        seed: of the sketch.
    Returns: (n_items, <= dim) float32 with mean square length 1; a row is 0 where nothing is known of an item.
    Complexity: O(nnz dim + (n_items + n_attributes) dim²).
    References: Deerwester et al., JASIS 1990 (LSA); Halko, Martinsson & Tropp, SIAM Review 2011 (the sketch).
    """
    weighted = weighted_attributes(attributes, length_power=length_power)
    spread, unit = singular_vectors(weighted.T.tocsr(), dim, seed)
    unit[np.diff(weighted.indptr) == 0] = 0  # not nearly 0: whitening would make noise of it
    return _scaled(unit, spread, dim, whitening)


def whitened(
    vectors: NDArray[np.float32], dim: int, *, whitening: float = 1.0
) -> NDArray[np.float32]:
    """Return dense vectors of a language model, centred, along their main directions, with like spread.

    Such vectors all point the same way, so that cosines are high between any two; the mean says nothing of an item.

    Args:
        vectors: (n_items, any) float32; a row of 0 = nothing is known of the item, and it stays 0.
        dim: directions, at most.
        whitening: 0 keeps how far items spread along a direction, 1 makes all directions alike.
    Returns: (n_items, <= dim) float32 with mean square length 1.
    Complexity: O(n_items d²) for d columns; some thousand rows in float64 at a time.
    References: Mu & Viswanath, ICLR 2018 (the mean and the first directions hide meaning).
    """
    known = np.abs(vectors).max(axis=1, initial=0) > 0
    mean = vectors[known].mean(axis=0, dtype=np.float64) if known.any() else 0.0
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(vectors), _BLOCK)]

    def centred(block: slice) -> NDArray[np.float64]:
        return np.where(known[block, None], vectors[block] - mean, 0.0)

    gram = np.zeros((vectors.shape[1],) * 2)
    for block in blocks:
        part = centred(block)
        gram += part.T @ part
    square, turn = np.linalg.eigh(gram)
    spread = np.sqrt(np.maximum(square[::-1], 0))
    directions = (turn[:, ::-1] / np.maximum(spread, 1e-12))[:, :dim]
    unit = np.empty((len(vectors), directions.shape[1]), np.float32)
    for block in blocks:
        unit[block] = centred(block) @ directions
    return _scaled(unit, spread, dim, whitening)


def _scaled(
    unit: NDArray[np.floating[Any]], spread: NDArray[np.floating[Any]], dim: int, whitening: float
) -> NDArray[np.float32]:
    """Return the first directions with their spread to the power 1 - whitening, and mean square length 1."""
    used = np.flatnonzero(spread[:dim] > 1e-4 * spread.max(initial=0))
    vectors = np.take(unit, used, axis=1)
    vectors *= spread[used] ** (1 - whitening)
    size = np.sqrt(np.einsum("jd,jd->", vectors, vectors, dtype=np.float64) / max(len(vectors), 1))
    vectors /= size if size > 0 else 1
    return np.asarray(vectors, np.float32)
