"""Each signal of the sample shop, what it adds to EASE, and the control in which the signal is shuffled away.

    python benchmarks/controls.py                 # development seed 7 and reporting seed 5081
    python benchmarks/controls.py --seed 7        # one seed only

A gain is real when its interval is above 0 and it is above the control's, too. Weights are chosen before the cut.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from sample_shop import DEVELOPMENT_SEED, REPORTING_SEED
from setting import report
from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, RANDOM, ease_learner
from zhiyin.affinity.rows import EventStrength
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, Fit, Judged, Learner, compete
from zhiyin.evaluation.controls import (
    derangement,
    random_knowledge,
    shuffled_rows,
    shuffled_targets,
    shuffled_ties,
)
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.ranking import rank_lists
from zhiyin.evaluation.search import Choice, LogUniform, search
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

K, TRIALS = 10, 20
EASE = ease_learner()


def standard(scores: np.ndarray) -> np.ndarray:
    """Each row with mean 0 and deviation 1."""
    spread = np.maximum(scores.std(axis=1, keepdims=True), 1e-9)
    return (scores - scores.mean(axis=1, keepdims=True)) / spread


def beside_ease(
    name: str, signal: Callable[[TrainingData], Callable[[np.ndarray], np.ndarray]]
) -> Learner:
    """EASE and another score, both standardised, added with a weight that may be 0."""

    def prepare(data: TrainingData) -> Fit:
        ease, other = EASE.prepare(data), signal(data)

        def fit(params: Any) -> Any:
            base = ease({"reg": params["reg"]})
            weight = params["weight"]
            return lambda people: standard(base(people)) + weight * standard(other(people))

        return fit

    weights = Choice((0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6), default=0.2)
    return Learner(name, prepare, {**EASE.space, "weight": weights}, over="ease")


def alike_by(features: str) -> Callable[[TrainingData], Callable[[np.ndarray], np.ndarray]]:
    """Cosine likeness of items to a person's own, by (n_items, n_features) CSR with unit rows."""

    def signal(data: TrainingData) -> Callable[[np.ndarray], np.ndarray]:
        vectors = data.side[features]
        return lambda people: ((data.histories[people] @ vectors) @ vectors.T).toarray()

    return signal


def by_likeness(name: str, features: str) -> Learner:
    """Likeness alone, without anybody's company."""
    signal = alike_by(features)
    return Learner(name, lambda data: lambda params: signal(data), over="random")


def weighed(row: np.ndarray, column: np.ndarray, n_items: int) -> Any:
    """Counts of features as unit rows, rare features more (log of inverse document frequency)."""
    n_features = int(column.max()) + 1
    counts = sparse.csr_array((np.ones(row.size), (row, column)), shape=(n_items, n_features))
    frequency = np.bincount(counts.indices, minlength=n_features)
    counts = counts @ sparse.diags_array(np.log((1 + n_items) / (1 + frequency)))
    norms = np.sqrt(counts.multiply(counts).sum(axis=1))
    return (sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ counts).tocsr().astype(np.float32)


def text_vectors(texts: list[str]) -> Any:
    """Pairs of neighbouring characters, which Chinese and English have alike, hashed."""
    pairs = [
        (row, zlib.crc32(text[at : at + 2].encode()) % 2**15)
        for row, text in enumerate(texts)
        for at in range(len(text) - 1)
    ]
    return weighed(*np.array(pairs).T, len(texts))


