"""EASE from the people's side, for a shop with fewer people than items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.ease import ridge_inverse
from zhiyin.affinity.evidence import Evidence

_BLOCK = 512
_REACHED_BYTES = 64 * 2**20
_PAIRS = 2**21  # pairs of people looked up at a time
_CROWD = 24  # an item of more than one person in 24 is faster by a dense product than by its pairs


@dataclass(frozen=True, slots=True, eq=False)
class DualEase:
    """EASE kept as the inverse people × people kernel; no items × items array exists at any time.

    With ``M = (X Xᵀ + reg · I)⁻¹`` and ``q_j = x_jᵀ M x_j`` every weight is ``B_ij = x_iᵀ M x_j / (1 - q_j)`` for i ≠ j,
    because ``P = (I - Xᵀ M X) / reg``. The scores of a row x need ``M X x``: n_people² for a newcomer, but for a person
    u of the training data ``M X x_u = e_u - reg · M_u``, one row of M, plus what changed since.

    Attributes:
        inverse: (n_people, n_people) float32 M.
        leverages: (n_items,) float32 q.
        rows: (n_people, n_items) float32 CSR X.
        columns: (n_items, n_people) float32 CSR, X transposed.
        reg: ridge.
        reached: item j → ``x_jᵀ M`` of items asked for lately, 64 MB of them at most.

    References: Steck, WWW 2019; Woodbury, 1950.

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> model = DualEase.fit(rows, reg=1.0)
    >>> model.scores(Asked.of([0])).round(3)
    array([ 0. ,  0.5, -0.2], dtype=float32)
    """

    inverse: NDArray[np.float32]
    leverages: NDArray[np.float32]
    rows: Any
    columns: Any
    reg: float
    reached: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    name = "ease-dual"

    @classmethod
    def fit(cls, rows: Any, *, reg: float, kernel: NDArray[np.float32] | None = None) -> DualEase:
        """Solve for ``rows``.

        Args:
            rows: (n_people, n_items) float32 CSR.
            reg: ridge, in units of the diagonal of the Gram matrix.
            kernel: (n_people, n_people) float32 ``X Xᵀ`` when it is known already; it is kept as it is.
        Raises: DataError when ``X Xᵀ + reg · I`` is not positive definite.
        Complexity: n_people³ floating-point operations, 4 n_people² bytes beside ``rows``.
        """
        rows = sparse.csr_array(rows)
        columns = rows.T.tocsr()
        if kernel is None:
            inverse = ridge_inverse(Evidence.of(columns).gram, reg, overwrite=True)
        else:
            inverse = ridge_inverse(kernel, reg)
        return cls(inverse, leverage(inverse, columns), rows, columns, reg)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.leverages.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        items, weights = asked.known(self.n_items)
        if not items.size and asked.person is None:
            return np.zeros(self.n_items, np.float32)
        scores = self.columns @ self._through(items, weights, asked.person)
        scores[items] -= weights * self.leverages[items]
        scores /= 1 - self.leverages
        return np.asarray(scores)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; the items of the row give everything."""
        items, weights = asked.known(self.n_items)
        amounts = np.zeros((items.size, ids.size), np.float32)
        within = np.flatnonzero(ids < self.n_items)
        if items.size and within.size:
            part = self.columns[items] @ self._reach(ids[within]).T  # (h, within)
            part /= 1 - self.leverages[ids[within]]
            part[items[:, None] == ids[within]] = 0
            amounts[:, within] = weights[:, None] * part
        return [Given("item", items, amounts)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        rows = rows[:, : self.n_items].tocsr()
        through = (rows @ self.columns).toarray() @ self.inverse  # (m, n_people)
        scores = np.empty((rows.shape[0], self.n_items), np.float32)
        across = np.ascontiguousarray(through.T)
        for start in range(0, self.n_items, _BLOCK):  # turned block by block, inside the cache
            block = slice(start, start + _BLOCK)
            scores[:, block] = (self.columns[block] @ across).T
        own = rows.tocoo()
        scores[own.row, own.col] -= own.data * self.leverages[own.col]
        scores /= 1 - self.leverages
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {
            "inverse": self.inverse,
            "leverages": self.leverages,
            "reg": np.array(self.reg),
            **csr_arrays("rows", self.rows),
            **csr_arrays("columns", self.columns),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> DualEase:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        inverse, leverages = arrays["inverse"], arrays["leverages"]
        shape = (inverse.shape[0], leverages.size)
        rows = csr_from("rows", arrays, shape)
        columns = csr_from("columns", arrays, shape[::-1])
        return cls(inverse, leverages, rows, columns, float(arrays["reg"]))

    def _reach(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return ``x_jᵀ M`` of some items, (len(ids), n_people) float32; many are asked for again and again."""
        known = {j: reach for j in ids.tolist() if (reach := self.reached.get(j)) is not None}
        missing = np.array([j for j in ids.tolist() if j not in known], np.int64)
        if missing.size:
            found = dict(zip(missing.tolist(), self.columns[missing] @ self.inverse, strict=True))
            if 4 * self.inverse.shape[0] * (len(self.reached) + len(found)) > _REACHED_BYTES:
                self.reached.clear()
            self.reached.update(found)
            known |= found
        return np.stack([known[j] for j in ids.tolist()])

    def _through(
        self, items: NDArray[np.int64], weights: NDArray[np.float32], person: int | None
    ) -> NDArray[np.float32]:
        """Return ``M X x`` of one row, (n_people,) float32."""
        if person is None or person >= self.inverse.shape[0]:
            return self._multiply(items, weights)
        stored = slice(self.rows.indptr[person], self.rows.indptr[person + 1])
        trained, before = self.rows.indices[stored], self.rows.data[stored]
        through: NDArray[np.float32] = -np.float32(self.reg) * self.inverse[person]
        through[person] += 1
        if np.array_equal(items, trained) and np.array_equal(weights, before):
            return through
        changed = np.union1d(items, trained)
        change = np.zeros(changed.size, np.float32)
        change[np.searchsorted(changed, items)] = weights
        change[np.searchsorted(changed, trained)] -= before
        moved = change != 0
        if moved.any():
            through += self._multiply(changed[moved], change[moved])
        return through

    def _multiply(
        self, items: NDArray[np.int64], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        overlap = weights @ self.columns[items]  # X x, (n_people,)
        people = np.flatnonzero(overlap)
        if people.size > overlap.size // 4:
            return np.asarray(overlap @ self.inverse)
        return np.asarray(overlap[people] @ self.inverse[people])


def leverage(kernel_inverse: NDArray[np.float32], columns: Any) -> NDArray[np.float32]:
    """Return ``x_jᵀ M x_j`` of every item j, without an items × items or items × people array.

    Args:
        kernel_inverse: (n_people, n_people) float32 M, ``(X Xᵀ + reg · I)⁻¹``.
        columns: (n_items, n_people) float32 CSR, X transposed.
    Returns: (n_items,) float32 in [0, 1).
    Complexity: the sum of squared column counts, or n_people² for an item that most people have; bounded memory.
    """
    count = np.diff(columns.indptr).astype(np.int64)
    sums = np.zeros(columns.shape[0], np.float32)
    crowded = np.flatnonzero(count > columns.shape[1] // _CROWD)
    for start in range(0, crowded.size, _BLOCK):
        part = crowded[start : start + _BLOCK]
        dense = columns[part].toarray()
        sums[part] = np.einsum("ij,ij->i", dense @ kernel_inverse, dense)
    sparse_items = np.flatnonzero((count > 0) & (count <= columns.shape[1] // _CROWD))
    batch = (np.cumsum(count[sparse_items] ** 2) - 1) // _PAIRS
    for part in np.split(sparse_items, np.flatnonzero(np.diff(batch)) + 1):
        if part.size:
            sums[part] = _pair_sums(kernel_inverse, columns[part])
    return sums


def _pair_sums(kernel_inverse: NDArray[np.float32], columns: Any) -> NDArray[np.float32]:
    count = np.diff(columns.indptr).astype(np.int64)
    partners = np.repeat(count, count)  # of each stored entry: entries of the same item
    left = np.repeat(np.arange(columns.nnz), partners)
    first = np.repeat(columns.indptr[:-1], count)  # of each entry: where its item starts
    start = np.cumsum(partners) - partners
    right = np.arange(left.size) - np.repeat(start - first, partners)
    people, strength = columns.indices, columns.data
    terms = kernel_inverse[people[left], people[right]] * strength[left] * strength[right]
    ends = np.cumsum(count**2)
    return np.asarray(np.add.reduceat(terms, ends - count**2), np.float32)
