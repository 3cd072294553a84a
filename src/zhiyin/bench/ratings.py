"""Ratings on two files: how many stars who will give to what, by the error of the prediction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_baselines import (
    Predict,
    RatingLearner,
    Ratings,
    factor_learner,
    rating_baselines,
)
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import check_names
from zhiyin.bench.files import Pairs, read_pairs
from zhiyin.bench.rating_summary import Predicted, rating_summary
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.contest import Budget, Params, chosen
from zhiyin.evaluation.cost import measured
from zhiyin.evaluation.predictions import rmse
from zhiyin.evaluation.search import Found
from zhiyin.evaluation.splits import per_person_random
from zhiyin.evaluation.summary import number

HELD_OUT = 0.1
"""Share of each person's training ratings that parameters are chosen by."""

PROTOCOL = {
    "predictions": "cut to the range of the training ratings; of several of a pair the mean is learned from",
    "unknown": "new people and new items are given what is known without them",
    "validation": f"a random part of each person's training ratings, {HELD_OUT:.0%}, at least one of two",
    "chosen_by": "root mean square error",
    "interval": "95 %, bootstrap over people",
}


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
        seed: of the held-out part, the parameter sets, what is drawn at random and the intervals.
        journal: file of finished trials, so that a run that was stopped goes on.
        progress: told as the trials go on.
    Returns: ``models``: name → errors with intervals, cost, parameters, and the difference to the reference, the
        baseline that validates best; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read, or no row of it has a rating.
        UnknownPart: a model has no such name.
    """
    budget = budget_of(trials, seed, journal)
    baselines, factors = rating_baselines(seed), factor_learner(seed)
    names = [learner.name for learner in baselines]
    check_names(models, [*names, factors.name], "name models of this list")
    learners = [*baselines, *([factors] if not models or factors.name in models else [])]
    pairs = read_pairs(train, test)
    told, value = _rated(pairs.train, pairs.train_value, train)
    known = Ratings.of(told.person, told.item, value, *pairs.shape)
    asked, truth = _rated(pairs.test, pairs.test_value, test)
    fitted, held = _parted(known, budget)
    judged = []
    for place, learner in enumerate(learners):

        def went(done: float, tried: int, place: int = place) -> None:
            progress((place + 0.9 * done) / len(learners), place * trials + tried)

        found = _tuned(learner, fitted, held, budget, went)
        judged.append(_predicted(learner, found, known, asked))
    progress(1.0, len(learners) * trials)
    return {
        "models": rating_summary(judged, names, asked.person, truth, seed),
        "data": _described(pairs, known, asked),
        "protocol": {**PROTOCOL, "trials": trials, "seed": seed},
        "left_out": {},
    }


def _rated(
    events: Interactions, value: NDArray[np.float64], path: Path
) -> tuple[Interactions, NDArray[np.float64]]:
    """Return the events that have a rating, and the ratings."""
    rated = np.isfinite(value)
    if not rated.any():
        raise InvalidRecord(
            "no row has a rating",
            where=str(path),
            expected="a column of numbers called rating, score or value",
            next_step="name the column so; without ratings, rank: zhiyin bench cf",
        )
    return events.where(rated), value[rated]


def _described(pairs: Pairs, known: Ratings, asked: Interactions) -> dict[str, Any]:
    pair_known, pair_asked = (one.person * pairs.n_items + one.item for one in (known, asked))
    return {
        "people": pairs.shape[0],
        "items": pairs.shape[1],
        "train": int(known.value.size),
        "test": int(asked.item.size),
        "test_in_train": int(np.isin(pair_asked, pair_known).sum()),
        "judged_people": int(np.unique(asked.person).size),
        "test_of_new_people": int((~np.isin(asked.person, known.person)).sum()),
        "test_of_new_items": int((~np.isin(asked.item, known.item)).sum()),
        "lowest": number(known.value.min()),
        "highest": number(known.value.max()),
        "rows_without_rating": int(
            sum(np.isnan(v).sum() for v in (pairs.train_value, pairs.test_value))
        ),
        "rejected_rows": pairs.rejected,
    }


def _parted(known: Ratings, budget: Budget) -> tuple[Ratings, Ratings]:
    """Return what parameters are chosen on, and the held-out ratings of some people that they are chosen by."""
    parts = per_person_random(known.person, known.item, HELD_OUT, budget.seed)
    held = known.where(parts.test)
    people = np.unique(held.person)
    if people.size > budget.people:
        people = np.random.default_rng(budget.seed).choice(people, budget.people, replace=False)
        held = held.where(np.isin(held.person, people))
    return known.where(parts.train), held


def _tuned(
    learner: RatingLearner, fitted: Ratings, held: Ratings, budget: Budget, progress: Progress
) -> Found:
    def prepare() -> Callable[[Params], float]:
        fit = learner.prepare(fitted)

        def value(params: Params) -> float:
            predicted = _in_range(fit(params), fitted, held.person, held.item)
            return -rmse(predicted, held.value)

        return value

    judged_by = prepare if held.value.size else None
    name = f"{learner.name} rmse"
    return chosen(learner.space, judged_by, budget, name, [fitted, held], progress)


def _predicted(
    learner: RatingLearner, found: Found, known: Ratings, asked: Interactions
) -> Predicted:
    with measured() as fitting:
        predict = learner.prepare(known)(found.params)
    with measured() as scoring:
        value = _in_range(predict, known, asked.person, asked.item)
    rss_mb = max(fitting.rss_mb, scoring.rss_mb)
    return Predicted(learner.name, found, value, fitting.seconds, scoring.seconds, rss_mb)


def _in_range(
    predict: Predict, known: Ratings, person: NDArray[np.int64], item: NDArray[np.int64]
) -> NDArray[np.float64]:
    return np.clip(predict(person, item), known.value.min(), known.value.max())
