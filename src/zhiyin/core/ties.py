"""Who is tied to whom, as plain arrays, and as one sparse matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

AGAINST = ("block", "distrust", "mute")
"""Kinds of ties that are no friendship."""

# In medians: a number out of all proportion bends nobody else\'s list.
_STRONGEST = np.float32(10)


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """A table of directed ties, one array a column.

    Attributes:
        one: (t,) int64 person.
        two: (t,) int64 whom that person is tied to.
        strength: (t,) float32 in any unit, NaN where it is not known; None where no strength is.

    >>> Ties(np.array([0, 0]), np.array([1, 1])).matrix(2).toarray().tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """

    one: NDArray[np.int64]
    two: NDArray[np.int64]
    strength: NDArray[np.float32] | None = None

    def matrix(self, n_people: int) -> Any:
        """Return the (n_people, n_people) float32 CSR of the ties: 1 for one of median or of unknown strength, at most 10.

        Left out are ties of a person to itself, to or from people beyond the shape, and those of no strength above 0; of
        several between two people the strongest counts.
        """
        strength = np.ones(self.one.size, np.float32)
        if self.strength is not None:
            known = np.isfinite(self.strength)
            positive = self.strength[known & (self.strength > 0)]
            unit = np.median(positive) if positive.size else 1.0
            strength[known] = np.minimum(self.strength[known] / np.float32(unit), _STRONGEST)
        inside = (self.one != self.two) & (np.maximum(self.one, self.two) < n_people)
        inside &= strength > 0
        order = np.flatnonzero(inside)[np.argsort(strength[inside], kind="stable")]
        ends = self.one[order] * np.int64(n_people) + self.two[order]
        pair, last = np.unique(ends[::-1], return_index=True)
        strongest = strength[order][::-1][last]
        return sparse.csr_array((strongest, np.divmod(pair, n_people)), shape=(n_people, n_people))
