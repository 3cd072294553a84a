"""How far a person trusts somebody it never met, and by whose word: trust along the shortest chains.

It is for explanations. Unlike ``propagated`` it does not hold back a ring of invented people once one of them is trusted,
so nothing is ranked by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zhiyin.social.graph import Floats, Ints

_ENOUGH = 0.6  # who is trusted less is not asked about others


@dataclass(frozen=True, slots=True, eq=False)
class Vouched:
    """People within a few steps, how far each is trusted, and who vouches for each.

    Attributes:
        source: the person who asks.
        numbers: (m,) int64, ascending; the source is none of them.
        values: (m,) float32 in 0 to 1.
        vouchers: (m,) int64, of those who speak for a person the one whose word counts most; the source for whom it knows.

    >>> from scipy import sparse
    >>> trust = sparse.csr_array(np.array([[0, 0.9, 0], [0, 0, 0.8], [0, 0, 0]]))
    >>> found = mole_trust(trust, 0)
    >>> found.numbers.tolist(), found.path(2)
    ([1, 2], (0, 1, 2))
    """

    source: int
    numbers: Ints
    values: Floats
    vouchers: Ints

    def path(self, person: int) -> tuple[int, ...]:
        """Return the chain of people from the source to a person, each vouching for the next; () where there is none."""
        chain = [int(person)]
        while chain[0] != self.source:
            place = int(np.searchsorted(self.numbers, chain[0]))
            if place == self.numbers.size or self.numbers[place] != chain[0]:
                return ()
            chain.insert(0, int(self.vouchers[place]))
        return tuple(chain)


def mole_trust(trust: Any, source: int, *, distrust: Any = None, depth: int = 3) -> Vouched:
    """Return the trust of a person in those within ``depth`` steps, each judged by the people one step nearer.

    A person's trust is the mean of what those one step nearer say, each by how far it is trusted itself; only who is
    trusted by .6 or more is asked. A word of distrust counts as trust of 0, so it is averaged in and goes no further.

    Args:
        trust: (n, n) float32 CSR in 0 to 1, row = who trusts.
        source: the person who asks; one beyond the shape knows nobody.
        distrust: (n, n) CSR, more than 0 where the row's person distrusts the column's.
        depth: steps at most.
    Complexity: linear in the ties of the people within ``depth - 1`` steps.
    References: Massa & Avesani, International Journal on Semantic Web and Information Systems 2007.
    """
    n = trust.shape[0]
    is_met, value, voucher = np.zeros(n, bool), np.zeros(n), np.full(n, source)
    asked = np.array([source] if source < n else [], np.int64)
    is_met[asked], value[asked] = True, 1
    for _ in range(depth):
        rows = trust[asked]
        if distrust is not None:
            rows = (rows + 2 * (distrust[asked] > 0)).tocsr()
        teller = np.repeat(asked, np.diff(rows.indptr))
        is_new = ~is_met[rows.indices] & (rows.data > 0)
        teller, told = teller[is_new], rows.indices[is_new]
        word = np.where(rows.data[is_new] > 1, 0, rows.data[is_new])  # 2 and more: distrust
        people, place = np.unique(told, return_inverse=True)
        weight = value[teller]
        value[people] = np.bincount(place, weight * word) / np.bincount(place, weight)
        order = np.lexsort((-teller, weight * word, place))  # of equals the lowest number last
        last = np.flatnonzero(np.diff(place[order], append=-1))
        voucher[people] = teller[order][last]
        is_met[people] = True
        asked = people[value[people] >= _ENOUGH]
    numbers = np.flatnonzero(is_met & (np.arange(n) != source))
    return Vouched(source, numbers, value[numbers].astype(np.float32), voucher[numbers])
