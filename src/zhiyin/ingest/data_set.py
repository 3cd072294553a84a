"""The unpacked folder of a public data set: files with known names, each with rows of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import polars as pl
from polars.exceptions import ColumnNotFoundError

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.reading.chunk import Chunk
from zhiyin.ingest.reading.readers import read
from zhiyin.ingest.values.time_columns import TimeColumns

Fields = Mapping[str, pl.Expr]
"""Field of a noun → how it follows from a file's columns."""


def given(paths: Sequence[Path], expected: str) -> Sequence[Path]:
    """Return the paths.

    Raises:
        InvalidRecord: there are none.
    """
    if not paths:
        raise InvalidRecord(
            "there is nothing to read",
            where="import",
            expected=expected,
            next_step="say where it is",
        )
    return paths


def files(folder: Path, names: Sequence[str], expected: str) -> list[Path]:
    """Return the paths of a data set's files.

    Args:
        folder: where they are.
        names: of the files.
        expected: what the folder should be, for the error.
    Raises:
        InvalidRecord: a file is missing.

    >>> files(Path("nowhere"), ["u.data"], "the unpacked ml-100k")
    Traceback (most recent call last):
    zhiyin.errors.InvalidRecord: nowhere: u.data not found. Expected the unpacked ml-100k. Next: check the path.
    """
    paths = [folder / name for name in names]
    if missing := [path.name for path in paths if not path.is_file()]:
        raise not_the_data(folder, f"{', '.join(missing)} not found", expected)
    return paths


def peeked(path: Path) -> tuple[set[str], Iterator[Chunk]]:
    """Return the names of a table's columns as far as its first chunk has them, and all its chunks.

    Raises:
        InvalidRecord: the file cannot be read.
    """
    chunks = read(path)
    first = next(chunks)
    return set(first.rows.columns), chain([first], chunks)


@contextmanager
def columns_of(folder: Path, expected: str) -> Iterator[None]:
    """Say of a column that a file lacks that the folder is not the data set.

    Raises:
        InvalidRecord: a column is missing.
    """
    try:
        yield
    except ColumnNotFoundError as error:
        what = f"no column {str(error).splitlines()[0]}"
        raise not_the_data(folder, what, expected) from error


def not_the_data(where: Path, what: str, expected: str) -> InvalidRecord:
    """Return the error for files that are not those of a data set."""
    return InvalidRecord(what, where=str(where), expected=expected, next_step="check the path")


def table(
    kind: str, path: Path, chunks: Iterable[Chunk], fields: Fields, span: tuple[float, float]
) -> Iterator[Batch]:
    """Yield the records of a file of a data set.

    Args:
        kind: a key of `core.RECORDS`.
        path: the file.
        chunks: of the file.
        fields: of the records.
        span: how much of the data set is read before and after the file, 0 to 1.
    """
    times = TimeColumns(kind)
    for chunk in chunks:
        done = span[0] + chunk.done * (span[1] - span[0])
        rows = chunk.rows.select(**fields)
        notes = [*chunk.notes, *(f"{path.name}: {note}" for note in times.notes(rows))]
        yield Batch(kind, rows, chunk.lines, path.name, chunk.rejected, done, notes)
