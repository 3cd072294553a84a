"""Ratings on two files: how many stars who will give to what, by the error of the prediction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_baselines import (
    FACTORS,
    FitRatings,
    Predict,
    RatingLearner,
    Ratings,
    rating_baselines,
)
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import check_names
from zhiyin.bench.files import Pairs, read_pairs
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.contest import Budget, Params
from zhiyin.evaluation.cost import measured
from zhiyin.evaluation.intervals import Interval, bootstrap_ratio
from zhiyin.evaluation.predictions import by_person, rmse
from zhiyin.evaluation.search import search
from zhiyin.evaluation.significance import holm, sign_flip_p
from zhiyin.evaluation.splits import per_person_random
from zhiyin.evaluation.summary import number

BASELINES = [learner.name for learner in rating_baselines()]
"""Stand in every table, whatever is asked for."""

HELD_OUT = 0.1
"""Share of each person's training ratings that parameters are chosen by."""

PROTOCOL = {
    "predictions": "cut to the range of the training ratings; of several of a pair the mean is learned from",
    "unknown": "new people and new items are given what is known without them",
    "validation": f"a random part of each person's training ratings, {HELD_OUT:.0%}, at least one of two",
    "chosen_by": "root mean square error",
    "interval": "95 %, bootstrap over people",
}

_RESAMPLES = 1000
_CELLS = 2**22  # resampled people in memory at a time


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """A learner with its chosen parameters, and what it predicts.

    Attributes:
        learner: who.
        params: chosen without a look at the test ratings.
        trials: parameter sets that were tried.
        validation: root mean square error of the chosen ones on the held-out part, NaN where none was.
        value: (f,) float64 the test ratings as predicted.
        fit_s: seconds of one fit on all training ratings.
        score_s: seconds for all test ratings.
        rss_mb: most resident memory of the process while fitting and predicting.
    """

    learner: RatingLearner
    params: Params
    trials: int
    validation: float
    value: NDArray[np.float64]
    fit_s: float
    score_s: float
    rss_mb: float


