"""Strict cold start: items or people of whom training knows nothing at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.splits import Split


def cold_items(item: NDArray[np.int64], fraction: float = 0.2, seed: int = 0) -> Split:
    """Hold out all events of a random part of the items.

    Of n distinct items round(n · fraction) are held out (halves up), but at least one and at most n - 1. What is held
    out is in ``test``, also where its person has nothing left in training.

    Args:
        item: (e,) int64.
        fraction: share of the distinct items.
        seed: of the choice.
    Complexity: O(e log e).
    References: Schein et al., SIGIR 2002.

    >>> int(cold_items(np.repeat(np.arange(10), 3)).test.sum())
    6
    """
    return _hide_whole("cold_items", item, fraction, seed)


def cold_people(person: NDArray[np.int64], fraction: float = 0.2, seed: int = 0) -> Split:
    """Hold out all events of a random part of the people.

    The number is as in ``cold_items``. Nothing of theirs is kept visible to fold them in, so they can only be served
    by what is known beside their events: attributes, ties, popularity.

    Args:
        person: (e,) int64.
        fraction: share of the distinct people.
        seed: of the choice.
    Complexity: O(e log e).
    References: Schein et al., SIGIR 2002.
    """
    return _hide_whole("cold_people", person, fraction, seed)


def _hide_whole(name: str, column: NDArray[np.int64], fraction: float, seed: int) -> Split:
    distinct = np.unique(column)
    n = max(0, min(max(1, int(distinct.size * fraction + 0.5)), distinct.size - 1))
    hidden = np.random.default_rng(seed).permutation(distinct)[:n]
    test = np.isin(column, hidden)
    return Split(name, ~test, test)
