"""What a shop has stored, read once and kept small enough to look at as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.core.times import from_us
from zhiyin.ingest.doctor.finding import MOST_EXAMPLES, Examples

TEXT_CHARACTERS = 1_000
"""How much of a post's text is looked at."""

_NOT_A_WORD = r"[^\p{L}\p{N}]+"

Keys = Callable[[Kind, Sequence[int]], list[str]]


@dataclass(frozen=True, eq=False)
class ShopData:
    """The stored records, with entities as numbers; 23 bytes an event.

    Attributes:
        events: person, item (both Int32), kind, type (a place in ``types``), value (Float32), time_us; in the order
            they came.
        types: the types of events.
        items: all items by number: title, category, brand, price_minor, currency, stock, has_title, has_description,
            is_title_made, is_described.
        people_described: (n_people,) bool, whether more than the id of a person is known.
        posts: number, person, item, kind, text, title, rating, time_us.
        ties: person, other, kind.
        interactions: person, other, item.
        chat_items: (c,) int64 items that turns of conversations name.
        facts: kind, subject, facts (how many), name and value of one of them.
        n_people: how many numbers people have.
        n_items: how many numbers items have.
        n_posts: how many numbers posts have.
        keys: the shop's ids of entities.
        now_us: as of when.
    """

    events: pl.DataFrame
    types: tuple[str, ...]
    items: pl.DataFrame
    people_described: NDArray[np.bool_]
    posts: pl.DataFrame
    ties: pl.DataFrame
    interactions: pl.DataFrame
    chat_items: NDArray[np.int64]
    facts: pl.DataFrame
    n_people: int
    n_items: int
    n_posts: int
    keys: Keys
    now_us: int

    @cached_property
    def item_events(self) -> pl.DataFrame:
        """The events whose target is an item."""
        is_item = self.events["kind"] == int(Kind.ITEM)
        return self.events if is_item.all() else self.events.filter(is_item)

    @cached_property
    def events_of_person(self) -> NDArray[np.int64]:
        """(n_people,) int64 events of each person."""
        return np.bincount(self.events["person"].to_numpy(), minlength=self.n_people)

    @cached_property
    def events_of_item(self) -> NDArray[np.int64]:
        """(n_items,) int64 events on each item."""
        return np.bincount(self.item_events["item"].to_numpy(), minlength=self.n_items)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """(p,) person, item and number of events of each pair of a person and an item that has any."""
        events = self.item_events
        wide = events["person"].to_numpy().astype(np.int64)
        wide *= max(self.n_items, 1)
        wide += events["item"].to_numpy()
        pair, count = np.unique(wide, return_counts=True)
        person, item = np.divmod(pair, max(self.n_items, 1))
        return person, item, count

    @cached_property
    def times_us(self) -> NDArray[np.int64]:
        """(t,) int64 the known times of events, in the order the events came."""
        return self.events["time_us"].drop_nulls().to_numpy()

    def is_type(self, *names: str) -> pl.Expr:
        """Return whether an event is of one of some types."""
        return pl.col("type").is_in(
            [place for place, name in enumerate(self.types) if name in names]
        )

    def examples(self, rows: pl.DataFrame) -> Examples:
        """Return the first rows in the shop's own words.

        Args:
            rows: columns person, other, item, post (numbers), type (a place in ``types``) and time_us are put in words,
                items get their title; others stay.
        """
        return list(self._told(rows.head(MOST_EXAMPLES)))

    def _told(self, rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
        for row in rows.iter_rows(named=True):
            told: dict[str, Any] = {}
            for name, value in row.items():
                if value is None:
                    continue
                if name in _ENTITIES:
                    told[name] = self.keys(_ENTITIES[name], [value])[0]
                elif name == "type" and isinstance(value, int):
                    told[name] = self.types[value]
                elif name == "time_us":
                    told["time"] = when(value)
                elif isinstance(value, float):
                    told[name] = round(value, 4) if isfinite(value) else str(value)
                else:
                    told[name] = value
            if "item" in row and row["item"] is not None and "title" not in row:
                title = self.items["title"][row["item"]]
                told |= {} if title is None else {"title": title}
            yield told


_ENTITIES = {"person": Kind.PERSON, "other": Kind.PERSON, "item": Kind.ITEM, "post": Kind.POST}


def words(column: str) -> pl.Expr:
    """Return a column's texts in small letters, with one space for whatever is neither letter nor digit.

    >>> pl.select(title=pl.lit(" Tea-Cup, red!")).select(words("title")).item()
    'tea cup red'
    """
    return pl.col(column).str.to_lowercase().str.replace_all(_NOT_A_WORD, " ").str.strip_chars()


def when(time_us: int) -> str:
    """Return a time for people to read, in UTC.

    >>> when(0)
    '1970-01-01 00:00:00'
    """
    try:
        moment = from_us(time_us)
    except OverflowError:
        return f"{time_us:,} microseconds from 1970"
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def marked(size: int, *numbers: pl.Series | NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return (size,) bool, true at the numbers that any of some arrays names."""
    marks = np.zeros(size, bool)
    for named in numbers:
        marks[named.drop_nulls().to_numpy() if isinstance(named, pl.Series) else named] = True
    return marks
