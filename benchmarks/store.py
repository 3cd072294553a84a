"""Rows a second and latencies of the store, on made-up events with string ids and no event ids.

python benchmarks/store.py [rows]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from setting import report
from zhiyin.core.entity import Kind
from zhiyin.store.identity import event_ids
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

SEED = 0
BATCH = 50_000


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


def measure_store(path: Path, events: pl.DataFrame) -> dict[str, float]:
    n = events.height
    Store.open(path).close()
    figures = {"open_ms": p50_ms(lambda: Store.open(path).close())}
    with Store.open(path) as store:
        for name in ("write_rows_s", "write_again_rows_s"):
            batches = events.iter_slices(BATCH)
            figures[name] = n / sum(seconds(lambda b=b: store.write("events", b)) for b in batches)
        figures["read_rows_s"] = n / min(seconds(lambda: list(store.events())) for _ in range(4))
        store.write("events", events.head(5_000).with_columns(user=pl.lit("heavy")))
        person, revision = store.number(Kind.PERSON, "heavy"), store.revision()
        figures["history_200_p50_ms"] = p50_ms(lambda: store.history(person))
        figures["unchanged_p50_ms"] = p50_ms(lambda: store.entities_since(Kind.ITEM, revision))
        figures["megabytes"] = path.stat().st_size / 1e6
    figures["event_ids_rows_s"] = n / min(
        seconds(lambda: event_ids("f", events, {})) for _ in range(3)
    )
    return figures


def measure_snapshots(folder: Path, rng: np.random.Generator) -> dict[str, float]:
    snapshots = Snapshots(folder)
    arrays = {"gram": rng.random((12_500, 10_000), dtype=np.float32)}
    return {
        "publish_500_mb_s": seconds(lambda: snapshots.publish(arrays, {})),
        "open_500_mb_s": seconds(snapshots.open),
        "open_500_mb_unverified_s": seconds(lambda: snapshots.open(verify=False)),
        "current_p50_ms": p50_ms(snapshots.current),
    }


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    rng = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder:
        store = measure_store(Path(folder) / "shop.db", made_up(rows, rng))
        snapshots = measure_snapshots(Path(folder) / "snapshots", rng)
    report("store", rows=rows, seed=SEED, store=store, snapshots=snapshots)


if __name__ == "__main__":
    main()
