"""How good ranked lists are, one figure per person.

Relevance is yes or no. A list shorter than k is judged as if its empty places (-1) held something irrelevant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_BLOCK = 32  # items of which the best is looked at first
_TIES = 16  # candidates for each place of a list, above which only the first of equal scores are looked at


def top_k(
    scores: NDArray[np.floating[Any]], k: int, order: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return the numbers of the k best items of each row, best first.

    Args:
        scores: (m, n_items) float, no NaN; -inf means never.
        k: list length.
        order: (n_items,) int64, all items; of equal scores the item that stands first in it wins. None: the lower number,
            so the answer depends on the scores alone.
    Returns: (m, k) int64; -1 fills a row that has fewer than k items above -inf.
    Complexity: O(m n_items) time, one bool for each score in memory.
    """
    m, n_items = scores.shape
    top = np.full((m, k), -1, np.int64)
    width = min(k, n_items)
    if width == 0 or m == 0:
        return top
    least = np.maximum(_least(scores, width), np.finfo(scores.dtype).min)  # -inf never passes
    reached = scores >= least[:, None]
    crowded = np.flatnonzero(np.count_nonzero(reached, axis=1) > _TIES * k)
    reached[crowded] = False
    row, item = np.divmod(np.flatnonzero(reached), n_items)
    few = [_with_first_ties(scores[r], least[r], width, order) for r in crowded.tolist()]
    row = np.concatenate([row, np.repeat(crowded, [part.size for part in few])])
    item = np.concatenate([item, *few])
    place = item
    if order is not None:
        rank = np.empty(n_items, np.int64)
        rank[order] = np.arange(n_items)
        place = rank[item]
    best_first = np.lexsort((place, -scores[row, item], row))
    row, item = row[best_first], item[best_first]
    at = np.arange(row.size) - np.searchsorted(row, np.arange(m))[row]
    top[row[at < width], at[at < width]] = item[at < width]
    return top


