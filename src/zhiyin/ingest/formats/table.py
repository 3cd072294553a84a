"""Any table, one kind of record a file: CSV, TSV, JSON lines or Parquet; documents as Markdown, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import polars as pl
from pydantic import Field

from zhiyin.core import RECORDS
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.column_names import QUESTIONS, RATINGS, plain
from zhiyin.ingest.columns import apply, guess, spelled, unused
from zhiyin.ingest.reading.headless import read_headless
from zhiyin.ingest.reading.readers import read
from zhiyin.ingest.values.price_column import PriceColumn
from zhiyin.ingest.values.time_columns import TimeColumns
from zhiyin.registry import PartConfig


class Table:
    """Reads tables whose columns are given or guessed.

    A table of events without a column that says what happened holds ratings where it has a column of values called
    rating, score or stars, and otherwise plain interactions; a note of the first batch says which.

    Attributes:
        mapping: field → column of the table that was read last.
        unused: its columns that are no field.
        mapping_notes: the notes so far that say which column was taken for which field.

    >>> next(Table(Table.Config(kind="ties")).batches([Path("friends.csv")]))
    Traceback (most recent call last):
    zhiyin.errors.InvalidRecord: friends.csv: there is no such file. Expected a file. Next: check the path.
    """

    name = "table"

    class Config(PartConfig):
        """Options of `Table`."""

        kind: str = Field(description="What a row is: events, items, users, ties …")
        columns: dict[str, str] = Field({}, description="Field to column, where names do not tell.")
        header: list[str] = Field([], description="Names of the columns, where files have none.")

    def __init__(self, config: Config) -> None:
        if config.kind not in RECORDS:
            raise InvalidRecord(
                f'no kind of record is called "{config.kind}"',
                where="--kind",
                expected=nearest(config.kind, RECORDS),
                next_step="say what a row of the table is",
            )
        self._config = config
        self.mapping: Mapping[str, str] = config.columns
        self.unused: Sequence[str] = ()
        self.mapping_notes: list[str] = []

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
        kind, header = self._config.kind, self._config.header
        mapping: Mapping[str, str] = self._config.columns
        times, prices = TimeColumns(kind), PriceColumn()
        seen: dict[str, None] = {}
        for chunk in read_headless(path, header) if header else read(path):
            notes = [*chunk.notes]
            names = seen | dict.fromkeys(chunk.rows.columns)
            if len(names) > len(seen):
                # JSON lines may bring new columns later; those found before keep their field.
                found = guess(kind, list(names), mapping)
                new = {f: column for f, column in found.items() if not seen or f not in mapping}
                notes += self._noted(path, new, is_first=not seen)
                mapping, seen = found, names
                self.mapping, self.unused = mapping, unused(list(names), mapping)
            said = apply(kind, chunk.rows, mapping)
            rows = prices.settled(times.settled(said))
            found_out = chain(times.notes(said), prices.notes())
            notes += [f"{path.name}: {note}" for note in found_out]
            if kind == "events" and "type" not in mapping:
                rows = rows.with_columns(pl.lit(_type(mapping)).alias("type"))
            if kind == "documents" and "kind" not in mapping:
                is_faq = plain(mapping["title"]) in QUESTIONS
                rows = rows.with_columns(pl.lit("faq" if is_faq else "policy").alias("kind"))
            yield Batch(kind, rows, chunk.lines, path.name, chunk.rejected, chunk.done, notes)

    def _noted(self, path: Path, new: Mapping[str, str], *, is_first: bool) -> Iterator[str]:
        if guessed := {field: column for field, column in new.items() if field != column}:
            note = f"{path.name}: {spelled(guessed)}"
            self.mapping_notes.append(note)
            yield note
        if is_first and self._config.kind == "events" and "type" not in new:
            yield f'{path.name}: no column says what happened, so each row is of type "{_type(new)}"'


def _type(mapping: Mapping[str, str]) -> str:
    return "rating" if plain(mapping.get("value", "")) in RATINGS else "interaction"
