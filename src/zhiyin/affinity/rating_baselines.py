"""The simple learners of ratings: means, biases, the nearest items and a few factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.evaluation.contest import Params
from zhiyin.evaluation.metrics import share
from zhiyin.evaluation.search import LogUniform, Space, Whole

Predict = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]
"""People (n,) and items (n,) int64 → (n,) float64 ratings."""

FitRatings = Callable[[Params], Predict]
"""Parameters → predictions."""

ITEM_DAMPING = 5.0
"""Ratings at the expected value that an item's bias is damped with, where it is not searched."""

_PERSON_DAMPING = LogUniform(0.1, 100.0, default=10.0)
_SWEEPS = 15  # of the biases
_FACTOR_SWEEPS = 10
_PAIRS = 2**22  # likenesses in memory at a time, unless one item alone has more
_PREDICTED = 2**14  # ratings predicted at a time
_CELLS = 2**20  # gathered factors in memory at a time, unless one row alone has more


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Who rated what how, each pair once.

    Attributes:
        person: (e,) int64.
        item: (e,) int64.
        value: (e,) float64.
        n_people: beyond all numbers of people, also of those without ratings.
        n_items: likewise.

    >>> two = Ratings.of(np.array([0, 0]), np.array([1, 1]), np.array([3.0, 4.0]), 1, 2)
    >>> two.value.tolist()
    [3.5]
    """

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    value: NDArray[np.float64]
    n_people: int
    n_items: int

    @classmethod
    def of(
        cls,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        value: NDArray[np.float64],
        n_people: int,
        n_items: int,
    ) -> Self:
        """Return the ratings by person and item; of several of a pair the mean counts."""
        pair, number = np.unique(person * n_items + item, return_inverse=True)
        mean = np.bincount(number, value, pair.size) / np.bincount(number, minlength=pair.size)
        return cls(*np.divmod(pair, n_items), mean, n_people, n_items)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the chosen ratings of the same people and items; ``chosen`` is (e,) bool."""
        person, item, value = self.person[chosen], self.item[chosen], self.value[chosen]
        return replace(self, person=person, item=item, value=value)

    def rows(self, values: NDArray[np.float64]) -> Any:
        """Return (n_people, n_items) float64 CSR of one value a rating, zeros kept."""
        start = np.searchsorted(self.person, np.arange(self.n_people + 1))
        return sparse.csr_array((values, self.item, start), shape=(self.n_people, self.n_items))


@dataclass(frozen=True, slots=True, eq=False)
class RatingLearner:
    """Something that can be fitted on ratings and predicts others.

    Attributes:
        name: as tables print it.
        prepare: does once what does not depend on parameters, and returns what fits with some.
        space: parameters that are searched; empty where there are none.

    >>> half = RatingLearner("half", lambda ratings: lambda params: lambda p, i: np.full(p.size, 0.5))
    >>> half.space
    {}
    """

    name: str
    prepare: Callable[[Ratings], FitRatings]
    space: Space = field(default_factory=dict)


