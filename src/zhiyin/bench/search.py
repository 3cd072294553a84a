"""``zhiyin bench search``: how well queries find products, by judgments of people, beside BM25 and a random order."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin import registry
from zhiyin.bench.search_files import Judged, read_judged
from zhiyin.bench.served import percentiles
from zhiyin.core.progress import Progress, untold
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.catalogue_index import CatalogueIndex, rows_of_titles
from zhiyin.search.documents import grams
from zhiyin.search.impacts import Impacts
from zhiyin.search.item_vectors import ItemVectors
from zhiyin.search.match import NAMES
from zhiyin.search.relevance import Relevance
from zhiyin.search.segments import Segments

K, DEPTH = 10, 100
TUNED = [(k1, b) for k1 in (0.3, 0.6, 0.9, 1.2, 1.5, 2.0, 3.0, 5.0) for b in (0.3, 0.5, 0.75, 0.9)]
"""Parameters of BM25, of which the baseline takes the best on the very queries it is judged by, for either figure its own."""
_MEANING = NAMES.index("meaning")
_FOLDS = 5
_RANDOM = 5
_LIKED = 5 / 6
"""Gain from which on a product should be among the first hundred of the catalogue: 2.67 of 1 to 3."""


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """What the search did with each query.

    Attributes:
        matches: (judgments, len(NAMES)) float32.
        pools: for each query the candidates, best first by the weights for shops without judgments.
        ms: for each query, reading and finding.
        mixed: (judgments, len(NAMES)) float32, with vectors of other products drawn at random.
    """

    matches: NDArray[np.float32]
    pools: list[NDArray[np.int64]]
    ms: list[float]
    mixed: NDArray[np.float32]


def bench_search(
    products: Path,
    judgments: Path,
    *,
    embedder: str = "lsa",
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Judge the search by judged pairs of queries and products.

    Two tables: the judged products of each query are put in order (NDCG@10, and as a share of what lies between a random
    order and the best), and the whole catalogue is searched (the share of the well-judged products among the first 100;
    what was not judged is unknown, not bad). Weights are learned from the judgments of other queries.

    Args:
        products: table of product and title.
        judgments: table of query, product and relevance.
        embedder: registered name of what embeds queries and titles; "none" for words alone.
        seed: of folds, random orders and intervals.
        progress: told how many queries were asked.
    """
    judged = read_judged(products, judgments)
    started = time.perf_counter()
    index = CatalogueIndex.of(rows_of_titles(judged.titles))
    built = time.perf_counter() - started
    meaning = None if embedder == "none" else _Meaning(judged.titles, embedder, seed)
    read = _asked(judged, index, meaning, progress)
    random = np.mean([judged.ndcg(_noise(judged, seed + i), K) for i in range(_RANDOM)], axis=0)
    bm25 = _bm25(judged, Tokenizer(), random)
    values = _values(judged, read, seed, has_vectors=meaning is not None)
    recall = judged.recall(read.pools, _LIKED)
    return {
        "data": judged.described(),
        "embedder": embedder,
        f"ndcg@{K}": _mean(values["search"]),
        "gap_share": _gap(values["search"], random),
        f"recall@{DEPTH}": _share(recall),
        "over_bm25": {
            "gap_share": _ratio(np.stack([values["search"] - random, bm25.ndcg - random], 1), seed),
            f"recall@{DEPTH}": _ratio(np.stack([recall[:, 0], bm25.recall[:, 0]], 1), seed),
        },
        "baselines": {
            "bm25": {
                f"ndcg@{K}": _mean(bm25.ndcg), "gap_share": _gap(bm25.ndcg, random),
                f"recall@{DEPTH}": _share(bm25.recall), **bm25.params,
            },
            "random": {f"ndcg@{K}": _mean(random), "gap_share": 0.0},
        },
        "others": {
            name: {f"ndcg@{K}": _mean(one), "gap_share": _gap(one, random)}
            for name, one in values.items() if name != "search"
        },
        "interval": bootstrap(values["search"], seed=seed).as_list(),
        "p50_ms": percentiles(read.ms)["p50_ms"],
        "p99_ms": percentiles(read.ms)["p99_ms"],
        "built_s": built,
    }  # fmt: skip


class _Baseline(NamedTuple):
    """NDCG and recall of each query, and the parameters that gave them."""

    ndcg: NDArray[np.float64]
    recall: NDArray[np.float64]
    params: dict[str, Any]


class _Meaning:
    """Vectors of titles, and the order in which the control gives them to others."""

    def __init__(self, titles: list[str], embedder: str, seed: int) -> None:
        options = {"dim": 128, "seed": seed} if embedder == "lsa" else {}
        teacher = registry.build("embedders", "e5") if embedder == "static" else None
        self._embedder = registry.build(
            "embedders", embedder, options, where="embedder", services={"teacher": teacher}
        )
        if hasattr(self._embedder, "fit"):
            self._embedder.fit(titles)
        self._titles = ItemVectors(self._embedder.embed(titles, kind="passage"), exact=len(titles))
        self.mixed = np.random.default_rng(seed).permutation(len(titles))

    def to(self, text: str) -> NDArray[np.float32]:
        """Return the likeness of each title to a text."""
        query = self._embedder.embed([text], kind="query")[0]
        return self._titles.scale(query).of(self._titles.near(query))


