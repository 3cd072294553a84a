"""Who is tied to whom, as plain arrays, and as one sparse matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """A table of directed ties, one array a column.

    Attributes:
        one: (t,) int64 person.
        two: (t,) int64 whom that person is tied to.

    >>> Ties(np.array([0, 0]), np.array([1, 1])).matrix(2).toarray().tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """

    one: NDArray[np.int64]
    two: NDArray[np.int64]

    def matrix(self, n_people: int) -> Any:
        """Return the (n_people, n_people) float32 CSR with 1 for each tie.

        Ties of a person to itself, and to or from people beyond the shape, are left out.
        """
        inside = (self.one != self.two) & (np.maximum(self.one, self.two) < n_people)
        ones = np.ones(int(inside.sum()), np.float32)
        ends = (self.one[inside], self.two[inside])
        matrix = sparse.csr_array((ones, ends), shape=(n_people, n_people))
        matrix.data[:] = 1
        return matrix
