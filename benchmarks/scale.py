"""A million items: how long training out of core takes, what memory it holds, and how fast and good its lists are.

    python benchmarks/scale.py [--items 1000000 --people 1000000 --events 50000000 --neighbours 50] [--json]

The events are made up, chunk by chunk: few items are taken often (a power law), and each person takes seven of ten events
from three groups of items of its own, the others from everything. Item numbers are shuffled. Memory is the sum of the
proportional set sizes (PSS) of this process and its workers, so pages that they share count once; it is read about
twice a second. A list is made for a history of 200 items, in one thread. Quality: of people who were not in the training a fifth
of the items is hidden and looked for among all items, beside the most popular items.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from scipy import sparse

from setting import report
from zhiyin.affinity.out_of_core import OutOfCore, train_out_of_core
from zhiyin.affinity.row_files import is_written, open_rows, thinned, write_rows
from zhiyin.affinity.touched import touched_list
from zhiyin.evaluation.metrics import ndcg, recall

CHUNK = 20_000  # people made at a time
GROUP = 500  # items
OWN = 3  # groups of a person
OWN_SHARE = 0.7
POWER = 0.8
HISTORY, LISTS, K, JUDGED = 200, 1000, 20, 3000


class World:
    """Makes people up."""

    def __init__(self, n_items: int, mean_events: float, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.n_items, self.mean_events, self.seed = n_items, mean_events, seed
        self.number = rng.permutation(n_items).astype(np.int32)
        weight = (10 + np.arange(n_items)) ** -POWER
        self.ends = np.cumsum(rng.permutation(weight))
        self.starts = np.concatenate([[0], self.ends])
        self.n_groups = max(1, n_items // GROUP)

    def people(self, n: int, chunk: int, events: int | None = None) -> sparse.csr_array:
        """Return (n, n_items) rows of 1; ``events`` fixes how many each person has before repeats are joined."""
        rng = np.random.default_rng([self.seed, chunk])
        drawn = rng.lognormal(np.log(self.mean_events) - 0.5, 1.0, n)
        length = np.maximum(drawn.astype(np.int64), 2) if events is None else np.full(n, events)
        person = np.repeat(np.arange(n), length)
        own = rng.integers(0, self.n_groups, (n, OWN))[person, rng.integers(0, OWN, person.size)]
        first = self.starts[own * self.n_items // self.n_groups]
        last = self.starts[(own + 1) * self.n_items // self.n_groups]
        is_own = rng.random(person.size) < OWN_SHARE
        first, last = np.where(is_own, first, 0), np.where(is_own, last, self.ends[-1])
        at = np.searchsorted(self.ends, first + rng.random(person.size) * (last - first))
        item = self.number[np.minimum(at, self.n_items - 1)]
        pairs = np.unique(person * self.n_items + item)
        person, item = np.divmod(pairs, self.n_items)
        ones = np.ones(pairs.size, np.float32)
        return sparse.csr_array((ones, (person, item)), shape=(n, self.n_items))


@contextmanager
def memory() -> Iterator[list[float]]:
    """Watch the bytes held by this process and its children: a list whose only number is the peak."""
    peak, is_over = [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.5):
            # A page that changes hands while one process after the other is asked would count twice.
            peak[0] = max(peak[0], min(held("self") for _ in range(3)))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        is_over.set()
        thread.join()


def held(process: str) -> float:
    """Return the bytes of a process and its children."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{process}/task").glob("*/children")
        known = [child for file in children for child in file.read_text().split()]
    except OSError:  # it has just ended
        return 0.0
    own = next((1024.0 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)
    return own + sum(held(child) for child in known)


def latency(weights: sparse.csr_array, world: World) -> dict[str, float]:
    """Return milliseconds of a list, by the clock and of the processor."""
    rows = world.people(LISTS, 10**6, int(HISTORY * 1.4))
    clock, processor, touched = [], [], []
    for person in range(LISTS):
        items = rows.indices[rows.indptr[person] : rows.indptr[person + 1]].astype(np.int64)
        items = items[:HISTORY]
        amounts = np.ones(items.size, np.float32)
        touched.append(np.diff(weights.indptr)[items].sum())
        started, worked = time.perf_counter(), time.thread_time()
        touched_list(weights, items, amounts, K)
        processor.append(1e3 * (time.thread_time() - worked))
        clock.append(1e3 * (time.perf_counter() - started))
    figures = {"entries_p50": float(np.median(touched)), "entries_max": float(max(touched))}
    for name, values in (("clock", clock), ("processor", processor)):
        half = values[LISTS // 10 :]  # the first ones read the file
        figures |= {f"{name}_p{q}_ms": float(np.percentile(half, q)) for q in (50, 99)}
    return figures


def quality(
    weights: sparse.csr_array, world: World, popular: np.ndarray
) -> dict[str, dict[str, float]]:
    """Return NDCG@20 and recall@20 of the lists of people who were not in the training."""
    rows = world.people(JUDGED, 10**6 + 1)
    rng = np.random.default_rng(world.seed + 1)
    hidden = rng.random(rows.nnz) < 0.2
    person = np.repeat(np.arange(JUDGED), np.diff(rows.indptr))
    relevant = sparse.csr_array(
        (rows.data[hidden], (person[hidden], rows.indices[hidden])), shape=rows.shape
    )
    lists = {name: np.full((JUDGED, K), -1, np.int64) for name in ("restricted", "popularity")}
    for one in range(JUDGED):
        mine = (person == one) & ~hidden
        items = rows.indices[mine].astype(np.int64)
        found, _ = touched_list(weights, items, np.ones(items.size, np.float32), K)
        lists["restricted"][one, : found.size] = found
        others = popular[~np.isin(popular, items)][:K]
        lists["popularity"][one, : others.size] = others
    return {
        name: {
            f"ndcg@{K}": float(np.nanmean(ndcg(top, relevant))),
            f"recall@{K}": float(np.nanmean(recall(top, relevant))),
        }
        for name, top in lists.items()
    }


def main() -> None:
    """Make the events up, train, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=50_000_000)
    parser.add_argument("--neighbours", type=int, default=50)
    parser.add_argument("--kept", type=int, default=128)
    parser.add_argument("--reg", type=float, default=20.0)
    parser.add_argument("--longest", type=int, default=1000, help="events of a person, at most")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit-gb", type=float, default=12.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="kept, so that a stopped run goes on")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(asked, asked.folder or Path(folder))
    if asked.json:
        report("scale", **figures)
        return
    for name, value in figures.items():
        print(f"{name:16} {value}")


def run(asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Return all figures of one size."""
    world = World(asked.items, asked.events / asked.people, asked.seed)
    rng = np.random.default_rng(asked.seed)

    def chunks() -> Iterator[sparse.csr_array]:
        for chunk, start in enumerate(range(0, asked.people, CHUNK)):
            rows = world.people(min(CHUNK, asked.people - start), chunk)
            yield thinned(rows, asked.longest, rng)

    started = time.perf_counter()
    if not is_written(folder / "rows"):
        write_rows(folder / "rows", chunks(), asked.items)
    written = time.perf_counter() - started
    entries = open_rows(folder / "rows").nnz
    plan = OutOfCore(
        asked.reg, asked.neighbours, asked.kept, int(asked.limit_gb * 1e9), asked.workers
    )
    with memory() as peak:
        started = time.perf_counter()
        trained = train_out_of_core(folder / "rows", folder / "work", plan, progress=told)
        seconds = time.perf_counter() - started
    return {
        "size": {
            "items": asked.items,
            "people": asked.people,
            "events": asked.events,
            "entries": int(entries),
            "longest_row": asked.longest,
        },
        "plan": {
            "reg": asked.reg,
            "neighbours": asked.neighbours,
            "kept": asked.kept,
            "workers": asked.workers,
            "seed": asked.seed,
        },
        "write_rows_s": written,
        "train_s": seconds,
        "memory": {
            "predicted_gb": trained.peak_bytes / 1e9,
            "measured_pss_gb": peak[0] / 1e9,
            "predicted_to_measured": trained.peak_bytes / max(peak[0], 1),
        },
        "weights": {
            "entries": int(trained.weights.nnz),
            "longest_row": int(np.diff(trained.weights.indptr).max()),
            "raised_ridge": trained.raised,
        },
        "list": latency(trained.weights, world),
        "quality": quality(trained.weights, world, most_popular(folder / "rows")),
    }


def most_popular(folder: Path) -> np.ndarray:
    """Return the 2,000 items that most people have, the first of them first."""
    rows = open_rows(folder)
    return np.argsort(-np.bincount(rows.indices, minlength=rows.shape[1]), kind="stable")[:2000]


def told(done: float, rows: int) -> None:
    """Say how far the training is, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{done:6.1%} {rows:,}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
