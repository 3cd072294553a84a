"""What a training will hold in memory, said before anything is allocated."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.restricted import CELLS
from zhiyin.affinity.row_files import bounds
from zhiyin.errors import DataError

PROCESS_BYTES = 85 * 2**20
"""A Python process with NumPy and SciPy loaded, before it does anything."""

MEMORY_GB = 8.0
"""What training stays within unless told otherwise."""

PART_SHARE = 1 / 3
"""Of which one part of a blend may take so much while it is fitted: data and finished parts stand beside it."""

PART_BYTES = int(MEMORY_GB * 1e9 * PART_SHARE)
"""The same in bytes."""

GRAM_BLOCK = 1024
"""Rows of a dense Gram matrix that ``Evidence`` adds to at a time."""

_CHUNK = 2**22  # entries looked at at a time
_SAMPLE = 512  # items whose pairs are counted to predict those of the others


def ease_bytes(n_items: int) -> int:
    """Return the bytes of ``ease`` on its own Gram matrix beside the rows: that matrix, and a block that is added to it.

    >>> ease_bytes(10_000) / 1e9
    0.52288
    """
    return 4 * n_items**2 + 12 * n_items * min(n_items, GRAM_BLOCK)


def dual_bytes(n_people: int, entries: int) -> int:
    """Return the bytes of ``DualEase.fit`` beside the rows: the same on the people's side, and the rows by column.

    Args:
        n_people: side of the kernel.
        entries: of the rows.
    """
    return ease_bytes(n_people) + 8 * entries


def restricted_bytes(gram_entries: int, n: int, neighbours: int) -> int:
    """Return the bytes of ``restricted_weights``: the Gram matrix, the neighbours, and systems or finished weights.

    Args:
        gram_entries: stored in the sparse Gram matrix: the sum of ``gram_row_entries``.
        n: side of it.
        neighbours: of a column.
    """
    k = max(1, min(neighbours, n - 1))
    systems = (4 * k + 30) * min(n * k, CELLS // k)
    return 8 * gram_entries + 12 * n * k + max(systems, 22 * n * k)


def gram_row_entries(rows: Any, columns: Any, *, seed: int = 0) -> NDArray[np.float64]:
    """Predict with how many items each item shares a person: the entries of a row of the sparse Gram matrix.

    They are counted for some items, and read off for the others by how many pairs must be added up for them.

    Args:
        rows: (n_people, n_items) CSR.
        columns: (n_items, n_people) CSR, the same transposed.
        seed: of the choice of items.
    Returns: (n_items,) float64.
    Complexity: the pairs of some 512 items.
    """
    work = pairs_of_items(rows, columns)
    order = np.argsort(work, kind="stable")
    steps = np.linspace(0, work.size, min(_SAMPLE, work.size) + 1).astype(np.int64)
    rng = np.random.default_rng(seed)
    drawn = order[[int(rng.integers(start, stop)) for start, stop in pairwise(steps.tolist())]]
    drawn = np.union1d(drawn, order[-1:])
    if not drawn.size:
        return np.zeros(0)
    drawn = drawn[np.argsort(work[drawn], kind="stable")]
    counted = np.array([(columns[[item]] @ rows).nnz for item in drawn.tolist()])
    share = counted / np.maximum(work[drawn], 1)
    return np.asarray(np.interp(np.log1p(work), np.log1p(work[drawn]), share) * work)


def pairs_of_items(rows: Any, columns: Any) -> NDArray[np.int64]:
    """Return how many pairs are added up for each item, (n_items,) int64: the lengths of the rows of its people."""
    length = np.diff(rows.indptr)
    pairs = np.zeros(columns.shape[0], np.int64)
    for start, stop in pairwise(bounds(np.diff(columns.indptr), _CHUNK)):
        indptr = columns.indptr[start : stop + 1]
        summed = np.cumsum(length[columns.indices[indptr[0] : indptr[-1]]], dtype=np.int64)
        pairs[start:stop] = np.diff(np.concatenate([[0], summed])[indptr - indptr[0]])
    return pairs


def refuse(needed: Mapping[str, int], limit: int, *, next_step: str) -> None:
    """Refuse what would need more than ``limit`` bytes.

    Args:
        needed: what is held at the same time → bytes.
        limit: bytes.
        next_step: what else could be done.
    Raises: DataError when the sum is above the limit.

    >>> refuse({"Gram matrix": ease_bytes(100_000)}, 8 * 10**9, next_step="restrict it to neighbours")
    Traceback (most recent call last):
    zhiyin.errors.DataError: affinity.memory: 41.2 GB of memory would be needed, Gram matrix 41.2. Expected at most 8 GB. Next: restrict it to neighbours.
    """
    excess = _excess(needed, limit, next_step)
    if excess:
        raise excess


def too_large(needed: Mapping[str, int], limit: int) -> str:
    """Return why a part of a blend that would need more than ``limit`` bytes is left out; nothing where it fits."""
    excess = _excess(needed, limit, "raise memory_gb; a part of the model may take a third of it")
    return str(excess or "")


def _excess(needed: Mapping[str, int], limit: int, next_step: str) -> DataError | None:
    total = sum(needed.values())
    if total <= limit:
        return None
    parts = ", ".join(f"{what} {size / 1e9:.3g}" for what, size in needed.items())
    return DataError(
        f"{total / 1e9:.3g} GB of memory would be needed, {parts}",
        where="affinity.memory",
        expected=f"at most {limit / 1e9:.3g} GB",
        next_step=next_step,
    )


def dense_side(limit: int) -> int:
    """Return the largest side whose Gram matrix and weights, both dense, take at most ``limit`` bytes.

    >>> dense_side(2 * 10**9)
    15062
    """
    return int(((12 * GRAM_BLOCK) ** 2 + 32 * limit) ** 0.5 - 12 * GRAM_BLOCK) // 16