def _asked(
    judged: Judged, index: CatalogueIndex, meaning: _Meaning | None, progress: Progress
) -> _Read:
    relevance, texts = Relevance.default(), Segments.of(index.texts)
    matches = np.zeros((judged.gains.size, len(NAMES)), np.float32)
    mixed = np.zeros(judged.gains.size, np.float32)
    pools, ms = [], []
    for place, query in enumerate(judged.queries):
        started = time.perf_counter()
        said = index.parser.understand(query)
        near = meaning.to(said.text) if meaning else None
        rows, bm25 = texts.candidates(said.text, said.words, meaning=near)
        matched = texts.judged(rows, said.words, bm25, None if near is None else near[rows])
        order = np.argsort(-relevance.scores(matched), kind="stable")[:DEPTH]
        ms.append((time.perf_counter() - started) * 1e3)
        pools.append(rows[order])
        own = judged.rows_of(place)
        rows = judged.products[own]
        asked = ((index.texts.words, said.words), (index.texts.pieces, list(grams(said.text))))
        bm25 = np.stack([table.scores(terms)[rows] for table, terms in asked], axis=1)
        matches[own] = texts.judged(rows, said.words, bm25, None if near is None else near[rows])
        if meaning and near is not None:
            mixed[own] = near[meaning.mixed[rows]]
        if place % 100 == 0:
            progress(place / len(judged.queries), place)
    others = matches.copy()
    others[:, _MEANING] = mixed
    return _Read(matches, pools, ms, others)


def _values(
    judged: Judged, read: _Read, seed: int, *, has_vectors: bool
) -> dict[str, NDArray[np.float64]]:
    """Return the NDCG of each query by learned weights, by those of other shops, by words alone, and by the controls."""
    shuffled = np.random.default_rng(seed).permutation(judged.gains)
    scores = {
        "search": _cross_fitted(judged, read.matches, judged.gains, seed),
        "weights_of_other_shops": Relevance.default().scores(read.matches),
        "control_shuffled_judgments": _cross_fitted(judged, read.matches, shuffled, seed),
    }
    if has_vectors:
        words = read.matches.copy()
        words[:, _MEANING] = 0
        scores["words_alone"] = _cross_fitted(judged, words, judged.gains, seed)
        scores["control_shuffled_vectors"] = _cross_fitted(judged, read.mixed, judged.gains, seed)
    return {name: judged.ndcg(one, K) for name, one in scores.items()}


def _cross_fitted(
    judged: Judged, matches: NDArray[np.float32], gains: NDArray[np.float32], seed: int
) -> NDArray[np.float32]:
    """Return scores by weights that were learned from other queries."""
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(judged.queries))[judged.query]
    scores = np.zeros(gains.size, np.float32)
    for part in range(_FOLDS):
        rest = fold != part
        learned = Relevance.learned(matches[rest], gains[rest], judged.query[rest])
        scores[~rest] = learned.scores(matches[~rest])
    return scores


def _bm25(judged: Judged, tokenizer: Tokenizer, random: NDArray[np.float64]) -> _Baseline:
    """Return what BM25 does, with the parameters that are best for the order and those that are best for recall."""
    titles = [Counter(tokenizer.words(title)) for title in judged.titles]
    asked = [tokenizer.words(query) for query in judged.queries]
    tried = [
        _by_words(judged, Impacts.of(titles, k1=k1, b=b), asked, {"k1": k1, "b": b})
        for k1, b in TUNED
    ]
    order = max(tried, key=lambda one: _gap(one.ndcg, random))
    recall = max(tried, key=lambda one: _share(one.recall))
    return _Baseline(order.ndcg, recall.recall, {**order.params, "for_recall": recall.params})


def _by_words(
    judged: Judged, table: Impacts, asked: list[list[str]], params: dict[str, float]
) -> _Baseline:
    scores = np.zeros(judged.gains.size, np.float32)
    pools = []
    for place, terms in enumerate(asked):
        found = table.scores(terms)
        own = judged.rows_of(place)
        scores[own] = found[judged.products[own]]
        top = np.argpartition(-found, min(DEPTH, found.size - 1))[:DEPTH]
        pools.append(top[found[top] > 0])
    return _Baseline(judged.ndcg(scores, K), judged.recall(pools, _LIKED), params)


def _noise(judged: Judged, seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random(judged.gains.size, np.float32)


def _mean(values: NDArray[np.float64]) -> float:
    return round(float(np.nanmean(values)), 5)


def _gap(values: NDArray[np.float64], random: NDArray[np.float64]) -> float:
    least = float(np.nanmean(random))
    return round((float(np.nanmean(values)) - least) / (1 - least), 5)


def _share(found: NDArray[np.float64]) -> float:
    return round(float(found[:, 0].sum() / found[:, 1].sum()), 5)


def _ratio(columns: NDArray[np.float64], seed: int) -> list[float]:
    kept = columns[~np.isnan(columns).any(axis=1)]
    found = bootstrap_statistic(kept, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)
    return [round(one, 4) for one in found.as_list()]
