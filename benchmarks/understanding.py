"""How fast queries are read, and how much is corrected: 100,000 real Chinese ones, by a small shop and by a large vocabulary."""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from setting import data_folder, report
from zhiyin.ingest.sample import make
from zhiyin.search.catalogue_index import CatalogueIndex, rows_of_titles
from zhiyin.search.query.query_parser import QueryParser

TITLES = 55_000
"""Queries that stand for titles of a large shop; they are read by the words of the others."""


def main() -> None:
    """Print one JSON document."""
    folder = data_folder()
    if folder is None:
        sys.exit("the research data are not there: set ZHIYIN_DATA")
    queries = read(folder)
    items = make(7).frames["items"]
    rows = [{**row, "number": number} for number, row in enumerate(items.iter_rows(named=True))]
    small = CatalogueIndex.of(rows).parser
    large = CatalogueIndex.of(list(rows_of_titles(queries[:TITLES]))).parser
    report(
        "understanding",
        sample_shop=told(small, queries),
        large_vocabulary=told(large, queries[TITLES:]),
    )


def read(folder: Path) -> list[str]:
    """Return the queries."""
    with gzip.open(
        folder / "chinese_product_queries/queries.tsv.gz", "rt", encoding="utf-8"
    ) as file:
        return [line.rstrip("\n").split("\t")[1] for line in file.readlines()[1:]]


def told(parser: QueryParser, queries: Sequence[str]) -> dict[str, Any]:
    """Read queries in two processes, and count what was found."""
    global _parser
    _parser = parser
    halves = [queries[::2], queries[1::2]]
    started = time.perf_counter()
    with get_context("fork").Pool(2) as pool:
        counted = pool.map(_count, halves)
    seconds = time.perf_counter() - started
    total: Counter[str] = sum(counted, Counter())
    cpu = total.pop("cpu_ms") / 1e3
    shares = {name: round(count / len(queries), 4) for name, count in sorted(total.items())}
    return {
        "queries": len(queries), "per_s_two_processes": round(len(queries) / seconds),
        "per_cpu_second": round(len(queries) / cpu), "shares": shares,
    }  # fmt: skip


_parser: QueryParser


def _count(queries: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    started = time.process_time()
    for query in queries:
        read = _parser.understand(query)
        found[f"intent {read.intent}"] += 1
        found["with a slot"] += bool(read.slots)
        found["with a price"] += bool(read.price)
        found["corrected"] += bool(read.corrections)
    found["cpu_ms"] = int((time.process_time() - started) * 1e3)
    return found


if __name__ == "__main__":
    main()
