"""Newcomers on social_yelp through a shop's own home page: without ties, with them, and with what friends did beside.

    python benchmarks/cold_people.py [--people 800] [--data FOLDER] [--homes FOLDER]

Needs ``train``, ``test`` and ``friends`` of the data set in ``../shared/data/social_yelp``, ``ZHIYIN_DATA`` or ``--data``.
Histories of three groups of people are cut to 0, 1 and 3 events, a fourth group keeps its 8 or more. What is left is
imported by three shops: without ties, with them, and with shuffled ones. Pages of 20 are judged by the test file; what was
cut away is no candidate. Each surface is made of settings alone. Prints one JSON document; takes half an hour.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from setting import data_folder, report
from zhiyin import Settings, Shop, registry
from zhiyin.bench.served import BUDGET_MS, OnlyNew, Served, as_learner, percentiles
from zhiyin.core import NO_TIME, Candidates, Query
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, paired_difference
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.registry import PartConfig
from zhiyin.settings import Part

SEED, K, LONG = 0, 20, 8
LEFT = {"0 events": 0, "1 event": 1, "3 events": 3, f"{LONG} and more": None}
"""Group of people → how many events are left to each."""
WEIGHTS = (0.5, 2.0, 6.0)
"""What a purchase by a close friend may weigh; the highest affinity of a median person is 15 to 30."""
TIED, PLAIN, CONTROL = "ties in the blend, as it is", "without ties", "control: ties shuffled"
SOURCE, OWN = "and friends as a source", "and friends with a weight of their own"

HOMES = ("without", "with", "shuffled")
Figures = tuple[dict[str, NDArray[np.float64]], dict[str, Any]]


class FriendsSay:
    """Adds what the circle says of an item, times a weight."""

    name = "friends_say"

    class Config(PartConfig):
        """Options of `FriendsSay`."""

        weight: float = Field(description="Of a purchase by a close friend.")

    def __init__(self, config: Config) -> None:
        self._weight = config.weight

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return the part of each candidate, float32 (n,)."""
        items, amounts = query.fields["friend_item"], query.fields["friend_amount"]
        size = max(int(candidates.ids.max(initial=0)), int(items.max(initial=0))) + 1
        said = np.bincount(items, amounts, size)[candidates.ids]
        return (self._weight * said).astype(np.float32)


@dataclass(frozen=True)
class World:
    """The files as tables and as a task, people and items numbered as they first come.

    Attributes:
        tables: kind of record → rows a shop imports.
        groups: name → (g,) int64 people.
        task: what is to be found, over the whole histories.
        popularity: (n_items,) float32 events that are left.
    """

    tables: Mapping[str, pl.DataFrame]
    groups: Mapping[str, NDArray[np.int64]]
    task: Task
    popularity: NDArray[np.float32]

    @classmethod
    def of(cls, folder: Path, size: int) -> World:
        """Read the files, and cut the histories of groups of a size."""
        ids = dict.fromkeys(("user", "item", "friend"), pl.String)
        train, test, ties = (
            pl.read_csv(folder / f"{name}.tsv.gz", separator="\t", schema_overrides=ids)
            for name in ("train", "test", "friends")
        )
        ties = ties.filter(pl.col("user") != pl.col("friend")).unique(maintain_order=True)
        people = pl.concat([train["user"], test["user"], ties["user"], ties["friend"]])
        people, items = people.unique(maintain_order=True), pl.concat([train["item"], test["item"]])
        items = items.unique(maintain_order=True)
        shape = len(people), len(items)
        asked = events_of(test, people, items).rows(*shape)
        task = Task.hiding(
            TrainingData(events_of(train, people, items), *shape), asked, "given files"
        )
        rng = np.random.default_rng(SEED)
        kept, drawn = cut(train, test, size, rng)
        one, two = shuffled_ties(
            numbers(ties["user"], people), numbers(ties["friend"], people), rng=rng
        )
        tables = {
            "users": pl.DataFrame({"id": people}),
            "items": pl.DataFrame({"id": items}),
            "events": kept,
            "ties": ties,
            "shuffled": pl.DataFrame({"user": people[one], "friend": people[two]}),
        }
        groups = {name: np.sort(numbers(pl.Series(who), people)) for name, who in drawn.items()}
        popularity = np.bincount(numbers(kept["item"], items), minlength=len(items))
        return cls(tables, groups, task, popularity.astype(np.float32))


