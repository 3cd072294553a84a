"""Which items go with which: by the people who chose both, and by their texts where too few did."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.neighbours import nearest_items

MOST = 10
_SHRINKAGE = 1.0  # more, and the same popular items go with everything
_CELLS = 2**24  # likenesses in memory at a time


def related_items(
    chosen: Any, vectors: NDArray[np.floating[Any]], most: int = MOST
) -> NDArray[np.int64]:
    """Return the items nearest to each: first by who chose them, then by text, as many as are missing.

    Args:
        chosen: (n_people, n) float32 CSR, 0 or more.
        vectors: (n, dim) unit rows, 0 where there is no text.
        most: r.
    Returns: (n, r) int64, best first, -1 fills; no item is its own.
    Complexity: that of ``nearest_items``, and O(n dim) for each item that fewer than r others go with by people;
        O(n r) memory beside a block of 2**24 likenesses.

    >>> from scipy import sparse
    >>> chosen = sparse.csr_array(np.array([[1, 1, 0], [1, 1, 0]], np.float32))
    >>> related_items(chosen, np.array([[1.0, 0], [0, 1], [1, 0]]), most=2).tolist()
    [[1, 2], [0, -1], [0, -1]]
    """
    near = nearest_items(chosen, neighbours=most, shrinkage=_SHRINKAGE)
    count = np.diff(near.indptr)
    item = np.repeat(np.arange(count.size), count)
    order = np.lexsort((-near.data, item))
    found = np.full((count.size, most), -1, np.int64)
    found[item, np.arange(item.size) - near.indptr[item]] = near.indices[order]
    wanting = np.flatnonzero((count < most) & np.asarray(vectors, bool).any(axis=1))
    texts = np.asarray(vectors, np.float32)
    block = max(_CELLS // max(len(texts), 1), 1)
    for start in range(0, wanting.size, block):
        rows = wanting[start : start + block]
        _complete(found, rows, count[rows], texts)
    return found


def _complete(
    found: NDArray[np.int64],
    rows: NDArray[np.int64],
    count: NDArray[np.integer[Any]],
    texts: NDArray[np.float32],
) -> None:
    """Put the nearest by text behind what is found already, without repeating any."""
    likeness = texts[rows] @ texts.T  # (m, n)
    likeness[np.arange(rows.size), rows] = 0
    known = np.repeat(np.arange(rows.size), count)
    likeness[known, found[rows][found[rows] >= 0]] = 0
    best = _highest(likeness, found.shape[1])
    for place, row in enumerate(rows.tolist()):
        more = best[place][likeness[place, best[place]] > 0][: found.shape[1] - count[place]]
        found[row, count[place] : count[place] + more.size] = more


def _highest(likeness: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return (m, <= most) places of the highest of each row, best first."""
    n = likeness.shape[1]
    if n <= most:
        return np.argsort(-likeness, axis=1, kind="stable")
    best = np.argpartition(-likeness, most, axis=1)[:, :most]
    order = np.argsort(-np.take_along_axis(likeness, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)
