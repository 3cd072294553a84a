"""iALS: few factors an item, such that what a person has scores 1 and all else is pulled to 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from zhiyin.affinity.asked import Asked, Given

CELLS = 2**22  # numbers in memory at a time, unless one row alone has more


@dataclass(frozen=True, slots=True, eq=False)
class ImplicitFactors:
    """Scores ``V a`` where ``a = (Σ_i x_i v_i v_iᵀ + unobserved · VᵀV + ridge · I)⁻¹ Σ_i x_i v_i`` for a row x.

    Only items have stored factors. Those of a person, known or not, are solved from the row as it is now, which is
    what the fit does, so a new event counts at once. The ridge grows with the row: ``reg (Σ x + unobserved n_items)^frequency``.
    Items that the same people have alike have the same factors, which are kept once: in a long tail that is most of them.

    Attributes:
        vectors: (n_distinct, rank) float32, the distinct rows of V, which is turned so that VᵀV is diagonal.
        place: (n_items,) int32, which of them is an item's.
        pull: (rank,) float32 diagonal of ``unobserved · VᵀV``.
        unobserved: weight of an item that is not in the row.
        reg: ridge.
        frequency: power of the row's sum in the ridge.

    References: Hu, Koren & Volinsky, ICDM 2008; Rendle, Krichene, Zhang & Koren, RecSys 2022 (ridge by frequency).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]], np.float32))
    >>> model = ImplicitFactors.fit(rows, rank=2, reg=0.01, unobserved=0.1)
    >>> model.scores(Asked.of([0])).round(1) + 0.0
    array([0.8, 0.8, 0. , 0. ], dtype=float32)
    """

    vectors: NDArray[np.float32]
    place: NDArray[np.int32]
    pull: NDArray[np.float32]
    unobserved: float
    reg: float
    frequency: float

    name = "implicit-factors"

    @classmethod
    def fit(
        cls,
        rows: Any,
        *,
        rank: int = 128,
        reg: float = 0.1,
        unobserved: float = 0.05,
        frequency: float = 0.5,
        epochs: int = 8,
        seed: int = 0,
    ) -> ImplicitFactors:
        """Solve for people and items in turn.

        Args:
            rows: (n_people, n_items) float32 CSR, none below 0.
            rank: factors.
            reg: ridge, at a row whose sum and unobserved part are 1.
            unobserved: weight of an item that a person does not have, beside the strength of one that is had.
            frequency: power of the row's sum in the ridge, 0 = a ridge for all alike.
            epochs: rounds.
            seed: of the factors at the start.
        Complexity: a round costs O(rank Σ min(h, rank) h + Σ min(h, rank)³) over rows and columns of h entries.
        """
        rows = sparse.csr_array(rows)
        columns = rows.T.tocsr()
        start = np.random.default_rng(seed).standard_normal((rows.shape[1], rank), np.float32)
        items, squares = _turned(start * np.float32(0.1 / np.sqrt(max(rank, 1))))
        for _ in range(epochs):
            pull = np.float32(unobserved) * squares
            people = solved(items, pull, rows, _ridge(rows, unobserved, reg, frequency))
            people, squares = _turned(people)
            pull = np.float32(unobserved) * squares
            items = solved(people, pull, columns, _ridge(columns, unobserved, reg, frequency))
            items, squares = _turned(items)
        pull = np.float32(unobserved) * squares
        return cls(*_distinct(items), pull, unobserved, reg, frequency)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.place.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        _, parts = asked.once(self, self._parts)
        return np.asarray((self.vectors @ parts.sum(axis=1))[self.place])

    def scores_of_others(self, asked: Asked) -> NDArray[np.float32]:
        """Return the scores without what an item of the row gives itself, (n_items,) float32."""
        items, parts = asked.once(self, self._parts)
        scores = np.asarray((self.vectors @ parts.sum(axis=1))[self.place])
        scores[items] -= np.einsum("hr,rh->h", self._of(items), parts)
        return scores

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; one by one the items of the row give what they add in the solve."""
        items, parts = asked.once(self, self._parts)
        inside = np.flatnonzero(ids < self.n_items)
        amounts = np.zeros((items.size, ids.size), np.float32)
        amounts[:, inside] = (self._of(ids[inside]) @ parts).T
        return [Given("item", items, amounts)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        rows = sparse.csr_array(rows[:, : self.n_items])
        ridge = self._ridge_of(rows.sum(axis=1))
        shape = rows.shape[0], len(self.vectors)
        placed = sparse.csr_array((rows.data, self.place[rows.indices], rows.indptr), shape=shape)
        people = solved(self.vectors, self.pull, placed, ridge)
        return np.asarray((people @ self.vectors.T)[:, self.place])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        settings = np.array([self.unobserved, self.reg, self.frequency])
        own = {"vectors": self.vectors, "place": self.place}
        return {**own, "pull": self.pull, "settings": settings}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ImplicitFactors:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        vectors, place = arrays["vectors"], arrays.get("place")
        if place is None:  # a snapshot of before holds a row for each item
            place = np.arange(vectors.shape[0], dtype=np.int32)
        return cls(vectors, place, arrays["pull"], *arrays["settings"].tolist())

    def _of(self, items: NDArray[np.int64]) -> NDArray[np.float32]:
        return self.vectors[self.place[items]]

    def _ridge_of(self, sums: Any) -> Any:
        return self.reg * (sums + self.unobserved * self.n_items) ** self.frequency

    def _parts(self, asked: Asked) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the known items of the row, (h,) int64, and what each adds to the person's factors, (rank, h) float32."""
        items, weights = asked.known(self.n_items)
        roots = np.sqrt(weights.astype(np.float64))
        own = self._of(items) * roots[:, None]  # (h, rank)
        diagonal = self.pull + self._ridge_of(float(weights.sum(dtype=np.float64)))
        if items.size > diagonal.size:
            parts = np.linalg.solve(own.T @ own + np.diag(diagonal), (own * roots[:, None]).T)
        else:
            across = (own / diagonal).T
            parts = across @ np.linalg.solve(np.eye(items.size) + own @ across, np.diag(roots))
        return items, parts.astype(np.float32)


def solved(
    vectors: NDArray[np.float32], pull: NDArray[np.float32], rows: Any, ridge: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the factors of each row, ``(Σ_i x_i v_i v_iᵀ + diag(pull + ridge))⁻¹ Σ_i x_i v_i``.

    Rows of like length are solved together, each from its smaller side.

    Args:
        vectors: (n, rank) float32 of the other side, with a diagonal Gram matrix.
        pull: (rank,) float32.
        rows: (m, n) float32 CSR, none below 0.
        ridge: (m,) float32.
    Returns: (m, rank) float32; an empty row has zeros.
    Complexity: see ``ImplicitFactors.fit``; memory is bounded beside the answer, unless one row alone has more.
    References: Woodbury, 1950.
    """
    rank = vectors.shape[1]
    answer = np.zeros((rows.shape[0], rank), np.float32)
    count = np.diff(rows.indptr).astype(np.int64)
    order = np.argsort(count, kind="stable")
    order = order[count[order] > 0]
    height = np.ceil(4 * np.log2(np.maximum(count[order], 1))) / 4
    small = np.minimum(2.0**height, rank)
    block = np.cumsum(2.0**height * rank + small**2) // CELLS
    new = (np.diff(height) > 0) | (np.diff(block) > 0)
    for start, stop in pairwise([0, *(np.flatnonzero(new) + 1).tolist(), order.size]):
        part = order[start:stop]
        diagonal = pull + ridge[part, None].astype(np.float32)
        answer[part] = _together(vectors, rows[part], diagonal)
    return answer


def _together(
    vectors: NDArray[np.float32], rows: Any, diagonal: NDArray[np.float32]
) -> NDArray[np.float32]:
    count = np.diff(rows.indptr)
    longest, rank = int(count.max(initial=0)), vectors.shape[1]
    is_there = np.arange(longest) < count[:, None]
    roots = np.zeros((count.size, longest), np.float32)
    roots[is_there] = np.sqrt(rows.data)
    item = np.zeros((count.size, longest), rows.indices.dtype)
    item[is_there] = rows.indices
    own = vectors[item]  # (b, longest, rank), Y of each row, padded with zeros
    own *= roots[..., None]
    if longest > rank:
        inner = own.transpose(0, 2, 1) @ own
        inner[:, range(rank), range(rank)] += diagonal
        sides = np.einsum("blr,bl->br", own, roots)
        return np.asarray(np.linalg.solve(inner, sides[..., None])[..., 0])
    across = own / diagonal[:, None, :]
    inner = across @ own.transpose(0, 2, 1)
    inner[:, range(longest), range(longest)] += 1
    shares = np.linalg.solve(inner, roots[..., None])[..., 0]  # (b, longest)
    return np.asarray(np.einsum("blr,bl->br", across, shares))


def _distinct(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the distinct rows, and which of them each row is."""
    if not rows.size:
        return rows, np.arange(len(rows), dtype=np.int32)
    whole = np.ascontiguousarray(rows).view(f"V{rows.shape[1] * rows.itemsize}")[:, 0]
    _, first, place = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first], place.astype(np.int32)


def _turned(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Turn (n, rank) vectors so that their Gram matrix is diagonal, and return them and the diagonal."""
    squares, turn = linalg.eigh((vectors.T @ vectors).astype(np.float64))
    turned = np.ascontiguousarray(vectors @ turn.astype(np.float32))
    return turned, np.maximum(squares, 0).astype(np.float32)


def _ridge(rows: Any, unobserved: float, reg: float, frequency: float) -> NDArray[np.float32]:
    return np.asarray(
        reg * (rows.sum(axis=1) + unobserved * rows.shape[1]) ** frequency, np.float32
    )