def bench_ratings(
    train: Path,
    test: Path,
    *,
    models: Sequence[str] = (),
    trials: int = 10,
    seed: int = 0,
    journal: Path | None = None,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Judge learners by the error of the ratings that they predict.

    Args:
        train: table of people, items and ratings.
        test: another, what is to be predicted.
        models: learners beside the baselines, all that there are when none is named.
        trials: parameter sets that every learner may try.
        seed: of the held-out part, the parameter sets and the intervals.
        journal: file of finished trials, so that a run that was stopped goes on.
        progress: told as the trials go on.
    Returns: ``models``: name → errors with intervals, cost, parameters, and the difference to the reference, the
        baseline that validates best; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read, or no row of it has a rating.
        SettingsError: a model has no such name.
    """
    budget = budget_of(trials, seed, journal)
    learners = _learners(models)
    pairs = read_pairs(train, test)
    known = _ratings(pairs.train, pairs.train_value, pairs.shape, train)
    rated = np.isfinite(pairs.test_value)
    _check_rated(rated, test)
    asked, truth = pairs.test.where(rated), pairs.test_value[rated]
    judged = []
    for place, learner in enumerate(learners):

        def told(done: float, tried: int, place: int = place) -> None:
            progress((place + 0.9 * done) / len(learners), place * trials + tried)

        judged.append(_predicted(learner, known, asked, budget, told))
    progress(1.0, len(learners) * trials)
    return {
        "models": _summary(judged, asked.person, truth, pairs.shape[0], seed),
        "data": _described(pairs, known, asked),
        "protocol": {**PROTOCOL, "trials": trials, "seed": seed},
        "left_out": {},
    }


def _described(pairs: Pairs, known: Ratings, asked: Interactions) -> dict[str, Any]:
    unrated = np.isnan(pairs.train_value).sum() + np.isnan(pairs.test_value).sum()
    return {
        "people": pairs.shape[0],
        "items": pairs.shape[1],
        "train": int(known.value.size),
        "test": int(asked.item.size),
        "test_in_train": int(np.isin(_pair(asked, pairs), _pair(known, pairs)).sum()),
        "judged_people": int(np.unique(asked.person).size),
        "test_of_new_people": int((~np.isin(asked.person, known.person)).sum()),
        "test_of_new_items": int((~np.isin(asked.item, known.item)).sum()),
        "lowest": number(known.value.min()),
        "highest": number(known.value.max()),
        "rows_without_rating": int(unrated),
        "rejected_rows": pairs.rejected,
    }


def _ratings(
    events: Interactions, value: NDArray[np.float64], shape: tuple[int, int], path: Path
) -> Ratings:
    rated = np.isfinite(value)
    _check_rated(rated, path)
    return Ratings.of(events.person[rated], events.item[rated], value[rated], *shape)


def _pair(events: Interactions | Ratings, pairs: Pairs) -> NDArray[np.int64]:
    return events.person * pairs.n_items + events.item


def _check_rated(rated: NDArray[np.bool_], path: Path) -> None:
    if not rated.any():
        raise InvalidRecord(
            "no row has a rating",
            where=str(path),
            expected="a column of numbers called rating, score or value",
            next_step="name the column so; without ratings, rank: zhiyin bench cf",
        )


def _learners(models: Sequence[str]) -> list[RatingLearner]:
    check_names(models, [*BASELINES, FACTORS.name], "name models of this list")
    return rating_baselines() + ([FACTORS] if not models or FACTORS.name in models else [])


def _predicted(
    learner: RatingLearner, known: Ratings, asked: Interactions, budget: Budget, progress: Progress
) -> Predicted:
    params, trials, validation = _tuned(learner, known, budget, progress)
    with measured() as fitting:
        predict = learner.prepare(known)(params)
    with measured() as scoring:
        value = _in_range(predict, known, asked.person, asked.item)
    rss_mb = max(fitting.rss_mb, scoring.rss_mb)
    return Predicted(
        learner, params, trials, validation, value, fitting.seconds, scoring.seconds, rss_mb
    )


def _tuned(
    learner: RatingLearner, known: Ratings, budget: Budget, progress: Progress
) -> tuple[Params, int, float]:
    """Return the chosen parameters, how many were tried, and their error on the held-out part."""
    parts = per_person_random(known.person, known.item, HELD_OUT, budget.seed)
    fitted, held = known.where(parts.train), known.where(parts.test)
    people = np.unique(held.person)
    if people.size > budget.people:
        people = np.random.default_rng(budget.seed).choice(people, budget.people, replace=False)
        held = held.where(np.isin(held.person, people))
    fit: list[FitRatings] = []  # made by the first trial that is not in the journal

    def value(params: Params) -> float:
        if not held.value.size:
            return np.nan
        if not fit:
            fit.append(learner.prepare(fitted))
        predicted = _in_range(fit[0](params), fitted, held.person, held.item)
        return -rmse(predicted, held.value)

    found = search(
        learner.space,
        value,
        trials=budget.trials,
        seed=budget.seed,
        journal=budget.journal,
        name=f"{learner.name} rmse {_fingerprint(known)}",
        progress=progress,
    )
    return found.params, len(found.tried), -found.value


def _in_range(
    predict: Predict, known: Ratings, person: NDArray[np.int64], item: NDArray[np.int64]
) -> NDArray[np.float64]:
    return np.clip(predict(person, item), known.value.min(), known.value.max())


def _fingerprint(known: Ratings) -> str:
    digest = hashlib.sha256()
    for array in (known.person, known.item, known.value):
        digest.update(array.tobytes())
    return digest.hexdigest()[:16]


def _summary(
    judged: Sequence[Predicted],
    person: NDArray[np.int64],
    truth: NDArray[np.float64],
    n_people: int,
    seed: int,
) -> dict[str, dict[str, Any]]:
    """Return name → figures, as JSON can hold them."""
    squared = {
        one.learner.name: by_person((one.value - truth) ** 2, person, n_people) for one in judged
    }
    reference = min(
        (one for one in judged if one.learner.name in BASELINES),
        key=lambda one: np.nan_to_num(one.validation, nan=np.inf),
    ).learner.name
    base, count = squared[reference][0], squared[reference][1].astype(np.float64)
    others = [name for name in squared if name != reference]
    p = holm([sign_flip_p((squared[name][0] - base)[count > 0], seed=seed) for name in others])
    against = {
        name: {
            "reference": reference,
            "rmse": _rounded(rmse_difference(squared[name][0], base, count, seed)),
            "p_holm": number(adjusted),
        }
        for name, adjusted in zip(others, p, strict=True)
    }
    told = {}
    for one in judged:
        name = one.learner.name
        absolute = by_person(np.abs(one.value - truth), person, n_people)[0]
        root = bootstrap_ratio(squared[name][0], count, transform=np.sqrt, seed=seed)
        mean = bootstrap_ratio(absolute, count, seed=seed)
        told[name] = {
            "rmse": number(root.mean),
            "mae": number(mean.mean),
            "ci": {"rmse": _rounded(root)[1:], "mae": _rounded(mean)[1:]},
            "fit_s": round(one.fit_s, 3),
            "score_s": round(one.score_s, 3),
            "rss_mb": round(one.rss_mb, 1),
            "params": dict(one.params),
            "trials": one.trials,
            "validation": number(one.validation),
            "against": against.get(name),
        }
    return told


def rmse_difference(
    own: NDArray[np.float64], base: NDArray[np.float64], count: NDArray[np.float64], seed: int = 0
) -> Interval:
    """Return how much higher one root mean square error is than another, with its 95 % bootstrap interval over people.

    Args:
        own: (m,) float64 sum of a person's squared errors.
        base: (m,) float64 the same of the other.
        count: (m,) float64 ratings of the person; who has none is left out.
        seed: of the resampling.
    Complexity: O(m) time for each of the resamples, bounded memory.
    """
    sums = np.stack([own, base, count], axis=1)[count > 0]  # (people, 3)
    step = max(1, _CELLS // sums.shape[0])
    rng = np.random.default_rng(seed)
    drawn = []
    for start in range(0, _RESAMPLES, step):
        rows = rng.integers(0, sums.shape[0], (min(step, _RESAMPLES - start), sums.shape[0]))
        drawn.append(sums[rows].sum(axis=1))
    low, high = np.quantile(_root_difference(np.concatenate(drawn)), (0.025, 0.975))
    figure = _root_difference(sums.sum(axis=0)[None, :])
    return Interval(float(figure[0]), float(low), float(high))


def _root_difference(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the difference of the roots for (n, 3) sums of squares, of the other's, and of ratings."""
    return np.asarray(np.sqrt(sums[:, 0] / sums[:, 2]) - np.sqrt(sums[:, 1] / sums[:, 2]))


def _rounded(interval: Interval) -> list[float | None]:
    return [number(value) for value in interval.as_list()]
