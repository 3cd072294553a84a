"""Parts of the people or of the held-out items on which the same lists are judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.errors import SettingsError


def history_slices(
    length: NDArray[np.int64], bounds: Sequence[int] = (0, 1, 3, 8, 32)
) -> dict[str, NDArray[np.bool_]]:
    """Part people by how much training knows of them.

    Args:
        length: (p,) int64 training events, or distinct items, of each person; not negative.
        bounds: smallest length of each slice, ascending from 0; the last slice has no end.
    Returns: name such as ``history 3-7`` or ``history 32+`` → (p,) bool, shortest first; every person is in exactly
        one slice, and a slice without people is left out.
    Raises: SettingsError when the bounds do not ascend from 0.
    Complexity: O(p) for each slice.

    >>> {name: who.tolist() for name, who in history_slices(np.array([0, 2, 40])).items()}
    {'history 0': [True, False, False], 'history 1-2': [False, True, False], 'history 32+': [False, False, True]}
    """
    if not bounds or bounds[0] != 0 or any(np.diff(bounds) <= 0):
        raise SettingsError(
            f"bounds are {tuple(bounds)}",
            where="history_slices",
            expected="whole numbers that ascend from 0",
            next_step="pass bounds such as (0, 1, 3, 8, 32)",
        )
    names = [
        f"history {low}" if high == low + 1 else f"history {low}-{high - 1}"
        for low, high in pairwise(bounds)
    ]
    names.append(f"history {bounds[-1]}+")
    slice_of = np.searchsorted(bounds, length, side="right") - 1
    return {name: slice_of == s for s, name in enumerate(names) if np.any(slice_of == s)}


def popularity_slices(
    relevant: Any, popularity: NDArray[Any], share: float = 0.5
) -> dict[str, Any]:
    """Part what is held out into that of popular and that of rare items.

    The head is the fewest items, most popular first, that together hold at least ``share`` of the training
    interactions; the tail is the rest. Of equally popular items the lower number comes first, and an item without
    training interactions is always in the tail.

    Args:
        relevant: (m, n_items) CSR.
        popularity: (n_items,) training interactions of each item, not negative.
        share: of the training interactions that the head holds.
    Returns: ``head`` and ``tail`` → (m, n_items) CSR, ``relevant`` with the entries of those items only; a person
        without any is not judged on that slice.
    Complexity: O(n_items log n_items + nnz).
    References: Cremonesi, Koren & Turrin, RecSys 2010 (there the head holds a third).

    >>> held_out = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]]))
    >>> parts = popularity_slices(held_out, np.array([6, 3, 1]))
    >>> parts["head"].toarray().tolist(), parts["tail"].toarray().tolist()
    ([[1, 0, 0], [0, 0, 0]], [[0, 1, 0], [0, 1, 1]])
    """
    order = np.argsort(-np.asarray(popularity, np.float64), kind="stable")
    held = np.concatenate(([0.0], np.cumsum(popularity[order], dtype=np.float64)))
    head = np.zeros(order.size, np.bool_)
    head[order] = held[:-1] < share * held[-1]  # what the items before it hold is not yet enough
    return {"head": restricted(relevant, head), "tail": restricted(relevant, ~head)}


def restricted(relevant: Any, items: NDArray[np.bool_]) -> Any:
    """Keep only the entries of some items, so that the same lists are judged on those alone.

    Args:
        relevant: (m, n_items) CSR.
        items: (n_items,) bool, which to keep.
    Returns: (m, n_items) CSR; rows and columns keep their numbers.
    Complexity: O(m + nnz).
    """
    kept = items[relevant.indices]
    indptr = np.concatenate(([0], np.cumsum(kept)))[relevant.indptr]
    return sparse.csr_array(
        (relevant.data[kept], relevant.indices[kept], indptr), shape=relevant.shape
    )
