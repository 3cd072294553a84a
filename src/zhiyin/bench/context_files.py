"""A table of who took what in which situation, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.column_names import NAMES, is_data, plain
from zhiyin.ingest.reading.readers import read

_OUTCOMES = frozenset(("cnt", "count", "counts", "frequency", "clicks", "label", "target"))
_ABSENT = ("", "unknown", "none", "nan", "null", "n/a", "未知")
_MOST = 1000
"""A column of more values than these names things, it does not describe situations."""


@dataclass(frozen=True, slots=True, eq=False)
class Situations:
    """Rows of a person, an item and a situation.

    Attributes:
        events: (e,) who took what; strengths are 1 and times unknown.
        situations: (e,) of each the features that are known, ``name=value``.
        codes: (e, f) int64, the same as numbers of values, -1 where not known.
        n_people: in the file.
        n_items: in the file.
        columns: those that describe situations.
        left_out: other columns, and why.
        rejected: rows that could not be read.
    """

    events: Interactions
    situations: list[tuple[str, ...]]
    codes: NDArray[np.int64]
    n_people: int
    n_items: int
    columns: tuple[str, ...]
    left_out: dict[str, str]
    rejected: int

    def shuffled(self, rng: np.random.Generator) -> Situations:
        """Return the same rows with the situations dealt to them at random."""
        order = rng.permutation(len(self.situations))
        dealt = [self.situations[row] for row in order]
        return replace(self, situations=dealt, codes=self.codes[order])


def read_situations(path: Path) -> Situations:
    """Read a table with a column of people, one of items, and further ones of situations.

    A column says nothing of situations when it counts or rates, when it is a time or an id, or when each item has only one
    value in it: then it describes items, and would give away which one is asked for.

    Raises:
        InvalidRecord: the file cannot be read, or has no column of people, of items or of situations.
    """
    chunks = list(read(path))
    frame = pl.concat([chunk.rows.cast(pl.String) for chunk in chunks], how="diagonal")
    user, item = (_column(path, frame.columns, field) for field in ("user", "item"))
    whole = frame.filter(pl.col(user).is_not_null() & pl.col(item).is_not_null())
    others = [name for name in whole.columns if name not in (user, item)]
    left_out = {name: why for name in others if (why := _refused(whole, item, name))}
    columns = tuple(name for name in others if name not in left_out)
    if not (columns and whole.height):
        raise InvalidRecord(
            "no column of it describes situations" if whole.height else "no row can be taken",
            where=str(path),
            expected="columns such as weather or weekday beside those of people and items",
            next_step="add them; no column may follow from the item alone",
        )
    person, thing = (_numbers(whole[name]) for name in (user, item))
    ones = np.ones(whole.height, np.float32)
    events = Interactions(person, thing, ones, np.full(whole.height, NO_TIME))
    rejected = sum(len(chunk.rejected) for chunk in chunks) + frame.height - whole.height
    sizes = int(person.max()) + 1, int(thing.max()) + 1
    named, codes = _told(whole.select(columns))
    return Situations(events, named, codes, *sizes, columns, left_out, rejected)


def _column(path: Path, names: Sequence[str], field: str) -> str:
    known = NAMES["events"][field].split()
    found = [] if is_data(names) else [name for name in names if plain(name) in known]
    if not found:
        raise InvalidRecord(
            f"it has no column of {'people' if field == 'user' else 'items'}",
            where=str(path),
            expected=f"a header line with a column such as {known[0]}",
            next_step="give the column such a name",
        )
    return found[0]


def _refused(frame: pl.DataFrame, item: str, name: str) -> str:
    """Return why a column does not describe situations, empty when it does."""
    own = [field for field, names in NAMES["events"].items() if plain(name) in names.split()]
    if plain(name) in _OUTCOMES or own:
        return "it tells how often or how well, when, or which"
    values = _known(frame[name])
    if values.n_unique() > _MOST:
        return f"it has more than {_MOST} values"
    by_item = frame.select(item, value=values).drop_nulls().group_by(item)
    several = by_item.agg(pl.len(), pl.col("value").n_unique()).filter(pl.col("len") > 1)
    if several.height and several["value"].max() == 1:
        return "it follows from the item"
    return ""


def _known(column: pl.Series) -> pl.Series:
    text = column.str.strip_chars().str.to_lowercase()
    return text.set(text.is_in(_ABSENT), None)


def _told(frame: pl.DataFrame) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """Return the features and the codes of situations."""
    told = [f"{name}=" + _known(frame[name]) for name in frame.columns]
    named = zip(*(column.to_list() for column in told), strict=True)
    codes = np.stack([_numbers(column) for column in told], axis=1)
    return [tuple(value for value in row if value) for row in named], codes


def _numbers(column: pl.Series) -> NDArray[np.int64]:
    """Return the number of each value in the order in which they come, -1 where there is none."""
    ids = column.drop_nulls().unique(maintain_order=True)
    numbers = column.cast(pl.Enum(ids)).to_physical().cast(pl.Int64)
    return numbers.fill_null(-1).to_numpy()
