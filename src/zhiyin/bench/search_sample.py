"""Judged queries of the sample shop: how near the search comes to the best order, and what it understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.sample import make
from zhiyin.ingest.sample.queries import GRADES, JudgedQuery, make_queries
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.impacts import Impacts
from zhiyin.search.match import SLOTS
from zhiyin.search.relevance import Relevance
from zhiyin.search.segments import Segments
from zhiyin.search.understanding import Understanding

K = 10
_TRIED = [(k1, b) for k1 in (0.3, 0.6, 0.9, 1.2, 1.5) for b in (0.3, 0.5, 0.75)]
_JUDGED_NAMES = ("type", "brand", "colour", "audience", "material", "scene")


@dataclass(frozen=True)
class Reading:
    """A query beside what was understood of it.

    Attributes:
        query: as it was made.
        read: what was understood.
        wanted: slots that are true.
        allowed: slots that are no mistake though nothing asks for them.
        said: slots that were understood.
        ndcg: of the search's first ten.
        bm25: of the baseline's.
    """

    query: JudgedQuery
    read: Understanding
    wanted: frozenset[tuple[Any, ...]]
    allowed: frozenset[tuple[Any, ...]]
    said: frozenset[tuple[Any, ...]]
    ndcg: float
    bm25: float


def bench_search_sample(seed: int = 7, n: int = 200) -> dict[str, Any]:
    """Judge the search on the sample shop; parameters of BM25 are chosen on the first half of the queries.

    The first half (A) is for choosing and looking at, the other (B) for scoring only.
    """
    readings = read_all(seed, n)
    return {
        "seed": seed,
        "A": summary(readings[: n // 2]),
        "B": summary(readings[n // 2 :]),
    }


def read_all(seed: int, n: int = 200) -> list[Reading]:
    """Ask every query, and return what came of it."""
    items = make(seed).frames["items"]
    queries = make_queries(seed, items, n)
    rows = [{**row, "number": place} for place, row in enumerate(items.iter_rows(named=True))]
    index = CatalogueIndex.of(rows)
    gains = [query.grades / GRADES for query in queries]
    bm25 = _bm25(items, queries, gains)
    english = {row["brand"]: _english(row) for row in rows}
    return [
        _reading(index, query, gain, base, english)
        for query, gain, base in zip(queries, gains, bm25, strict=True)
    ]


def summary(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return the share of the gap between BM25 and the best order, and the slots' precision and recall."""
    ndcg = float(np.mean([one.ndcg for one in readings]))
    bm25 = float(np.mean([one.bm25 for one in readings]))
    right = sum(len(one.said & one.wanted) for one in readings)
    said = sum(len(one.said - (one.allowed - one.wanted)) for one in readings)
    wanted = sum(len(one.wanted) for one in readings)
    return {
        "queries": len(readings),
        f"ndcg@{K}": round(ndcg, 4),
        "bm25": round(bm25, 4),
        "share_of_gap": round((ndcg - bm25) / (1 - bm25), 4),
        "slots": {
            "precision": round(right / max(said, 1), 4),
            "recall": round(right / max(wanted, 1), 4),
            "true": wanted,
        },
    }


def _reading(
    index: CatalogueIndex,
    query: JudgedQuery,
    gain: NDArray[np.float64],
    bm25: float,
    english: dict[str, str],
) -> Reading:
    read = index.parser.understand(query.text)
    segments = Segments.of(index.texts)
    rows, pieces = segments.candidates(read.text, read.words)
    matches = segments.judged(rows, read.words, pieces, None)
    matches[:, SLOTS] = index.values.met(read, rows)
    order = np.argsort(-Relevance.default().scores(matches), kind="stable")
    wanted, allowed = _true_slots(query, english)
    return Reading(
        query, read, wanted, allowed, _said(read, english), ndcg(rows[order], gain), bm25
    )


def ndcg(order: NDArray[np.int64], gain: NDArray[np.float64]) -> float:
    """Return the NDCG@10 of an order of all items.

    >>> round(ndcg(np.array([1, 0]), np.array([1.0, 0.0])), 3)
    0.631
    """
    worth = 1 / np.log2(np.arange(K) + 2)
    own, best = gain[order[:K]], np.sort(gain)[::-1][:K]
    return float(own @ worth[: own.size] / (best @ worth[: best.size]))


def _true_slots(
    query: JudgedQuery, english: dict[str, str]
) -> tuple[frozenset[tuple[Any, ...]], frozenset[tuple[Any, ...]]]:
    wanted = {
        (wish.name, wish.value if wish.name == "price" else wish.value.casefold(), wish.is_unwanted)
        for wish in query.wishes
    }
    kinds = {("type", one.casefold(), False) for one in query.types}
    if query.is_whole:
        wanted |= kinds
    return frozenset(wanted), frozenset(kinds)


def _said(read: Understanding, english: dict[str, str]) -> frozenset[tuple[Any, ...]]:
    chinese = {value.casefold(): key for key, value in english.items()}
    said: set[tuple[Any, ...]] = {
        (slot.name, chinese.get(slot.value.casefold(), slot.value.casefold()), slot.is_excluded)
        for slot in read.slots
    }
    if read.price:
        said.add(("price", (read.price.low_minor, read.price.high_minor), False))
    return frozenset(said)


def _english(row: dict[str, Any]) -> str:
    import json

    return str(json.loads(row["translations"])["en"]["brand"])


def _bm25(
    items: pl.DataFrame, queries: Sequence[JudgedQuery], gains: Sequence[NDArray[np.float64]]
) -> list[float]:
    """Return what BM25 of all an item's text does, with the parameters that are best on the first half."""
    tokenizer = Tokenizer()
    texts = [
        Counter(tokenizer.words(" ".join(row[name] or "" for name in _TEXTS)))
        for row in items.iter_rows(named=True)
    ]
    asked = [tokenizer.words(query.text) for query in queries]
    tried = []
    for k1, b in _TRIED:
        table = Impacts.of(texts, k1=k1, b=b)
        tried.append([
            ndcg(np.argsort(-table.scores(terms), kind="stable"), gain)
            for terms, gain in zip(asked, gains, strict=True)
        ])  # fmt: skip
    return max(tried, key=lambda one: sum(one[: len(one) // 2]))


_TEXTS = ("title", "brand", "category", "attributes", "description", "translations")
