"""Judged queries of the sample shop: how near the search comes to the best order, and what it understands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.evaluation.graded import ndcg_of_order
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
    """A query beside what was understood of it and found.

    Attributes:
        query: as it was made.
        read: what was understood.
        wanted: slots that are true.
        allowed: slots that are no mistake though nothing asks for them.
        said: slots that were understood.
        order: items as the search puts them.
        bm25: items as the baseline does.
    """

    query: JudgedQuery
    read: Understanding
    wanted: frozenset[tuple[Any, ...]]
    allowed: frozenset[tuple[Any, ...]]
    said: frozenset[tuple[Any, ...]]
    order: NDArray[np.int64]
    bm25: NDArray[np.int64]


def bench_search_sample(
    seed: int = 7, n: int = 200, *, people: int = 2000, products: int = 800
) -> dict[str, Any]:
    """Judge the search on the sample shop; parameters of BM25 are chosen on the first half of the queries.

    The first half (A) is for choosing and looking at, the other (B) for scoring only. The control has the judgments of B
    shuffled between its queries: an order that answers what was asked gains nothing there.

    Args:
        seed: of shop and queries.
        n: queries.
        people: of the shop.
        products: of the shop.
    """
    readings = read_all(seed, n, people=people, products=products)
    kept = readings[n // 2 :]
    gains = [one.query.grades / GRADES for one in kept]
    others = np.random.default_rng(seed).permutation(len(kept))
    parts = {
        "zh": [one for one in kept if one.query.language == "zh"],
        "en": [one for one in kept if one.query.language == "en"],
        "mistyped": [one for one in kept if one.query.error],
    }
    return {
        "seed": seed,
        "A": summary(readings[: n // 2]),
        "B": summary(kept),
        "B by part": {name: _scores(own) for name, own in parts.items()},
        "control_shuffled_judgments": _scores(kept, [gains[other] for other in others]),
    }


def read_all(seed: int, n: int = 200, *, people: int = 2000, products: int = 800) -> list[Reading]:
    """Ask every query, and return what came of it."""
    items = make(seed, people=people, products=products).frames["items"]
    queries = make_queries(seed, items, n)
    rows = [{**row, "number": place} for place, row in enumerate(items.iter_rows(named=True))]
    index = CatalogueIndex.of(rows)
    english = {row["brand"]: _english(row) for row in rows}
    return [
        _reading(index, query, base, english)
        for query, base in zip(queries, _bm25(items, queries), strict=True)
    ]


def summary(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return the share of the gap between BM25 and the best order, and the slots' precision and recall."""
    right = sum(len(one.said & one.wanted) for one in readings)
    said = sum(len(one.said - (one.allowed - one.wanted)) for one in readings)
    wanted = sum(len(one.wanted) for one in readings)
    return {
        **_scores(readings),
        "slots": {
            "precision": round(right / max(said, 1), 4),
            "recall": round(right / max(wanted, 1), 4),
            "true": wanted,
        },
    }


def _scores(
    readings: Sequence[Reading], gains: Sequence[NDArray[np.float64]] | None = None
) -> dict[str, Any]:
    gains = [one.query.grades / GRADES for one in readings] if gains is None else gains
    pairs = list(zip(readings, gains, strict=True))
    own = float(np.mean([ndcg_of_order(one.order, gain, K) for one, gain in pairs]))
    bm25 = float(np.mean([ndcg_of_order(one.bm25, gain, K) for one, gain in pairs]))
    return {
        "queries": len(readings),
        f"ndcg@{K}": round(own, 4),
        "bm25": round(bm25, 4),
        "share_of_gap": round((own - bm25) / (1 - bm25), 4),
    }


def _reading(
    index: CatalogueIndex, query: JudgedQuery, bm25: NDArray[np.int64], english: dict[str, str]
) -> Reading:
    read = index.parser.understand(query.text)
    segments = Segments.of(index.texts)
    valued = index.values.having(read, segments.numbers)
    rows, pieces = segments.candidates(read.text, read.words, valued=valued)
    matches = segments.judged(rows, read.words, pieces, None)
    matches[:, SLOTS] = index.values.met(read, rows)
    order = np.argsort(-Relevance.default().scores(matches), kind="stable")
    wanted, allowed = _true_slots(query)
    return Reading(query, read, wanted, allowed, _said(read, english), rows[order], bm25)


def _true_slots(
    query: JudgedQuery,
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
    return str(json.loads(row["translations"])["en"]["brand"])


def _bm25(items: pl.DataFrame, queries: Sequence[JudgedQuery]) -> list[NDArray[np.int64]]:
    """Return the orders by BM25 of all an item's text, with the parameters that are best on the first half."""
    tokenizer = Tokenizer()
    texts = [
        Counter(tokenizer.words(" ".join(row[name] or "" for name in _TEXTS)))
        for row in items.iter_rows(named=True)
    ]
    asked = [tokenizer.words(query.text) for query in queries]
    tried = []
    for k1, b in _TRIED:
        table = Impacts.of(texts, k1=k1, b=b)
        tried.append([np.argsort(-table.scores(terms), kind="stable") for terms in asked])
    first = queries[: len(queries) // 2]
    return max(
        tried,
        key=lambda orders: sum(
            ndcg_of_order(order, one.grades / GRADES, K)
            for one, order in zip(first, orders, strict=False)
        ),
    )


_TEXTS = ("title", "brand", "category", "attributes", "description", "translations")
