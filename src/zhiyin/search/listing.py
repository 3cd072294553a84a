"""What is listed where a query says what goods must be or must not be, and not which goods: what is popular first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.hits import Hits
from zhiyin.search.match import NAMES
from zhiyin.search.segments import best
from zhiyin.search.understanding import Understanding


def asks_for_a_list(read: Understanding) -> bool:
    """Return whether a query names no goods, but a price or what is not wanted.

    >>> from zhiyin.search.understanding import PriceRange
    >>> asks_for_a_list(Understanding("under $50", price=PriceRange(None, 5000))), asks_for_a_list(Understanding("size"))
    (True, False)
    """
    is_bounded = bool(read.price or read.cheapness or read.exclusions)
    return not read.words and read.intent != "support" and is_bounded


def most_popular(may: NDArray[np.bool_], popularity: NDArray[np.floating], n: int) -> Hits:
    """Return the most popular items as hits; relevance is popularity as a share of the highest.

    Items nobody turned to follow, the lower number first.

    Args:
        may: (items,) bool, which may be listed.
        popularity: (p,) by item number; items beyond its end have none.
        n: how many at most.
    Complexity: O(items).

    >>> found = most_popular(np.array([True, False, True, True]), np.array([0.5, 9.0, 2.0]), 2)
    >>> found.numbers.tolist(), found.scores.tolist()
    ([2, 0], [1.0, 0.25])
    """
    share = np.zeros(may.size, np.float32)
    known = min(may.size, popularity.size)
    share[:known] = np.maximum(popularity[:known], 0)
    share *= may
    top = best(share, n)
    top = np.concatenate([top, np.flatnonzero(may & (share == 0))[: n - top.size]])
    scores = share[top] / max(float(share.max(initial=0)), 1e-9)
    return Hits(top, scores, np.zeros((top.size, len(NAMES)), np.float32))
