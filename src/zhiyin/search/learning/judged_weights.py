"""Weights of what a match says, learned from queries whose items people judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core.entity import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.graded import graded_ndcg
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.search.hit_order import HitOrder, Scores
from zhiyin.search.learning.rematching import Rematching
from zhiyin.search.relevance import Relevance
from zhiyin.store.store import Store

FEWEST = 50
"""Judged queries below which nothing is learned."""
_COLUMNS = ("query", "product", "relevance")
_FOLDS, _K = 5, 10


@dataclass(frozen=True, slots=True, eq=False)
class Judgments:
    """Judged pairs of queries and items.

    Attributes:
        queries: what was asked.
        query: (r,) int64 the query of each pair, ascending from 0.
        items: (r,) int64 numbers.
        gains: (r,) float32, 0 the worst grade of the scale, 1 the best.
        unknown: pairs left out, since no item has that id.
    """

    queries: list[str]
    query: NDArray[np.int64]
    items: NDArray[np.int64]
    gains: NDArray[np.float32]
    unknown: int

    @classmethod
    def read(cls, path: Path, store: Store) -> Judgments:
        """Read a table of query, product and relevance, parted by tabs; a product is an item's id in the shop.

        Raises:
            InvalidRecord: the file cannot be read, lacks a column, or has a grade that is no number.
        """
        try:
            frame = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
            rows = frame.select(*_COLUMNS[:2], pl.col(_COLUMNS[2]).cast(pl.Float64)).drop_nulls()
            rows = rows.filter(pl.col("relevance").is_finite())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InvalidRecord(
                str(error).splitlines()[0],
                where=f"search.judgments, {path}",
                expected=f"a table with {', '.join(_COLUMNS)}, parted by tabs",
                next_step="mend the file, or take it out of the settings",
            ) from error
        numbers = store.numbers(Kind.ITEM, rows["product"].to_list())
        known = rows.with_columns(item=numbers).filter(pl.col("item") >= 0)
        queries = known["query"].unique(maintain_order=True)
        places = pl.int_range(len(queries), eager=True).cast(pl.Int64)
        known = known.with_columns(
            place=pl.col("query").replace_strict(queries, places, return_dtype=pl.Int64)
        )
        known = known.sort("place", "item", maintain_order=True)
        grades = known["relevance"].to_numpy()
        low, high = (grades.min(), grades.max()) if grades.size else (0.0, 0.0)
        gains = (grades - low) / max(high - low, 1e-9)
        return cls(
            queries.to_list(), known["place"].to_numpy(), known["item"].to_numpy(),
            gains.astype(np.float32), rows.height - known.height,
        )  # fmt: skip


def learn_from_judgments(
    judged: Judgments, matching: Rematching, in_use: Scores, seed: int = 0
) -> tuple[HitOrder | None, dict[str, Any]]:
    """Return weights learned from judgments, None where they are not surely better, and plain figures, among them why.

    Each fifth of the queries is put in order by weights learned from the others. They are kept where the 95 % interval of
    how much NDCG@10 rises over what is in use lies above 0; then all queries teach.

    Args:
        judged: pairs.
        matching: tells how they match.
        in_use: what orders without.
        seed: of the parts and of the interval.
    """
    told: dict[str, Any] = {"queries": len(judged.queries), "unknown items": judged.unknown}
    if len(judged.queries) < FEWEST:
        return None, {**told, "why": f"fewer than {FEWEST} judged queries"}
    ends = np.searchsorted(judged.query, np.arange(len(judged.queries) + 1))
    matches = np.concatenate([
        matching.matches(text, judged.items[ends[place] : ends[place + 1]])
        for place, text in enumerate(judged.queries)
    ])  # fmt: skip
    before = _ndcg(judged, in_use.scores(matches))
    after = _ndcg(judged, _cross_fitted(judged, matches, seed))
    gain = bootstrap(after - before, seed=seed)
    told[f"ndcg@{_K}"] = {"before": float(np.nanmean(before)), "learned": float(np.nanmean(after))}
    told["gain"] = gain.as_list()
    if not gain.low > 0:
        return None, {**told, "why": "no gain that is sure"}
    learned = HitOrder.of(Relevance.learned(matches, judged.gains, judged.query))
    return learned, {**told, "weights": dict(learned.weights)}


def _cross_fitted(
    judged: Judgments, matches: NDArray[np.float32], seed: int
) -> NDArray[np.float32]:
    """Return scores by weights that were learned from other queries, (r,)."""
    drawn = np.random.default_rng(seed).permutation(len(judged.queries)) % _FOLDS
    fold = drawn[judged.query]
    scores = np.zeros(judged.gains.size, np.float32)
    for part in range(_FOLDS):
        rest = fold != part
        learned = Relevance.learned(matches[rest], judged.gains[rest], judged.query[rest])
        scores[~rest] = learned.scores(matches[~rest])
    return scores


def _ndcg(judged: Judgments, scores: NDArray[np.float32]) -> NDArray[np.float64]:
    return graded_ndcg(judged.query, judged.gains, scores, _K)
