"""A dump of Gorse, the recommender: users, items and feedback as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from zhiyin.core.feedback_id import feedback_id
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.column_names import plain
from zhiyin.ingest.data_set import files, given, not_the_data, peeked
from zhiyin.store.frames import json_text

_DATA = "Gorse's users.jsonl, items.jsonl and feedback.jsonl, or their folder"
_NAMES = ("items.jsonl", "users.jsonl", "feedback.jsonl")
_ORDER = ("items", "users", "events")
_UNSET_YEAR = "0001-"


class Gorse:
    """Reads Gorse's items, users and feedback: a folder with the three files, or files told apart by their columns.

    Items keep their first category, their comment as the title and their labels as attributes; a hidden item is out of
    stock. Labels of users become attributes, and feedback becomes events of its type, one for each type, user and item.
    """

    name = "gorse"

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read items, users and feedback."""
        tables = []
        for path in given(paths, _DATA):
            for file in files(path, _NAMES, _DATA) if path.is_dir() else [path]:
                names, chunks = peeked(file)
                tables.append((_kind(file, set(map(plain, names))), file, chunks))
        tables.sort(key=lambda table: _ORDER.index(table[0]))
        for place, (kind, file, chunks) in enumerate(tables):
            for chunk in chunks:
                rows = _ROWS[kind](_Table(chunk.rows))
                done = (place + chunk.done) / len(tables)
                yield Batch(kind, rows, chunk.lines, file.name, chunk.rejected, done, chunk.notes)


def _kind(path: Path, names: set[str]) -> str:
    """Return what a file holds."""
    if {"user_id", "item_id"} <= names:
        return "events"
    if "item_id" in names:
        return "items"
    if "user_id" in names:
        return "users"
    raise not_the_data(path, "no column UserId or ItemId", _DATA)


class _Table:
    """Rows of a file, whose columns are named in one spelling and are null where the file lacks them."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._columns = {plain(column.name): column.cast(pl.String) for column in rows}
        self._absent = pl.repeat(None, rows.height, dtype=pl.String, eager=True)

    def __getitem__(self, name: str) -> pl.Series:
        return self._columns.get(name, self._absent)

    def time(self) -> pl.Series:
        """Return the times, null where Go's zero time stands for none."""
        said = self["timestamp"]
        return said.set(said.str.starts_with(_UNSET_YEAR), None)

    def attributes(self, *more: str) -> pl.Series:
        """Return the labels and some more columns, as JSON objects."""
        columns = [self["labels"], *map(self.__getitem__, more)]
        texts = [
            _attributes(labels, dict(zip(more, said, strict=True)))
            for labels, *said in zip(*columns, strict=True)
        ]
        return pl.Series(texts, dtype=pl.String)


def _attributes(labels: str | None, more: dict[str, str | None]) -> str:
    value = _value(labels)
    told = value if isinstance(value, dict) else {"labels": value}
    told = {name: _value(said) for name, said in more.items()} | told
    return json_text({name: said for name, said in told.items() if said not in (None, "", [])})


def _value(said: str | None) -> Any:
    try:
        return json.loads(said) if said and said[0] in "[{" else said
    except ValueError:
        return said


def _items(table: _Table) -> pl.DataFrame:
    categories = [_value(said) for said in table["categories"]]
    firsts = [said[0] if isinstance(said, list) and said else said or None for said in categories]
    hidden = table["is_hidden"].str.to_lowercase().is_in(["true", "1"])
    return pl.DataFrame(
        {
            "id": table["item_id"],
            "title": table["comment"],
            "category": pl.Series(firsts, dtype=pl.String, strict=False),
            "stock": hidden.replace_strict({True: 0}, default=None, return_dtype=pl.Int64),
            "created": table.time(),
            "attributes": table.attributes("categories"),
        }
    )


def _users(table: _Table) -> pl.DataFrame:
    return pl.DataFrame({"id": table["user_id"], "attributes": table.attributes("comment")})


def _feedback(table: _Table) -> pl.DataFrame:
    told = zip(table["feedback_type"], table["user_id"], table["item_id"], strict=True)
    ids = [feedback_id(*one) if None not in one else None for one in told]
    return pl.DataFrame(
        {
            "event_id": pl.Series(ids, dtype=pl.String),
            "user": table["user_id"],
            "item": table["item_id"],
            "type": table["feedback_type"],
            "value": table["value"],
            "time": table.time(),
        }
    )


_ROWS = {"items": _items, "users": _users, "events": _feedback}
