"""How good ranked lists are, one figure per person."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def top_k(scores: NDArray[np.floating[Any]], k: int) -> NDArray[np.int64]:
    """Return the numbers of the k best items of each row, best first.

    Equal scores are ordered by lower item number, so the answer depends on the scores alone.

    Args:
        scores: (m, n_items) float, no NaN; -inf means never.
        k: list length.
    Returns: (m, k) int64; -1 fills a row that has fewer than k items above -inf.
    Complexity: O(m n_items) time, one copy of ``scores`` in memory.
    """
    m, n_items = scores.shape
    top = np.full((m, k), -1, np.int64)
    width = min(k, n_items)
    if width == 0 or m == 0:
        return top
    threshold = np.partition(scores, n_items - width, axis=1)[:, n_items - width]
    threshold = np.maximum(threshold, np.finfo(scores.dtype).min)  # -inf never passes
    row, item = np.divmod(np.flatnonzero(scores >= threshold[:, None]), n_items)
    value = scores[row, item]
    kept = best_of_rows(row, value, threshold, width)
    row, item, value = row[kept], item[kept], value[kept]
    order = np.lexsort((item, -value, row))
    row, item = row[order], item[order]
    top[row, np.arange(row.size) - np.searchsorted(row, np.arange(m))[row]] = item
    return top


def best_of_rows(
    row: NDArray[np.int64],
    value: NDArray[np.floating[Any]],
    threshold: NDArray[np.floating[Any]],
    width: int,
) -> NDArray[np.bool_]:
    """Say which entries are above their row's threshold, filling up to ``width`` a row with the first that equal it.

    Args:
        row: (e,) int64, ascending.
        value: (e,) float.
        threshold: (m,) float, at most ``width`` entries of a row are above it.
        width: entries kept a row, at most.
    Returns: (e,) bool.
    """
    limit = threshold[row]
    above, tied = value > limit, value == limit
    room = width - np.bincount(row[above], minlength=threshold.size)
    ties = np.concatenate(([0], np.cumsum(tied)))
    row_start = np.searchsorted(row, np.arange(threshold.size))
    return np.asarray(above | (tied & (ties[1:] - ties[row_start][row] <= room[row])))


def hits(top: NDArray[np.int64], relevant: Any) -> NDArray[np.bool_]:
    """Say which places of the lists hold a relevant item.

    Args:
        top: (m, k) int64 ranked item numbers, distinct in a row; -1 = no item.
        relevant: (m, n_items) CSR; what is stored with a value above 0 is relevant.
    Returns: (m, k) bool.
    """
    n_items = relevant.shape[1]
    row, item = relevant.nonzero()
    wanted = np.sort(row.astype(np.int64) * n_items + item)
    keys = np.arange(top.shape[0], dtype=np.int64)[:, None] * n_items + top
    if wanted.size == 0:
        return np.zeros(top.shape, np.bool_)
    found = wanted[np.minimum(np.searchsorted(wanted, keys), wanted.size - 1)] == keys
    return np.asarray(found & (top >= 0))


def recall(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the share of each person's relevant items that stand in the list.

    The denominator is the number of relevant items, also when it is above k.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    """
    return _share(hits(top, relevant).sum(axis=1), _count(relevant))


def ndcg(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the normalised discounted cumulative gain of each list, relevance being yes or no.

    A hit at place p = 1, 2, … gains 1 / log2(p + 1); the ideal list holds min(k, relevant) hits first.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Järvelin & Kekäläinen, TOIS 2002.
    """
    k = top.shape[1]
    discount = 1.0 / np.log2(np.arange(k) + 2.0)
    ideal = np.concatenate(([0.0], np.cumsum(discount)))
    return _share(hits(top, relevant) @ discount, ideal[np.minimum(_count(relevant), k)])


def _count(relevant: Any) -> NDArray[np.int64]:
    return np.bincount(relevant.nonzero()[0], minlength=relevant.shape[0])


def _share(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    share = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
