"""Measures what the ranker adds to a shop's own home pages: trained on the earlier part of its events, judged by the later.

    python benchmarks/ranker.py HOME

Prints one JSON document: NDCG@10 of pages by the blend, by the ranker, and by a ranker that learned from shuffled gains, with
paired intervals, of people by whom ``zhiyin evaluate`` does not judge; what training chose; and what pages and trees cost.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

import numpy as np

from setting import report
from zhiyin import Settings, Shop
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.training import train
from zhiyin.bench.own_tasks import OwnTasks
from zhiyin.bench.served import BUDGET_MS, OnlyNew, Served, as_learner, percentiles
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, paired_difference
from zhiyin.evaluation.task import Task
from zhiyin.portraits.item_likeness import ItemLikeness
from zhiyin.ranking.booster import Booster
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranker_training import held_out_lists, learn_ranker
from zhiyin.ranking.ranking_lists import RankingLists
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.ranking.tuning import choose_weights

K = 10
EVERYBODY = 10**9
JUDGED_BEFORE = 1000  # people by whom zhiyin evaluate judges, seed 0


def shuffled(lists: RankingLists) -> RankingLists:
    """Return lists whose gains stand at random places of the same list."""
    gains = np.random.default_rng(0).permuted(lists.gains, axis=1)
    return replace(lists, gains=gains)


def trained(shop: Shop, tasks: OwnTasks) -> tuple[dict[str, Trained], dict[str, Any]]:
    """Return what pages are made from: without trees, with them, and with those of shuffled gains; and what was chosen."""
    data, settings = tasks.new.data, shop.settings.train
    training = train(
        data.interactions, n_people=data.n_people, n_items=data.n_items, side=data.side,
        dense_limit=settings.dense_limit,
    )  # fmt: skip
    weights, _ = choose_weights(training)
    columns, events = ItemColumns.read(shop.store, data.n_items), data.interactions
    started = time.perf_counter()
    ranker, told = learn_ranker(training, weights, columns, events)
    told["seconds"] = time.perf_counter() - started
    popular = popularity(events.item, events.strength, events.time_us, data.n_items)
    likeness = ItemLikeness.of(data.rows, None)
    made = {
        "blend": Trained(
            training.model, popular, likeness, weights, event_strength(settings), {"ranker": told}
        )
    }
    if ranker is not None:
        lists, names = held_out_lists(training, weights, columns)
        how = {name: told[name] for name in ("num_leaves", "min_data_in_leaf")}
        chance = Booster.fit(shuffled(lists), names, told["trees"], how)
        made["ranker"] = replace(made["blend"], ranker=ranker)
        made["shuffled"] = replace(made["blend"], ranker=replace(ranker, text=chance.text))
    return made, told


def judged(shop: Shop, tasks: OwnTasks, task: Task, made: Trained) -> tuple[np.ndarray, Served]:
    """Return the NDCG of each person's page, and how pages were made."""
    served = Served()
    filters = (OnlyNew(task.seen),)
    pipeline = shop.pipeline("home", tasks.services(made), filters=filters, budget_ms=BUDGET_MS)
    learner = as_learner(pipeline, task.data.n_items, K, "home", tasks.now, served)
    return task.ndcg(learner.prepare(task.data)({}), K), served


def measure(home: str) -> dict[str, Any]:
    settings = Settings.load(home, pipelines={"home": {"scorers": [{"type": "ranker"}]}})
    with Shop.open(settings) as shop:
        tasks = OwnTasks.of(shop, EVERYBODY, 0)
        task = tasks.new
        fresh = np.setdiff1d(task.people, task.sampled(JUDGED_BEFORE).people)
        task = task.among(fresh)
        made, told = trained(shop, tasks)
        found = {name: judged(shop, tasks, task, one) for name, one in made.items()}
    base = found["blend"][0]
    return {
        "people": int(fresh.size),
        "cut": tasks.now.isoformat(),
        "chosen": told,
        f"ndcg@{K}": {name: bootstrap(values).as_list() for name, (values, _) in found.items()},
        "over_blend": {
            name: paired_difference(values, base).as_list() for name, (values, _) in found.items()
        },
        "ratio": {
            name: bootstrap_statistic(
                np.stack([values, base], axis=1), lambda sums: sums[:, 0] / sums[:, 1]
            ).as_list()
            for name, (values, _) in found.items()
        },
        "pages": {
            name: {**percentiles(served.ms), "degraded": served.degraded}
            for name, (_, served) in found.items()
        },
        **({"trees_ms": trees_ms(made["ranker"])} if "ranker" in made else {}),
    }


def trees_ms(made: Trained) -> dict[str, float]:
    """Return what the trees take for 500 candidates whose features are known."""
    assert made.ranker is not None
    booster = made.ranker.booster
    features = np.random.default_rng(0).random((500, booster.n_features), dtype=np.float32)
    took = []
    for _ in range(200):
        started = time.perf_counter()
        booster.scores(features)
        took.append((time.perf_counter() - started) * 1e3)
    return {"candidates": 500, "features": booster.n_features, **percentiles(took)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home")
    report("ranker", **measure(parser.parse_args().home))


if __name__ == "__main__":
    main()
