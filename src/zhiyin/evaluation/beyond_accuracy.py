"""What lists are beside accurate: how widely they spread, how new, varied, surprising and true to taste they are.

Lists are (m, k) int64 item numbers, distinct in a row; a place with -1 holds no item and is ignored.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.errors import UnknownEntity
from zhiyin.evaluation.metrics import hits, share

SMOOTHING = 0.01
"""Share of the history's own categories that ``calibration_kl`` mixes into those of a list."""

_CELLS = 2**22  # float64 values in memory at a time


def exposure(top: NDArray[np.int64], n_items: int) -> NDArray[np.int64]:
    """Return in how many lists each item stands.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        n_items: size of the catalogue.
    Returns: (n_items,) int64.
    Raises: UnknownEntity when a list holds an item outside the catalogue.
    """
    if top.max(initial=-1) >= n_items:
        raise UnknownEntity(
            f"a list holds item number {top.max()}",
            where="exposure",
            expected=f"numbers below {n_items}, the size of the catalogue",
        )
    return np.bincount(top[top >= 0], minlength=n_items)


def coverage(shown: NDArray[np.int64]) -> float:
    """Return the share of the catalogue that is shown at least once.

    Args:
        shown: (n_items,) int64, see ``exposure``.
    Returns: NaN for an empty catalogue.
    References: Ge, Delgado-Battenfeld & Jannach, RecSys 2010.
    """
    return float(share(np.sum(shown > 0), shown.size))


def gini(shown: NDArray[np.int64]) -> float:
    """Return how unequally exposure is spread over the catalogue, items never shown included.

    Half the mean difference between two items, over the mean: 0 when all are shown alike, 1 - 1 / n_items when one
    item takes all.

    Args:
        shown: (n_items,) int64, see ``exposure``.
    Returns: NaN when nothing is shown.
    Complexity: O(n_items log n_items).
    References: Gini 1912; Fleder & Hosanagar, Management Science 2009.
    """
    n = shown.size
    ascending = np.sort(shown).astype(np.float64)
    weight = 2.0 * np.arange(1, n + 1) - n - 1
    return float(share(weight @ ascending, n * ascending.sum()))


def entropy(shown: NDArray[np.int64]) -> float:
    """Return the Shannon entropy of exposure in bits.

    0 when one item takes all; at most log2(n_items), when all are shown alike. Items never shown add nothing.

    Args:
        shown: (n_items,) int64, see ``exposure``.
    Returns: NaN when nothing is shown.
    References: Shannon 1948.
    """
    count = shown[shown > 0].astype(np.float64)
    total = count.sum()
    return float(share(count @ np.log2(total / count), total))


def novelty(top: NDArray[np.int64], history: Any) -> NDArray[np.float64]:
    """Return the mean over each list of -log2 p, p being the share of people who had the item.

    p = (people who had it + 1) / (people + 1), as if one more person had had everything: an item nobody had gives
    log2(people + 1) bits, one that everybody had gives 0.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        history: (n_people, n_items) CSR of training; what is stored with a value above 0 was had.
    Returns: (m,) float64 bits, NaN for an empty list.
    References: Zhou et al., PNAS 2010; Vargas & Castells, RecSys 2011.
    """
    people = np.asarray((history > 0).sum(axis=0)).ravel()
    bits = np.log2((history.shape[0] + 1) / (people + 1))
    place = top >= 0
    total = np.zeros(top.shape)
    total[place] = bits[top[place]]
    return share(total.sum(axis=1), place.sum(axis=1))


