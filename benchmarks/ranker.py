"""Measures what the ranker adds to a shop's own home pages: trained on the earlier part of its events, judged by the later.

    python benchmarks/ranker.py HOME [--earlier N]
    taskset -c 0 python benchmarks/ranker.py HOME --cost

Prints one JSON document: NDCG@10 of pages by the blend, by the ranker, and by a ranker that learned from shuffled gains, with
paired intervals, of people by whom ``zhiyin evaluate`` does not judge; what training chose; and what pages cost. ``--earlier``
goes as many fifths of the events back. ``--cost`` times features, trees and a list in balance for 500 candidates instead.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

import numpy as np

from setting import report
from zhiyin import Settings, Shop
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.training import train
from zhiyin.bench.own_tasks import OwnTasks
from zhiyin.bench.served import BUDGET_MS, OnlyNew, Served, as_learner, percentiles
from zhiyin.core import Candidates, Query
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, paired_difference
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.portraits.item_likeness import ItemLikeness
from zhiyin.ranking.booster import families
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranker import Ranker, RankerModel
from zhiyin.ranking.ranker_training import TREES, choose_booster, fit_all
from zhiyin.ranking.ranking_lists import RankingLists
from zhiyin.ranking.ranking_moments import ranking_moments
from zhiyin.ranking.signals import popularity_signal
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.ranking.tuning import choose_weights
from zhiyin.reranking.balance import stretched
from zhiyin.reranking.dpp import greedy_dpp

K = 10
WHOLE = 500
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
    started = time.process_time()
    moments = ranking_moments(training, weights, columns, events)
    booster, told = choose_booster(moments, k=K, trials=settings.trials)
    told["cpu_seconds"] = time.process_time() - started
    popular = popularity(events.item, events.strength, events.time_us, data.n_items)
    likeness = ItemLikeness.of(data.rows, None)
    made = {
        "blend": Trained(
            training.model, popular, likeness, weights, event_strength(settings), {"ranker": told}
        )
    }
    if booster is not None:
        chance = fit_all(replace(moments, all=[shuffled(one) for one in moments.all]), told)
        ranker = replace(RankerModel.of(columns, events), text=booster.text)
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


def measure(home: str, earlier: int) -> dict[str, Any]:
    settings = Settings.load(home, pipelines={"home": {"scorers": [{"type": "ranker"}]}})
    with Shop.open(settings) as shop:
        tasks = OwnTasks.of(shop, EVERYBODY, 0)
        for _ in range(earlier):
            tasks = OwnTasks.of(shop, EVERYBODY, 0, tasks.before)
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
    }


def cost(home: str, people: int = 300) -> dict[str, Any]:
    """Return the processor time of ranking 500 candidates of some people, from features to 20 items in balance, and of its parts."""
    with Shop.open(Settings.load(home)) as shop:
        tasks = OwnTasks.of(shop, people, 0)
        data, settings = tasks.new.data, shop.settings.train
        events = data.interactions
        training = train(
            events, n_people=data.n_people, n_items=data.n_items, side=data.side,
            dense_limit=settings.dense_limit,
        )  # fmt: skip
        weights, _ = choose_weights(training)
        columns = ItemColumns.read(shop.store, data.n_items)
        moments = ranking_moments(training, weights, columns, events)
        booster = fit_all(moments, {})
        popular = popularity_signal(popularity(events.item, events.strength, events.time_us, data.n_items))  # fmt: skip
        likeness = ItemLikeness.of(data.rows, data.side.get("descriptions"))
        model = replace(RankerModel.of(columns, events), text=booster.text)
        ranker = Ranker(Ranker.Config(), weights, training.model, model)
        known = families(list(training.model.parts))
        names = ("features", "trees", "dpp", "whole", "shares of 20")
        took: dict[str, list[float]] = {name: [] for name in names}
        repeats = max(1, -(-people // tasks.new.people.size))
        for person in np.tile(tasks.new.people, repeats)[:people].tolist():
            query = asked_by(person, data, tasks)
            affinity = training.model.scores(Asked.by(query))
            blend = affinity + np.float32(weights.popularity) * popular
            ids = np.argsort(-blend, kind="stable")[:WHOLE]
            listed = Candidates.of(ids.tolist(), blend[ids].tolist(), source="all").with_fields(
                {"affinity": affinity[ids], "popularity": popular[ids]}
            )
            at = [time.process_time()]
            features = ranker._features(model, query, listed, blend[ids])
            at.append(time.process_time())
            scores = model.booster.scores(features)
            at.append(time.process_time())
            quality = np.exp((stretched(scores) - 1).astype(np.float64))
            chosen = greedy_dpp(quality, likeness.vectors(ids), 20)
            at.append(time.process_time())
            model.booster.contributions(features[chosen], known)
            at.append(time.process_time())
            steps = [*np.diff(at[:4]), at[3] - at[0], at[4] - at[3]]
            for name, step in zip(names, steps, strict=True):
                took[name].append(step * 1e3)
    return {
        "candidates": WHOLE, "columns": booster.n_features, "number of trees": TREES, "pages": people,
        **{name: percentiles(ms) for name, ms in took.items()},
    }  # fmt: skip


def asked_by(person: int, data: TrainingData, tasks: OwnTasks) -> Query:
    """Return a query with what stages before the ranker find out of a person."""
    had, nobody = tasks.history(person, 1000), np.empty(0, np.int64)
    row = data.histories[[person]]
    asked = Asked(row.indices.astype(np.int64), row.data, person, had.items)
    told = {"event_items": had.items, "event_us": had.time_us, "friends": nobody, "closed": nobody}
    query = Query(person=person, n=20, time=tasks.now)
    return query.with_fields({**asked.fields(), **told})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home")
    parser.add_argument("--earlier", type=int, default=0, help="fifths of the events before")
    parser.add_argument("--cost", action="store_true", help="what ranking 500 candidates takes")
    asked = parser.parse_args()
    found = cost(asked.home) if asked.cost else measure(asked.home, asked.earlier)
    report("ranker", **found)


if __name__ == "__main__":
    main()
