"""A million people and a million items in one shop: filling it, training, and the memory of all workers that serve it.

    python benchmarks/resident.py [--people 1000000 --items 1000000 --events 10 --ties 5] [--folder KEPT]

The events, so many a person on average, are those of ``benchmarks/scale.py`` over a year; ties are within circles of a
hundred; items have titles of five words, a category, a brand and a price. All of it goes through the store's own door,
training and serving through the command. Two workers are asked for pages of people drawn at random, for what goes with
items and for searches, and are given events; then their memory is read, as proportional set size (PSS): what workers share counts once.
Parts that are late are left out of a page (``degraded``); ``ZHIYIN_PIPELINES__HOME__BUDGET_MS`` gives them more time. It fails when a
request does.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import polars as pl

from scale import CHUNK, World, memory
from setting import report
from workers import ask, memory_of, processor_s, sums, workers_at
from zhiyin.bench.serve_load import Driven, request
from zhiyin.bench.serve_server import serving, verb
from zhiyin.store.store import Store

BATCH, SEED, WORKERS = 50_000, 0, 2
CIRCLE = 100
START_US, YEAR_US = 1_735_689_600_000_000, 365 * 86_400_000_000
WORDS, A_TITLE, CATEGORIES, BRANDS = 20_000, 5, 500, 20_000
TYPES = ("view", "cart", "purchase")


def items(n: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return n items; few words are in many titles."""
    spelled = np.array([_word(place) for place in range(WORDS)])
    drawn = np.minimum(rng.zipf(1.3, (n, A_TITLE)) - 1, WORDS - 1)
    return pl.DataFrame(
        {
            "id": [f"i{place}" for place in range(n)],
            "title": [" ".join(words) for words in spelled[drawn]],
            "category": [f"category {one}" for one in rng.integers(0, CATEGORIES, n)],
            "brand": [f"brand {one}" for one in rng.integers(0, BRANDS, n)],
            "price_minor": rng.integers(100, 100_000, n),
            "currency": ["CNY"] * n,
            "created": pl.Series(START_US + rng.integers(0, YEAR_US, n)).cast(_TIME),
        }
    )


_TIME = pl.Datetime("us", "UTC")


def _word(place: int) -> str:
    syllables = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo")
    word = ""
    while place or not word:
        place, last = divmod(place, len(syllables))
        word = syllables[last] + word
    return word


def events(world: World, people: int, rng: np.random.Generator) -> Iterator[pl.DataFrame]:
    """Yield the events of all people, some thousand people at a time."""
    for chunk, first in enumerate(range(0, people, CHUNK)):
        rows = world.people(min(CHUNK, people - first), chunk).tocoo()
        times = START_US + rng.integers(0, YEAR_US, rows.nnz)
        drawn = rng.choice(len(TYPES), rows.nnz, p=(0.8, 0.1, 0.1))
        yield pl.DataFrame(
            {
                "user": "u" + pl.Series(rows.row + first).cast(pl.String),
                "item": "i" + pl.Series(rows.col).cast(pl.String),
                "type": pl.Series(TYPES).gather(drawn),
                "time": pl.Series(times).cast(_TIME),
            }
        )


