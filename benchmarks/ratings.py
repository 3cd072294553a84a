"""Ten million ratings with times, made from a known truth: how long they take to learn from, and what is foretold.

Each rating is a mean, biases of person and item, the product of their factors, a mood of the person that comes and goes
within weeks, a slow drift of the item, and noise, rounded to whole stars. One rating in ten, drawn at random, is hidden.
Measured: seconds and memory of choosing parameters (on one person in three), fitting, predicting what is hidden, and making
lists of ten out of all items that a person has not rated; RMSE and MAE beside the mean, the biases, the factors, the truth
without noise (the floor), and a control whose times are shuffled. Item-kNN is left out: with so many people all pairs of
items meet. What it takes to import ten million events into a shop is measured by large_store.py.

python benchmarks/ratings.py [--people 100000] [--each 100] [--json]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from setting import report
from zhiyin.affinity.rating_baselines import BIASES
from zhiyin.affinity.rating_factors import FACTORS, factor_learner
from zhiyin.affinity.rating_lags import DAY_US
from zhiyin.affinity.rating_learner import Predict, tuned
from zhiyin.affinity.rating_stack import LAGS, stack_learner
from zhiyin.affinity.ratings import Ratings
from zhiyin.bench.rating_summary import rmse_difference
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.cost import measured
from zhiyin.evaluation.intervals import bootstrap_ratio
from zhiyin.evaluation.predictions import by_person, mae, rmse
from zhiyin.evaluation.splits import per_person_random

SEED = 0
DAYS = 365
RANK = 6
SPREAD = {"person": 0.4, "item": 0.4, "taste": 0.4, "mood": 0.4, "drift": 0.3, "noise": 0.7}
MOOD_DAYS = 15
LISTS, LENGTH = 2000, 10
SOME = 20  # people whose lists are made at a time


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Ratings, which are hidden, and (e,) what each would be without noise."""

    ratings: Ratings
    is_hidden: NDArray[np.bool_]
    truth: NDArray[np.float64]