def _with_first_ties(
    scores: NDArray[np.floating[Any]], least: float, width: int, order: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Return the items above ``least``, and of those that equal it the first, until there are ``width``."""
    above = np.flatnonzero(scores > least)
    free = max(width - above.size, 0)
    if order is None:
        tied = np.flatnonzero(scores == least)[:free]
    else:
        tied = order[np.flatnonzero(scores[order] == least)[:free]]
    return np.concatenate([above, tied])


def _least(scores: NDArray[np.floating[Any]], width: int) -> NDArray[np.floating[Any]]:
    """Return for each row a score that at least ``width`` items of it reach, (m,), near the lowest of the best.

    The ``width``-th highest of the maxima of blocks is such a score, and much cheaper than that of all items.
    """
    m, n_items = scores.shape
    whole = n_items // _BLOCK * _BLOCK
    if n_items // _BLOCK < 4 * width:
        return np.asarray(np.partition(scores, n_items - width, axis=1)[:, n_items - width])
    highest = scores[:, :whole].reshape(m, -1, _BLOCK).max(axis=2)
    return np.asarray(np.partition(highest, highest.shape[1] - width, axis=1)[:, -width])


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
    return _find(top, *_pairs(relevant), relevant.shape[1])


def ranking_figures(top: NDArray[np.int64], relevant: Any) -> dict[str, NDArray[np.float64]]:
    """Return all figures of this module, finding the hits once.

    The mean of ``mrr@k`` over people is the mean reciprocal rank, the mean of ``map@k`` the mean average precision.

    Args:
        top: (m, k) int64 ranked item numbers, distinct in a row; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: ``recall@k``, ``precision@k``, ``hit_rate@k``, ``ndcg@k``, ``mrr@k`` and ``map@k`` with k in figures,
        each (m,) float64, NaN for a person with nothing relevant.
    Complexity: O(e log e + m k log e) time for e relevant pairs.
    """
    hit, wanted = _judge(top, relevant)
    return {f"{name}@{top.shape[1]}": figure(hit, wanted) for name, figure in _FIGURES.items()}


def recall(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the share of each person's relevant items that stand in the list.

    The denominator is the number of relevant items, also when it is above k.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Manning, Raghavan & Schütze, Introduction to Information Retrieval, 2008, ch. 8.
    """
    return _recall(*_judge(top, relevant))


def precision(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the share of each list's places that hold a relevant item.

    The denominator is k, also for a list that is shorter and for a person with fewer relevant items.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Manning, Raghavan & Schütze, Introduction to Information Retrieval, 2008, ch. 8.
    """
    return _precision(*_judge(top, relevant))


def hit_rate(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return 1 for each list that holds a relevant item and 0 for one that does not.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Deshpande & Karypis, TOIS 2004.
    """
    return _hit_rate(*_judge(top, relevant))


def reciprocal_rank(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return 1 / p for a first hit at place p = 1, 2, …, and 0 for a list without one; the mean over people is MRR.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Voorhees, TREC-8 question answering track, 1999.
    """
    return _reciprocal_rank(*_judge(top, relevant))


def average_precision(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the sum of the precision at each hit's place over the number of relevant items; the mean is MAP.

    The denominator is all relevant items, also when there are more than k, as in trec_eval's ``map_cut``: a list
    of k hits then stays below 1. Some libraries divide by min(k, relevant) instead.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Buckley & Voorhees, SIGIR 2000.
    """
    return _average_precision(*_judge(top, relevant))


def ndcg(top: NDArray[np.int64], relevant: Any) -> NDArray[np.float64]:
    """Return the normalised discounted cumulative gain of each list, relevance being yes or no.

    A hit at place p = 1, 2, … gains 1 / log2(p + 1); the ideal list holds min(k, relevant) hits first.

    Args:
        top: (m, k) int64 ranked item numbers; -1 = no item.
        relevant: (m, n_items) CSR.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Järvelin & Kekäläinen, TOIS 2002.
    """
    return _ndcg(*_judge(top, relevant))


def share(part: ArrayLike, whole: ArrayLike) -> NDArray[np.float64]:
    """Return ``part / whole``, NaN where the whole is 0.

    Args:
        part: float or int, of a shape that broadcasts with that of ``whole``.
        whole: float or int, at least 0.
    """
    part, whole = np.asarray(part), np.asarray(whole)
    answer = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=answer, where=whole > 0)
    return answer


def _judge(top: NDArray[np.int64], relevant: Any) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return the hits (m, k) and the number of relevant items (m,)."""
    row, item = _pairs(relevant)
    wanted = np.bincount(row, minlength=relevant.shape[0])
    return _find(top, row, item, relevant.shape[1]), wanted


def _pairs(relevant: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = relevant.tocoo()
    above = pairs.data > 0
    return pairs.row[above].astype(np.int64), pairs.col[above].astype(np.int64)


def _find(
    top: NDArray[np.int64], row: NDArray[np.int64], item: NDArray[np.int64], n_items: int
) -> NDArray[np.bool_]:
    if row.size == 0:
        return np.zeros(top.shape, np.bool_)
    wanted = np.sort(row * n_items + item)
    keys = np.arange(top.shape[0], dtype=np.int64)[:, None] * n_items + top
    found = wanted[np.minimum(np.searchsorted(wanted, keys), wanted.size - 1)] == keys
    return np.asarray(found & (top >= 0))


# The figures on the hit matrix: hit (m, k) bool, wanted (m,) the number of relevant items.
def _recall(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    return share(hit.sum(axis=1), wanted)


def _precision(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    return share(hit.sum(axis=1), np.where(wanted > 0, hit.shape[1], 0))


def _hit_rate(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    return share(hit.any(axis=1), wanted > 0)


def _reciprocal_rank(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    place = np.arange(1, hit.shape[1] + 1)
    return share((hit / place).max(axis=1, initial=0.0), wanted > 0)


def _average_precision(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    place = np.arange(1, hit.shape[1] + 1)
    return share((hit * np.cumsum(hit, axis=1) / place).sum(axis=1), wanted)


def _ndcg(hit: NDArray[np.bool_], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    k = hit.shape[1]
    discount = 1.0 / np.log2(np.arange(k) + 2.0)
    ideal = np.concatenate(([0.0], np.cumsum(discount)))
    return share(hit @ discount, ideal[np.minimum(wanted, k)])


_Figure = Callable[[NDArray[np.bool_], NDArray[np.int64]], NDArray[np.float64]]
_FIGURES: dict[str, _Figure] = {
    "recall": _recall,
    "precision": _precision,
    "hit_rate": _hit_rate,
    "ndcg": _ndcg,
    "mrr": _reciprocal_rank,
    "map": _average_precision,
}