def intra_list_distance(top: NDArray[np.int64], vectors: Any) -> NDArray[np.float64]:
    """Return the mean of 1 - cosine over all pairs of items of each list.

    An item whose vector is zero is like nothing and unlike nothing: it is left out as if its place were empty.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        vectors: (n_items, dim) float array or CSR, of any length.
    Returns: (m,) float64 in [0, 2], NaN for a list with fewer than two items to compare.
    Complexity: O(m k dim) time, or O(m k stored values a row) for CSR; bounded memory.
    References: Ziegler et al., WWW 2005; Smyth & McClave, ICCBR 2001.
    """
    width = vectors.shape[1]
    if sparse.issparse(vectors):
        width = int(np.diff(vectors.indptr).max(initial=0))
    step = max(1, _CELLS // max(1, top.shape[1] * width))
    distance = np.empty(top.shape[0])
    for start in range(0, distance.size, step):
        distance[start : start + step] = _distance(top[start : start + step], vectors)
    return distance


def serendipity(
    top: NDArray[np.int64], relevant: Any, expected: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the share of each list's k places that hold something relevant and not expected.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        relevant: (m, n_items) CSR; what is stored with a value above 0 is relevant.
        expected: (m, k') int64 lists of a primitive recommender such as popularity, for the same people; -1 = no item.
    Returns: (m,) float64, NaN for a person with nothing relevant.
    References: Ge, Delgado-Battenfeld & Jannach, RecSys 2010; Murakami et al., JSAI 2008.
    """
    wanted = np.asarray((relevant > 0).sum(axis=1)).ravel()
    surprise = hits(top, relevant) & ~hits(top, as_rows(expected, relevant.shape[1]))
    return share(surprise.sum(axis=1), np.where(wanted > 0, top.shape[1], 0))


def calibration_kl(top: NDArray[np.int64], history: Any, categories: Any) -> NDArray[np.float64]:
    """Return how far the categories of each list are from those of the person's history.

    KL(p || 0.99 q + 0.01 p) in nats, p and q being the shares of the categories in the history and in the list. An
    item spreads its weight over its categories; one without a category adds nothing. Places of a list weigh alike.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        history: (m, n_items) CSR of the same people, values at least 0 are weights.
        categories: (n_items, n_categories) CSR, values at least 0; a row is scaled to sum to 1.
    Returns: (m,) float64 from 0 to ln 100 = 4.61, NaN where history or list has no item with a category.
    Complexity: O(m n_categories) time beside the sparse products, bounded memory.
    References: Steck, RecSys 2018.
    """
    spread = sparse.csr_array(categories, dtype=np.float64)
    total = spread.sum(axis=1)
    scale = np.divide(1.0, total, out=np.zeros(total.size), where=total > 0)
    spread = sparse.diags_array(scale) @ spread
    lists = as_rows(top, spread.shape[0])
    step = max(1, _CELLS // max(1, spread.shape[1]))
    divergence = np.empty(top.shape[0])
    for start in range(0, divergence.size, step):
        part = slice(start, start + step)
        divergence[part] = _divergence(
            _shares((history[part] @ spread).toarray()), _shares((lists[part] @ spread).toarray())
        )
    return divergence


def as_rows(top: NDArray[np.int64], n_items: int) -> Any:
    """Return lists, (m, k) int64 with -1 for no item, as an (m, n_items) float64 CSR of ones."""
    row, place = np.nonzero(top >= 0)
    ones = np.ones(row.size, np.float64)
    return sparse.csr_array((ones, (row, top[row, place])), shape=(top.shape[0], n_items))


def _distance(top: NDArray[np.int64], vectors: Any) -> NDArray[np.float64]:
    row, place = np.nonzero(top >= 0)
    chosen = vectors[top[row, place]].astype(np.float64)  # (e, dim)
    if sparse.issparse(chosen):
        chosen = sparse.csr_array(chosen)
    length = np.sqrt((chosen * chosen).sum(axis=1))
    scale = np.divide(1.0, length, out=np.zeros(row.size), where=length > 0)
    into_lists = sparse.csr_array(
        (scale, (row, np.arange(row.size))), shape=(top.shape[0], row.size)
    )
    # The square of a sum of unit vectors is the sum of the cosines of all ordered pairs, selves included.
    total = into_lists @ chosen  # (m, dim)
    cosines = (total * total).sum(axis=1)
    count = np.bincount(row[length > 0], minlength=top.shape[0])
    return np.maximum(1.0 - share(cosines - count, count * (count - 1)), 0.0)


def _shares(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return share(weights, weights.sum(axis=1, keepdims=True))


def _divergence(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the KL divergence of each row, NaN where a row of either is NaN."""
    mixed = (1.0 - SMOOTHING) * q + SMOOTHING * p
    ratio = np.divide(p, mixed, out=np.ones(p.shape), where=p > 0)
    return np.asarray(np.maximum((p * np.log(ratio)).sum(axis=1), 0.0))