def rated_items(people: int, each: int, items: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return (people, each) distinct items a row, drawn by how popular they are, in ascending order."""
    edges = np.cumsum((np.arange(items) + 10.0) ** -0.6)
    item = np.searchsorted(edges, rng.random((people, each)) * edges[-1])
    while True:
        item.sort(axis=1)
        again = np.zeros(item.shape, np.bool_)
        again[:, 1:] = item[:, 1:] == item[:, :-1]
        if not again.any():
            return item
        item[again] = np.searchsorted(edges, rng.random(int(again.sum())) * edges[-1])


def moods(day: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return (people, each) values of variance 1 that are forgotten within weeks; days ascend in each row."""
    mood = rng.normal(size=day.shape)
    for place in range(1, day.shape[1]):
        kept = np.exp((day[:, place - 1] - day[:, place]) / MOOD_DAYS)
        mood[:, place] = kept * mood[:, place - 1] + np.sqrt(1 - kept**2) * mood[:, place]
    return mood


def drifts(
    item: NDArray[np.int64], day: NDArray[np.float64], items: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return (people, each) values of items that walk from month to month."""
    months = DAYS // 30 + 2
    walk = np.cumsum(rng.normal(size=(items, months)), axis=1) / np.sqrt(months)
    month, part = np.divmod(day / 30, 1)
    at = month.astype(np.int64)
    return walk[item, at] * (1 - part) + walk[item, at + 1] * part


def made(people: int, each: int, items: int) -> Made:
    """Return ratings of a known truth."""
    rng = np.random.default_rng(SEED)
    item = rated_items(people, each, items, rng)
    day = np.sort(rng.random(item.shape) * DAYS, axis=1)
    item = rng.permuted(item, axis=1)
    truth = 3.5 + SPREAD["mood"] * moods(day, rng)
    truth += SPREAD["drift"] * drifts(item, day, items, rng)
    truth += rng.normal(scale=SPREAD["person"], size=people)[:, None]
    truth += rng.normal(scale=SPREAD["item"], size=items)[item]
    for _ in range(RANK):
        side = rng.normal(size=items) * SPREAD["taste"] / np.sqrt(RANK)
        truth += rng.normal(size=people)[:, None] * side[item]
    value = np.clip(np.round(truth + rng.normal(scale=SPREAD["noise"], size=truth.shape)), 1, 5)
    person = np.repeat(np.arange(people), each)
    order = np.argsort(person * items + item.ravel())
    item, value, truth = item.ravel()[order], value.ravel()[order], truth.ravel()[order]
    time_us = (day.ravel() * DAY_US).astype(np.int64)[order]
    ratings = Ratings(person, item, value, time_us, people, items)
    return Made(ratings, per_person_random(person, item, 0.1, SEED).test, np.clip(truth, 1, 5))


def first_people(ratings: Ratings, n: int) -> Ratings:
    """Return the ratings of the first n people."""
    return replace(ratings.where(ratings.person < n), n_people=n)


def lists(predict: Predict, known: Ratings, people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (p, LENGTH) items that people have not rated, as of the end of the ratings, best first."""
    found = np.empty((people.size, LENGTH), np.int64)
    items = np.arange(known.n_items)
    for begin in range(0, people.size, SOME):
        part = people[begin : begin + SOME]
        now = np.full(part.size * items.size, DAYS * DAY_US)
        scores = predict(np.repeat(part, items.size), np.tile(items, part.size), now)
        scores = scores.reshape(part.size, items.size)
        for row, person in enumerate(part.tolist()):
            start, end = np.searchsorted(known.person, [person, person + 1])
            scores[row, known.item[start:end]] = -np.inf
        top = np.argpartition(-scores, LENGTH, axis=1)[:, :LENGTH]
        order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1)
        found[begin : begin + SOME] = np.take_along_axis(top, order, axis=1)
    return found


@contextmanager
def spent() -> Iterator[dict[str, float]]:
    """Fill in the seconds, the seconds of the processor, and the peak memory of a block."""
    cost: dict[str, float] = {}
    began = time.process_time()
    with measured() as one:
        yield cost
    cost.update(seconds=one.seconds, cpu_s=time.process_time() - began, peak_mb=one.rss_mb)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--json", action="store_true", help="one JSON document and no table")
    asked = parser.parse_args()
    with spent() as making:
        data = made(asked.people, asked.each, asked.items)
    known, hidden = data.ratings.where(~data.is_hidden), data.ratings.where(data.is_hidden)
    truth = data.truth[data.is_hidden]
    del data

    factors, stack = factor_learner(SEED), stack_learner(SEED)
    with spent() as choosing:
        some = first_people(known, max(50, asked.people // 3))
        split = per_person_random(some.person, some.item, 0.1, SEED)
        halves = some.where(split.train), some.where(split.test)
        budget = Budget(trials=3, seed=SEED)
        params = {part.name: tuned(part, *halves, budget, {}).params for part in (BIASES, factors)}
    every = {"parts": params, "lags": list(LAGS)}
    shuffled = replace(known, time_us=np.random.default_rng(SEED).permutation(known.time_us))
    runs = {
        "biases": (BIASES, params[BIASES.name], known),
        "factors": (factors, params[FACTORS], known),
        "zhiyin, shuffled times": (stack, every, shuffled),
        "zhiyin": (stack, every, known),
    }
    predicted = {"mean": np.full(truth.size, known.value.mean())}
    costs = {}
    for name, (learner, chosen, ratings) in runs.items():
        with spent() as fitting:
            predict = learner.prepare(ratings)(chosen)
        with spent() as scoring:
            value = predict(hidden.person, hidden.item, hidden.time_us)
        predicted[name] = known.clipped(value)
        costs[name] = {"fit": fitting, "predict": scoring}
    with spent() as listing:
        people = np.random.default_rng(SEED).choice(
            asked.people, min(LISTS, asked.people), replace=False
        )
        shown = lists(predict, known, people)
    predicted["floor"] = truth
    told = {
        "ratings": int(known.value.size),
        "hidden": int(hidden.value.size),
        "items": asked.items,
        "seed": SEED,
        "models": errors(predicted, hidden, costs),
        "params": params,
        "making": making,
        "choosing": choosing,
        "lists": {
            **listing,
            "people": int(people.size),
            "distinct_items": int(np.unique(shown).size),
        },
    }
    if asked.json:
        report("ratings", **told)
    else:
        show(told)


def errors(
    predicted: dict[str, NDArray[np.float64]], hidden: Ratings, costs: dict[str, object]
) -> dict[str, dict[str, object]]:
    """Return name → RMSE and MAE, how much higher than those of the biases they are with 95 % intervals, and cost."""
    count = by_person(hidden.value, hidden.person, hidden.n_people)[1].astype(np.float64)

    def sums(name: str, power: int) -> NDArray[np.float64]:
        off = np.abs(predicted[name] - hidden.value) ** power
        return by_person(off, hidden.person, hidden.n_people)[0]

    return {
        name: {
            "rmse": rmse(value, hidden.value),
            "mae": mae(value, hidden.value),
            "over_biases": {
                "rmse": rmse_difference(sums(name, 2), sums("biases", 2), count).as_list(),
                "mae": bootstrap_ratio(sums(name, 1) - sums("biases", 1), count).as_list(),
            },
            **({"cost": costs[name]} if name in costs else {}),
        }
        for name, value in predicted.items()
    }


def show(told: dict[str, object]) -> None:
    print(f"{told['ratings']:,} ratings known, {told['hidden']:,} hidden, {told['items']:,} items")
    print(
        f"{'model':24}{'RMSE':>8}{'MAE':>8}{'RMSE over biases [95 %]':>32}{'fit s':>8}{'CPU s':>8}{'MB':>8}"
    )
    for name, row in told["models"].items():
        gap = "{:+.4f} [{:+.4f}, {:+.4f}]".format(*row["over_biases"]["rmse"])
        fit = row.get("cost", {}).get("fit")
        took = f"{fit['seconds']:8.1f}{fit['cpu_s']:8.1f}{fit['peak_mb']:8,.0f}" if fit else ""
        print(f"{name:24}{row['rmse']:8.4f}{row['mae']:8.4f}{gap:>32}{took}")
    for name in ("making", "choosing", "lists"):
        print(
            "{}: {seconds:.1f} s, {cpu_s:.1f} CPU s, {peak_mb:,.0f} MB".format(name, **told[name])
        )
    print(f"lists of {LENGTH} for {told['lists']['people']:,} people; parameters: {told['params']}")


if __name__ == "__main__":
    main()
