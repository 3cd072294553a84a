"""How good the order of lists is of whose items it is known how good they are."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def ndcg_of_order(order: NDArray[np.int64], gains: NDArray[np.floating[Any]], k: int) -> float:
    """Return the NDCG@k of one list; NaN where nothing has a gain.

    Args:
        order: (m,) places in ``gains``, best first; what is left out was not found.
        gains: (n,) how good each item is, 0 or more.
        k: places that count.

    >>> round(ndcg_of_order(np.array([1, 0]), np.array([1.0, 0.0]), 10), 3)
    0.631
    """
    worth = 1 / np.log2(np.arange(k) + 2)
    own, best = gains[order[:k]], np.sort(gains)[::-1][:k]
    most = float(best @ worth[: best.size])
    return float(own @ worth[: own.size]) / most if most > 0 else math.nan


def graded_ndcg(
    query: NDArray[np.int64],
    gains: NDArray[np.floating[Any]],
    scores: NDArray[np.floating[Any]],
    k: int,
) -> NDArray[np.float64]:
    """Return the NDCG@k of each list in the order of scores, (q,) float64; NaN where nothing has a gain.

    Gains are linear. Equal scores stand in the order given.

    Args:
        query: (r,) the list of each item, from 0, ascending.
        gains: (r,) how good each is, 0 or more.
        scores: (r,).
        k: places that count.
    References: Järvelin & Kekäläinen, TOIS 2002.

    >>> graded_ndcg(np.array([0, 0]), np.array([1.0, 0.0]), np.array([1.0, 2.0]), 10).round(3).tolist()
    [0.631]
    """
    n = int(query[-1]) + 1 if query.size else 0
    found = np.empty((2, n))
    for place, values in enumerate((scores, gains)):
        order = np.lexsort((-values, query))
        rank = np.arange(order.size) - np.searchsorted(query, query)
        worth = np.where(rank < k, gains[order] / np.log2(rank + 2), 0.0)
        found[place] = np.bincount(query, worth, n)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(found[1] > 0, found[0] / found[1], np.nan))
