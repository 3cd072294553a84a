"""Rows a second and latencies of the store, on made-up events with string ids and no event ids."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from zhiyin.core.entity import Kind
from zhiyin.store.identity import event_ids
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

N, SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000, 0


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def p50_ms(action: Callable[[], object]) -> float:
    return round(float(np.median([seconds(action) for _ in range(500)])) * 1e3, 4)


rng = np.random.default_rng(SEED)
events = pl.DataFrame(
    {
        "user": "user-" + pl.Series(rng.integers(0, 20_000, N)).cast(pl.String),
        "item": "item-" + pl.Series((rng.pareto(1.1, N) * 50).astype(int) % 30_000).cast(pl.String),
        "type": pl.Series(["view", "cart", "purchase"]).gather(rng.integers(0, 3, N)),
        "time": pl.Series(1_700_000_000_000_000 + rng.integers(0, 10**13, N)).cast(
            pl.Datetime("us", "UTC")
        ),
    }
)
heavy = events.head(5_000).with_columns(user=pl.lit("heavy"))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "shop.db"
    Store.open(path).close()
    report: dict[str, object] = {"rows": N, "seed": SEED}
    report["open_ms"] = p50_ms(lambda: Store.open(path).close())
    with Store.open(path) as store:
        for name in ("write_rows_s", "write_again_rows_s"):
            took = sum(
                seconds(lambda p=p: store.write("events", p)) for p in events.iter_slices(50_000)
            )
            report[name] = round(N / took)
        report["read_rows_s"] = round(
            N / min(seconds(lambda: list(store.events())) for _ in range(4))
        )
        store.write("events", heavy)
        person, revision = store.number(Kind.PERSON, "heavy"), store.revision()
        report["history_200_p50_ms"] = p50_ms(lambda: store.history(person))
        report["unchanged_p50_ms"] = p50_ms(lambda: store.entities_since(Kind.ITEM, revision))
        report["revision_p50_ms"] = p50_ms(store.revision)
        report["megabytes"] = round(path.stat().st_size / 1e6)
    report["event_ids_rows_s"] = round(
        N / min(seconds(lambda: event_ids("f", events, {})) for _ in range(3))
    )
    snapshots = Snapshots(Path(folder) / "snapshots")
    arrays = {"gram": rng.random((12_500, 10_000), dtype=np.float32)}
    report["publish_500_mb_s"] = round(seconds(lambda: snapshots.publish(arrays, {})), 2)
    report["open_500_mb_s"] = round(seconds(snapshots.open), 2)
    report["open_500_mb_unverified_s"] = round(seconds(lambda: snapshots.open(verify=False)), 4)
    report["current_p50_ms"] = p50_ms(snapshots.current)
print(json.dumps(report, indent=1))
