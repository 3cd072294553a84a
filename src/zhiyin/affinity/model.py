"""What every affinity model answers, and which one fits a shop of a given size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.errors import NotFound, nearest
from zhiyin.evaluation.ranking import ScoreRows

DENSE_LIMIT = 12_000
"""Largest side of a dense solve; 12,000 cost 0.6 GB and 1.7 T floating-point operations."""

NEIGHBOURS = 200
"""Neighbours that item-kNN keeps for an item."""


class AffinityModel(Protocol):
    """Scores all items for one person's row, and says which item of the row gave which part.

    A row is ``items`` (h,) int64 distinct with ``weights`` (h,) float32, as ``rows.row`` gives it. Items that are newer
    than the model are ignored in a row and score 0. ``person`` is the number of the row in the training data, if it
    is there: it changes the speed and not the scores.
    """

    @property
    def name(self) -> str:
        """``ease``, ``ease-dual`` or ``item-knn``."""

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""

    def scores(
        self, items: NDArray[np.int64], weights: NDArray[np.float32], person: int | None = None
    ) -> NDArray[np.float32]:
        """Return the (n_items,) float32 scores of all items."""

    def contributions(
        self, items: NDArray[np.int64], weights: NDArray[np.float32], ids: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the (len(items), len(ids)) float32 part of each score that comes from each item of the row.

        A column sums to the score of its id.
        """

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of the rows of a float32 CSR."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what a snapshot must hold to open this model again."""


def fit(
    rows: Any, *, reg: float, dense_limit: int = DENSE_LIMIT, neighbours: int = NEIGHBOURS
) -> AffinityModel:
    """Fit EASE from the smaller side, or item-kNN where both sides are too large for a dense solve.

    Args:
        rows: (n_people, n_items) float32 CSR of strengths.
        reg: ridge of EASE, in units of the diagonal of the Gram matrix.
        dense_limit: largest number of people or items, whichever is fewer, that is solved densely.
        neighbours: kept an item by item-kNN.
    Raises: DataError when the Gram matrix plus ``reg`` is not positive definite.
    Complexity: see ``ease``, ``DualEase.fit``, ``nearest_items``.
    """
    n_people, n_items = rows.shape
    if min(n_people, n_items) > dense_limit:
        return ItemWeights("item-knn", nearest_items(rows, neighbours=neighbours))
    if n_people < n_items:
        return DualEase.fit(rows, reg=reg)
    return ItemWeights("ease", ease(Evidence.of(rows).gram, reg, overwrite=True))


def mean_square(rows: Any) -> float:
    """Return the mean square of the strengths of a CSR, the unit of a ridge; 1 when it holds none."""
    return float(np.mean(rows.data**2, dtype=np.float64)) if rows.nnz else 1.0


def ease_solver(rows: Any) -> Callable[[float], AffinityModel]:
    """Return ridge → EASE from the smaller side, with the Gram matrix summed once.

    Args:
        rows: (n_people, n_items) float32 CSR.
    """
    if rows.shape[0] < rows.shape[1]:
        kernel = Evidence.of(rows.T.tocsr()).gram
        return lambda reg: DualEase.fit(rows, reg=reg, kernel=kernel)
    gram = Evidence.of(rows).gram
    return lambda reg: ItemWeights("ease", ease(gram, reg))


class ScoresRows(Protocol):
    """Scores all items for rows; every model does."""

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of the rows of a float32 CSR."""


def of_rows(model: ScoresRows, rows: Any) -> ScoreRows:
    """Return what scores people of ``rows``, an (n_people, n_items) CSR, with a model."""
    return lambda people: model.scores_rows(rows[people])


def from_arrays(name: str, arrays: Mapping[str, NDArray[Any]]) -> AffinityModel:
    """Open the model that ``arrays()`` of a model called ``name`` gave; arrays may be read-only and memory-mapped.

    Raises: NotFound when no model has that name.
    """
    if name == DualEase.name:
        return DualEase.from_arrays(arrays)
    if name in ("ease", "item-knn"):
        return ItemWeights.from_arrays(name, arrays)
    raise NotFound(
        f'no affinity model is called "{name}"',
        where="snapshot",
        expected=nearest(name, ("ease", "ease-dual", "item-knn")),
        next_step="train again",
    )