def cut(
    train: pl.DataFrame, test: pl.DataFrame, size: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, dict[str, list[str]]]:
    """Return the events that stay, a random part of each cut history, and the people of each group."""
    long = train.group_by("user").len().filter(pl.col("len") >= LONG)["user"]
    known = long.filter(long.is_in(test["user"].implode())).sort().to_list()
    drawn = rng.permutation(known)[: size * len(LEFT)]
    groups = {
        name: part.tolist()
        for name, part in zip(LEFT, np.array_split(drawn, len(LEFT)), strict=True)
    }
    most = {user: LEFT[name] for name, users in groups.items() for user in users}
    left = pl.col("user").replace_strict(most, default=None, return_dtype=pl.Int64)
    place = pl.int_range(pl.len()).over("user")
    return train[rng.permutation(train.height)].filter(left.is_null() | (place < left)), groups


def numbers(column: pl.Series, ids: pl.Series) -> NDArray[np.int64]:
    return column.cast(pl.Enum(ids)).to_physical().cast(pl.Int64).to_numpy()


def events_of(rows: pl.DataFrame, people: pl.Series, items: pl.Series) -> Interactions:
    ends = numbers(rows["user"], people), numbers(rows["item"], items)
    return Interactions(
        *ends, np.ones(rows.height, np.float32), np.full(rows.height, NO_TIME, np.int64)
    )


def settings(home: Path) -> Settings:
    """Return a shop whose surfaces differ in one thing each; its events are no more than plain interactions."""
    unexplained = {"explainers": []}  # why something is on a page does not change the page
    home_page = Settings.load(home).pipeline("home")
    circle = {
        **dict(home_page),
        "query_hydrators": [
            *home_page.query_hydrators,
            Part(type="circle", options={"types": ["interaction"]}),
        ],
        "sources": [*home_page.sources, Part(type="friends")],
        **unexplained,
    }
    surfaces: dict[str, Any] = {"home": unexplained, "source": circle}
    for weight in WEIGHTS:
        own = Part(type=FriendsSay.name, options={"weight": weight})
        scorers = [*home_page.scorers, own]
        surfaces[f"own {weight:g}"] = {**circle, "scorers": scorers}
    return Settings.load(home, pipelines=surfaces)


def filled(shop: Shop, tables: Mapping[str, pl.DataFrame]) -> Any:
    """Import tables, kind of record → rows, and train, unless that is done; return the weights that training chose."""
    if shop.version is None:
        for kind, rows in tables.items():
            path = shop.settings.home / f"{kind}.tsv"
            rows.write_csv(path, separator="\t")
            done = shop.ingest("table", [path], {"kind": kind})
            if done.rejected or done.duplicates:
                raise SystemExit(f"not all {kind} were taken: {done}")
        shop.train()
    return shop.snapshots.open(shop.version).manifest["facts"]["affinity"]["weights"]


def pages(shop: Shop, world: World, surface: str, part: slice = slice(None)) -> Figures:
    """Return the NDCG@20 of each person of a part of each group, and what a page took."""
    pipeline = shop.pipeline(
        surface, shop._serving.services, filters=[OnlyNew(world.task.seen)], budget_ms=BUDGET_MS
    )
    served = Served()
    n_items = world.popularity.size
    learner = as_learner(pipeline, n_items, K, surface, datetime.now(UTC), served)
    score_rows = learner.prepare(world.task.data)({})
    started = time.process_time()
    found = {
        name: world.task.among(people[part]).ndcg(score_rows, K)
        for name, people in world.groups.items()
    }
    cpu_ms = (time.process_time() - started) / served.pages * 1e3
    cost = {"pages": served.pages, "degraded": served.degraded, "cpu_ms": cpu_ms}
    return found, cost | percentiles(served.ms)


