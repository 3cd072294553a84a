"""RP3beta: where a walk of three steps from a person ends, with popular ends made less likely."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.evaluation.metrics import best_of_rows

_PAIRS = 2**22  # pairs of items in memory at a time, unless one item alone has more


def random_walk(
    rows: Any, *, alpha: float = 1.0, beta: float = 0.3, neighbours: int = 500
) -> ItemWeights:
    """Return weights ``Σ_u (p_iu p_uj)^alpha / d_j^beta`` of a walk from item i over a person u on to item j.

    ``p_iu = x_ui / d_i`` and ``p_uj = x_uj / d_u`` are chances of a step, d the sums of columns and rows. The heaviest
    weights of each item are kept; of equal ones those to lower numbers. No weight leads from an item to itself.

    Args:
        rows: (n_people, n_items) float32 CSR, none below 0.
        alpha: below 1 it brings the chances closer together.
        beta: how far popular items are held back, 0 = not at all.
        neighbours: weights kept an item, at most.
    Complexity: the sum over people of their squared row lengths; no items × items array.
    References: Cooper et al., WWW 2014 (P3alpha); Paudel, Christoffel, Newell & Bernstein, TiiS 2017 (RP3beta).
    """
    rows = sparse.csr_array(rows)
    items, columns = np.maximum(rows.sum(axis=0), 1e-12), rows.T.tocsr()
    back = _chances(columns, alpha)  # (n_items, n_people)
    onward = (_chances(rows, alpha) @ sparse.diags_array(items**-beta)).astype(np.float32)
    work = columns.astype(bool).astype(np.int64) @ np.diff(rows.indptr).astype(np.int64)
    block = np.cumsum(np.minimum(work, items.size)) // _PAIRS
    bounds = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), items.size]
    parts = [
        _heaviest(back[start:stop] @ onward, start, neighbours) for start, stop in pairwise(bounds)
    ]
    return ItemWeights("random-walk", sparse.vstack(parts, format="csr"))


def _chances(rows: Any, alpha: float) -> Any:
    chances = sparse.csr_array(rows, copy=True)
    sums = np.repeat(np.maximum(rows.sum(axis=1), 1e-12), np.diff(rows.indptr))
    chances.data = ((rows.data / sums) ** alpha).astype(np.float32)
    return chances


def _heaviest(walks: Any, first: int, most: int) -> Any:
    """Return the heaviest entries of each row but the own one, item ``first`` being that of the first row."""
    count = np.diff(walks.indptr)
    item = np.repeat(np.arange(count.size), count)
    weight, end = walks.data, walks.indices
    weight[item + first == end] = 0
    # Bits of floats from 0 up are ordered as the floats are, so one sort of integers orders the entries of all rows.
    ordered = np.sort((item << 32) | weight.view(np.int32))
    threshold = np.full(count.size, np.finfo(np.float32).tiny)
    crowded = count > most
    last = walks.indptr[1:][crowded] - most
    threshold[crowded] = (ordered[last] & 0xFFFFFFFF).astype(np.int32).view(np.float32)
    heavy = (weight > 0) & (weight >= threshold[item])
    item, end, weight = item[heavy], end[heavy], weight[heavy]
    order = np.lexsort((end, item))
    item, end, weight = item[order], end[order], weight[order]
    kept = best_of_rows(item, weight, threshold, most)
    entries = (weight[kept], (item[kept], end[kept]))
    return sparse.csr_array(entries, shape=walks.shape, dtype=np.float32)
