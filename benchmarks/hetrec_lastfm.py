"""The main job on hetrec_lastfm: quality beside simple baselines, then the whole way in one process.

    python benchmarks/hetrec_lastfm.py

Needs the data set in ``../shared/data`` or ``ZHIYIN_DATA``. Quality is full ranking on a random 80/20 split of each
person's artists (the plays have no times), seed 0; the ridge is chosen inside the training part.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from typing import Any

import numpy as np

from setting import data_folder, report
from zhiyin import Shop
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.training import train
from zhiyin.core import Kind
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.evaluation.ranking import rank_all
from zhiyin.evaluation.splits import per_person_random
from zhiyin.ranking.event_table import read_events

SEED, K, REQUESTS = 0, 20, 1500


def quality(plays: Interactions, n_people: int, n_items: int) -> dict[str, Any]:
    split = per_person_random(plays.person, plays.item, 0.2, SEED)
    visible, hidden = plays.where(split.train), plays.where(split.test)
    rows, relevant = visible.rows(n_people, n_items), hidden.rows(n_people, n_items)
    people = np.flatnonzero(np.diff(relevant.indptr))
    started = time.perf_counter()
    training = train(visible, n_people=n_people, n_items=n_items)
    seconds = time.perf_counter() - started
    popular = rows.sum(axis=0, dtype=np.float32)
    neighbours = ItemWeights("item-knn", nearest_items(rows))
    rng = np.random.default_rng(SEED)
    shuffled = Interactions(
        visible.person, rng.permutation(visible.item), visible.strength, visible.time_us
    )
    control = train(shuffled, n_people=n_people, n_items=n_items)
    models = {
        "popularity": lambda asked: np.tile(popular, (asked.size, 1)),
        "item-knn": lambda asked: neighbours.scores_rows(rows[asked]),
        "blend": training.fitted,
        "control: items shuffled over people": control.fitted,
    }
    judged = {name: rank_all(model, people, rows, relevant, K) for name, model in models.items()}
    return {
        "people": people.size,
        "weights": training.report["weights"],
        "train_s": seconds,
        "models": {
            name: {metric: bootstrap(values).as_list() for metric, values in figures.items()}
            | {
                "over_popularity": {
                    metric: paired_difference(values, judged["popularity"][metric]).as_list()
                    for metric, values in figures.items()
                }
            }
            for name, figures in judged.items()
        },
    }


def latency(shop: Shop, users: list[str]) -> dict[str, float]:
    took = []
    for user in users:
        started = time.perf_counter()
        page = shop.recommend(user)
        took.append((time.perf_counter() - started) * 1e3)
        if page.degraded or len(page.items) != 10:
            raise SystemExit(f"{user}: {page.trace}")
    p50, p99 = np.percentile(took[50:], (50, 99))
    return {"p50_ms": p50, "p99_ms": p99}


def main() -> None:
    data = data_folder()
    if data is None:
        sys.exit("no research data: set ZHIYIN_DATA")
    with tempfile.TemporaryDirectory() as folder:
        with Shop.open(folder) as shop:
            imported = shop.ingest("hetrec-lastfm", [data / "hetrec_lastfm"])
            started = time.perf_counter()
            manifest = shop.train()
            train_s = time.perf_counter() - started
        # A server neither imports nor trains, so what those left for the collector is put away first.
        gc.collect()
        with Shop.open(folder) as shop:
            users = shop.store.keys(Kind.PERSON, range(REQUESTS))
            known = latency(shop, users)
            newcomers = latency(shop, [f"nobody-{i}" for i in range(300)])
            counts = (shop.store.count(Kind.PERSON), shop.store.count(Kind.ITEM))
            figures = quality(read_events(shop.store, EventStrength()).interactions, *counts)
    report(
        "hetrec_lastfm",
        seed=SEED,
        quality=figures,
        accepted=imported.accepted,
        import_s=imported.seconds,
        model=manifest["model"],
        train_s=train_s,
        recommend_known=known,
        recommend_unknown=newcomers,
    )


if __name__ == "__main__":
    main()