def own_weight(shop: Shop, world: World) -> tuple[Figures, float]:
    """Return the figures of the second half of each group, NaN for the first, and the weight that the first chose."""
    half = min(people.size for people in world.groups.values()) // 2

    def chosen_by(weight: float) -> float:
        found, _ = pages(shop, world, f"own {weight:g}", slice(half))
        return float(np.mean([figures.mean() for figures in found.values()]))

    best = max(WEIGHTS, key=chosen_by)
    found, cost = pages(shop, world, f"own {best:g}", slice(half, None))
    unjudged = np.full(half, np.nan)
    return ({n: np.concatenate([unjudged, own]) for n, own in found.items()}, cost), best


def popular(world: World) -> dict[str, NDArray[np.float64]]:
    """Return the NDCG@20 of what most people have."""

    def score_rows(asked: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.tile(world.popularity, (asked.size, 1))

    return {n: world.task.among(people).ndcg(score_rows, K) for n, people in world.groups.items()}


def compared(
    found: Mapping[str, Mapping[str, NDArray[Any]]], groups: Sequence[str]
) -> dict[str, Any]:
    """Return each way's figure, and what it has over a home without ties and over the home as it is, paired."""

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([found[name][group] for group in groups])

    told: dict[str, Any] = {}
    for name in found:
        own = joined(name)
        told[name] = {"ndcg": bootstrap(own, seed=SEED).as_list()}
        for over in (PLAIN, TIED):
            told[name][f"minus {over}"] = paired_difference(own, joined(over), seed=SEED).as_list()
        told[name]["times without"] = ratio(own, joined(PLAIN))
    return told


def ratio(own: NDArray[Any], base: NDArray[Any]) -> list[float]:
    """Return the ratio of two means over the same people."""
    both = ~np.isnan(own)
    sums = np.stack([own[both], base[both]], axis=1)
    return bootstrap_statistic(sums, lambda s: s[:, 0] / s[:, 1], seed=SEED).as_list()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=800, help="of each group")
    parser.add_argument("--data", type=Path, help="folder of the three files")
    parser.add_argument("--homes", type=Path, help="keep the shops there; trained ones are used")
    asked = parser.parse_args()
    data = data_folder()
    folder = asked.data or (data and data / "social_yelp")
    if folder is None or not folder.is_dir():
        sys.exit("no research data: set ZHIYIN_DATA")
    registry.PARTS["scorers"][FriendsSay.name] = "cold_people:FriendsSay"  # type: ignore[index]
    world = World.of(folder, asked.people)
    tables = {kind: world.tables[kind] for kind in ("users", "items", "events")}
    shops = {PLAIN: {}, TIED: {"ties": world.tables["ties"]}, CONTROL: {"ties": world.tables["shuffled"]}}  # fmt: skip
    found: dict[str, Any] = {"popularity": popular(world)}
    trained, cost, weight = {}, {}, 0.0
    with tempfile.TemporaryDirectory() as temporary:
        for (name, more), home in zip(shops.items(), HOMES, strict=True):
            with Shop(settings((asked.homes or Path(temporary)) / home)) as shop:
                trained[name] = filled(shop, tables | more)
                found[name], cost[name] = pages(shop, world, "home")
                if name == TIED:
                    found[SOURCE], cost[SOURCE] = pages(shop, world, "source")
                    (found[OWN], cost[OWN]), weight = own_weight(shop, world)
    asked_of = {name: [name] for name in LEFT}
    asked_of["all that were cut"] = [name for name, most in LEFT.items() if most is not None]
    report(
        "cold_people",
        seed=SEED,
        k=K,
        people={name: people.size for name, people in world.groups.items()},
        records={kind: rows.height for kind, rows in world.tables.items()},
        groups={name: compared(found, parts) for name, parts in asked_of.items()},
        own_weight=weight,
        pages=cost,
        trained=trained,
    )


if __name__ == "__main__":
    main()
