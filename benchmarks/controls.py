"""Each signal of the sample shop, what it adds to EASE, and the control in which the signal is shuffled away.

    python benchmarks/controls.py                 # development seed 7 and reporting seed 5081
    python benchmarks/controls.py --seed 7        # one seed only

What can be said of a gain is in ``zhiyin.evaluation.gains``. Weights are chosen before the cut.
"""

from __future__ import annotations

import argparse
import json
import zlib
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from sample_shop import DEVELOPMENT_SEED, REPORTING_SEED
from setting import report
from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, RANDOM, ease_learner
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.sequence_baselines import ATTRIBUTES, shuffled_attributes
from zhiyin.bench.social import friends_learners, without_ties
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, Fit, Learner, compete
from zhiyin.evaluation.controls import (
    derangement,
    random_knowledge,
    shuffled_rows,
    shuffled_targets,
)
from zhiyin.evaluation.search import Choice, LogUniform
from zhiyin.evaluation.summary import summary
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ingest.sample import SampleShop, make
from zhiyin.ingest.sample.tasks import (
    CUTOFF,
    HELD_OUT_DAYS,
    context_task,
    home_task,
    numbers,
)

K, TRIALS, SEED = 10, 20, 0
EASE = ease_learner()


def standard(scores: np.ndarray) -> np.ndarray:
    """Each row with mean 0 and deviation 1."""
    spread = np.maximum(scores.std(axis=1, keepdims=True), 1e-9)
    return (scores - scores.mean(axis=1, keepdims=True)) / spread


def beside_ease(other: Learner) -> Learner:
    """EASE and the scores of one without parameters, both standardised, added with a weight that may be 0."""

    def prepare(data: TrainingData) -> Fit:
        fit_ease, scores = EASE.prepare(data), other.prepare(data)({})

        def fit(params: Any) -> Any:
            base = fit_ease({"reg": params["reg"]})
            return lambda people: (
                standard(base(people)) + params["weight"] * standard(scores(people))
            )

        return fit

    weights = Choice((0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6), default=0.2)
    space = {**EASE.space, "weight": weights}
    return Learner(f"ease and {other.name}", prepare, space, over="ease")


def alike_by(features: str) -> Learner:
    """Likeness to all of a person's items alike by what is known under a name, without anybody's company."""

    def prepare(data: TrainingData) -> Fit:
        scores = ATTRIBUTES.prepare(data.beside(attributes=data.side[features]))({"decay": 1.0})
        return lambda params: scores

    return Learner(features, prepare, over="random")


def counted(row: np.ndarray, column: np.ndarray, n_rows: int) -> Any:
    """How often a row has a feature, (n_rows, n_features) CSR."""
    shape = (n_rows, int(column.max()) + 1)
    return sparse.csr_array((np.ones(row.size), (row, column)), shape=shape)


def text_features(texts: list[str]) -> Any:
    """Pairs of neighbouring characters, which Chinese and English have alike, hashed."""
    pairs = [
        (row, zlib.crc32(text[at : at + 2].encode()) % 2**15)
        for row, text in enumerate(texts)
        for at in range(len(text) - 1)
    ]
    return counted(*np.array(pairs).T, len(texts))


