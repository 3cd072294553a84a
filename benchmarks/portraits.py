"""Portraits: a million in memory, an event folded and taken in, a portrait read, and what the defaults were chosen by.

python benchmarks/portraits.py [--people 1000000] [--events 20]

Prints one JSON document. Sizes are made up. Shrinkage is chosen on the households of The Complete Journey, of which a few
purchases are known and the next is asked for: half of the households choose, the other half are the judges.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import psutil

from setting import data_folder, report
from zhiyin.core import Kind
from zhiyin.core.history import History
from zhiyin.core.records import Event, Post
from zhiyin.ingest.sample import make
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.portraits.facets import lifts
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.live import Live
from zhiyin.portraits.reading import (
    PortraitReader,
    read_facts,
    read_items,
    read_own_texts,
    read_words,
)
from zhiyin.portraits.society import Society
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.weights import event_weights
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import event_strength
from zhiyin.settings import TrainSettings
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

SEED = 0
DIM = 64
DAY_US = 86_400_000_000
NOW = 1_700_000_000_000_000
GB = 1e9


def made_up_items(n: int, rng: np.random.Generator) -> ItemPortraits:
    """Return items of 2,000 brands and 300 categories, with colours, materials and prices."""
    columns = {
        "number": np.arange(n),
        "brand": [f"brand {k}" for k in rng.zipf(1.3, n) % 2_000],
        "category": [f"d{k % 20} > c{k}" for k in rng.integers(0, 300, n)],
        "price_minor": np.exp(rng.normal(9, 1, n)).astype(np.int64),
        "attributes": [
            f'{{"colour":"c{a}","material":"m{b}","season":"s{c}"}}'
            for a, b, c in zip(*(rng.integers(0, k, n) for k in (20, 50, 4)), strict=True)
        ],
    }
    return ItemPortraits.of(pl.DataFrame(columns), rng.normal(size=(n, DIM)))


def made_up_events(n: int, n_people: int, n_items: int, rng: np.random.Generator) -> dict:
    """Return events of a year, with popular items and weights of views, clicks, carts and purchases."""
    return {
        "person": rng.integers(0, n_people, n),
        "item": (rng.zipf(1.15, n) - 1) % n_items,
        "weight": rng.choice(np.array([1, 2, 4, 8], np.float32), n, p=[0.7, 0.15, 0.1, 0.05]),
        "time_us": rng.integers(NOW - 365 * DAY_US, NOW, n),
    }


def percentiles(seconds: list[float]) -> dict[str, float]:
    """Return milliseconds."""
    p50, p95 = np.percentile(np.array(seconds) * 1e3, [50, 95])
    return {"p50_ms": round(float(p50), 4), "p95_ms": round(float(p95), 4)}


def large_table(n_people: int, per_person: int) -> dict:
    """Build portraits of many people, then fold events and read vectors."""
    rng, process = np.random.default_rng(SEED), psutil.Process()
    items = made_up_items(50_000, rng)
    events = made_up_events(n_people * per_person, n_people, len(items), rng)
    started = time.perf_counter()
    table = PortraitTable.of(items, **events, n_people=n_people)
    built_s = time.perf_counter() - started
    del events
    arrays = table.arrays()
    held = process.memory_info().rss
    folds, reads = [], []
    live = made_up_events(20_000, n_people, len(items), rng)
    columns = [column.tolist() for column in live.values()]
    for person, item, weight, when in zip(*columns, strict=True):
        started = time.perf_counter()
        table.fold(person, item, weight, when + 366 * DAY_US)
        folds.append(time.perf_counter() - started)
        started = time.perf_counter()
        table.vector(person, NOW + 366 * DAY_US)
        reads.append(time.perf_counter() - started)
    return {
        "people": n_people, "events": n_people * per_person, "items": len(items), "dim": DIM,
        "facets": len(items.facet_names), "facets_a_person": round(len(arrays["columns_data"]) / n_people, 1),
        "built_s": round(built_s, 1), "arrays_gb": round(sum(a.nbytes for a in arrays.values()) / GB, 3),
        "rss_gb": round(held / GB, 3),
        "peak_gb": round(max_rss() / GB, 3),
        "fold": percentiles(folds), "vector": percentiles(reads),
        "live_bytes_a_person": live_bytes(items, rng),
    }  # fmt: skip


def live_bytes(items: ItemPortraits, rng: np.random.Generator) -> int:
    """Return the memory of one portrait that was changed since the arrays were made."""
    table = PortraitTable(items)
    live = made_up_events(40_000, 2_000, len(items), rng)
    tracemalloc.start()
    for person, item, weight, when in zip(*(c.tolist() for c in live.values()), strict=True):
        table.fold(person, item, weight, when)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(held / 2_000)


def max_rss() -> float:
    """Return the largest resident size there was, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def choices(folder: Path) -> dict:
    """Say how well a household's next purchase is foretold by each shrinkage, from a few of its purchases before."""
    products = pl.read_parquet(folder / "products.parquet")
    bought = pl.read_parquet(folder / "transactions.parquet").sort("transaction_timestamp")
    products = products.filter(pl.col("product_id").is_in(bought["product_id"].unique().implode()))
    path = pl.concat_str("department", "product_category", separator=" > ", ignore_nulls=True)
    shop = products.with_row_index("number").with_columns(
        brand=pl.col("manufacturer_id").cast(pl.String), category=path
    )
    titles = shop.select(
        pl.concat_str("product_category", "product_type", separator=" ", ignore_nulls=True)
    ).to_series()
    lsa = Lsa(Lsa.Config(dim=DIM))
    lsa.fit(titles.unique(maintain_order=True).to_list())
    items = ItemPortraits.of(
        shop.select("number", "brand", "category"), lsa.embed(titles.to_list(), kind="passage")
    )
    events = bought.join(shop.select("product_id", "number"), on="product_id").select(
        person=pl.col("household_id").cast(pl.Int64).rank("dense").cast(pl.Int64) - 1,
        item=pl.col("number").cast(pl.Int64),
        time_us=pl.col("transaction_timestamp").dt.epoch("us"),
    )
    n_people = int(events["person"].max()) + 1
    last = events.group_by("person", maintain_order=True).last()
    before = events.join(last, on="person", suffix="_last").filter(
        pl.col("time_us") < pl.col("time_us_last")
    )
    # Most shoppers are known by little: of each household between two and fifty purchases stay.
    rng = np.random.default_rng(SEED)
    kept = pl.DataFrame(
        {"person": np.arange(n_people), "kept": np.exp(rng.uniform(0.7, 3.9, n_people)).astype(int)}
    )
    newest = pl.col("time_us").cum_count(reverse=True).over("person")
    before = before.with_columns(place=newest).join(kept, on="person")
    before = before.filter(pl.col("place") <= pl.col("kept"))
    columns = {name: before[name].to_numpy() for name in ("person", "item", "time_us")}
    weight = np.full(before.height, 8, np.float32)
    table = PortraitTable.of(items, **columns, weight=weight, n_people=n_people)
    return judged(table, last.sort("person"))


