"""Linear filters on the graph of people and items: near items by paths of two steps, and the smooth part of taste."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from

_ITERATIONS = 3
_OVERSAMPLED = 16
_FAINT = 1e-6  # squared singular values below this share of the largest are rounding


@dataclass(frozen=True, slots=True, eq=False)
class GraphFilter:
    """Scores ``x D^-t (R̃ᵀ R̃ + weight · V Vᵀ) D^t`` for a row x, R̃ being the rows scaled by powers of both degrees.

    The first part goes to the people who share an item and on to what they have; the second keeps of a row what the
    strongest singular vectors V of R̃ can say. The tilt t by the items' degrees D hears rare items of a row more, and
    names popular ones sooner. No items × items array exists.

    The singular vectors are kept for the smaller side: with U of the people and singular values S, V = R̃ᵀ U S⁻¹.

    Attributes:
        columns: (n_items, n_people) float32 CSR, R̃ transposed.
        smooth: float32 ``√weight · σ₁ V``, (n_items, rank), or ``√weight · U S⁻¹``, (n_people, rank), when people are fewer.
        lean: (n_items,) float32 ``D^t``.

    References: Shen et al., CIKM 2021 (GF-CF); Park, Shin & Shin, SIGIR 2024 (Turbo-CF, both powers free).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> GraphFilter.fit(rows, rank=1, weight=0.0, person_power=0.5, tilt=0.5).scores(Asked.of([0])).round(2)
    array([0.5, 0.5, 0. ], dtype=float32)
    """

    columns: Any
    smooth: NDArray[np.float32]
    lean: NDArray[np.float32]

    name = "graph-filter"

    @classmethod
    def fit(
        cls,
        rows: Any,
        *,
        rank: int = 384,
        weight: float = 0.3,
        person_power: float = 0.4,
        item_power: float = 0.5,
        tilt: float = 0.3,
        seed: int = 0,
    ) -> GraphFilter:
        """Scale the rows and find their strongest singular vectors.

        Args:
            rows: (n_people, n_items) float32 CSR, none below 0.
            rank: singular vectors, at most.
            weight: of the smooth part, as a share of the largest squared singular value.
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
        largest = values.max(initial=0)
        smooth = vectors * np.float32(np.sqrt(weight) * largest)
        return cls(columns, smooth / values if by_people else smooth, leaning(rows, tilt))

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.lean.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        items, weights = asked.known(self.n_items)
        heard = weights / self.lean[items]
        people = heard @ self.columns[items]
        if self._by_people:
            people += self.smooth @ (people @ self.smooth)
            return np.asarray(self.lean * (self.columns @ people))
        scores = self.columns @ people + self.smooth @ (heard @ self.smooth[items])
        return np.asarray(self.lean * scores)

    def of_itself(self, asked: Asked) -> NDArray[np.float32]:
        """Return what each known item of the row gives itself, (h,) float32."""
        items, weights = asked.known(self.n_items)
        given = self.columns[items]
        smooth = given @ self.smooth if self._by_people else self.smooth[items]
        return np.asarray(weights * (given.multiply(given).sum(axis=1) + (smooth**2).sum(axis=1)))

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``."""
        items, weights = asked.known(self.n_items)
        inside = np.flatnonzero(ids < self.n_items)
        given, told = self.columns[items], self.columns[ids[inside]]
        shared = (given @ told.T).toarray()
        if self._by_people:
            shared += (given @ self.smooth) @ (told @ self.smooth).T
        else:
            shared += self.smooth[items] @ self.smooth[ids[inside]].T
        return [_given(items, weights, ids, inside, shared, self.lean)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        heard = _heard(rows, self.lean)
        people = (self.columns.T @ heard.T).toarray()  # (n_people, m)
        if self._by_people:
            people += self.smooth @ (self.smooth.T @ people)
            return np.asarray((self.columns @ people).T * self.lean)
        scores = (self.columns @ people).T + (heard @ self.smooth) @ self.smooth.T
        return np.asarray(scores * self.lean)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {
            **csr_arrays("columns", self.columns),
            "smooth": self.smooth,
            "lean": self.lean,
            "n_people": np.array(self.columns.shape[1]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> GraphFilter:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        lean = arrays["lean"]
        columns = csr_from("columns", arrays, (lean.size, int(arrays["n_people"])))
        return cls(columns, arrays["smooth"], lean)

    @property
    def _by_people(self) -> bool:
        return bool(self.columns.shape[1] < self.columns.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class PowerFilter:
    """Scores ``x D^-t (R̃ᵀ R̃)^p D^t`` for a row x; a power below 1 flattens what everybody shares.

    Because ``(R̃ᵀ R̃)^p = R̃ᵀ K R̃`` with ``K = (R̃ R̃ᵀ)^(p-1)``, only a people × people array is kept: for shops of few
    people. Everybody else takes ``GraphFilter``, which is nearly as good.

    Attributes:
        columns: (n_items, n_people) float32 CSR, R̃ transposed.
        kernel: (n_people, n_people) float32 K, symmetric.
        lean: (n_items,) float32 ``D^t``.

    References: Park, Shin & Shin, SIGIR 2024 (Turbo-CF).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> PowerFilter.fit(rows, power=1.0, person_power=0.5, tilt=0.5).scores(Asked.of([0])).round(2)
    array([0.5, 0.5, 0. ], dtype=float32)
    """

    columns: Any
    kernel: NDArray[np.float32]
    lean: NDArray[np.float32]

    name = "power-filter"

    @classmethod
    def fit(
        cls,
        rows: Any,
        *,
        power: float = 0.7,
        person_power: float = 0.4,
        item_power: float = 0.5,
        tilt: float = 0.2,
    ) -> PowerFilter:
        """Take the power by an eigen-decomposition of the people's side.

        Args:
            rows: (n_people, n_items) float32 CSR, none below 0.
            power: of ``R̃ᵀ R̃``, above 0.
            person_power: a row is divided by this power of its sum.
            item_power: a column is divided by this power of its sum.
            tilt: power of the items' sums by which popular items are named sooner.
        Complexity: O(n_people³) time, O(n_people²) memory.
        """
        scaled = degree_scaled(rows, person_power, item_power)
        columns = scaled.T.tocsr()
        squares, turn = linalg.eigh((scaled @ columns).toarray().astype(np.float64))
        kept = squares > _FAINT * max(squares.max(initial=0.0), 1e-30)
        half = turn[:, kept] * squares[kept] ** ((power - 1) / 2)
        return cls(columns, (half @ half.T).astype(np.float32), leaning(rows, tilt))

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.lean.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        items, weights = asked.known(self.n_items)
        people = (weights / self.lean[items]) @ self.columns[items]
        return np.asarray(self.lean * (self.columns @ (self.kernel @ people)), np.float32)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``."""
        items, weights = asked.known(self.n_items)
        inside = np.flatnonzero(ids < self.n_items)
        shared = (self.columns[ids[inside]] @ self.kernel) @ self.columns[items].T
        return [_given(items, weights, ids, inside, shared.T, self.lean)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        people = (self.columns.T @ _heard(rows, self.lean).T).toarray()  # (n_people, m)
        scores = np.asarray((self.columns @ (self.kernel @ people)).T, np.float32)
        return np.asarray(scores * self.lean)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {
            **csr_arrays("columns", self.columns),
            "kernel": self.kernel,
            "lean": self.lean,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PowerFilter:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        kernel, lean = arrays["kernel"], arrays["lean"]
        return cls(csr_from("columns", arrays, (lean.size, kernel.shape[0])), kernel, lean)


def leaning(rows: Any, tilt: float) -> NDArray[np.float32]:
    """Return a power of the columns' sums, (n_items,) float32; a sum below 1 counts as 1."""
    return np.asarray(np.maximum(rows.sum(axis=0), 1) ** tilt, np.float32)


def _heard(rows: Any, lean: NDArray[np.float32]) -> Any:
    return (rows[:, : lean.size] @ sparse.diags_array(1 / lean)).tocsr()


def _given(
    items: NDArray[np.int64],
    weights: NDArray[np.float32],
    ids: NDArray[np.int64],
    inside: NDArray[np.int64],
    shared: NDArray[np.float32],
    lean: NDArray[np.float32],
) -> Given:
    """Return what each item gave each id, when items i and j of the model share ``shared[i, j]``."""
    amounts = np.zeros((items.size, ids.size), np.float32)
    amounts[:, inside] = (weights / lean[items])[:, None] * shared * lean[ids[inside]]
    return Given("item", items, amounts)


def degree_scaled(rows: Any, person_power: float, item_power: float) -> Any:
    """Return rows divided by powers of their sums and of their columns' sums, as float32 CSR."""
    people = np.maximum(rows.sum(axis=1), 1) ** -person_power
    items = np.maximum(rows.sum(axis=0), 1) ** -item_power
    scaled = sparse.diags_array(people) @ rows @ sparse.diags_array(items)
    return scaled.tocsr().astype(np.float32)


def singular_vectors(
    matrix: Any, rank: int, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the strongest singular values and right singular vectors of a sparse matrix, by random projection.

    Args:
        matrix: (m, n) float32 CSR.
        rank: how many, at most.
        seed: of the projection.
    Returns: (r,) float32 descending, and (n, r) float32 with orthonormal columns; r <= rank, those of value 0 left out.
    Complexity: O(rank nnz + rank² (m + n)).
    References: Halko, Martinsson & Tropp, SIAM Review 2011.
    """
    m, n = matrix.shape
    width = min(rank + _OVERSAMPLED, m, n)
    across = matrix.T.tocsr()
    basis = matrix @ np.random.default_rng(seed).standard_normal((n, width), np.float32)
    for _ in range(_ITERATIONS):
        basis = matrix @ orthonormal(across @ orthonormal(basis))
    image = across @ orthonormal(basis)  # (n, width)
    squares, turn = linalg.eigh(np.asarray(image.T @ image, np.float64))
    order = np.argsort(-squares)[: min(rank, width)]
    order = order[squares[order] > _FAINT * max(squares.max(initial=0.0), 1e-30)]
    values = np.sqrt(squares[order])
    vectors = image @ (turn[:, order] / values).astype(np.float32)
    return values.astype(np.float32), np.asarray(vectors, np.float32)


def orthonormal(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an orthonormal basis of the span of (m, k) float32 columns; those that add nothing come back as 0."""
    gram = np.asarray(columns.T @ columns, np.float64)
    values, turn = linalg.eigh(gram)
    keep = values > 1e-9 * max(values.max(initial=0.0), 1e-30)
    scale = np.where(keep, 1 / np.sqrt(np.where(keep, values, 1)), 0)
    return np.asarray(columns @ (turn * scale).astype(np.float32))