def facts_of(items: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Head, relation and tail of what the catalogue says of items: category, brand, attributes."""
    columns = items.select("category", "brand", "attributes").iter_rows()
    said = [
        (row, name, str(value))
        for row, (category, brand, more) in enumerate(columns)
        for name, value in {"category": category, "brand": brand, **json.loads(more)}.items()
        if value
    ]
    head, relation, tail = (np.array(column) for column in zip(*said, strict=True))
    names = np.unique(relation, return_inverse=True)[1]
    return head, names, np.unique(np.char.add(relation, tail), return_inverse=True)[1]


def home(shop: SampleShop) -> Task:
    """What each person newly likes in the last 30 days, with all that is known before."""
    asked, items, ties = home_task(shop), shop.frames["items"], shop.frames["ties"]
    n_people, n_items = shop.frames["users"].height, items.height
    log = asked.train
    strength = EventStrength().of(
        log["type"].to_numpy().astype(np.str_), log["value"].fill_null(np.nan).to_numpy()
    )
    events = Interactions(
        numbers(log["user"]), numbers(log["item"]), strength, log["time"].dt.epoch("us").to_numpy()
    )
    old = ties.filter(pl.col("time") < CUTOFF)
    head, relation, tail = facts_of(items)
    side = {
        "ties": Ties(numbers(old["user"]), numbers(old["other"])),
        "text": text_features((items["title"] + " " + items["description"]).to_list()),
        "facts": (head, relation, tail),
        "knowledge": counted(head, tail, n_items),
    }
    hidden = sparse.csr_array(
        (np.ones(asked.held_person.size, np.float32), (asked.held_person, asked.held_item)),
        shape=(n_people, n_items),
    )
    live = ((items["created"] < CUTOFF) & (items["stock"] > 0)).to_numpy()
    data = TrainingData(events.where(strength != 0), n_people, n_items, side)
    return Task.hiding(data, hidden, "the last 30 days").offering(live)


def without_text(data: TrainingData) -> TrainingData:
    dealt = shuffled_attributes(data.beside(attributes=data.side["text"]), SEED)
    return data.beside(text=dealt.side["attributes"])


def without_knowledge(data: TrainingData) -> TrainingData:
    head, relation, tail = data.side["facts"]
    dealt = random_knowledge(head, relation, tail, rng=np.random.default_rng(SEED))
    return data.beside(knowledge=counted(head, dealt, data.n_items))


def without_targets(data: TrainingData) -> TrainingData:
    events = data.interactions
    item = shuffled_targets(events.person, events.item, rng=np.random.default_rng(SEED))
    dealt = Interactions(events.person, item, events.strength, events.time_us)
    return TrainingData(dealt, data.n_people, data.n_items, data.side)


def learners() -> list[Learner]:
    ease = Learner(EASE.name, EASE.prepare, EASE.space, over="popularity")
    entered = [
        RANDOM,
        POPULARITY,
        ITEM_KNN,
        ease,
        ease.controlled("shuffled targets", without_targets),
    ]
    ties = beside_ease(FRIENDS)
    shuffled = ties.controlled("shuffled ties", lambda data: without_ties(data, SEED))
    entered += [*friends_learners(SEED), ties, shuffled]
    for features, name, destroy in (
        ("text", "shuffled text", without_text),
        ("knowledge", "random knowledge", without_knowledge),
    ):
        for one in (alike_by(features), beside_ease(alike_by(features))):
            entered += [one, one.controlled(name, destroy)]
    return entered


CONTEXT = ("place", "weather", "season", "weekday", "hour", "occasion", "temperature_c", "device")


def situations(contexts: pl.Series) -> np.ndarray:
    """Logged contexts as codes, (n, fields) int64: hours and degrees in bands, -1 where nothing is said."""
    columns = []
    for name in CONTEXT:
        values = [json.loads(text or "{}").get(name) for text in contexts.to_list()]
        if name == "hour":
            values = [None if v is None else int(v) // 4 for v in values]
        if name == "temperature_c":
            values = [None if v is None else int(v // 6) for v in values]
        codes = {
            value: code
            for code, value in enumerate(sorted({v for v in values if v is not None}, key=str))
        }
        columns.append([codes.get(value, -1) for value in values])
    return np.array(columns, np.int64).T


def by_situation(
    item: np.ndarray, known: np.ndarray, asked: np.ndarray, n_items: int, smoothing: float
) -> np.ndarray:
    """Sum over fields of the log of how much likelier an item is in a situation than at any time, (q, n_items)."""
    usual = (np.bincount(item, minlength=n_items) + 0.5) / (item.size + 0.5 * n_items)
    answer = np.zeros((len(asked), n_items), np.float32)
    for column in range(asked.shape[1]):
        for code in np.unique(asked[:, column]):
            if code < 0:
                continue
            here = item[known[:, column] == code]
            rate = (np.bincount(here, minlength=n_items) + smoothing * usual) / (
                here.size + smoothing
            )
            answer[asked[:, column] == code] += np.log(rate / usual).astype(np.float32)
    return answer


def purchases(shop: SampleShop, home_data: TrainingData, reg: float, before: datetime) -> Task:
    """What is bought in the month after a moment, each purchase by itself, given who buys and the situation."""
    asked, live = context_task(shop).events, context_task(shop).allowed
    known = shop.frames["events"].filter((pl.col("type") == "purchase") & (pl.col("time") < CUTOFF))
    bought = pl.concat([known, asked])
    n, n_items = bought.height, home_data.n_items
    time_us = bought["time"].dt.epoch("us").to_numpy()
    events = Interactions(np.arange(n), numbers(bought["item"]), np.ones(n, np.float32), time_us)
    start = before.timestamp() * 1e6
    month = timedelta(days=HELD_OUT_DAYS).total_seconds() * 1e6
    side = {
        "situations": situations(bought["context"]),
        "taste": taste(home_data, start, reg, numbers(bought["user"])),
    }
    data = TrainingData(events.where(time_us < start), n, n_items, side)
    hidden = events.where((time_us >= start) & (time_us < start + month)).rows(n, n_items)
    return Task.hiding(data, hidden, "one month's purchases", repeats=True).offering(live)


def taste(data: TrainingData, before: float, reg: float, buyers: np.ndarray) -> Any:
    """EASE and a little popularity by what happened before a moment, standardised, for the buyer of each purchase."""
    data = data.where(data.interactions.time_us < before)
    popular = 0.2 * standard(np.log1p(data.rows.sum(axis=0))[None, :])
    scores = EASE.prepare(data)({"reg": reg})
    return lambda rows: standard(scores(buyers[rows])) + popular


def in_context() -> list[Learner]:
    """EASE alone, with the situation, and with shuffled situations."""

    def prepare(data: TrainingData) -> Fit:
        events, codes = data.interactions, data.side["situations"]

        def fit(params: Any) -> Any:
            def scores(rows: np.ndarray) -> np.ndarray:
                fits = by_situation(
                    events.item,
                    codes[events.person],
                    codes[rows],
                    data.n_items,
                    params["smoothing"],
                )
                return data.side["taste"](rows) + params["weight"] * fits

            return scores

        return fit

    def without_context(data: TrainingData) -> TrainingData:
        codes, rows = data.side["situations"].copy(), data.interactions.person
        order = derangement(rows.size, np.random.default_rng(SEED))
        codes[rows] = shuffled_rows(codes[rows], order)
        return data.beside(situations=codes)

    space = {
        "smoothing": LogUniform(1.0, 1000.0, default=100.0),
        "weight": LogUniform(0.003, 3.0, default=0.1),
    }
    alone = Learner("ease", lambda data: lambda params: data.side["taste"])
    both = Learner("ease and context", prepare, space, over="ease")
    return [alone, both, both.controlled("shuffled context", without_context)]


def measure(seed: int) -> dict[str, Any]:
    shop = make(seed)
    task = home(shop)
    judged = compete(task, learners(), K, Budget(TRIALS))
    reg = next(one for one in judged if one.name == "ease").params["reg"]
    month = timedelta(days=HELD_OUT_DAYS)
    asked, earlier = (purchases(shop, task.data, reg, t) for t in (CUTOFF, CUTOFF - month))
    situated = compete(asked, in_context(), K, Budget(TRIALS), validation=earlier)
    keys = (f"ndcg@{K}", "ci", "params", "gain", "against", "control_of")

    def told(judged: Any, task: Task) -> dict[str, Any]:
        figures = summary(judged, task, K, reference="ease", seed=SEED)
        return {name: {key: one[key] for key in keys} for name, one in figures.items()}

    return {
        "seed": seed,
        "people": int(task.people.size),
        "purchases": int(asked.people.size),
        "home": told(judged, task),
        "context": told(situated, asked),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seed", type=int, help="one seed instead of development and reporting seed"
    )
    seed = parser.parse_args().seed
    seeds = (DEVELOPMENT_SEED, REPORTING_SEED) if seed is None else (seed,)
    report("controls", trials=TRIALS, shops=[measure(one) for one in seeds])


if __name__ == "__main__":
    main()
