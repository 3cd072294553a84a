"""Files of sequences as arrays: who had which items in which order, and what the items are like."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.interactions import Interactions
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.splits import leave_one_out
from zhiyin.ingest.column_names import NAMES, is_data, plain
from zhiyin.ingest.reading.readers import read

SHORTEST = 3
"""Events of a person who is judged: one to learn from, one to choose parameters by, one to find."""

FITTED, CHOSEN_BY, JUDGED_BY = range(3)
"""What an event is for."""


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Items of people in the order of time.

    Items are numbered as they come up, first in what is fitted, then in what parameters are chosen by, then in the last
    items, so that nothing that is known earlier depends on what comes later.

    Attributes:
        events: by person and then in order; the place in the sequence stands for the time.
        part: (e,) int64 ``FITTED``, ``CHOSEN_BY`` or ``JUDGED_BY``.
        n_people: people.
        items: the items' ids by number.
        n_earlier: items that are known before the last events; they have the lowest numbers.
        rejected: rows that could not be read.
    """

    events: Interactions
    part: NDArray[np.int64]
    n_people: int
    items: pl.Series
    n_earlier: int
    rejected: int

    def of(self, part: int) -> Interactions:
        """Return the events that are for one purpose."""
        return self.events.where(self.part == part)


def read_sequences(path: Path) -> Sequences:
    """Read a table of people and their items; several rows of a person follow one another.

    People stand in the column that is named as people's columns are, else in the first one; items likewise, else in the
    first other.

    Raises:
        InvalidRecord: the file cannot be read, has a single column or one of times, or no row that can be taken.
    """
    parts, rejected = [], 0
    for chunk in read(path):
        rejected += len(chunk.rejected)
        if not chunk.rows.height:
            continue
        rows = chunk.rows.select(pl.col(_columns(path, chunk.rows.columns)).cast(pl.String))
        rows.columns = ["user", "items"]
        told = rows.with_columns(_lists(rows["items"])).filter(
            (pl.col("user").str.strip_chars().str.len_chars() > 0)
            & (pl.col("items").list.len() > 0)
        )
        rejected += rows.height - told.height
        parts.append(told)
    if not any(part.height for part in parts):
        raise InvalidRecord(
            "no row of it can be taken",
            where=str(path),
            expected="people in the first column and their items in the second, with a header line",
            next_step="check the file; items stand apart by spaces or commas, or as a JSON list",
        )
    return _numbered(pl.concat(parts), rejected)


def _columns(path: Path, names: Sequence[str]) -> list[str]:
    """Return the names of the columns of people and of items."""
    if len(names) < 2 or is_data(names):
        raise InvalidRecord(
            "there is one column" if len(names) < 2 else "the first line is a row, not a header",
            where=str(path),
            expected="people in the first column and their items in the second, with a header line",
            next_step="write them so, such as user<tab>items",
        )
    people, goods, times = (NAMES["events"][field].split() for field in ("user", "item", "time"))
    if late := [name for name in names if plain(name) in times]:
        raise InvalidRecord(
            f"{late[0]} seems to be a column of times",
            where=str(path),
            expected="rows in the order of time, and no times",
            next_step="sort the rows by it and leave it out",
        )
    user = next((name for name in names if plain(name) in people), names[0])
    others = [name for name in names if name != user]
    return [user, next((name for name in others if plain(name) in goods), others[0])]


def _lists(cells: pl.Series) -> pl.Series:
    """Return the ids that each cell holds as lists, none where it cannot be read."""
    cells = cells.fill_null("")
    in_json = cells.str.starts_with("[")
    lists = cells.str.extract_all(r"[^\s,]+")
    if not in_json.any():
        return lists
    parsed = pl.Series([_ids(cell) for cell in cells.filter(in_json)], dtype=pl.List(pl.String))
    row = in_json.cum_sum().cast(pl.Int64) - 1  # of the parsed, -1 before the first
    return parsed.gather(row.clip(0)).zip_with(in_json, lists).alias(cells.name)


def _ids(said: str) -> list[str]:
    """Return the ids of a JSON list, none where it is something else."""
    try:
        values = json.loads(said)
    except (ValueError, RecursionError):
        return []
    return [str(value) for value in values] if _are_ids(values) else []


def _are_ids(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) in (int, str) for value in values)


def _numbered(told: pl.DataFrame, rejected: int) -> Sequences:
    """Return the sequences of rows of a user and a list of items, in the order of the file."""
    people = told["user"].unique(maintain_order=True)
    person = np.repeat(_numbers(told["user"], people), told["items"].list.len().to_numpy())
    order = np.argsort(person, kind="stable")
    person, ids = person[order], told["items"].explode()[order]
    place = np.arange(person.size) - np.searchsorted(person, person)
    part = _parted(person, place)
    by_part = [ids.filter(pl.Series(part == p)) for p in (FITTED, CHOSEN_BY, JUDGED_BY)]
    items = pl.concat(by_part).unique(maintain_order=True)
    item = _numbers(ids, items)
    events = Interactions(person, item, np.ones(person.size, np.float32), place)
    n_earlier = int(item[part != JUDGED_BY].max(initial=-1)) + 1
    return Sequences(events, part, len(people), items, n_earlier, rejected)


def _numbers(column: pl.Series, ids: pl.Series) -> NDArray[np.int64]:
    return column.cast(pl.Enum(ids)).to_physical().cast(pl.Int64).to_numpy()


def _parted(person: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each event is for, (e,) int64: the last is left out, then the last of the others."""
    part = np.full(person.size, FITTED)
    left = np.flatnonzero(np.bincount(person)[person] >= SHORTEST)
    for purpose in (JUDGED_BY, CHOSEN_BY):
        parts = leave_one_out(person[left], place[left])
        part[left[parts.test]] = purpose
        left = left[parts.train]
    return part


def read_attributes(path: Path, items: pl.Series) -> Any:
    """Read what items have; items that no sequence holds are left out.

    Args:
        path: JSON object, item → list of attributes.
        items: ids by number.
    Returns: (n_items, n_attributes) float32 CSR of ones.
    Raises:
        InvalidRecord: the file is something else, or says nothing of any item.
    """
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _no_attributes(path, f"it cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise _no_attributes(path, f"it is a {type(said).__name__}")
    wrong = next((item for item, values in said.items() if not _are_ids(values)), None)
    if wrong is not None:
        raise _no_attributes(path, f'what "{wrong}" has is no list of ids')
    return _attribute_rows(path, said, items)


def _attribute_rows(path: Path, said: Mapping[str, list[Any]], items: pl.Series) -> Any:
    pairs = {(i, str(a)) for i, item in enumerate(items) for a in said.get(item, ())}
    if not pairs:
        raise _no_attributes(path, "it says nothing of any item of the sequences")
    column = {name: c for c, name in enumerate(sorted({name for _, name in pairs}))}
    entries = np.array([(i, column[name]) for i, name in sorted(pairs)]).T
    ones = np.ones(len(pairs), np.float32)
    return sparse.csr_array((ones, (entries[0], entries[1])), shape=(len(items), len(column)))


def _no_attributes(path: Path, what: str) -> InvalidRecord:
    return InvalidRecord(
        what,
        where=str(path),
        expected='a JSON object of items and lists, such as {"item": ["red", "wool"]}',
        next_step="write it so, with the items' ids as in the sequences",
    )
