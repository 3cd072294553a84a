"""Measures what context adds on the sample shop: purchases of the last 30 days, given when, where and in what weather.

    python benchmarks/sample_context.py              # development seed 7 and reporting seed 5081
    python benchmarks/sample_context.py --seed 7     # one seed only

Prints one JSON document: NDCG@10 of the bought item among all live items, by what training chose: without context, with the
one that was logged, and with contexts shuffled over the purchases; beside the task's floor and ceilings.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from typing import Any

import numpy as np
import polars as pl

from sample_shop import DEVELOPMENT_SEED, REPORTING_SEED
from setting import report
from zhiyin.affinity.training import train
from zhiyin.core import Kind
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, paired_difference
from zhiyin.ingest.sample import SAMPLE_VERSION, SampleShop, make
from zhiyin.ingest.sample.ceilings import bounds
from zhiyin.ingest.sample.tasks import CUTOFF, ContextTask, context_task
from zhiyin.ranking.context import logged
from zhiyin.ranking.context_tuning import learn_context
from zhiyin.ranking.event_contexts import read_contexts
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.side import read_side
from zhiyin.ranking.signals import popularity_signal
from zhiyin.ranking.trained import event_strength
from zhiyin.ranking.tuning import choose_weights
from zhiyin.settings import TrainSettings
from zhiyin.store.store import Store

ZONE = "Asia/Shanghai"


def scored(shop: SampleShop, task: ContextTask) -> tuple[np.ndarray, np.ndarray, np.ndarray, Any]:
    """Return (m, items) scores of the purchases without context, what their contexts add, and shuffled ones, and figures."""
    strength = event_strength(TrainSettings())
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
        for kind in ("items", "users", "ties"):
            store.write(kind, shop.frames[kind])
        store.write("events", shop.frames["events"].filter(pl.col("time") < CUTOFF))
        n_people, n_items = store.count(Kind.PERSON), store.count(Kind.ITEM)
        events = read_events(store, strength, values=False).interactions
        training = train(events, n_people=n_people, n_items=n_items, side=read_side(store, n_items))
        weights, _ = choose_weights(training)
        contexts = read_contexts(store, strength, ZONE)
        model, told = learn_context(training, weights, contexts, n_items)
        person, item = (
            np.array([store.number(kind, one) for one in shop.frames[name]["id"]])
            for kind, name in ((Kind.PERSON, "users"), (Kind.ITEM, "items"))
        )
    popular = np.float32(weights.popularity) * popularity_signal(training.held_out_popularity)
    plain = (training.fitted(person[task.people]) + popular)[:, item]
    situations = [
        (logged(json.loads(context or "{}")), time)
        for context, time in task.events.select("context", "time").iter_rows()
    ]
    said = np.stack([model.scores(context, time, item) for context, time in situations])
    order = np.random.default_rng(0).permutation(len(said))
    return plain, said, said[order], told


def ndcg(scores: np.ndarray, task: ContextTask) -> np.ndarray:
    shown = np.where(task.allowed, scores, -np.inf)
    rank = (shown > shown[np.arange(len(task.items)), task.items][:, None]).sum(axis=1)
    return np.where(rank < 10, 1 / np.log2(rank + 2), 0.0)


def by_person(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return the mean of each person's purchases, so that intervals are over people."""
    own = np.unique(people, return_inverse=True)[1]
    return np.bincount(own, values) / np.bincount(own)


def measure(seed: int) -> dict[str, Any]:
    shop = make(seed)
    task = context_task(shop)
    plain, said, shuffled, told = scored(shop, task)
    models = {"without": plain, "with context": plain + said, "context shuffled": plain + shuffled}
    found = {name: by_person(ndcg(scores, task), task.people) for name, scores in models.items()}
    return {
        "seed": seed,
        "purchases": len(task.items),
        "people": len(found["without"]),
        "validation": told,
        "ndcg@10": {name: bootstrap(values).as_list() for name, values in found.items()},
        "difference": {
            name: paired_difference(values, found["without"]).as_list()
            for name, values in found.items()
        },
        "ratio": bootstrap_statistic(
            np.stack([found["with context"], found["without"]], axis=1),
            lambda sums: sums[:, 0] / sums[:, 1],
        ).as_list(),
        "by_purchase": {name: float(ndcg(s, task).mean()) for name, s in models.items()},
        "bounds": bounds(shop)["context"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    seed = parser.parse_args().seed
    seeds = (DEVELOPMENT_SEED, REPORTING_SEED) if seed is None else (seed,)
    report("context on the sample shop", version=SAMPLE_VERSION, shops=[measure(s) for s in seeds])


if __name__ == "__main__":
    main()
