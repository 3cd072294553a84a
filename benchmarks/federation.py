"""What it costs to learn from people whose rows nobody collects: silos under masks, and differential privacy.

    python benchmarks/federation.py [name ...] [--json]

Silos: the people are dealt to five silos; the largest difference between the weights of EASE from the masked sum and from
all rows, and the same when one silo drops out, beside the rows of the others. Privacy: NDCG@20 and recall@20 of EASE on
``private_evidence`` at epsilon 1, 3 and 10 with delta = n_people ** -1.1, in the mean of three draws of noise, beside
popularity from the same release. Beside them EASE without noise, clipped alike or not, and exact popularity.

Full ranking; items of the training part never enter a list. Where no test file is there, a random fifth of each person's
items is hidden. Without noise the ridge is chosen on a further fifth, held out of the training part; with noise it follows
from the noise. That rule was found on Last.fm, Gowalla and the journey's categories; Yelp was not looked at. Which items
there are (the most frequent of the data) is taken to be known to everybody, and not paid for out of epsilon.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from setting import data_folder, report
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.federation import federated, private_evidence
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.splits import per_person_random
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.privacy.noise import Ledger, noisy_gram, unit_rows

K, SEED, SILOS, MOST_ITEMS, DRAWS, PEOPLE = 20, 0, 5, 100, 3, 5000
EPSILONS = (1.0, 3.0, 10.0)
REGS = (1.0, 3.0, 10.0, 30.0)  # in units of the mean diagonal
CASES = {
    "lastfm-500": ("social_lastfm", 500),
    "lastfm-1000": ("social_lastfm", 1000),
    "gowalla-1000": ("gowalla", 1000),
    "yelp-1000": ("social_yelp", 1000),
    "journey-categories": ("complete_journey", 400),
}


def hidden_fifth(events: Interactions, seed: int) -> Any:
    return per_person_random(events.person, events.item, 0.2, seed)


def task_of(folder: Path, name: str, most: int) -> Task:
    """Read a data set down to its most frequent items."""
    if name == "complete_journey":
        bought = pl.scan_parquet(folder / name / "transactions.parquet")
        products = pl.scan_parquet(folder / name / "products.parquet")
        bought = bought.select("household_id", "product_id").unique()
        parts = [bought.join(products, on="product_id").select("household_id", "product_category")]
        tables = [part.drop_nulls().collect() for part in parts]
    else:
        files = [folder / name / f"{part}.tsv.gz" for part in ("train", "test")]
        tables = [pl.read_csv(file, separator="\t") for file in files]
    pairs = pl.concat(
        [
            table.select(pl.nth(0).alias("person"), pl.nth(1).alias("item"), part=pl.lit(part))
            for part, table in enumerate(tables)
        ]
    ).unique(["person", "item"], keep="first", maintain_order=True)
    often = pairs.filter(part=0)["item"].value_counts(sort=True).sort("count", "item")
    pairs = pairs.filter(pl.col("item").is_in(often.tail(most)["item"].implode()))
    person, item = (
        pairs[column].rank("dense").cast(pl.Int64).to_numpy() - 1 for column in ("person", "item")
    )
    events = Interactions(
        person, item, np.ones(person.size, np.float32), np.zeros(person.size, np.int64)
    )
    data = TrainingData(events, int(person.max()) + 1, int(item.max()) + 1)
    if len(tables) == 1:
        return data.held_out(hidden_fifth, sample=PEOPLE, seed=SEED)
    test = pairs["part"].to_numpy() == 1
    hidden = events.where(test).rows(data.n_people, data.n_items)
    return Task.hiding(data.where(~test), hidden, "given files").sampled(PEOPLE, SEED)


def silos(rows: Any) -> dict[str, float]:
    """Compare the masked sum with the plain one, then once more with a silo lost."""
    owner = np.random.default_rng(SEED).integers(0, SILOS, rows.shape[0])
    parts = {f"silo {number}": rows[owner == number] for number in range(SILOS)}

    def weights(evidence: Evidence) -> np.ndarray:
        return ease(evidence.gram, 100.0)

    lost = federated(parts, dropped=["silo 2"])
    return {
        "largest_weight": float(np.abs(weights(Evidence.of(rows))).max()),
        "all": float(np.abs(weights(federated(parts)) - weights(Evidence.of(rows))).max()),
        "one_lost": float(np.abs(weights(lost) - weights(Evidence.of(rows[owner != 2]))).max()),
    }


def clipped(rows: Any) -> np.ndarray:
    return noisy_gram(unit_rows(rows, MOST_ITEMS), 0.0).astype(np.float32)


def figures_of(task: Task, gram: np.ndarray, reg: float | None) -> dict[str, np.ndarray]:
    """Return NDCG and recall of each person; without a ridge, of the popularity on the diagonal."""
    if reg is None:
        popular = np.diagonal(gram)
        lists = task.lists(lambda people: np.tile(popular, (people.size, 1)), K)
    else:
        weights = ease(gram, reg)
        lists = task.lists(lambda people: task.data.rows[people] @ weights, K)
    figures = ranking_figures(lists, task.relevant[task.people])
    return {name: figures[name] for name in (f"ndcg@{K}", f"recall@{K}")}


def mean(draws: list[dict[str, np.ndarray]], reg: float | None) -> dict[str, Any]:
    means = {name: np.mean([draw[name] for draw in draws], axis=0) for name in draws[0]}
    return {"reg": reg} | {name: bootstrap(one).as_list() for name, one in means.items()}


def without_noise(task: Task, validation: Task, gram_of: Callable[[Any], np.ndarray]) -> Any:
    """Judge EASE with the ridge that is best on the validation part."""
    held = gram_of(validation.data.rows)
    regs = [reg * float(np.diagonal(held).mean()) for reg in REGS]
    reg = max(regs, key=lambda reg: figures_of(validation, held, reg)[f"ndcg@{K}"].mean())
    return mean([figures_of(task, gram_of(task.data.rows), reg)], reg)


def measure(folder: Path, name: str, most: int) -> dict[str, Any]:
    task = task_of(folder, name, most)
    validation = task.data.held_out(hidden_fifth, sample=PEOPLE, seed=SEED)
    rows = task.data.rows

    exact = Evidence.of(rows).gram
    models = {
        "popularity": mean([figures_of(task, exact, None)], None),
        "ease": without_noise(task, validation, lambda rows: Evidence.of(rows).gram),
        "ease, clipped": without_noise(task, validation, clipped),
    }
    delta = rows.shape[0] ** -1.1
    for epsilon in EPSILONS:
        released = [
            private_evidence(
                rows, Ledger(epsilon, delta), "all", most_items=MOST_ITEMS, seed=bytes([draw])
            )
            for draw in range(DRAWS)
        ]
        reg = released[0].reg
        models[f"popularity, epsilon {epsilon:g}"] = mean(
            [figures_of(task, one.gram, None) for one in released], None
        )
        models[f"ease, epsilon {epsilon:g}"] = mean(
            [figures_of(task, one.gram, reg) for one in released], reg
        )
    return {
        "people": rows.shape[0],
        "judged": int(task.people.size),
        "items": rows.shape[1],
        "pairs": int(rows.nnz),
        "delta": delta,
        "federated_minus_central": silos(rows),
        "models": models,
    }


def show(name: str, found: dict[str, Any]) -> None:
    print(f"\n{name}: {found['people']:,} people, {found['items']:,} items")
    for case, difference in found["federated_minus_central"].items():
        print(f"  federated weights, {case:14} {difference:.2e}")
    for model, one in found["models"].items():
        ndcg, recall = (one[f"{metric}@{K}"] for metric in ("ndcg", "recall"))
        print(
            f"  {model:24} ndcg@{K} {ndcg[0]:.4f} [{ndcg[1]:.4f}, {ndcg[2]:.4f}]"
            f"  recall@{K} {recall[0]:.4f}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(CASES), help=", ".join(CASES))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        sys.exit("SKIPPED: no research data, set ZHIYIN_DATA")
    results = {}
    for name in asked.names:
        results[name] = measure(folder, *CASES[name])
        if not asked.json:
            show(name, results[name])
    if asked.json:
        report("federation", seed=SEED, draws=DRAWS, most_items=MOST_ITEMS, results=results)


if __name__ == "__main__":
    main()
