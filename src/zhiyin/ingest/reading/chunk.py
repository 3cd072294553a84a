"""Some rows of a table on their way in, and what makes a table's names and cells unfit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Rejected

CHUNK_ROWS = 50_000
_MOST_COLUMNS = 1_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table.

    Attributes:
        rows: (n, columns) under the table's own names: String from text files, flat types from Parquet.
        lines: (n,) Int64 the line each row starts on, counted from 1, the header included; row numbers for Parquet.
        rejected: lines that are not rows of the table.
        done: how much of the file is read, 0 to 1.
        notes: sentences for people on how the file is read; the first chunk of a file carries them.

    >>> Chunk(pl.DataFrame({"user": ["an"]}), pl.Series([2])).done
    1.0
    """

    rows: pl.DataFrame
    lines: pl.Series
    rejected: Sequence[Rejected] = field(default_factory=tuple)
    done: float = 1.0
    notes: Sequence[str] = ()


def damaged(path: Path, what: str, next_step: str = "export the file again") -> InvalidRecord:
    """Return the error for a file that cannot be read on."""
    return InvalidRecord(
        what,
        where=str(path),
        expected="a whole table with a header, as text or Parquet",
        next_step=f"{next_step}; nothing that was stored is lost",
    )


def table_names(path: Path, names: Sequence[str]) -> list[str]:
    """Return a table's column names.

    Raises:
        InvalidRecord: they repeat, are too many or too long, or are no text.
    """
    if len(names) > _MOST_COLUMNS:
        raise damaged(path, f"{len(names):,} columns are more than {_MOST_COLUMNS:,}")
    if not all(is_text(name) and "\0" not in name for name in names):
        raise damaged(path, "the column names are not text", "save the file as UTF-8")
    longest = max(names, key=len, default="")
    if len(longest) > _LONGEST_NAME:
        raise damaged(path, f"a column name has {len(longest):,} characters", "add a header line")
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise damaged(path, f"column names repeat: {', '.join(repeated)}", "rename columns")
    return list(names)


def is_text(value: str | None) -> bool:
    """Return whether a cell holds nothing but characters; bytes of another encoding are read as lone surrogates."""
    if value is None or value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def text_chunk(
    file: str,
    columns: Mapping[str, Sequence[str | None]],
    lines: Sequence[int],
    rejected: list[Rejected],
    done: float,
) -> Chunk:
    """Return a chunk of text cells, with rows that hold anything else among the rejected.

    Args:
        file: the file's name.
        columns: name to n cells.
        lines: (n,) the line each row starts on.
        rejected: what was rejected while reading.
        done: how much of the file is read, 0 to 1.
    """
    try:
        cells = [pl.Series(name, values, pl.String) for name, values in columns.items()]
    except UnicodeEncodeError:
        is_good = [all(map(is_text, row)) for row in zip(*columns.values(), strict=True)]
        bad = [
            Rejected(file, lines[position], "not text in the file's encoding", ascii(row)[:500])
            for position, row in enumerate(zip(*columns.values(), strict=True))
            if not is_good[position]
        ]
        kept = {
            name: [value for value, good in zip(values, is_good, strict=True) if good]
            for name, values in columns.items()
        }
        good_lines = [line for line, good in zip(lines, is_good, strict=True) if good]
        return text_chunk(file, kept, good_lines, rejected + bad, done)
    return Chunk(pl.DataFrame(cells), pl.Series(lines, dtype=pl.Int64), rejected, done)
