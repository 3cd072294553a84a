"""Judged queries on files: products with titles, and how relevant people found them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.graded import graded_ndcg
from zhiyin.evaluation.metrics import share

_PRODUCTS, _JUDGMENTS = ("product", "title"), ("query", "product", "relevance")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Queries with products that people judged.

    Attributes:
        titles: of all products.
        queries: what was asked.
        query: (r,) int64 query of each judgment, ascending.
        products: (r,) int64 product of each.
        gains: (r,) float32, 0 the worst grade of the scale, 1 the best.
        left_out: judgments of products that are not in the table.
    """

    titles: list[str]
    queries: list[str]
    query: NDArray[np.int64]
    products: NDArray[np.int64]
    gains: NDArray[np.float32]
    left_out: int

    def rows_of(self, query: int) -> slice:
        """Return where the judgments of a query stand."""
        first, end = np.searchsorted(self.query, [query, query + 1])
        return slice(int(first), int(end))

    def ndcg(self, scores: NDArray[np.floating[Any]], k: int) -> NDArray[np.float64]:
        """Return the NDCG@k of each query's judged list in the order of scores; NaN where nothing has a gain.

        Gains are linear. Equal scores stand in the order of the file.
        """
        return graded_ndcg(self.query, self.gains, scores, k)

    def recall(self, pools: list[NDArray[np.int64]], least: float) -> NDArray[np.float64]:
        """Return of each query how many products with a gain were found, and how many there are, (q, 2)."""
        counts = np.zeros((len(self.queries), 2))
        for place, pool in enumerate(pools):
            own = self.rows_of(place)
            wanted = self.products[own][self.gains[own] >= least - 1e-3]
            counts[place] = np.isin(wanted, pool).sum(), wanted.size
        return counts

    def described(self) -> dict[str, Any]:
        """Return plain counts."""
        return {
            "products": len(self.titles),
            "queries": len(self.queries),
            "judgments": int(self.gains.size),
            "left_out": self.left_out,
        }


def read_judged(products: Path, judgments: Path) -> Judged:
    """Read products and judgments from delimited files.

    Raises:
        InvalidRecord: a file cannot be read or lacks a column.
    """
    items = _table(products, _PRODUCTS).unique("product", keep="first", maintain_order=True)
    items = items.with_columns(place=pl.int_range(pl.len(), dtype=pl.Int64))
    judged = _table(judgments, _JUDGMENTS).with_columns(pl.col("relevance").cast(pl.Float64))
    known = judged.join(items.select("product", "place"), on="product", how="inner")
    queries = known["query"].unique(maintain_order=True)
    numbered = pl.DataFrame({"query": queries}).with_columns(
        number=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    rows = known.join(numbered, on="query").sort("number", "place", maintain_order=True)
    grades = rows["relevance"].to_numpy()
    low, high = (float(grades.min()), float(grades.max())) if grades.size else (0.0, 1.0)
    return Judged(
        items["title"].fill_null("").to_list(), queries.to_list(), rows["number"].to_numpy(),
        rows["place"].to_numpy(), share(grades - low, high - low).astype(np.float32),
        judged.height - known.height,
    )  # fmt: skip


def _table(path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
        return frame.select(columns)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InvalidRecord(
            str(error).splitlines()[0],
            where=str(path),
            expected=f"a table with {', '.join(columns)}, parted by tabs",
            next_step="mend the file",
        ) from error
