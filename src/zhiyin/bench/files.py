"""Files of a benchmark as arrays: ids become numbers in the order in which the training file brings them up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.checking import checked
from zhiyin.ingest.formats.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Training and test pairs of one numbering.

    Attributes:
        train: training events, each of strength 1.
        test: test events, likewise; may name people and items that training does not have.
        train_value: (e,) float64 rating or count of each training event, NaN where none.
        test_value: (f,) float64, likewise.
        people: the people's ids by number.
        n_items: items in both files.
        rejected: rows of the files that could not be read.
    """

    train: Interactions
    test: Interactions
    train_value: NDArray[np.float64]
    test_value: NDArray[np.float64]
    people: pl.Series
    n_items: int
    rejected: int

    @property
    def shape(self) -> tuple[int, int]:
        """People and items of both files."""
        return len(self.people), self.n_items


def read_pairs(train: Path, test: Path) -> Pairs:
    """Read two tables of events; their columns are guessed as ``zhiyin import table`` guesses them.

    Raises:
        InvalidRecord: a file cannot be read, or holds no row that can be taken.
    """
    (seen, bad), (asked, worse) = _table("events", train), _table("events", test)
    people, items = (_ids([seen[name], asked[name]]) for name in ("user", "item"))
    return Pairs(
        _interactions(seen, people, items),
        _interactions(asked, people, items),
        seen["value"].fill_null(np.nan).to_numpy(),
        asked["value"].fill_null(np.nan).to_numpy(),
        people,
        len(items),
        bad + worse,
    )


def read_ties(path: Path, people: pl.Series) -> tuple[Ties, int]:
    """Read a table of ties between people of a numbering, each once; return them and how many rows were left out.

    Left out are rows that cannot be read, and ties to oneself, to people of no event, and of one pair again.

    Raises:
        InvalidRecord: the file cannot be read.
    """
    read, rejected = _table("ties", path)
    frame = read.filter(pl.col("user") != pl.col("other")).unique(
        ["user", "other"], maintain_order=True
    )
    known = frame.filter(pl.all_horizontal(pl.col("user", "other").is_in(people.implode())))
    strength = known["strength"].cast(pl.Float32).fill_null(np.nan).to_numpy()
    ends = (_numbers(known["user"], people), _numbers(known["other"], people))
    ties = Ties(*ends, strength if np.isfinite(strength).any() else None)
    return ties, rejected + read.height - known.height


@dataclass(frozen=True, slots=True, eq=False)
class TiedPeople:
    """People, their ties, and what is known of them beside.

    Attributes:
        one: (t,) int64 people, each tie once, none to oneself.
        two: (t,) int64, whom each is tied to.
        rows: (n, items) float32 CSR of what people took, None where it is not known.
        exchanges: (n, n) float32 CSR, how often each person turned to another, likewise.
        n_people: in all files.
        rejected: rows that could not be read.
    """

    one: NDArray[np.int64]
    two: NDArray[np.int64]
    rows: Any
    exchanges: Any
    n_people: int
    rejected: int


def read_tied_people(path: Path, interactions: Path | None = None) -> TiedPeople:
    """Read a table of ties, and one of what the people did: with items, or with one another.

    Raises:
        InvalidRecord: a file cannot be read, or holds no row that can be taken.
    """
    ties, rejected = _table("ties", path)
    ties = ties.filter(pl.col("user") != pl.col("other")).unique(
        ["user", "other"], maintain_order=True
    )
    if interactions is None:
        people = _ids([ties["user"], ties["other"]])
        ends = (_numbers(ties["user"], people), _numbers(ties["other"], people))
        return TiedPeople(*ends, None, None, len(people), rejected)
    try:
        kind = "events"
        seen, bad = _table(kind, interactions)
    except InvalidRecord:
        kind = "interactions"
        seen, bad = _table(kind, interactions)
    second = "item" if kind == "events" else "other"
    known = [ties["user"], ties["other"], seen["user"]]
    people = _ids(known if kind == "events" else [*known, seen["other"]])
    columns = _ids([seen["item"]]) if kind == "events" else people
    counts = sparse.csr_array(
        (
            np.ones(seen.height, np.float32),
            (_numbers(seen["user"], people), _numbers(seen[second], columns)),
        ),
        shape=(len(people), len(columns)),
    )
    ends = (_numbers(ties["user"], people), _numbers(ties["other"], people))
    if kind == "events":
        counts.data[:] = 1
        return TiedPeople(*ends, counts, None, len(people), rejected + bad)
    return TiedPeople(*ends, None, counts, len(people), rejected + bad)


def _table(kind: str, path: Path) -> tuple[pl.DataFrame, int]:
    """Return the good rows of a table, and how many were bad."""
    parts, rejected = [], 0
    for batch in _batches(kind, path):
        rows, reasons = checked(kind, batch.rows)
        good = reasons.is_null()
        parts.append(rows.filter(good))
        rejected += len(batch.rejected) + int((~good).sum())
    frame = pl.concat(parts)
    if not frame.height:
        raise InvalidRecord(
            "no row of it can be taken",
            where=str(path),
            expected=f"{kind} with a header line",
            next_step=f"zhiyin import table --kind {kind} --dry-run {path} says why",
        )
    return frame, rejected


def _batches(kind: str, path: Path) -> Iterator[Batch]:
    """Yield the batches of a table; who benchmarks a file names its columns in the file."""
    try:
        yield from Table(Table.Config(kind=kind)).batches([path])
    except InvalidRecord as error:
        if error.where.startswith("columns "):
            raise InvalidRecord(
                error.what,
                where=f"{path}, {error.where}",
                expected=error.expected,
                next_step="give the column such a name",
            ) from error
        raise


def _ids(columns: Sequence[pl.Series]) -> pl.Series:
    return pl.concat(columns).unique(maintain_order=True)


def _numbers(column: pl.Series, ids: pl.Series) -> NDArray[np.int64]:
    return column.cast(pl.Enum(ids)).to_physical().cast(pl.Int64).to_numpy()


def _interactions(frame: pl.DataFrame, people: pl.Series, items: pl.Series) -> Interactions:
    time_us = frame["time"].dt.epoch("us").fill_null(NO_TIME).to_numpy()
    return Interactions(
        _numbers(frame["user"], people),
        _numbers(frame["item"], items),
        np.ones(frame.height, np.float32),
        time_us,
    )
