"""Models that are an items × items weight matrix: EASE from the items' side, and item-kNN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from


@dataclass(frozen=True, slots=True, eq=False)
class ItemWeights:
    """Scores are sums of weights: what item i of a row gives item j is ``weights[i, j]``.

    Attributes:
        name: ``ease`` or ``item-knn``.
        weights: (n_items, n_items) float32, dense or CSR, diagonal 0.

    >>> model = ItemWeights("ease", np.array([[0, 0.5], [0.5, 0]], np.float32))
    >>> model.scores(Asked.of([0])).tolist()
    [0.0, 0.5]
    """

    name: str
    weights: Any

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return int(self.weights.shape[0])

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        items, weights = asked.known(self.n_items)
        return np.asarray(weights @ self.weights[items])

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; the items of the row give everything."""
        items, weights = asked.known(self.n_items)
        amounts = np.zeros((items.size, ids.size), np.float32)
        within = np.flatnonzero(ids < self.n_items)
        if sparse.issparse(self.weights):
            part = self.weights[items][:, ids[within]].toarray()
        else:
            part = self.weights[np.ix_(items, ids[within])]
        amounts[:, within] = weights[:, None] * part
        return [Given("item", items, amounts)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        scores = rows[:, : self.n_items] @ self.weights
        return np.asarray(scores.toarray() if sparse.issparse(scores) else scores)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        if sparse.issparse(self.weights):
            return csr_arrays("weights", self.weights)
        return {"weights": self.weights}

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> ItemWeights:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        if "weights" in arrays:
            return cls(name, arrays["weights"])
        n_items = arrays["weights_indptr"].size - 1
        return cls(name, csr_from("weights", arrays, (n_items, n_items)))


def highest_of_rows(matrix: Any, most: int) -> Any:
    """Return the highest entries above 0 of each row alone, of equals those stored first.

    Args:
        matrix: (m, n) float CSR.
        most: kept a row, at most.
    Returns: (m, n) CSR of the same dtype, columns ascending.
    """
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    positive = np.flatnonzero(matrix.data > 0)
    order = positive[np.lexsort((-matrix.data[positive], row[positive]))]
    start = np.searchsorted(row[order], np.arange(matrix.shape[0]))
    best = np.sort(order[np.arange(order.size) - start[row[order]] < most])
    entries = (matrix.data[best], (row[best], matrix.indices[best]))
    return sparse.csr_array(entries, shape=matrix.shape)
