"""Items that nobody has had yet, found by their text, and what that costs the others: hetrec_lastfm with its tags.

    python benchmarks/cold_items.py            # a table
    python benchmarks/cold_items.py --json     # one JSON document

A tenth of the artists lose all their plays, and of what is left a random fifth of each person's is hidden (seed 0).
A cold artist's tags are known. Tags that a person gave to what is hidden from that person are left out, so that nobody's
list is found again by the person's own words; "own words kept" leaves them in, as the data are. Artists are numbered at
random, since their numbers in the data tell who is popular. Parameters are chosen on the same two cuts made anew within
the training part, where the tags of the hidden pairs are left out likewise.

Three figures stand for each learner, Recall@20 and NDCG@20 with 95 % intervals over people:
    cold       hidden cold artists, only cold artists being candidates
    cold/all   hidden cold artists, all artists being candidates
    warm       hidden plays of the other artists, all artists being candidates
Popularity of tags ranks cold artists, the same for everybody: a tag is as popular as the artists that have it are on
average, and an artist as its tags are, averaged or summed. The sum knows how much is said of an artist, and much is said of
those who will be popular; so it is the harder one.

Sums are on one core faster than on several that others want, too: OMP_NUM_THREADS=1 where the machine is shared.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from setting import data_folder, report
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import RANDOM, ease_learner
from zhiyin.affinity.sequence_baselines import ATTRIBUTES
from zhiyin.affinity.text_learners import (
    EASE_AND_TEXT,
    TAG_POPULARITY,
    TAG_POPULARITY_SUM,
    TEXT_TO_WEIGHTS,
    text_learners,
)
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.cold_start import cold_items
from zhiyin.evaluation.contest import Budget, Judged, compete, judge
from zhiyin.evaluation.intervals import bootstrap, bootstrap_ratio, paired_difference
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.search import Choice
from zhiyin.evaluation.splits import per_person_random
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ingest.formats.hetrec_lastfm import HetrecLastfm

K, SEED, COLD, HIDDEN = 20, 0, 0.1, 0.2
KERNEL = replace(ATTRIBUTES, space={"decay": Choice((1.0,), default=1.0)})  # plays have no order
FIGURES = (f"recall@{K}", f"ndcg@{K}")


@dataclass(frozen=True)
class Tags:
    """Who gave which item which tag."""

    person: np.ndarray
    item: np.ndarray
    tag: np.ndarray

    def counts(self, without: np.ndarray, n_items: int, n_tags: int) -> Any:
        """How many people gave an item a tag, (n_items, n_tags) CSR, without those of some (person, item) pairs."""
        kept = ~np.isin(self.person * n_items + self.item, without)
        at = (self.item[kept], self.tag[kept])
        return sparse.csr_array((np.ones(kept.sum(), np.float32), at), shape=(n_items, n_tags))


@dataclass(frozen=True)
class Cut:
    """One training part with its three tasks, and the pairs that are hidden from it."""

    warm: Task
    cold: Task
    cold_among_all: Task
    hidden: np.ndarray


def read(folder: Path) -> tuple[Interactions, Tags, tuple[int, int, int]]:
    """Plays and tags of played artists; numbers of artists say nothing."""
    parts: dict[str, list[pl.DataFrame]] = {"events": [], "facts": []}
    for batch in HetrecLastfm().batches([folder]):
        if batch.kind in parts:
            parts[batch.kind].append(batch.rows)
    plays, said = (pl.concat(frames) for frames in parts.values())
    people, items = plays["user"].unique().sort(), plays["item"].unique().sort()
    items = items.sample(fraction=1.0, shuffle=True, seed=SEED)
    said = said.rename({"subject": "item"}).select("user", "item", "value")
    said = said.filter(pl.col("item").is_in(items.implode())).unique(maintain_order=True)
    tags = said["value"].unique().sort()

    def numbers(column: pl.Series, ids: pl.Series) -> np.ndarray:
        return column.replace_strict(ids, np.arange(len(ids))).to_numpy().astype(np.int64)

    person, item = numbers(plays["user"], people), numbers(plays["item"], items)
    events = Interactions(
        person, item, np.ones(person.size, np.float32), np.full(person.size, NO_TIME)
    )
    known = pl.concat([people, said["user"]]).unique(maintain_order=True)  # players come first
    given = Tags(
        numbers(said["user"], known), numbers(said["item"], items), numbers(said["value"], tags)
    )
    return events, given, (len(people), len(items), len(tags))


def cut(
    events: Interactions, tags: Tags, sizes: tuple[int, int, int], earlier: np.ndarray, seed: int
) -> Cut:
    """Hide a tenth of the items whole, and a fifth of everybody's other items."""
    n_people, n_items, n_tags = sizes
    whole = cold_items(events.item, COLD, seed)
    left, lost = events.where(whole.train), events.where(whole.test)
    parts = per_person_random(left.person, left.item, HIDDEN, seed)
    train, asked = left.where(parts.train), left.where(parts.test)
    gone = lost.joined(asked)
    hidden = np.concatenate([earlier, gone.person * n_items + gone.item])
    data = TrainingData(
        train, n_people, n_items, {"attributes": tags.counts(hidden, n_items, n_tags)}
    )
    warm = Task.hiding(data, asked.rows(n_people, n_items), "hidden plays")
    among_all = Task.hiding(data, lost.rows(n_people, n_items), "cold items")
    is_cold = np.bincount(lost.item, minlength=n_items) > 0
    return Cut(warm, among_all.offering(is_cold), among_all, hidden)


