"""Several learners of ratings as one, with what was rated in the days before: weighted by ratings that none was fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_baselines import BIASES
from zhiyin.affinity.rating_factors import FACTORS, factor_learner
from zhiyin.affinity.rating_lags import Lags, Past
from zhiyin.affinity.rating_learner import Chosen, FitRatings, Predict, RatingLearner, tuned
from zhiyin.affinity.rating_neighbours import RATING_ITEM_KNN
from zhiyin.affinity.ratings import Ratings
from zhiyin.core.history import NO_TIME
from zhiyin.core.progress import Progress
from zhiyin.evaluation.contest import Budget, Params
from zhiyin.evaluation.splits import TIMED_SHARE

LAGS = ("person lags", "item lags")
"""What a person gave, and what an item was given, in the days before."""

_FOLDS = 10
_ENOUGH = 2**17  # ratings that weights are fitted on, at most
_FEWEST = 20  # below, nothing is added to the biases
_DAMPING = 5.0  # ratings as expected that each window of days is given beside the real ones
_RIDGE = 20.0  # ratings as the biases expect them that weights are fitted on beside the real ones
_PREDICTED = 2**18  # ratings predicted at a time

Blocks = Mapping[str, NDArray[np.float64]]
"""Name of a part → (n, c) float64 features of it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """Parts fitted on ratings, and what they leave of these, in the order of time."""

    mean: float
    models: Mapping[str, Predict]  # the biases among them
    pasts: Mapping[str, Past]

    @classmethod
    def of(
        cls,
        ratings: Ratings,
        parts: Sequence[RatingLearner],
        params: Mapping[str, Params],
        lags: Sequence[str],
    ) -> Self:
        """Fit the parts that have parameters, and sort what is left for the lags that are named."""
        models = {
            part.name: part.prepare(ratings)(params[part.name])
            for part in parts
            if part.name in params
        }
        groups = dict(zip(LAGS, (ratings.person, ratings.item), strict=True))
        sizes = dict(zip(LAGS, (ratings.n_people, ratings.n_items), strict=True))
        pasts = {}
        if lags:
            smooth = models.get(FACTORS, models[BIASES.name])
            left = ratings.value - smooth(ratings.person, ratings.item, ratings.time_us)
            pasts = {n: Past.of(groups[n], ratings.time_us, left, sizes[n]) for n in lags}
        return cls(float(ratings.value.mean()), models, pasts)

    def blocks(
        self, person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], Blocks]:
        """Return (n,) what the biases expect, and the features of each part."""
        asked = dict(zip(LAGS, (person, item), strict=True))
        expected = self.models[BIASES.name](person, item, time_us)
        blocks = {BIASES.name: np.stack([np.ones(person.size), expected - self.mean], axis=1)}
        for name, model in self.models.items():
            if name != BIASES.name:
                blocks[name] = (model(person, item, time_us) - expected)[:, None]
        for name, past in self.pasts.items():
            blocks[name] = _lag_features(past, asked[name], time_us)
        return expected, blocks


