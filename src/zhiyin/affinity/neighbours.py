"""Item-kNN: each item's nearest others by whom they share."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from zhiyin.evaluation.metrics import best_of_rows

_PAIRS = 2**22  # similarities in memory at a time, unless one item alone has more


def nearest_items(rows: Any, *, neighbours: int = 200, shrinkage: float = 10.0) -> Any:
    """Return each item's nearest items by shrunk cosine, ``x_i·x_j / (|x_i| |x_j| + shrinkage)``.

    Of equally near items those with lower numbers are kept. An item is not its own neighbour.

    Args:
        rows: (n_people, n_items) float32 CSR.
        neighbours: how many are kept an item, at most.
        shrinkage: pulls likeness that rests on few people toward 0.
    Returns: (n_items, n_items) float32 CSR, row i = neighbours of i; columns ascending.
    Complexity: the sum over people of their squared row lengths; no items × items array.
    References: Sarwar et al., WWW 2001; shrinkage as in Bell & Koren, KDD Cup 2007.
    """
    rows = sparse.csr_array(rows)
    n_items = rows.shape[1]
    columns = rows.T.tocsr()
    norms = np.sqrt(columns.multiply(columns).sum(axis=1)).astype(np.float32)
    work = columns.astype(bool).astype(np.int64) @ np.diff(rows.indptr).astype(np.int64)
    ends = np.flatnonzero(np.diff(np.cumsum(np.minimum(work, n_items)) // _PAIRS)) + 1
    bounds = [0, *ends.tolist(), n_items]
    parts = [
        _nearest(columns, rows, norms, slice(start, stop), neighbours, shrinkage)
        for start, stop in pairwise(bounds)
    ]
    return sparse.vstack(parts, format="csr")


def _nearest(
    columns: Any, rows: Any, norms: Any, block: slice, neighbours: int, shrinkage: float
) -> Any:
    shared = columns[block] @ rows
    count = np.diff(shared.indptr)
    item = np.repeat(np.arange(count.size), count)
    near = shared.data / (norms[block][item] * norms[shared.indices] + np.float32(shrinkage))
    near[item + block.start == shared.indices] = 0
    # Bits of floats from 0 up are ordered as the floats are, so one sort of integers orders each item's neighbours.
    ordered = np.sort((item << 32) | near.view(np.int32))
    threshold = np.full(count.size, np.finfo(np.float32).tiny)
    crowded = count > neighbours
    last = shared.indptr[1:][crowded] - neighbours
    threshold[crowded] = (ordered[last] & 0xFFFFFFFF).astype(np.int32).view(np.float32)
    near_enough = near >= threshold[item]
    item, neighbour, near = item[near_enough], shared.indices[near_enough], near[near_enough]
    order = np.lexsort((neighbour, item))
    item, neighbour, near = item[order], neighbour[order], near[order]
    kept = (near > 0) & best_of_rows(item, near, threshold, neighbours)
    entries = (near[kept], (item[kept], neighbour[kept]))
    return sparse.csr_array(entries, shape=(count.size, columns.shape[0]), dtype=np.float32)


def nearest_bytes(rows: Any, neighbours: int) -> int:
    """Return the bytes that ``nearest_items`` takes beside the rows, (n_people, n_items) CSR."""
    pairs = int((np.diff(rows.indptr).astype(np.int64) ** 2).sum())
    kept = min(neighbours * rows.shape[1], pairs)
    return int(12 * kept + 40 * min(_PAIRS, pairs) + 16 * rows.nnz)