def judged(table: PortraitTable, last: pl.DataFrame) -> dict:
    """Say of each shrinkage how the next purchases are ranked and foretold, by halves of the people."""
    people, item, now = (last[name].to_numpy() for name in ("person", "item", "time_us"))
    judges = people % 2 == 1

    def halves(values: np.ndarray) -> dict[str, float]:
        return {"choosing": values[~judges].mean(), "judging": values[judges].mean()}

    told: dict = {"people": len(people), "vectors": {}, "facets": {}}
    pairs = list(zip(people.tolist(), now.tolist(), strict=True))
    for shrink, now_shrink in [(k, c) for k in (2.0, 8.0, 32.0, 128.0) for c in (8.0, 32.0, 128.0)]:
        vectors = np.array(
            [table.vector(p, t, shrink=shrink, now_shrink=now_shrink) for p, t in pairs]
        )
        told["vectors"][f"shrink {shrink:g}, now {now_shrink:g}"] = halves(
            places(vectors, table.items, item)
        )
    alike = np.tile(table.mean, (len(people), 1))
    mixed = vectors[np.random.default_rng(SEED).permutation(len(people))]
    told["vectors"]["everybody alike"] = halves(places(alike, table.items, item))
    told["vectors"]["shuffled people"] = halves(places(mixed, table.items, item))
    for shrink in (8.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0):
        gains = foretold(table, people, item, now, shrink)
        told["facets"][f"shrink {shrink:g}"] = halves(gains)
    return told


def places(vectors: np.ndarray, items: ItemPortraits, item: np.ndarray) -> np.ndarray:
    """Return the share of 5,000 items that come after each person's next one, ties counted half."""
    sample = np.random.default_rng(SEED).choice(len(items), min(5_000, len(items)), replace=False)
    scores = vectors @ items.vectors[sample].T
    own = np.einsum("pd,pd->p", vectors, items.vectors[item])[:, None]
    return ((scores < own - 1e-6).mean(axis=1) + (scores <= own + 1e-6).mean(axis=1)) / 2