def _lag_features(
    past: Past, group: NDArray[np.int64], time_us: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return (n, 9): damped means of the days before, what was left so long ago, and how many ratings there were."""
    if time_us.size and (time_us == time_us[0]).all():  # a list is asked for at one moment
        group, again = np.unique(group, return_inverse=True)
        return _columns(past.lags(group, np.full(group.size, time_us[0])))[again]
    return _columns(past.lags(group, time_us))


def _columns(lags: Lags) -> NDArray[np.float64]:
    damped = lags.total / (lags.count + _DAMPING)
    return np.hstack([damped, np.nan_to_num(lags.value), np.log1p(lags.count)])


def _folds(n: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """Yield masks of random parts of n ratings, as many of ten as it takes for enough ratings."""
    if n < _FEWEST:
        return
    size = min(-(-n // _FOLDS), _ENOUGH)
    order = np.random.default_rng(seed).permutation(n)
    for begin in range(0, min(n, _ENOUGH), size):
        mask = np.zeros(n, np.bool_)
        mask[order[begin : begin + size]] = True
        yield mask


def _unseen(
    ratings: Ratings,
    parts: Sequence[RatingLearner],
    params: Mapping[str, Params],
    lags: Sequence[str],
    seed: int,
) -> tuple[NDArray[np.float64], Blocks]:
    """Return what the biases leave of ratings that nothing was fitted on, and the features of all parts for them."""
    left, blocks = [np.empty(0)], []
    for mask in _folds(ratings.value.size, seed):
        fitted = _Fitted.of(ratings.where(~mask), parts, params, lags)
        held = ratings.where(mask)
        expected, features = fitted.blocks(held.person, held.item, held.time_us)
        left.append(held.value - expected)
        blocks.append(features)
    names = blocks[0] if blocks else ()
    return np.concatenate(left), {
        name: np.concatenate([one[name] for one in blocks]) for name in names
    }


def _weights(left: NDArray[np.float64], blocks: Blocks) -> Blocks:
    """Return the (c,) ridge weights of each part's features, pulled to 0, which is what the biases expect."""
    if not left.size:
        return {}
    features = np.hstack(list(blocks.values()))
    gram = features.T @ features
    # The tiny term is for features that are 0 everywhere.
    np.fill_diagonal(gram, gram.diagonal() * (1 + _RIDGE / left.size) + 1e-9)
    weights = np.linalg.solve(gram, features.T @ left)
    ends = np.cumsum([block.shape[1] for block in blocks.values()])
    return dict(zip(blocks, np.split(weights, ends[:-1]), strict=True))


def _sum(expected: NDArray[np.float64], blocks: Blocks, weights: Blocks) -> NDArray[np.float64]:
    return np.asarray(sum((blocks[name] @ weights[name] for name in weights), start=expected))


def stack_learner(seed: int) -> RatingLearner:
    """Return the one of biases, factors and the nearest items that validates best, or a weighted sum of them and of lags.

    Weights come from a ridge on ratings that no part was fitted on. Which parts stand in the sum, lags of the person and
    lags of the item among them, is chosen by held-out ratings, all subsets being tried; a larger one must be better by a
    standard error, so what does not help is not there. Lags enter only where ratings have times. They are taken of what
    the factors, or else the biases, leave of earlier ratings of the training data: of the rating that is predicted, and of
    what is later, nothing is known to them.

    Args:
        seed: of the factors' beginning and the parts that weights are fitted on.
    References: Breiman, Machine Learning 1996 (stacked regressions); Koren, CACM 2010 (what is rated changes with time).
    """
    parts = (BIASES, factor_learner(seed), RATING_ITEM_KNN)

    def tune(
        fitted: Ratings,
        held: Ratings,
        budget: Budget,
        known: Mapping[str, Chosen],
        progress: Progress,
    ) -> Chosen:
        found = {}
        for place, part in enumerate(parts, start=1):
            found[part.name] = known.get(part.name) or tuned(part, fitted, held, budget, known)
            progress(place / (len(parts) + 1), place)
        params = {name: one.params for name, one in found.items()}
        trials = sum(one.trials for one in found.values())
        if not held.value.size:
            return Chosen(_named(params, [BIASES.name]), trials, np.nan)
        sums = _errors(fitted, held, parts, params, seed)
        best = _least(sums)
        error = float(np.sqrt(sums[best].mean()))
        return Chosen(_named(params, best), trials + len(sums) - len(parts), error)

    def prepare(ratings: Ratings) -> FitRatings:
        return lambda params: _stacked(ratings, parts, params, seed)

    return RatingLearner("zhiyin", prepare, tune=tune)


def _errors(
    fitted: Ratings,
    held: Ratings,
    parts: Sequence[RatingLearner],
    params: Mapping[str, Params],
    seed: int,
) -> dict[tuple[str, ...], NDArray[np.float64]]:
    """Return the (f,) squared errors on held-out ratings: of each part alone, and of the sums, the biases in each."""
    lags = LAGS if np.mean(fitted.time_us != NO_TIME) >= TIMED_SHARE else ()
    left, blocks = _unseen(fitted, parts, params, lags, seed)
    model = _Fitted.of(fitted, parts, params, lags)
    expected, asked = model.blocks(held.person, held.item, held.time_us)

    def squared(predicted: NDArray[np.float64]) -> NDArray[np.float64]:
        return (fitted.clipped(predicted) - held.value) ** 2

    errors: dict[tuple[str, ...], NDArray[np.float64]] = {}
    for name, predict in model.models.items():
        errors[(name,)] = squared(predict(held.person, held.item, held.time_us))
    names = [name for name in asked if name != BIASES.name]
    for subset in chain(*(combinations(names, size) for size in range(1, len(names) + 1))):
        inside = {name: blocks[name] for name in (BIASES.name, *subset) if blocks}
        errors[(BIASES.name, *subset)] = squared(_sum(expected, asked, _weights(left, inside)))
    return errors


def _least(errors: Mapping[tuple[str, ...], NDArray[np.float64]]) -> tuple[str, ...]:
    """Return the names with the least error; other names than the biases, and more, must win by a standard error."""
    best: tuple[str, ...] = (BIASES.name,)
    for size in sorted({len(names) for names in errors}):
        tried = min((n for n in errors if len(n) == size), key=lambda n: float(errors[n].mean()))
        gain = errors[best] - errors[tried]
        if gain.mean() > gain.std() / np.sqrt(gain.size):
            best = tried
    return best


def _named(params: Mapping[str, Params], names: Sequence[str]) -> dict[str, object]:
    """Return the parameters of the named parts, and the lags among the names; a part alone has no weight."""
    return {
        "parts": {name: params[name] for name in names if name in params},
        "lags": [name for name in names if name in LAGS],
    }


def _stacked(
    ratings: Ratings, parts: Sequence[RatingLearner], params: Params, seed: int
) -> Predict:
    if len(params["parts"]) + len(params["lags"]) == 1:
        return next(
            part.prepare(ratings)(params["parts"][part.name])
            for part in parts
            if part.name in params["parts"]
        )
    weights = _weights(*_unseen(ratings, parts, params["parts"], params["lags"], seed))
    fitted = _Fitted.of(ratings, parts, params["parts"], params["lags"])

    def predict(
        person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        answer = np.empty(person.size)
        for start in range(0, person.size, _PREDICTED):
            part = slice(start, start + _PREDICTED)
            expected, blocks = fitted.blocks(person[part], item[part], time_us[part])
            answer[part] = _sum(expected, blocks, weights)
        return answer

    return predict
