"""What every affinity model answers, and which one fits a shop of a given size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.task import TrainingData

DENSE_LIMIT = 12_000
"""Largest side of a dense solve; 12,000 cost 0.6 GB and 1.7 T floating-point operations."""

NEIGHBOURS = 200
"""Neighbours that item-kNN keeps for an item."""


class AffinityModel(Protocol):
    """Scores all items for one person, and says who or what gave which part.

    Items that are newer than the model are ignored in a row and score 0.
    """

    @property
    def name(self) -> str:
        """What ``opened`` opens it by."""

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """Return the (n_items,) float32 scores of all items."""

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """Return the parts of the scores of some items, (m,) int64; those of an item sum to its score."""

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


Scoring = Callable[[TrainingData], ScoreRows]
"""People with their histories → what scores them by their numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A fitted model, and its scores for people of the data by their numbers: what a learner leaves behind.

    Attributes:
        model: what serves one person at a time.
        of_people: people (m,) int64 → (m, n_items) float32, the scores that the model gives them one by one;
            of a blend, with what an item of the row gives itself.
        on: the same for the same people with other histories, without fitting anew.
    """

    model: AffinityModel
    of_people: ScoreRows
    on: Scoring

    def __call__(self, people: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of people, (m,) int64."""
        return self.of_people(people)


def fitted(model: AffinityModel, data: TrainingData, scoring: Scoring) -> Fitted:
    """Return a model with what scores people of ``data``."""
    return Fitted(model, scoring(data), scoring)


def of_rows(model: Any, data: TrainingData) -> Fitted:
    """Return a model that scores people by their rows alone."""
    return fitted(
        model, data, lambda asked: lambda people: model.scores_rows(asked.histories[people])
    )
