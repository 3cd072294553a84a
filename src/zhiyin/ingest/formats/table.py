"""Any table, one kind of record a file: CSV, TSV, JSON lines or Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
from pydantic import Field

from zhiyin.core import RECORDS
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.columns import apply, guess
from zhiyin.ingest.readers import read
from zhiyin.registry import PartConfig


class Table:
    """Reads tables whose columns are given or guessed.

    A table of events without a column that says what happened holds ratings where it has a column of values called
    rating, score or stars, and otherwise plain interactions.

    >>> next(Table(Table.Config(kind="ties")).batches([Path("friends.csv")]))
    Traceback (most recent call last):
    zhiyin.errors.InvalidRecord: friends.csv: there is no such file. Expected a file. Next: check the path.
    """

    name = "table"

    class Config(PartConfig):
        """Options of `Table`."""

        kind: str = Field(description="What a row is: events, items, users, ties …")
        columns: dict[str, str] = Field({}, description="Field to column, where names do not tell.")

    def __init__(self, config: Config) -> None:
        if config.kind not in RECORDS:
            raise InvalidRecord(
                f'no kind of record is called "{config.kind}"',
                where="--kind",
                expected=nearest(config.kind, RECORDS),
                next_step="say what a row of the table is",
            )
        self._config = config

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read the tables one after the other."""
        if not paths:
            raise InvalidRecord(
                "there is nothing to read",
                where="import table",
                expected="one or more files",
                next_step="name the files",
            )
        for place, path in enumerate(paths):
            for batch in self._table(path):
                yield replace(batch, done=(place + batch.done) / len(paths))

    def _table(self, path: Path) -> Iterator[Batch]:
        kind = self._config.kind
        mapping: Mapping[str, str] = self._config.columns
        seen: dict[str, None] = {}
        for chunk in read(path):
            names = seen | dict.fromkeys(chunk.rows.columns)
            if len(names) > len(seen):
                # JSON lines may bring new columns later; those found before keep their field.
                mapping, seen = guess(kind, list(names), mapping), names
            rows = apply(kind, chunk.rows, mapping)
            if kind == "events" and "type" not in mapping:
                rows = rows.with_columns(pl.lit(_type(mapping)).alias("type"))
            yield Batch(kind, rows, chunk.lines, path.name, chunk.rejected, chunk.done)


def _type(mapping: Mapping[str, str]) -> str:
    is_rated = mapping.get("value", "").lower() in ("rating", "score", "stars", "overall", "评分")
    return "rating" if is_rated else "interaction"