def facts_of(items: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Head, relation and tail of what the catalogue says of items: category, brand, attributes."""
    said = [
        (row, name, str(value))
        for row, one in enumerate(items.select("category", "brand", "attributes").iter_rows(named=True))
        for name, value in {
            "category": one["category"], "brand": one["brand"], **json.loads(one["attributes"]),
        }.items()
        if value
    ]  # fmt: skip
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
    texts = (items["title"] + " " + items["description"]).to_list()
    head, relation, tail = facts_of(items)
    side = {
        "ties": Ties(numbers(old["user"]), numbers(old["other"])),
        "text": text_vectors(texts),
        "facts": (head, relation, tail),
        "knowledge": weighed(head, tail, n_items),
    }
    hidden = sparse.csr_array(
        (np.ones(asked.held_person.size, np.float32), (asked.held_person, asked.held_item)),
        shape=(n_people, n_items),
    )
    live = ((items["created"] < CUTOFF) & (items["stock"] > 0)).to_numpy()
    data = TrainingData(events.where(strength != 0), n_people, n_items, side)
    return Task.hiding(data, hidden, "the last 30 days").offering(live)


def without_ties(data: TrainingData) -> TrainingData:
    ties = data.side["ties"]
    return data.beside(ties=Ties(*shuffled_ties(ties.one, ties.two, rng=np.random.default_rng(0))))


def without_text(data: TrainingData) -> TrainingData:
    order = derangement(data.n_items, np.random.default_rng(0))
    return data.beside(text=shuffled_rows(data.side["text"], order))


def without_knowledge(data: TrainingData) -> TrainingData:
    head, relation, tail = data.side["facts"]
    dealt = random_knowledge(head, relation, tail, rng=np.random.default_rng(0))
    return data.beside(knowledge=weighed(head, dealt, data.n_items))


def without_targets(data: TrainingData) -> TrainingData:
    events = data.interactions
    item = shuffled_targets(events.person, events.item, rng=np.random.default_rng(0))
    return TrainingData(
        Interactions(events.person, item, events.strength, events.time_us),
        data.n_people, data.n_items, data.side,
    )  # fmt: skip


def learners() -> list[Learner]:
    ease = Learner(EASE.name, EASE.prepare, EASE.space, over="popularity")
    ties = beside_ease("ease and friends", lambda data: FRIENDS.prepare(data)({}))
    text = beside_ease("ease and text", alike_by("text"))
    facts = beside_ease("ease and knowledge", alike_by("knowledge"))
    text_alone, facts_alone = by_likeness("text", "text"), by_likeness("knowledge", "knowledge")
    return [
        RANDOM, POPULARITY, ITEM_KNN,
        ease, ease.controlled("shuffled targets", without_targets),
        FRIENDS, FRIENDS.controlled("shuffled ties", without_ties),
        ties, ties.controlled("shuffled ties", without_ties),
        text_alone, text_alone.controlled("shuffled text", without_text),
        text, text.controlled("shuffled text", without_text),
        facts_alone, facts_alone.controlled("random knowledge", without_knowledge),
        facts, facts.controlled("random knowledge", without_knowledge),
    ]  # fmt: skip


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


def one_hot(items: np.ndarray, n_items: int) -> Any:
    entries = (np.ones(items.size, np.float32), (np.arange(items.size), items))
    return sparse.csr_array(entries, shape=(items.size, n_items))


def taste(task: Task, before: datetime, reg: float, people: np.ndarray) -> np.ndarray:
    """EASE and a little popularity by what happened before a moment, standardised; a purchase may be a repeat."""
    events = task.data.interactions
    data = task.data.where(events.time_us < int(before.timestamp() * 1e6))
    popular = np.log1p(data.rows.sum(axis=0))[None, :]
    return standard(EASE.prepare(data)({"reg": reg})(people)) + 0.2 * standard(popular)


def in_context(shop: SampleShop, reg: float, task: Task) -> dict[str, Any]:
    """What is bought in the last 30 days, given the situation: EASE alone, with it, and with shuffled contexts."""
    asked, n_items = context_task(shop), task.data.n_items
    bought = shop.frames["events"].filter(
        (pl.col("type") == "purchase") & (pl.col("time") < CUTOFF)
    )
    codes = situations(pl.concat([bought["context"], asked.events["context"]]))
    item, known, wanted = numbers(bought["item"]), codes[: bought.height], codes[bought.height :]
    month_before = CUTOFF - timedelta(days=HELD_OUT_DAYS)
    late = (bought["time"] >= month_before).to_numpy()
    early_taste = taste(task, month_before, reg, numbers(bought["user"])[late])
    whole_taste = taste(task, CUTOFF, reg, asked.people)

    def judged(scores: np.ndarray, items: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        rows = np.arange(items.size)
        lists = rank_lists(lambda part: scores[part], rows, None, K, offered=asked.allowed)
        return lists, ranking_figures(lists, one_hot(items, n_items))

    def entry(name: str, contexts: np.ndarray, control_of: str | None = None) -> Judged:
        def value(params: Any) -> float:
            fit = by_situation(
                item[~late], contexts[~late], known[late], n_items, params["smoothing"]
            )
            figures = judged(early_taste + params["weight"] * fit, item[late])[1]
            return float(figures[f"ndcg@{K}"].mean())

        space = {
            "smoothing": LogUniform(1.0, 1000.0, default=100.0),
            "weight": LogUniform(0.003, 3.0, default=0.1),
        }
        found = search(space, value, trials=TRIALS)
        fit = by_situation(item, contexts, wanted, n_items, found.params["smoothing"])
        lists, figures = judged(whole_taste + found.params["weight"] * fit, asked.items)
        learner = Learner(name, EASE.prepare, space, over="ease", control_of=control_of)
        return Judged(learner, found.params, TRIALS, found.value, lists, {}, figures, 0.0, 0.0, 0.0)

    lists, figures = judged(whole_taste, asked.items)
    dealt = shuffled_rows(known, derangement(len(known), np.random.default_rng(0)))
    entries = [
        Judged(EASE, {"reg": reg}, 0, np.nan, lists, {}, figures, 0.0, 0.0, 0.0),
        entry("ease and context", known),
        entry("ease and context, shuffled context", dealt, control_of="ease and context"),
    ]
    purchases = Task(
        TrainingData(task.data.interactions, len(asked.items), n_items),
        one_hot(asked.items, n_items), np.arange(len(asked.items)), None, "purchases", asked.allowed,
    )  # fmt: skip
    return summary(entries, purchases, K, reference="ease")


def measure(seed: int) -> dict[str, Any]:
    shop = make(seed)
    task = home(shop)
    judged = compete(task, learners(), K, Budget(TRIALS))
    told = summary(judged, task, K, reference="ease", seed=0)
    ease = next(one for one in judged if one.name == "ease")
    keys = (f"ndcg@{K}", "ci", "params", "gain", "against", "control_of")
    return {
        "seed": seed,
        "people": int(task.people.size),
        "home": {name: {key: one[key] for key in keys} for name, one in told.items()},
        "context": {
            name: {key: one[key] for key in keys}
            for name, one in in_context(shop, ease.params["reg"], task).items()
        },
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
