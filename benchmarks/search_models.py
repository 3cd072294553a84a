"""What a chat model adds to search: slots of words that the parser does not know, and a second look at the first hits.

python benchmarks/search_models.py slots [--seeds 11 12] [--wide]
python benchmarks/search_models.py order [--queries 60]

Slots are those of the sample shop's queries; beside the model stands the nearest value without a model, and as a control
one of the values by lot. Order is that of the judged products of home_depot, the first 20 by the search's own relevance,
beside a random order of the same.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from setting import data_folder, report
from zhiyin import registry
from zhiyin.bench.search_files import Judged, read_judged
from zhiyin.bench.search_sample import read_all
from zhiyin.errors import ModelError
from zhiyin.evaluation.graded import ndcg_of_order
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ingest.sample import make
from zhiyin.language.chat.model import ChatModel
from zhiyin.search.catalogue_index import CatalogueIndex, rows_of_titles
from zhiyin.search.documents import grams
from zhiyin.search.model_slots import nearest, slots_by, unsure
from zhiyin.search.relevance import Relevance
from zhiyin.search.second_look import looked_again, within
from zhiyin.search.segments import Segments
from zhiyin.search.understanding import Slot, Understanding

SHOWN, K = 20, 10
_Slots = Callable[[Understanding, CatalogueIndex], Sequence[Slot]]


def slots(model: ChatModel, seeds: Sequence[int], *, wide: bool) -> dict[str, Any]:
    """Return precision and recall of slots on the queries of which the parser is unsure.

    Args:
        model: to be asked.
        seeds: of shops and queries, 200 each.
        wide: whether words that stand in no slot are asked about, too, where items have them.
    """
    rng = np.random.default_rng(0)
    ways: dict[str, _Slots] = {
        "parser": lambda read, index: (),
        "model": lambda read, index: slots_by(model, read, index),
        "nearest": lambda read, index: _chosen(read, index, lambda n: 0),
        "by_lot": lambda read, index: _chosen(read, index, lambda n: int(rng.integers(n))),
    }
    counts = {name: np.zeros(4, int) for name in ways}
    took, n_queries, told = [], 0, []
    for seed in seeds:
        rows = list(make(seed).frames["items"].iter_rows(named=True))
        index = CatalogueIndex.of([{**row, "number": n} for n, row in enumerate(rows)])
        if wide:
            index.speller.knows = lambda word: False  # type: ignore[method-assign]
        own_name = {name: row["brand"] for row in rows for name in _names(row)}
        for one in read_all(seed):
            n_queries += 1
            if not unsure(one.read, index):
                continue
            for name, way in ways.items():
                started = time.perf_counter()
                found = way(one.read, index)
                if name == "model":
                    took.append((time.perf_counter() - started) * 1e3)
                    told.append([one.query.text, [(slot.name, slot.value) for slot in found]])
                new = {(slot.name, own_name.get(slot.value, slot.value).casefold(), False) for slot in found}  # fmt: skip
                said = one.said | new
                right = len(said & one.wanted)
                counts[name] += right, len(said - (one.allowed - one.wanted)), len(one.wanted), len(new)  # fmt: skip
    return {
        "seeds": list(seeds), "wide": wide, "queries": n_queries, "unsure": len(took),
        "ms_p50": float(np.median(took)) if took else None,
        **{
            name: {
                "precision": right / max(said, 1), "recall": right / max(true, 1),
                "right": int(right), "true": int(true), "added": int(new),
            }
            for name, (right, said, true, new) in counts.items()
        },
        "told": told,
    }  # fmt: skip


def _names(row: dict[str, Any]) -> list[str]:
    return [json.loads(row["translations"])["en"]["brand"], row["brand"]]


def _chosen(
    read: Understanding, index: CatalogueIndex, choose: Callable[[int], int]
) -> Sequence[Slot]:
    found = []
    for start, end in unsure(read, index):
        terms = list(nearest(read.said[start:end], index.terms).values())
        if terms:
            term = terms[choose(len(terms))]
            found.append(Slot(term.name, term.value, start, end))
    return found


def order(model: ChatModel, n_queries: int) -> dict[str, Any]:
    """Return NDCG@10 of the first 20 judged products, before and after the model's look."""
    folder = data_folder()
    if folder is None or not (folder / "home_depot").is_dir():
        raise SystemExit("home_depot is not there")
    judged = read_judged(
        folder / "home_depot" / "products.tsv.gz", folder / "home_depot" / "judgments.tsv.gz"
    )
    enough = np.flatnonzero(np.bincount(judged.query) >= K)
    places = np.random.default_rng(0).permutation(enough)[:n_queries].tolist()
    index = CatalogueIndex.of(rows_of_titles(judged.titles))
    rng = np.random.default_rng(1)
    before, after, by_lot, took, failed, same = [], [], [], [], 0, 0
    for place in places:
        own, rows = _first(judged, index, place)
        gains = judged.gains[own]
        titles = [judged.titles[row] for row in rows]
        level = np.zeros(len(rows), np.int8)
        started = time.perf_counter()
        try:
            wanted = looked_again(model, judged.queries[place], titles, "en", 60.0)
        except ModelError:
            failed, wanted = failed + 1, []
        took.append((time.perf_counter() - started) * 1e3)
        moved = within(wanted, level)
        same += moved.tolist() == list(range(len(rows)))
        before.append(ndcg_of_order(np.arange(len(rows)), gains, K))
        after.append(ndcg_of_order(moved, gains, K))
        lots = (rng.permutation(len(rows)) for _ in range(20))
        by_lot.append(np.mean([ndcg_of_order(one, gains, K) for one in lots]))
    change = np.array(after) - np.array(before)
    return {
        "queries": len(places), "failed": failed, "unchanged": same,
        f"ndcg@{K}": {"before": np.nanmean(before), "after": np.nanmean(after), "by_lot": np.nanmean(by_lot)},
        "change": bootstrap(change).as_list(), "ms_p50": np.median(took), "ms_max": np.max(took),
    }  # fmt: skip


def _first(judged: Judged, index: CatalogueIndex, place: int) -> tuple[np.ndarray, list[int]]:
    """Return the judgments and products of a query, the first 20 by the search's relevance."""
    own = np.arange(*judged.rows_of(place).indices(judged.query.size))
    said, texts = index.parser.understand(judged.queries[place]), Segments.of(index.texts)
    rows = judged.products[own]
    asked_for = ((index.texts.words, said.words), (index.texts.pieces, list(grams(said.text))))
    bm25 = np.stack([table.scores(terms)[rows] for table, terms in asked_for], axis=1)
    scores = Relevance.default().scores(texts.judged(rows, said.words, bm25, None))
    best = np.argsort(-scores, kind="stable")[:SHOWN]
    return own[best], rows[best].tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("slots", "order"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12])
    parser.add_argument("--wide", action="store_true", help="ask about words that items have, too")
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--model", default="llama")
    given = parser.parse_args()
    model = registry.build("chat_models", given.model)
    if given.what == "slots":
        told = slots(model, given.seeds, wide=given.wide)
    else:
        told = order(model, given.queries)
    report(f"search_models_{given.what}", **told)
    model.close()


if __name__ == "__main__":
    main()
