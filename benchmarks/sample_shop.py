"""Measures the sample shop: its statistics beside real data, and floor, ceiling and what the engine reaches.

    python benchmarks/sample_shop.py                 # development seed 7 and reporting seed 5081
    python benchmarks/sample_shop.py --seed 7        # one seed only

Prints one JSON document. Real data are read from ``../shared/data`` or ``ZHIYIN_DATA`` and left out where absent.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from setting import data_folder, report
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.training import train
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.ingest.sample import SAMPLE_VERSION, SampleShop, make
from zhiyin.ingest.sample.ceilings import bounds, home_oracle
from zhiyin.ingest.sample.ceilings import popularity as floor_popularity
from zhiyin.ingest.sample.tasks import HomeTask, home_task, numbers, share_of_gap
from zhiyin.ranking.signals import popularity_signal
from zhiyin.ranking.tuning import choose_weights

DEVELOPMENT_SEED = 7
REPORTING_SEED = 5081  # never looked at while the generator was tuned


def gini(counts: np.ndarray) -> float:
    x = np.sort(counts[counts > 0])
    n = len(x)
    return round(float((2 * np.arange(1, n + 1) - n - 1) @ x / (n * x.sum())), 3)


def shape_of(user: np.ndarray, item: np.ndarray) -> dict[str, Any]:
    pairs = np.unique(np.column_stack([user, item]), axis=0)
    users = np.unique(pairs[:, 0], return_counts=True)[1]
    items = np.sort(np.unique(pairs[:, 1], return_counts=True)[1])[::-1]
    top = max(1, round(len(items) / 100))
    return {
        "users": len(users), "items": len(items), "pairs": len(pairs),
        "items_per_user_median": float(np.median(users)), "user_gini": gini(users),
        "item_gini": gini(items), "top_1_percent_share": round(float(items[:top].sum() / items.sum()), 3),
    }  # fmt: skip


def homophily(
    user: np.ndarray, item: np.ndarray, one: np.ndarray, two: np.ndarray
) -> dict[str, float]:
    """Mean Jaccard likeness of what tied people touched, against random pairs of the same people."""
    rows: dict[int, set[int]] = {}
    for u, i in zip(user.tolist(), item.tolist(), strict=True):
        rows.setdefault(u, set()).add(i)
    rng = np.random.default_rng(0)
    chosen = rng.permutation(len(one))[:40_000]
    strangers = rng.permutation(two[chosen])

    def mean(left: np.ndarray, right: np.ndarray) -> float:
        likeness = [
            len(rows[a] & rows[b]) / len(rows[a] | rows[b])
            for a, b in zip(left.tolist(), right.tolist(), strict=True)
            if a in rows and b in rows and a != b
        ]
        return float(np.mean(likeness))

    friends, random = mean(one[chosen], two[chosen]), mean(one[chosen], strangers)
    return {
        "friends": round(friends, 4),
        "random": round(random, 4),
        "ratio": round(friends / random, 2),
    }


def real_sets(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def read(path: Path, **options: Any) -> tuple[np.ndarray, np.ndarray]:
        frame = pl.read_csv(path, separator="\t", **options)
        return frame[:, 0].to_numpy(), frame[:, 1].to_numpy()

    lastfm = folder / "hetrec_lastfm"
    if lastfm.is_dir():
        user, item = read(lastfm / "user_artists.dat")
        ties = read(lastfm / "user_friends.dat")
        found["hetrec_lastfm"] = shape_of(user, item) | {"homophily": homophily(user, item, *ties)}
    for name in ("social_lastfm", "social_yelp", "gowalla"):
        if not (folder / name / "train.tsv.gz").is_file():
            continue
        parts = [read(folder / name / f"{part}.tsv.gz") for part in ("train", "test")]
        user, item = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        found[name] = shape_of(user, item)
        friends = folder / name / "friends.tsv.gz"
        if friends.is_file():
            found[name]["homophily"] = homophily(user, item, *read(friends))
    return found


def engine_on_home(shop: SampleShop, task: HomeTask, oracle: np.ndarray) -> dict[str, Any]:
    """What the engine learns from the events before the cut, with parameters chosen inside them."""
    n_people, n_items = shop.frames["users"].height, shop.frames["items"].height
    log, strength = task.train, EventStrength()
    values = log["value"].fill_null(np.nan).to_numpy()
    table = Interactions(
        numbers(log["user"]),
        numbers(log["item"]),
        strength.of(log["type"].to_numpy().astype(np.str_), values),
        log["time"].dt.epoch("us").to_numpy(),
    )
    known = shop.frames["ties"]
    side = {"ties": Ties(numbers(known["user"]), numbers(known["other"]))}
    training = train(table, n_people=n_people, n_items=n_items, side=side)
    weights, _ = choose_weights(training)
    popular = popularity(table.item, table.strength, table.time_us, n_items)
    affinity = training.fitted(task.people)
    everybody = np.tile(floor_popularity(log, n_items), (len(task.people), 1))
    rng = np.random.default_rng(0)
    shuffled = Interactions(
        table.person, rng.permutation(table.item), table.strength, table.time_us
    )
    control = train(shuffled, n_people=n_people, n_items=n_items)
    scores = {
        "popularity": everybody,
        "affinity": affinity,
        "with popularity": affinity + weights.popularity * popularity_signal(popular),
        "control: items shuffled over people": control.fitted(task.people),
        "oracle": oracle,
    }
    ndcg = {name: task.ndcg(score) for name, score in scores.items()}
    floor, ceiling = ndcg["popularity"].mean(), ndcg["oracle"].mean()
    return {
        "weights": training.report["weights"],
        "weight_of_popularity": weights.popularity,
        "models": {
            name: {
                "ndcg@10": bootstrap(one).as_list(),
                "over_popularity": paired_difference(one, ndcg["popularity"]).as_list(),
                "share_of_gap": share_of_gap(float(one.mean()), float(floor), float(ceiling)),
            }
            for name, one in ndcg.items()
        },
    }


def measure(seed: int) -> dict[str, Any]:
    began, cpu = time.perf_counter(), time.process_time()
    shop = make(seed)
    took = {
        "wall_s": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
    }
    events, ties = shop.frames["events"], shop.frames["ties"]
    user, item = numbers(events["user"]), numbers(events["item"])
    liked = events.filter(pl.col("type").is_in(["favourite", "cart", "purchase"]))
    tie_ends = numbers(ties["user"]), numbers(ties["other"])
    degree = np.bincount(tie_ends[0])
    mutual = (
        ties.join(ties, left_on=["user", "other"], right_on=["other", "user"]).height / ties.height
    )
    simulated = events.filter(pl.col("type").is_in(["view", "favourite", "cart", "purchase"]))
    influenced = pl.Series(shop.truth.event_influenced)
    tasks = bounds(shop)
    home = home_task(shop)
    return {
        "seed": seed,
        "generation": took,
        "counts": {kind: frame.height for kind, frame in shop.frames.items()},
        "event_types": dict(events["type"].value_counts(sort=True).iter_rows()),
        "all_events": shape_of(user, item) | {"homophily": homophily(user, item, *tie_ends)},
        "positive_events": shape_of(numbers(liked["user"]), numbers(liked["item"]))
        | {"homophily": homophily(numbers(liked["user"]), numbers(liked["item"]), *tie_ends)},
        "ties": {
            "median": float(np.median(degree)), "p99": float(np.percentile(degree, 99)),
            "most": int(degree.max()), "degree_gini": gini(degree), "mutual": round(mutual, 3),
        },
        "influenced_share": round(float(influenced.sum() / simulated.height), 3),
        "tasks": tasks,
        "engine_on_home": engine_on_home(shop, home, home_oracle(shop.truth, home)),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seed", type=int, help="one seed instead of development and reporting seed"
    )
    seed = parser.parse_args().seed
    seeds = (DEVELOPMENT_SEED, REPORTING_SEED) if seed is None else (seed,)
    folder = data_folder()
    report(
        "sample shop",
        version=SAMPLE_VERSION,
        real_sets=real_sets(folder) if folder else "not there: set ZHIYIN_DATA",
        shops=[measure(one) for one in seeds],
    )


if __name__ == "__main__":
    main()
