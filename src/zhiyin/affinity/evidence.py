"""The additive evidence: a sum over rows that can grow, shrink, move and be merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_BLOCK = 1024  # rows of the Gram matrix updated at a time


@dataclass(slots=True, eq=False)
class Evidence:
    """What a set of rows says about which items go together: ``gram = Σ_u x_u x_uᵀ``.

    It is changed in place by ``add``, ``subtract`` and ``replace``; ``+`` makes a new one. Rows that know newer items
    make it grow. The mirror, which people go together, is the evidence of the transposed rows.

    Attributes:
        gram: (n_items, n_items) float32, dense or CSR, symmetric.
        degrees: (n_items,) float32 column sums of the rows.
        n_rows: rows in the sum.

    >>> evidence = Evidence.of(sparse.csr_array(np.array([[1, 1], [0, 1]], np.float32)))
    >>> evidence.gram.tolist(), evidence.degrees.tolist(), evidence.n_rows
    ([[1.0, 1.0], [1.0, 2.0]], [1.0, 2.0], 2)
    """

    gram: Any
    degrees: NDArray[np.float32]
    n_rows: int

    @classmethod
    def empty(cls, n_items: int, *, dense: bool = True) -> Evidence:
        """Return the evidence of no rows; dense costs 4 n_items² bytes."""
        shape = (n_items, n_items)
        gram = np.zeros(shape, np.float32) if dense else sparse.csr_array(shape, dtype=np.float32)
        return cls(gram, np.zeros(n_items, np.float32), 0)

    @classmethod
    def of(cls, rows: Any, *, dense: bool = True) -> Evidence:
        """Return the evidence of ``rows``, (n, n_items) float32 CSR."""
        evidence = cls.empty(rows.shape[1], dense=dense)
        evidence.add(rows)
        return evidence

    @property
    def n_items(self) -> int:
        """Number of items the evidence knows."""
        return self.degrees.size

    def add(self, rows: Any) -> None:
        """Add rows to the sum.

        Args:
            rows: (n, any number of items) float32 CSR.
        Complexity: time as the pairs of items within a row, plus the block of the touched items when dense.
        """
        self._change(rows, np.float32(1))

    def subtract(self, rows: Any) -> None:
        """Take rows out of the sum; ``rows`` must be what was added."""
        self._change(rows, np.float32(-1))

    def replace(self, old: Any, new: Any) -> None:
        """Put ``new`` rows in the place of ``old`` ones: what a new event or an erasure does."""
        self.subtract(old)
        self.add(new)

    def __add__(self, other: Evidence) -> Evidence:
        """Merge two silos that number items alike; either may know newer items than the other."""
        n_items = max(self.n_items, other.n_items)
        one, two = self._padded(n_items), other._padded(n_items)
        return Evidence(one.gram + two.gram, one.degrees + two.degrees, self.n_rows + other.n_rows)

    def _change(self, rows: Any, sign: np.float32) -> None:
        rows = sparse.csr_array(rows)
        if rows.shape[1] > self.n_items:
            grown = self._padded(rows.shape[1])
            self.gram, self.degrees = grown.gram, grown.degrees
        self.n_rows += int(sign) * rows.shape[0]
        touched, column = np.unique(rows.indices, return_inverse=True)
        compact = sparse.csr_array(
            (rows.data, column, rows.indptr), shape=(rows.shape[0], touched.size)
        )
        columns = compact.T.tocsr()  # (touched, n)
        self.degrees[touched] += sign * columns.sum(axis=1, dtype=np.float32)
        if sparse.issparse(self.gram):
            pairs = (columns @ compact).tocoo()
            change = sparse.csr_array(
                (sign * pairs.data, (touched[pairs.row], touched[pairs.col])), shape=self.gram.shape
            )
            self.gram = (self.gram + change).astype(np.float32, copy=False)
            self.gram.eliminate_zeros()
            return
        for start in range(0, touched.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            change = (columns[block] @ compact).toarray()
            self.gram[np.ix_(touched[block], touched)] += sign * change

    def _padded(self, n_items: int) -> Evidence:
        more = n_items - self.n_items
        if more <= 0:
            return self
        if sparse.issparse(self.gram):
            gram = self.gram.copy()
            gram.resize((n_items, n_items))
        else:
            gram = np.pad(self.gram, (0, more))
        return Evidence(gram, np.pad(self.degrees, (0, more)), self.n_rows)
