"""How well lists cover the aspects, such as categories, of what a person wants.

Lists are (m, k) int64 item numbers, distinct in a row; a place with -1 holds no item.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.evaluation.beyond_accuracy import as_rows
from zhiyin.evaluation.metrics import hits, share


def alpha_ndcg(
    top: NDArray[np.int64], relevant: Any, aspects: Any, *, alpha: float = 0.5
) -> NDArray[np.float64]:
    """Return the NDCG of each list in which another hit of an aspect gains less than the one before.

    A relevant item gains (1 - alpha)^r for each of its aspects, r being the hits with that aspect above it, discounted
    by 1 / log2(place + 1). The ideal list takes at each place the relevant item that gains most. Where each item has
    one aspect that is the best list there is; else a list may come out slightly above 1.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        relevant: (m, n_items) CSR; what is stored with a value above 0 is relevant.
        aspects: (n_items, n_aspects) CSR; an item has those stored with a value above 0.
        alpha: from 0, where nothing is lost by repeating, to 1, where only the first hit of an aspect counts.
    Returns: (m,) float64, NaN for a person with no relevant item that has an aspect.
    Complexity: O(k r a) time for a person with r relevant items of a aspects.
    References: Clarke et al., SIGIR 2008.
    """
    has, wanted = _yes(aspects), _yes(relevant)
    discount = 1.0 / np.log2(np.arange(top.shape[1]) + 2.0)
    found = np.where(hits(top, relevant), top, -1)
    gained, ideal = np.zeros(top.shape[0]), np.zeros(top.shape[0])
    for row, places in enumerate(found):
        of_person = wanted.indices[wanted.indptr[row] : wanted.indptr[row + 1]]
        choice = has[of_person].toarray()  # (r, n_aspects)
        ideal[row] = _ideal(choice[:, choice.any(axis=0)], discount, alpha)
        at = np.flatnonzero(places >= 0)
        hit = has[places[at]].toarray()
        above = np.cumsum(hit, axis=0) - hit
        gained[row] = (hit * (1.0 - alpha) ** above).sum(axis=1) @ discount[at]
    return share(gained, ideal)


def subtopic_recall(top: NDArray[np.int64], relevant: Any, aspects: Any) -> NDArray[np.float64]:
    """Return the share of the aspects a person wants that the list has an item of (S-recall).

    Wanted are the aspects of what is relevant. An item covers its aspects whether or not it is relevant itself.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        relevant: (m, n_items) CSR; what is stored with a value above 0 is relevant.
        aspects: (n_items, n_aspects) CSR; an item has those stored with a value above 0.
    Returns: (m,) float64, NaN for a person with no relevant item that has an aspect.
    Complexity: two sparse products.
    References: Zhai, Cohen & Lafferty, SIGIR 2003.
    """
    has = _yes(aspects)
    wanted = _yes(_yes(relevant) @ has)
    covered = wanted.multiply(_yes(as_rows(top, has.shape[0]) @ has))
    return share(covered.sum(axis=1), wanted.sum(axis=1))


def _yes(values: Any) -> Any:
    """Return a CSR of ones where the values are above 0."""
    return sparse.csr_array(sparse.csr_array(values) > 0, dtype=np.float64)


def _ideal(choice: NDArray[np.float64], discount: NDArray[np.float64], alpha: float) -> float:
    """Return the discounted gain of the list that takes the most at each place; ``choice`` is (r, a) of 0 and 1."""
    left = choice.copy()
    total = 0.0
    for weight in discount[: choice.shape[0]]:
        gain = left.sum(axis=1)
        best = int(gain.argmax())
        total += weight * gain[best]
        left[best] = 0.0
        left *= 1.0 - alpha * choice[best]
    return float(total)
