"""How fast a search understands and finds: a real catalogue, and one of many made-up titles.

OPENBLAS_NUM_THREADS=1 python benchmarks/search_speed.py [--items 1000000]

The real catalogue is home_depot of the data folder, asked its own queries. Made-up titles have its words by Zipf's law and
its lengths; they are asked the same queries. Vectors of items are made up: how long a search takes depends on how many there
are, not on what they say; queries are embedded in earnest.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import psutil

from setting import data_folder, report
from zhiyin.bench.search_files import read_judged
from zhiyin.bench.served import percentiles
from zhiyin.core import Item
from zhiyin.language.embedder import unit_rows
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.packed import packed
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

DIM, ASKED, BATCH = 384, 600, 50_000
Embed = Callable[[str], np.ndarray]


class MadeUp:
    """Random vectors of items, and a way to embed queries."""

    model_id = "made up"

    def __init__(self, embed: Embed, dim: int, *, remembers: bool = False) -> None:
        self._rng, self._dim = np.random.default_rng(0), dim
        self.query = lru_cache(10_000)(embed) if remembers else embed

    def items(self, texts: Sequence[str]) -> np.ndarray:
        return unit_rows(self._rng.standard_normal((len(texts), self._dim), np.float32))


def made_up(titles: Sequence[str], n: int) -> list[str]:
    """Return titles with the words of others by Zipf's law, and their lengths."""
    rng = np.random.default_rng(0)
    counts = Counter(word for title in titles for word in title.split())
    words = np.array([word for word, _ in counts.most_common()])
    chance = 1 / np.arange(1, words.size + 1)
    lengths = rng.choice([len(title.split()) for title in titles], n)
    drawn = words[rng.choice(words.size, int(lengths.sum()), p=chance / chance.sum())]
    return [" ".join(part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]


def stored(store: Store, titles: Sequence[str]) -> None:
    for start in range(0, len(titles), BATCH):
        part = titles[start : start + BATCH]
        keys = [f"i{start + place}" for place in range(len(part))]
        store.write("items", pl.DataFrame({"id": keys, "title": part}))


def asked(index: LiveIndex, queries: Sequence[str]) -> dict[str, float]:
    took = []
    for query in queries:
        started = time.perf_counter()
        index.find(index.understand(query))
        took.append((time.perf_counter() - started) * 1e3)
    return percentiles(took)


def changed(store: Store, index: LiveIndex) -> float:
    """Return the seconds from when an item was written until it is found."""
    started = time.perf_counter()
    store.write("items", frame([Item("i5", title="a zorblax of oak")]))
    index.refresh()
    assert 5 in index.find(index.understand("zorblax")).numbers
    return time.perf_counter() - started


def embedders(titles: Sequence[str]) -> dict[str, MadeUp]:
    from zhiyin.language.embedders.e5 import E5

    lsa = Lsa(Lsa.Config(dim=128))
    lsa.fit(titles)
    e5 = E5(E5.Config())
    by_e5 = MadeUp(lambda text: e5.embed([text], kind="query")[0], DIM)
    return {
        "lsa_128": MadeUp(lambda text: lsa.embed([text], kind="query")[0], 128),
        "e5": by_e5,
        "e5_remembered": MadeUp(by_e5.query, DIM, remembers=True),
    }


def measured(
    titles: Sequence[str], queries: Sequence[str], meanings: dict[str, MadeUp]
) -> dict[str, Any]:
    told: dict[str, Any] = {"items": len(titles)}
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "shop.db") as store:
        stored(store, titles)
        before, peak, done = process.memory_info().rss, [0], threading.Event()

        def watch() -> None:
            while not done.wait(0.2):
                peak[0] = max(peak[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        started = time.perf_counter()
        base = BaseIndex.of(store)
        told["built_s"] = time.perf_counter() - started
        done.set()
        watcher.join()
        kept = base.arrays()
        told["arrays_mb"] = sum(array.nbytes for array in kept.values()) / 1e6
        told["index_mb"] = (process.memory_info().rss - before) / 1e6
        told["peak_while_built_mb"] = (peak[0] - before) / 1e6
        del base
        for name, meaning in {"lexical": None, **meanings}.items():
            given = dict(kept)
            if meaning is not None:
                vectors = meaning.items(titles)
                told_of = packed([int(store.revision()), MadeUp.model_id])
                given |= {"vectors.items": vectors, "told": told_of}
            started = time.perf_counter()
            index = LiveIndex(store, meaning, kept=given)  # type: ignore[arg-type]
            index.understand("a")
            opened = time.perf_counter() - started
            asked(index, queries[: 600 if name == "e5_remembered" else 20])
            told[name] = {"opened_s": opened, **asked(index, queries)}
            if meaning is None:
                told["changed_item_found_s"] = changed(store, index)
                told["lexical_with_a_change"] = asked(index, queries)
            index.close()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=0, help="made-up titles instead of the real")
    parser.add_argument("--lexical", action="store_true", help="no vectors")
    given = parser.parse_args()
    folder = data_folder()
    if folder is None or not (folder / "home_depot").is_dir():
        raise SystemExit("home_depot is not there")
    judged = read_judged(
        folder / "home_depot" / "products.tsv.gz", folder / "home_depot" / "judgments.tsv.gz"
    )
    places = np.random.default_rng(0).permutation(len(judged.queries))[:ASKED]
    queries = [judged.queries[place] for place in places]
    titles = made_up(judged.titles, given.items) if given.items else judged.titles
    meanings = {} if given.lexical else embedders(judged.titles)
    report("search_speed", **measured(titles, queries, meanings))


if __name__ == "__main__":
    main()