def biases(
    ratings: Ratings, person_damping: float, item_damping: float = ITEM_DAMPING
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean rating, and how far above it each person rates and each item is rated.

    Each side in turn is solved in closed form for the other; whoever has no ratings has 0.

    Args:
        ratings: at least one.
        person_damping: ratings at the expected value that each person is given beside the real ones.
        item_damping: likewise for items.
    Returns: the mean, (n_people,) float64, (n_items,) float64.
    Complexity: O(e) a sweep.
    References: Koren, TKDD 2010, section 2.1.
    """
    person, n_people = ratings.person, ratings.n_people
    item, n_items = ratings.item, ratings.n_items
    mean = float(ratings.value.mean())
    above = ratings.value - mean
    of_person, of_item = np.zeros(n_people), np.zeros(n_items)
    people = np.bincount(person, minlength=n_people) + person_damping
    items = np.bincount(item, minlength=n_items) + item_damping
    for _ in range(_SWEEPS):
        of_item = np.bincount(item, above - of_person[person], n_items) / items
        of_person = np.bincount(person, above - of_item[item], n_people) / people
    return mean, of_person, of_item


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
        shared = (columns[start:stop] @ residuals).tocoo()
        item, near = shared.row.astype(np.int64), shared.col.astype(np.int64)
        kept = (shared.data > 0) & (item + start != near)
        item, near = item[kept], near[kept]
        like = shared.data[kept] / (norms[item + start] * norms[near] + shrinkage * unit)
        order = np.lexsort((near, -like, item))
        place = np.arange(item.size) - np.searchsorted(item[order], item[order])
        best = order[place < neighbours]
        entries = (like[best], (item[best], near[best]))
        parts.append(sparse.csr_array(entries, shape=(stop - start, n_items)))
    return sparse.vstack(parts, format="csr")


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
    for _ in range(_FACTOR_SWEEPS):
        of_person = _solved(residuals, of_item, ridge)
        of_item = _solved(columns, of_person, ridge)
    return of_person, of_item


def _solved(rows: Any, other: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Return the (n, rank) ridge solution of each row by itself, with the other side's factors as features."""
    count, rank = np.diff(rows.indptr), other.shape[1]
    solved = np.zeros((count.size, rank))
    for part in _of_like_length(count, rank):
        place = np.arange(count[part].max())
        is_over = place >= count[part][:, None]  # where a row is shorter than the longest
        at = np.where(is_over, 0, rows.indptr[part][:, None] + place)
        near = np.where(is_over[:, :, None], 0, other[rows.indices[at]])  # (b, length, rank)
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


def _random(seed: int) -> Callable[[Ratings], FitRatings]:
    def prepare(ratings: Ratings) -> FitRatings:
        def predict(person: NDArray[np.int64], item: NDArray[np.int64]) -> NDArray[np.float64]:
            return np.random.default_rng(seed).choice(ratings.value, person.size)

        return lambda params: predict

    return prepare


def _mean(ratings: Ratings) -> FitRatings:
    mean = float(ratings.value.mean())
    return lambda params: lambda person, item: np.full(person.size, mean)


def _means(number: NDArray[np.int64], value: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the mean value of each of n groups, that of all values for a group without any."""
    mean = share(np.bincount(number, value, n), np.bincount(number, minlength=n))
    return np.where(np.isnan(mean), value.mean(), mean)


def _item_mean(ratings: Ratings) -> FitRatings:
    mean = _means(ratings.item, ratings.value, ratings.n_items)
    return lambda params: lambda person, item: mean[item]


def _person_mean(ratings: Ratings) -> FitRatings:
    mean = _means(ratings.person, ratings.value, ratings.n_people)
    return lambda params: lambda person, item: mean[person]


def _expecting(fitted: tuple[float, NDArray[np.float64], NDArray[np.float64]]) -> Predict:
    mean, of_person, of_item = fitted
    return lambda person, item: mean + of_person[person] + of_item[item]


def _biases(ratings: Ratings) -> FitRatings:
    return lambda params: _expecting(biases(ratings, **params))


def _with_residuals(ratings: Ratings, person_damping: float) -> tuple[Predict, Any]:
    """Return what the biases expect, and what they leave of the ratings as (n_people, n_items) CSR."""
    expected = _expecting(biases(ratings, person_damping))
    return expected, ratings.rows(ratings.value - expected(ratings.person, ratings.item))


def _item_knn(ratings: Ratings) -> FitRatings:
    known = ratings.rows(np.ones(ratings.value.size))

    def fit(params: Params) -> Predict:
        expected, residuals = _with_residuals(ratings, params["person_damping"])
        near = nearest_by_residual(
            residuals, neighbours=params["neighbours"], shrinkage=params["shrinkage"]
        )

        def predict(person: NDArray[np.int64], item: NDArray[np.int64]) -> NDArray[np.float64]:
            answer = expected(person, item)
            for start in range(0, person.size, _PREDICTED):
                part = slice(start, start + _PREDICTED)
                likeness = near[item[part]]
                above = residuals[person[part]].multiply(likeness).sum(axis=1)
                weight = known[person[part]].multiply(likeness).sum(axis=1)
                answer[part] += above / (weight + params["damping"])
            return answer

        return predict

    return fit


def _factors(ratings: Ratings, seed: int) -> FitRatings:
    def fit(params: Params) -> Predict:
        expected, residuals = _with_residuals(ratings, params["person_damping"])
        rank, reg = params["rank"], params["reg"]
        of_person, of_item = factors(residuals, rank=rank, reg=reg, seed=seed)
        return lambda person, item: (
            expected(person, item) + np.einsum("nd,nd->n", of_person[person], of_item[item])
        )

    return fit


def factor_learner(seed: int) -> RatingLearner:
    """Return what adds the product of a person's and an item's factors to what the biases expect.

    Args:
        seed: of the factors' beginning.
    """
    return RatingLearner(
        "factors",
        lambda ratings: _factors(ratings, seed),
        {
            "rank": Whole(2, 32, is_log=True, default=8),
            "reg": LogUniform(0.02, 2.0, default=0.1),
            "person_damping": _PERSON_DAMPING,
        },
    )


MEAN = "mean"
"""Name of the learner that predicts the mean of all ratings."""


def rating_baselines(seed: int) -> list[RatingLearner]:
    """Return the learners that stand in every table of ratings.

    Args:
        seed: of the one that predicts at random.
    """
    return [
        RatingLearner("random", _random(seed)),
        RatingLearner(MEAN, _mean),
        RatingLearner("item mean", _item_mean),
        RatingLearner("user mean", _person_mean),
        RatingLearner(
            "biases",
            _biases,
            {
                "person_damping": _PERSON_DAMPING,
                "item_damping": LogUniform(0.1, 100.0, default=ITEM_DAMPING),
            },
        ),
        RatingLearner(
            "item-knn",
            _item_knn,
            {
                "neighbours": Whole(5, 500, is_log=True, default=50),
                "shrinkage": LogUniform(1.0, 1000.0, default=30.0),
                "damping": LogUniform(0.01, 10.0, default=0.1),
                "person_damping": _PERSON_DAMPING,
            },
        ),
    ]
