"""A store of ten million events: filling it, starting on it, and reading all of it for training.

python benchmarks/large_store.py [--rows 10000000]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np
import polars as pl

from setting import report
from store import BATCH, made_up, seconds
from zhiyin import Shop
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import event_strength
from zhiyin.settings import Settings
from zhiyin.store.store import Store

SEED = 0


def fill(store: Store, rows: int, rng: np.random.Generator) -> float:
    """Write events in the order of time and return the seconds it took to store them."""
    spent = 0.0
    for start in range(0, rows, 1_000_000):
        events = made_up(min(1_000_000, rows - start), rng).sort("time")
        moved = events.with_columns(
            pl.col("time") + pl.duration(days=115 * (start // 1_000_000 - 9))
        )
        spent += sum(
            seconds(lambda b=b: store.write("events", b)) for b in moved.iter_slices(BATCH)
        )
    return spent


def ready_s(home: Path) -> float:
    """Return how long a server takes from its start until it says that it is ready."""
    command = [str(Path(sys.executable).with_name("zhiyin")), "--home", str(home), "serve"]
    environment = {**os.environ, "ZHIYIN_API__PORT": "18431"}
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        while True:
            try:
                urllib.request.urlopen("http://127.0.0.1:18431/readyz", timeout=5).read()
                break
            except OSError:
                if server.poll() is not None:
                    raise SystemExit("the server stopped") from None
                time.sleep(0.01)
        took = time.perf_counter() - started
        server.terminate()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with Shop.open(home) as shop:
            wrote = fill(shop.store, rows, np.random.default_rng(SEED))
            strength = event_strength(Settings.load(home).train)
            read = min(
                seconds(lambda: read_events(shop.store, strength, values=False)) for _ in range(2)
            )
            train = seconds(shop.train)
        ready = [ready_s(home) for _ in range(3)]
        size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    report(
        "large_store",
        rows=rows,
        seed=SEED,
        write_rows_s=rows / wrote,
        read_for_training_s=read,
        train_s=train,
        ready_s=ready,
        megabytes=size / 1e6,
    )


if __name__ == "__main__":
    main()