def foretold(table: PortraitTable, people, item, until, shrink: float) -> np.ndarray:
    """Return by how much shares foretell the facets of the next item better than everybody's, log per facet."""
    items, gains = table.items, []
    for person, number, now in zip(people.tolist(), item.tolist(), until.tolist(), strict=True):
        counts = np.zeros(len(table.prior))
        own, weight = table.facets(person, now)
        counts[own] = weight
        _, lift = lifts(counts, np.maximum(table.prior, counts), items.kind_codes, shrink=shrink)
        row = slice(*items.facets.indptr[[number, number + 1]].tolist())
        gains.append(lift[items.facets.indices[row]].mean() if row.stop > row.start else 0.0)
    return np.array(gains)


def whole_portraits(store: Store, items: ItemPortraits) -> dict:
    """Read the portraits of people with a thousand events."""
    facts = read_facts(store)
    texts, words = read_own_texts(store, facts), read_words(store, len(items))
    rng = np.random.default_rng(SEED)
    table = PortraitTable(items)
    n = 1_000
    history = History(
        rng.integers(0, len(items), n), rng.choice(["view", "cart", "purchase"], n),
        np.full(n, np.nan), np.sort(rng.integers(NOW - 365 * DAY_US, NOW, n))[::-1],
    )  # fmt: skip
    weight = event_weights(history.types, history.values)
    for row in range(n):
        table.fold(0, int(history.items[row]), float(weight[row]), int(history.time_us[row]))
    reader = PortraitReader(_OneHistory(store, history), table, texts, words)
    taken = []
    for _ in range(100):
        started = time.perf_counter()
        told = reader.read(0, NOW)
        taken.append(time.perf_counter() - started)
    from_store = []
    whole = PortraitReader(store, table, texts, words)
    for person in range(200):
        started = time.perf_counter()
        whole.read(person, NOW)
        from_store.append(time.perf_counter() - started)
    return {
        "events": n, "statements": len(told.statements), "read": percentiles(taken),
        "read_of_the_sample_shop_s_people": percentiles(from_store),
    }  # fmt: skip


class _OneHistory:
    """A store in which everybody has done the same thousand things."""

    def __init__(self, store: Store, history: History) -> None:
        self._history = history
        self.mined = store.mined

    def history(self, person: int, limit: int) -> History:
        return self._history


def after_an_event(store: Store, vectors: np.ndarray) -> dict:
    """Take in what is stored after a training: nothing, one event after another, many at once, one post after another."""
    events = read_events(store, event_strength(TrainSettings()), values=False).interactions
    n_people, n_items = store.count(Kind.PERSON), store.count(Kind.ITEM)
    society = Society.learned(store, events, n_people=n_people, vectors=vectors)
    live, rng = Live(store, society), np.random.default_rng(SEED)
    people, items = store.keys(Kind.PERSON, range(n_people)), store.keys(Kind.ITEM, range(n_items))
    took: dict[str, list[float]] = {"nothing": [], "event": [], "vector": [], "post": []}

    def timed(name: str, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        took[name].append(time.perf_counter() - started)

    def event() -> Event:
        return Event(
            str(rng.choice(people)), str(rng.choice(items)), "view", time=datetime.now(UTC)
        )

    for _ in range(1_000):
        store.write("events", frame([one := event()]))
        person = store.number(Kind.PERSON, one.user)
        timed("event", live.catch_up)
        timed("vector", lambda person=person: society.table.vector(person, NOW))
        timed("nothing", live.catch_up)
    store.write("events", frame([event() for _ in range(20_000)]))
    started = time.perf_counter()
    live.catch_up()
    backlog_s = time.perf_counter() - started
    for number in range(300):
        post = Post(f"live {number}", people[number], items[number], time=datetime.now(UTC))
        store.write("posts", frame([post]))
        timed("post", live.catch_up)
    return {name: percentiles(taken) for name, taken in took.items()} | {
        "backlog": {"events": 20_000, "seconds": round(backlog_s, 3)}
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=20, help="of each person, on average")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "shop.db") as store:
        sample = make(7)
        for kind in ("items", "events", "posts"):
            store.write(kind, sample.frames[kind])
        titles = store.entities_since(Kind.ITEM, -1)
        texts = [
            " ".join(filter(None, row)) for row in titles.select("title", "description").iter_rows()
        ]
        lsa = Lsa(Lsa.Config(dim=DIM))
        lsa.fit(texts)
        vectors = lsa.embed(texts, kind="passage")
        whole = whole_portraits(store, read_items(store, vectors, read_facts(store)))
        live = after_an_event(store, vectors)
    data = data_folder()
    told = choices(data / "complete_journey") if data else "not there: set ZHIYIN_DATA"
    report(
        "portraits",
        choices=told,
        portrait=whole,
        after_an_event=live,
        table=large_table(asked.people, asked.events),
        seed=SEED,
    )


if __name__ == "__main__":
    main()
