"""Ratings by what a person gave to the items nearest to an item."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.item_weights import highest_of_rows
from zhiyin.affinity.rating_learner import (
    PERSON_DAMPING,
    FitRatings,
    Predict,
    RatingLearner,
    with_residuals,
)
from zhiyin.affinity.ratings import Ratings
from zhiyin.evaluation.contest import Params
from zhiyin.evaluation.search import LogUniform, Whole

_PAIRS = 2**22  # likenesses in memory at a time, unless one item alone has more
_PREDICTED = 2**14  # ratings predicted at a time


def nearest_by_residual(residuals: Any, *, neighbours: int, shrinkage: float) -> Any:
    """Return each item's nearest items by shrunk cosine of what people rate them above or below what is expected.

    Only positive likeness is kept. Of equally near items those with lower numbers are.

    Args:
        residuals: (n_people, n_items) float64 CSR.
        neighbours: how many are kept an item, at most.
        shrinkage: ratings of the mean square that are added to the norms, so that likeness which rests on few people is
            pulled toward 0.
    Returns: (n_items, n_items) float64 CSR, row i = neighbours of i, not i itself.
    Complexity: the sum over people of their squared row lengths; no items × items array.
    References: Sarwar et al., WWW 2001; Koren, TKDD 2010 (of residuals, shrunk).
    """
    n_items = residuals.shape[1]
    columns = residuals.T.tocsr()
    norms = np.sqrt(columns.multiply(columns).sum(axis=1))
    unit = float(np.mean(residuals.data**2)) if residuals.nnz else 1.0
    known = columns.astype(bool).astype(np.int64)
    work = np.minimum(known @ np.diff(residuals.indptr).astype(np.int64), n_items)
    ends = np.flatnonzero(np.diff(np.cumsum(work) // _PAIRS)) + 1
    parts = []
    for start, stop in pairwise([0, *ends.tolist(), n_items]):
        like = columns[start:stop] @ residuals
        like.eliminate_zeros()
        like.sort_indices()
        item = np.repeat(np.arange(start, stop), np.diff(like.indptr))
        like.data /= norms[item] * norms[like.indices] + shrinkage * unit
        like.data[item == like.indices] = 0
        parts.append(highest_of_rows(like, neighbours))
    return sparse.vstack(parts, format="csr")


def _item_knn(ratings: Ratings) -> FitRatings:
    known = ratings.rows(np.ones(ratings.value.size))

    def fit(params: Params) -> Predict:
        expected, residuals = with_residuals(ratings, params["person_damping"])
        near = nearest_by_residual(
            residuals, neighbours=params["neighbours"], shrinkage=params["shrinkage"]
        )

        def predict(
            person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64]
        ) -> NDArray[np.float64]:
            answer = expected(person, item, time_us)
            for start in range(0, person.size, _PREDICTED):
                part = slice(start, start + _PREDICTED)
                likeness = near[item[part]]
                above = residuals[person[part]].multiply(likeness).sum(axis=1)
                weight = known[person[part]].multiply(likeness).sum(axis=1)
                answer[part] += above / (weight + params["damping"])
            return answer

        return predict

    return fit


RATING_ITEM_KNN = RatingLearner(
    "item-knn",
    _item_knn,
    {
        "neighbours": Whole(5, 500, is_log=True, default=50),
        "shrinkage": LogUniform(1.0, 1000.0, default=30.0),
        "damping": LogUniform(0.01, 10.0, default=0.1),
        "person_damping": PERSON_DAMPING,
    },
)
"""What the biases expect, and how far above it the person rated the items nearest to the item."""
