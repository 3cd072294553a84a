"""Linear filters on the graph of people and items: near items by paths of two steps, and the smooth part of taste."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from, entries_of, rows_of
from zhiyin.affinity.singular_vectors import singular_vectors

_BLOCK = 4096  # items looked at at a time


@dataclass(frozen=True, slots=True, eq=False)
class GraphFilter:
    """Scores ``x D^-t (R̃ᵀ R̃ + V diag(g) Vᵀ) D^t`` for a row x, R̃ being the rows scaled by powers of both degrees.

    The first part goes to the people who share an item and on to what they have. The second changes what the strongest
    singular vectors V of R̃ say: what everybody shares counts less, by a power of its eigenvalue, and all of them are
    raised above the rest. The tilt t by the items' degrees D hears rare items of a row more, and names popular ones
    sooner. No items × items array exists.

    The singular vectors are kept for the smaller side: with U of the people and singular values S, V = R̃ᵀ U S⁻¹.

    Attributes:
        columns: (n_items, n_people) float32 CSR, R̃ transposed.
        vectors: float32 V, (n_items, rank), or U, (n_people, rank), when people are fewer.
        gain: (rank,) float32 g, or ``g / S²`` when people are fewer.
        lean: (n_items,) float32 ``D^t``.
        own: (n_items,) float32 diagonal of the filter, what an item gives itself.
        placed: (n_items, rank) float32, where items stand among the singular vectors: V, or R̃ᵀ U when people are fewer.

    References: Shen et al., CIKM 2021 (GF-CF); Park, Shin & Shin, SIGIR 2024 (Turbo-CF, powers of both degrees and of
        the filter); Choi et al., SIGIR 2023 (BSPM, the strongest parts damped again).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> GraphFilter.fit(rows, rank=0, person_power=0.5, tilt=0.5).scores(Asked.of([0])).round(2)
    array([0.5, 0.5, 0. ], dtype=float32)
    """

    columns: Any
    vectors: NDArray[np.float32]
    gain: NDArray[np.float32]
    lean: NDArray[np.float32]
    own: NDArray[np.float32]
    placed: NDArray[np.float32]

    name = "graph-filter"

    @classmethod
    def fit(
        cls,
        rows: Any,
        *,
        rank: int = 128,
        weight: float = 0.3,
        power: float = 0.75,
        person_power: float = 0.3,
        item_power: float = 0.5,
        tilt: float = 0.3,
        seed: int = 0,
    ) -> GraphFilter:
        """Scale the rows and find their strongest singular vectors.

        Args:
            rows: (n_people, n_items) float32 CSR, none below 0.
            rank: singular vectors, at most.
            weight: by which each singular vector is raised, as a share of the largest flattened eigenvalue.
            power: of eigenvalues, in (0, 1]: those of the kept vectors are flattened by it, 1 leaves them.
            person_power: a row is divided by this power of its sum.
            item_power: a column is divided by this power of its sum.
            tilt: power of the items' sums by which popular items are named sooner.
            seed: of the search for singular vectors.
        Complexity: O(rank nnz + rank² (n_people + n_items)) time, O(rank (n_people + n_items)) memory.
        """
        scaled = degree_scaled(rows, person_power, item_power)
        columns = scaled.T.tocsr()
        by_people = rows.shape[0] < rows.shape[1]
        values, vectors = singular_vectors(columns if by_people else scaled, rank, seed)
        gain = _gain(values**2, weight, power)
        if by_people:
            gain /= values**2
        placed = np.asarray(columns @ vectors) if by_people else vectors
        own = _own(columns, placed, gain)
        return cls(columns, vectors, gain, leaning(rows, tilt), own, placed)

    def over(self, columns: Any, vectors: NDArray[np.float32]) -> GraphFilter:
        """Return this filter over other columns and singular vectors of the same shapes, with what follows from them."""
        placed = np.asarray(columns @ vectors) if self._by_people else vectors
        own = _own(columns, placed, self.gain)
        return replace(self, columns=columns, vectors=vectors, placed=placed, own=own)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.lean.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        items, weights = asked.known(self.n_items)
        heard = weights / self.lean[items]
        met, amounts = entries_of(self.columns, items, heard)
        people = np.bincount(met, amounts, self.columns.shape[1]).astype(np.float32)
        if self._by_people:
            people += self.vectors @ (self.gain * (people @ self.vectors))
            return np.asarray(self.lean * (self.columns @ people))
        raised = self.vectors @ (self.gain * (heard @ self.vectors[items]))
        return np.asarray(self.lean * (self.columns @ people + raised))

    def scores_of_others(self, asked: Asked) -> NDArray[np.float32]:
        """Return the scores without what an item of the row gives itself, (n_items,) float32."""
        items, weights = asked.known(self.n_items)
        scores = self.scores(asked)
        scores[items] -= weights * self.own[items]
        return scores

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``."""
        items, weights = asked.known(self.n_items)
        inside = np.flatnonzero(ids < self.n_items)
        given, told = rows_of(self.columns, items), rows_of(self.columns, ids[inside])
        shared = given @ np.ascontiguousarray(told.toarray().T)
        shared += (self.placed[items] * self.gain) @ self.placed[ids[inside]].T
        amounts = np.zeros((items.size, ids.size), np.float32)
        heard = (weights / self.lean[items])[:, None]
        amounts[:, inside] = heard * shared * self.lean[ids[inside]]
        return [Given("item", items, amounts)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        heard = (rows[:, : self.n_items] @ sparse.diags_array(1 / self.lean)).tocsr()
        people = (self.columns.T @ heard.T).toarray()  # (n_people, m)
        if self._by_people:
            people += self.vectors @ (self.gain[:, None] * (self.vectors.T @ people))
            return np.asarray((self.columns @ people).T * self.lean)
        raised = ((heard @ self.vectors) * self.gain) @ self.vectors.T
        return np.asarray(((self.columns @ people).T + raised) * self.lean)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        placed = {"placed": self.placed} if self._by_people else {}
        return {
            **csr_arrays("columns", self.columns),
            **placed,
            "vectors": self.vectors,
            "gain": self.gain,
            "lean": self.lean,
            "own": self.own,
            "n_people": np.array(self.columns.shape[1]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> GraphFilter:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        lean = arrays["lean"]
        columns = csr_from("columns", arrays, (lean.size, int(arrays["n_people"])))
        vectors, placed = arrays["vectors"], arrays.get("placed")
        if placed is None:  # V itself, or of a snapshot from before it was kept
            placed = vectors if len(vectors) == lean.size else np.asarray(columns @ vectors)
        return cls(columns, vectors, arrays["gain"], lean, arrays["own"], placed)

    @property
    def _by_people(self) -> bool:
        return bool(self.columns.shape[1] < self.columns.shape[0])


def _own(
    columns: Any, placed: NDArray[np.float32], gain: NDArray[np.float32]
) -> NDArray[np.float32]:
    own = np.asarray(columns.multiply(columns).sum(axis=1), np.float32)
    for start in range(0, own.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        own[block] += placed[block] ** 2 @ gain
    return own


def _gain(eigenvalues: NDArray[np.float32], weight: float, power: float) -> NDArray[np.float32]:
    """Return what is added to the eigenvalues, (rank,) float32: flattened by a power above a knee, and raised.

    The knee is the smallest that is kept, so that the filter has no step there, or a hundredth of the largest.
    """
    largest = eigenvalues.max(initial=0)
    knee = max(eigenvalues.min(initial=largest), largest / 100)
    flat = np.minimum(eigenvalues, knee * (eigenvalues / knee) ** power)
    raised = weight * largest * (knee / largest) ** (1 - power) if largest else 0.0
    return np.asarray(flat - eigenvalues + raised, np.float32)


def leaning(rows: Any, tilt: float) -> NDArray[np.float32]:
    """Return a power of the columns' sums, (n_items,) float32; a sum below 1 counts as 1."""
    return np.asarray(np.maximum(rows.sum(axis=0), 1) ** tilt, np.float32)


def degree_scaled(rows: Any, person_power: float, item_power: float) -> Any:
    """Return rows divided by powers of their sums and of their columns' sums, as float32 CSR."""
    people = np.maximum(rows.sum(axis=1), 1) ** -person_power
    items = np.maximum(rows.sum(axis=0), 1) ** -item_power
    scaled = sparse.diags_array(people) @ rows @ sparse.diags_array(items)
    return scaled.tocsr().astype(np.float32)