def ties(people: int, each: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return ties of each person to others of its circle."""
    person = np.repeat(np.arange(people), each)
    other = person // CIRCLE * CIRCLE + rng.integers(0, CIRCLE, person.size)
    told = (person != other) & (other < people)
    named = {"user": person[told], "other": other[told]}
    return pl.DataFrame({name: "u" + pl.Series(n).cast(pl.String) for name, n in named.items()})


def fill(path: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Write the shop and return rows, rows a second, and bytes of the file for a row, of each kind of record."""
    rng, world = np.random.default_rng(SEED), World(asked.items, asked.events, SEED)
    figures = {}
    with Store.open(path) as store:
        named = pl.DataFrame({"id": [f"u{place}" for place in range(asked.people)]})
        kinds = {
            "items": [items(asked.items, rng)],
            "users": [named],
            "events": events(world, asked.people, rng),
            "ties": [ties(asked.people, asked.ties, rng)],
        }
        for kind, frames in kinds.items():
            rows, spent, before = 0, 0.0, _bytes(path.parent)
            for frame in frames:
                started = time.perf_counter()
                for batch in frame.iter_slices(BATCH):
                    rows += store.write(kind, batch).accepted.get(kind, 0)
                spent += time.perf_counter() - started
            grown = _bytes(path.parent) - before
            figures[kind] = {"rows": rows, "rows_s": rows / spent, "bytes_a_row": grown / rows}
    return figures


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def serve(home: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Serve the shop, ask for pages and searches, and return how long they took and what the workers hold."""
    rng = np.random.default_rng(SEED + 1)
    people, seeds = (rng.integers(0, n, asked.pages) for n in (asked.people, asked.items))
    words = [_word(min(int(place), WORDS) - 1) for place in rng.zipf(1.3, 2 * asked.pages)]
    said = [quote(f"{one} {other}") for one, other in zip(words[::2], words[1::2], strict=True)]
    few = asked.pages // 4
    runs = {
        "first_pages": [request(f"/v1/recommend?user=u{person}") for person in people[:few]],
        "page": [request(f"/v1/recommend?user=u{person}") for person in people],
        "similar": [request(f"/v1/items/i{item}/similar") for item in seeds[:few]],
        "search": [request(f"/v1/search?q={text}") for text in said[:few]],
        "batch_of_100_events": [request("/v1/events", batch(asked, rng)) for _ in range(few // 5)],
    }
    figures: dict[str, Any] = {}
    started = time.perf_counter()
    with serving(home, WORKERS) as port:
        figures["start_s"] = time.perf_counter() - started
        workers = workers_at(port, WORKERS)
        until = time.monotonic() + 1200
        while not ask(port, [request("/readyz")], 1)[1][0].is_ok and time.monotonic() < until:
            time.sleep(1)
        figures["ready_s"] = time.perf_counter() - started
        figures["megabytes_ready"] = sums(workers)
        for name, requests in runs.items():
            before = processor_s(workers)
            driven, answers = ask(port, requests, asked.clients)
            worked_ms = (processor_s(workers) - before) * 1e3
            figures[name] = {**told(driven), "processor_ms": worked_ms / len(requests)}
            figures[name]["degraded"] = sum(b'"degraded":true' in one.body for one in answers)
        figures["megabytes"] = sums(workers)
        figures["megabytes_a_worker"] = [memory_of(one) for one in workers]
    return figures


def bytes_a_row(path: Path) -> dict[str, float]:
    """Return what a row of each table that holds many takes in an SQLite file, its indexes included."""
    pages = "SELECT tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_schema USING (name) GROUP BY 1"
    with closing(sqlite3.connect(path)) as database:
        rows = {
            table: (database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0], size)
            for table, size in database.execute(pages).fetchall()
        }
    return {table: size / count for table, (count, size) in rows.items() if count > 100}


def batch(asked: argparse.Namespace, rng: np.random.Generator) -> list[dict[str, str]]:
    """Return a hundred events of anybody with anything."""
    people, seen = (rng.integers(0, n, 100).tolist() for n in (asked.people, asked.items))
    return [
        {"user": f"u{person}", "item": f"i{item}", "type": "view"}
        for person, item in zip(people, seen, strict=True)
    ]


def told(driven: Driven) -> dict[str, Any]:
    """Return percentiles in milliseconds, a rate, and errors."""
    ms = np.array(driven.ms or [np.nan])
    p50, p99 = np.percentile(ms, [50, 99])
    rate = len(driven.ms) / driven.seconds
    return {"p50_ms": p50, "p99_ms": p99, "rps": rate, "errors": driven.errors, "said": driven.said}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--events", type=float, default=10.0, help="of a person, on average")
    parser.add_argument("--ties", type=int, default=5, help="of a person")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--folder", type=Path, help="kept, so that a stopped run goes on")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(asked, asked.folder or Path(folder))
    report("resident", **figures)
    if any(one.get("errors") for one in figures["served"].values() if isinstance(one, dict)):
        sys.exit(1)


def run(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Return all figures of one size; what was done before in the folder is not done again."""
    home, kept = folder / "home", folder / "figures.json"
    home.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = json.loads(kept.read_text()) if kept.is_file() else {}

    def note(name: str, value: Any) -> None:
        figures[name] = value
        kept.write_text(json.dumps(figures))

    if "store" not in figures:
        note("store", fill(home / "shop.db", asked))
    if "train" not in figures:
        with memory() as peak:
            started, before = time.perf_counter(), os.times()
            verb(home, "train")
            seconds, after = time.perf_counter() - started, os.times()
        worked = sum(after[2:4]) - sum(before[2:4])
        note("train", {"seconds": seconds, "processor_s": worked, "peak_gb": peak[0] / 1e9})
    figures["megabytes_on_disk"] = {
        "store": _bytes(home) / 1e6 - _bytes(home / "snapshots") / 1e6,
        "snapshot": _bytes(home / "snapshots") / 1e6,
    }
    figures["served"] = serve(home, asked)
    figures["bytes_a_row"] = bytes_a_row(home / "shop.db")
    size = {name: getattr(asked, name) for name in ("people", "items", "events", "ties", "clients")}
    return {"size": size, "seed": SEED, "workers": WORKERS, **figures}


if __name__ == "__main__":
    main()
