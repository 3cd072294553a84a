"""Ratings on two files: how many stars who will give to what, by the error of the prediction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_baselines import rating_baselines
from zhiyin.affinity.rating_factors import factor_learner
from zhiyin.affinity.rating_learner import Chosen, RatingLearner, tuned
from zhiyin.affinity.rating_stack import stack_learner
from zhiyin.affinity.ratings import Ratings, comes_later
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import check_names
from zhiyin.bench.files import Pairs, read_pairs
from zhiyin.bench.rating_summary import Predicted, rating_summary
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.cost import measured
from zhiyin.evaluation.splits import MIN_PEOPLE, Split, global_time, per_person_random
from zhiyin.evaluation.summary import number

HELD_OUT = 0.1
"""Share of the training ratings that parameters are chosen by."""

PROTOCOL = {
    "predictions": "cut to the range of the training ratings; of several of a pair the mean is learned from",
    "unknown": "new people and new items are given what is known without them",
    "lags": "of training ratings before the one that is predicted; where there are no times, none",
    "chosen_by": "root mean square error",
    "interval": "95 %, bootstrap over people",
}

VALIDATION = {
    "per_person_random": f"a random part of each person's training ratings, {HELD_OUT:.0%}, at least one of two",
    "global_time": f"the last part of the training ratings by time, {HELD_OUT:.0%}, as the test ratings are later than these",
}
"""Name of a split → how parameters are chosen, in words."""


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
    Returns: ``models``: name → errors with intervals, cost, parameters, and the differences to the reference, the
        baseline that validates best, and to the biases; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read, or no row of it has a rating.
        UnknownPart: a model has no such name.
    """
    budget = budget_of(trials, seed, journal)
    baselines, further = rating_baselines(seed), [factor_learner(seed), stack_learner(seed)]
    names = [learner.name for learner in baselines]
    optional = {learner.name: learner for learner in further}
    check_names(models, [*names, *optional], "name models of this list")
    learners = baselines + [optional[name] for name in optional if not models or name in models]
    pairs = read_pairs(train, test)
    told, value = _rated(pairs.train, pairs.train_value, train)
    known = Ratings.of(told.person, told.item, value, *pairs.shape, told.time_us)
    asked, truth = _rated(pairs.test, pairs.test_value, test)
    split = _split(known, asked, seed)
    fitted, held = known.where(split.train), _some(known.where(split.test), budget)
    found: dict[str, Chosen] = {}
    judged = []
    for place, learner in enumerate(learners):

        def went(done: float, tried: int, place: int = place) -> None:
            progress((place + 0.9 * done) / len(learners), place * trials + tried)

        found[learner.name] = tuned(learner, fitted, held, budget, found, went)
        judged.append(_predicted(learner, found[learner.name], known, asked))
    progress(1.0, len(learners) * trials)
    return {
        "models": rating_summary(judged, names, asked.person, truth, seed),
        "data": _described(pairs, known, asked),
        "protocol": {
            **PROTOCOL,
            "validation": VALIDATION[split.name],
            "trials": trials,
            "seed": seed,
        },
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


def _split(known: Ratings, asked: Interactions, seed: int) -> Split:
    """Return what parameters are chosen by: as the test ratings are held out, by time or at random."""
    if comes_later(asked.time_us, known.time_us):
        by_time = global_time(known.person, known.item, known.time_us, HELD_OUT)
        if np.unique(known.person[by_time.test]).size >= MIN_PEOPLE:
            return by_time
    return per_person_random(known.person, known.item, HELD_OUT, seed)


def _some(held: Ratings, budget: Budget) -> Ratings:
    """Return the ratings of as many people as a trial may judge."""
    people = np.unique(held.person)
    if people.size <= budget.people:
        return held
    people = np.random.default_rng(budget.seed).choice(people, budget.people, replace=False)
    return held.where(np.isin(held.person, people))


def _predicted(
    learner: RatingLearner, chosen: Chosen, known: Ratings, asked: Interactions
) -> Predicted:
    with measured() as fitting:
        predict = learner.prepare(known)(chosen.params)
    with measured() as scoring:
        value = known.clipped(predict(asked.person, asked.item, asked.time_us))
    rss_mb = max(fitting.rss_mb, scoring.rss_mb)
    return Predicted(learner.name, chosen, value, fitting.seconds, scoring.seconds, rss_mb)