def contest(outer: Cut, inner: Cut, budget: Budget) -> dict[str, dict[str, Any]]:
    """Name → figure → (p,) values of each learner, and what was chosen."""
    texts = text_learners(SEED)
    alone = [one for one in texts if one.name.startswith("text")]
    simple = [RANDOM, TAG_POPULARITY, TAG_POPULARITY_SUM, KERNEL, *alone, TEXT_TO_WEIGHTS]
    also = {"cold": outer.cold, "cold/all": outer.cold_among_all}
    found = compete(outer.cold, simple, K, budget, validation=inner.cold)
    told = {one.name: {"params": dict(one.params), "cold": one.figures} for one in found}
    lost = "ease drawn to text, shuffled text"  # the control of one that gains less
    both = [ease_learner(), *(one for one in texts if one not in alone and one.name != lost)]
    for one in compete(outer.warm, both, K, budget, validation=inner.warm, also=also):
        told[one.name] = {"params": dict(one.params), "warm": one.figures, **by_task(one, also)}
    return told


def by_task(one: Judged, tasks: dict[str, Task]) -> dict[str, Any]:
    return {
        name: ranking_figures(one.also[name], task.relevant[task.people])
        for name, task in tasks.items()
    }


def own_words(outer: Cut, tags: Tags, told: dict[str, Any], n_tags: int) -> dict[str, Any]:
    """The cold figures with the same parameters, the tags of hidden pairs being kept."""
    n_items = outer.cold.data.n_items
    attributes = tags.counts(np.empty(0, np.int64), n_items, n_tags)
    data = outer.cold.data.beside(attributes=attributes)
    task = Task(
        data, outer.cold.relevant, outer.cold.people, outer.cold.seen, "", outer.cold.offered
    )
    entered = [TAG_POPULARITY, TAG_POPULARITY_SUM, KERNEL, EASE_AND_TEXT]
    return {
        one.name: {"cold": judge(one, told[one.name]["params"], task, K).figures} for one in entered
    }


def request_ms(outer: Cut, params: Any) -> dict[str, float]:
    """How long one person's scores take, in the model that serves."""
    model: Any = EASE_AND_TEXT.prepare(outer.warm.data)(params)
    rows, took = outer.warm.data.rows, []
    for person in range(200):
        row = rows[[person]]
        asked = Asked(row.indices.astype(np.int64), row.data, person)
        started = time.perf_counter()
        model.model.text.scores(asked)
        middle = time.perf_counter()
        model.model.scores(asked)
        took.append((middle - started, time.perf_counter() - middle))
    text, both = (1e3 * np.median(np.array(took), axis=0)).tolist()
    return {"text_p50_ms": text, "ease_and_text_p50_ms": both}


def intervals(told: dict[str, Any]) -> dict[str, Any]:
    """The figures with their intervals, as JSON can hold them."""
    return {
        name: {
            task: part
            if task == "params"
            else {metric: bootstrap(part[metric]).as_list() for metric in FIGURES}
            for task, part in figures.items()
        }
        for name, figures in told.items()
    }


def verdicts(told: dict[str, Any]) -> dict[str, Any]:
    """What was to be reached: Recall@20 on cold items by that of popularity of tags, and what warm items pay."""
    text, ease = told[EASE_AND_TEXT.name], told["ease"]
    metric = FIGURES[0]
    times = {
        name: bootstrap_ratio(text["cold"][metric], told[name]["cold"][metric] + 1e-12).as_list()
        for name in (TAG_POPULARITY.name, TAG_POPULARITY_SUM.name)
    }
    gains = {m: paired_difference(text["warm"][m], ease["warm"][m]).as_list() for m in FIGURES}
    return {"cold recall, times": times, "warm, over ease": gains}


def table(told: dict[str, Any]) -> None:
    tasks = ("cold", "cold/all", "warm")
    print(f"{'':36}" + "".join(f"{task:^50}" for task in tasks))
    print(f"{'':36}" + f"{'recall@20':^25}{'ndcg@20':^25}" * 3)
    for name, figures in told.items():
        cells = [figures.get(task, {}).get(metric) for task in tasks for metric in FIGURES]
        said = ["–" if c is None else f"{c[0]:.4f} [{c[1]:.4f}, {c[2]:.4f}]" for c in cells]
        print(f"{name:36}" + "".join(f"{cell:25}" for cell in said))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--trials", type=int, default=8, help="parameter sets of each learner")
    parser.add_argument("--people", type=int, default=500, help="judged in a trial")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        sys.exit("no research data: set ZHIYIN_DATA")
    events, tags, sizes = read(folder / "hetrec_lastfm")
    outer = cut(events, tags, sizes, np.empty(0, np.int64), SEED)
    inner = cut(outer.warm.data.interactions, tags, sizes, outer.hidden, SEED + 1)
    told = contest(outer, inner, Budget(asked.trials, asked.people, SEED))
    reached, kept = verdicts(told), own_words(outer, tags, told, sizes[2])
    figures = {
        "models": intervals(told),
        "own words kept": intervals(kept),
        "reached": reached,
        "request": request_ms(outer, told[EASE_AND_TEXT.name]["params"]),
    }
    if asked.json:
        report("cold_items", sizes=list(sizes), cold_items=int(outer.cold.offered.sum()), **figures)
        return
    table(figures["models"])
    print("\nown words kept:")
    table(figures["own words kept"])
    for name in ("reached", "request"):
        print(f"\n{name}: {figures[name]}")
    print(f"\nchosen: { {name: one['params'] for name, one in told.items()} }")


if __name__ == "__main__":
    main()
