"""Ratings by a few factors of people and items, solved in closed form each side in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

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

FACTORS = "factors"
"""Name of the learner of factors."""

_SWEEPS = 10
_CELLS = 2**20  # gathered factors in memory at a time, unless one row alone has more
_PREDICTED = 2**18  # ratings predicted at a time


def factors(
    residuals: Any, *, rank: int, reg: float, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return factors of people and items whose products are near the residuals, by alternating least squares.

    Args:
        residuals: (n_people, n_items) float64 CSR; what is not stored is unknown.
        rank: width of the factors.
        reg: ridge for each rating, in standard deviations of the residuals; the factors are 0 where it is large.
        seed: of the beginning.
    Returns: (n_people, rank) and (n_items, rank) float64, 0 for who has no ratings.
    Complexity: O(e rank² + (n_people + n_items) rank³) time a sweep and less where rows are shorter than the rank; bounded
        memory beside the answer.
    References: Zhou et al., AAIM 2008 (the ridge weighted by the number of ratings).
    """
    ridge = reg * float(residuals.data.std()) if residuals.nnz else reg
    columns = residuals.T.tocsr()
    rng = np.random.default_rng(seed)
    of_item = rng.normal(scale=0.1, size=(residuals.shape[1], rank))
    for _ in range(_SWEEPS):
        of_person = _solved(residuals, of_item, ridge)
        of_item = _solved(columns, of_person, ridge)
    return of_person, of_item


def _solved(rows: Any, other: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Return the (n, rank) ridge solution of each row by itself, with the other side's factors as features."""
    count, rank = np.diff(rows.indptr), other.shape[1]
    solved = np.zeros((count.size, rank))
    padded = np.vstack([other, np.zeros(rank)])
    for part in _of_like_length(count, rank):
        place = np.arange(count[part].max())
        is_over = place >= count[part][:, None]  # where a row is shorter than the longest
        at = np.where(is_over, 0, rows.indptr[part][:, None] + place)
        near = padded.take(np.where(is_over, -1, rows.indices[at]), axis=0)  # (b, length, rank)
        value = np.where(is_over, 0, rows.data[at])[:, :, None]
        # The tiny term keeps a system solvable whose ridge is 0, because all residuals are.
        damping = (ridge * count[part] + 1e-12)[:, None]
        across = near.transpose(0, 2, 1)
        if place.size < rank:  # (AᵀA + dI)⁻¹Aᵀ = Aᵀ(AAᵀ + dI)⁻¹, and this side is the smaller one
            found = across @ _damped_solve(near @ across, damping, value)
        else:
            found = _damped_solve(across @ near, damping, across @ value)
        solved[part] = found[:, :, 0]
    return solved


def _damped_solve(
    gram: NDArray[np.float64], damping: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Solve (b, s, s) systems, to whose diagonals (b, 1) is added, for (b, s, 1) right sides."""
    each = np.arange(gram.shape[1])
    gram[:, each, each] += damping
    return np.asarray(np.linalg.solve(gram, right), np.float64)


def _of_like_length(count: NDArray[np.integer[Any]], rank: int) -> Iterator[NDArray[np.int64]]:
    """Yield the rows that have something in batches of bounded memory, none twice as long as another of its batch."""
    doublings = np.frexp(count)[1]  # 1 for length 1, 2 for 2 and 3, 3 for 4 to 7
    for bits in np.unique(doublings[count > 0]).tolist():
        rows = np.flatnonzero(doublings == bits)
        step = max(1, _CELLS // (rank << bits))
        for start in range(0, rows.size, step):
            yield rows[start : start + step]


def _fitting(ratings: Ratings, seed: int) -> FitRatings:
    def fit(params: Params) -> Predict:
        expected, residuals = with_residuals(ratings, params["person_damping"])
        rank, reg = params["rank"], params["reg"]
        of_person, of_item = factors(residuals, rank=rank, reg=reg, seed=seed)

        def predict(
            person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64]
        ) -> NDArray[np.float64]:
            answer = expected(person, item, time_us)
            for start in range(0, person.size, _PREDICTED):
                part = slice(start, start + _PREDICTED)
                answer[part] += np.einsum("nd,nd->n", of_person[person[part]], of_item[item[part]])
            return answer

        return predict

    return fit


def factor_learner(seed: int) -> RatingLearner:
    """Return what adds the product of a person's and an item's factors to what the biases expect.

    Args:
        seed: of the factors' beginning.
    """
    return RatingLearner(
        FACTORS,
        lambda ratings: _fitting(ratings, seed),
        {
            "rank": Whole(2, 32, is_log=True, default=8),
            "reg": LogUniform(0.02, 2.0, default=0.1),
            "person_damping": PERSON_DAMPING,
        },
    )
