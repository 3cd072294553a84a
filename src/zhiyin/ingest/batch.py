"""A piece of a file on its way in, and what a format must be able to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import polars as pl


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken, and why."""

    file: str
    line: int
    reason: str
    row: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind as a file says them, before they are checked.

    Attributes:
        kind: a key of `core.RECORDS`.
        rows: (n, columns) columns named as fields of the noun, as text or as the types of the noun; fields left out are null.
        lines: (n,) Int64 the rows' lines in the file, counted from 1.
        file: name of the file.
        rejected: rows that could not even be read.
        done: how much of all files is read with this batch, 0 to 1.
        notes: sentences for people on how the file is read, each said once a file.
    """

    kind: str
    rows: pl.DataFrame
    lines: pl.Series
    file: str
    rejected: Sequence[Rejected] = field(default_factory=tuple)
    done: float = 0.0
    notes: Sequence[str] = ()


@runtime_checkable
class Format(Protocol):
    """Knows the files of one kind of export. Its constructor takes the options of its ``Config``, if it has one."""

    name: str

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read the files, items and people before what refers to them.

        Raises:
            InvalidRecord: a file is missing, empty, or not what this format reads.
        """
