"""The store's records with the shop's own ids, as files that can be read and imported anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    func,
    select,
)

from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.core.records import RECORDS
from zhiyin.errors import UnknownPart, nearest
from zhiyin.privacy.pseudonyms import Pseudonyms
from zhiyin.store import schema as tables
from zhiyin.store.attribution import labelled
from zhiyin.store.batches import KINDS
from zhiyin.store.documents import stands
from zhiyin.store.engine import Database
from zhiyin.store.frames import TIME, mappings, schema
from zhiyin.store.numbering import known_keys
from zhiyin.store.pseudonymity import shown_people, spoken
from zhiyin.store.streams import streamed
from zhiyin.store.table_file import Form, json_lines, write_table
from zhiyin.store.whole_file import refuse_existing

EXPORTS = (*RECORDS, "impressions", "labelled", "rules", "searches", "returns", "turns")
"""What can be exported: every kind of record, the pages shown, these joined with what was done, the operator's rules
as they were added, changed and removed, what was searched for, what is sent back, and what was said with service."""

_LINES_AT_ONCE = 1000
_TABLES: Mapping[str, Table] = {
    "items": tables.entities,
    "users": tables.entities,
    "labelled": tables.impressions,
}
_USER, _OTHER, _ITEM = ("person", Kind.PERSON), ("other", Kind.PERSON), ("item", Kind.ITEM)
_NAMES: Mapping[str, Mapping[str, tuple[str, Kind | None]]] = {
    "events": {"user": _USER, "item": ("item", None)},
    "ties": {"user": _USER, "other": _OTHER},
    "interactions": {"user": _USER, "other": _OTHER, "item": _ITEM},
    "posts": {"id": ("number", Kind.POST), "user": _USER, "item": _ITEM},
    "chats": {"user": _USER, "item": _ITEM},
    "facts": {"user": _USER, "subject": ("subject", None)},
    "searches": {"user": _USER},
    "orders": {"user": _USER, "item": _ITEM},
    "returns": {"user": _USER, "item": _ITEM},
    "turns": {"user": _USER},
}
"""Fields that name an entity: the column of its number, and its kind; None where the row's own kind says it."""
_CODES = {int(kind): name for name, kind in KINDS.items()}
_COLUMNS: Mapping[str, str] = {
    "id": "key", "time": "time_us", "created": "created_us", "expires": "expires_us", "target": "kind",
    "subject_kind": "kind", "valid_from": "valid_from_us", "valid_to": "valid_to_us",
    "paid": "paid_us", "shipped": "shipped_us", "delivered": "delivered_us", "number": "id",
}  # fmt: skip
"""Fields that the tables call otherwise."""
_OWN_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {"id": "document"},
    "turns": {"number": "number"},
}
"""And those that one table calls otherwise than the rest."""
_COMMON = {
    "impression": pl.Int64(), "request_id": pl.String(), "user": pl.String(),
    "surface": pl.String(), "time": TIME,
}  # fmt: skip
_SAID = {"arms": pl.String(), "context": pl.String()}
_JSON = frozenset({*_SAID, "feature_names"})
_OUTCOME = pl.Struct({"type": pl.String, "value": pl.Float64, "time": TIME})
_SCHEMAS: Mapping[str, pl.Schema] = {
    "impressions": pl.Schema(
        {
            **_COMMON, "items": pl.List(pl.String), "scores": pl.List(pl.Float64),
            "propensities": pl.List(pl.Float64), **_SAID,
        }
    ),
    "labelled": pl.Schema(
        {
            **_COMMON, "position": pl.Int64(), "item": pl.String(), "score": pl.Float64(),
            "propensity": pl.Float64(), **_SAID, "outcomes": pl.List(_OUTCOME),
            "feature_names": pl.String(), "features": pl.List(pl.Float32),
        }
    ),
    "rules": pl.Schema(
        {
            "rule": pl.String(), "act": pl.String(), "set_by": pl.String(), "time": TIME, "kind": pl.String(),
            "where": pl.String(), "surfaces": pl.List(pl.String), "place": pl.Int64(), "strength": pl.Float64(),
            "share": pl.Float64(), "valid_from": TIME, "valid_until": TIME, "note": pl.String(),
            "query": pl.String(),
        }
    ),
    "searches": pl.Schema(
        {
            "request_id": pl.String(), "user": pl.String(), "text": pl.String(), "n_found": pl.Int64(),
            "time": TIME,
        }
    ),
    "returns": pl.Schema(
        {
            "number": pl.Int64(), "user": pl.String(), "order_id": pl.String(), "item": pl.String(),
            "reason": pl.String(), "status": pl.String(), "time": TIME,
        }
    ),
    "turns": pl.Schema(
        {
            "conversation": pl.String(), "number": pl.Int64(), "user": pl.String(), "role": pl.String(),
            "text": pl.String(), "told": pl.String(), "time": TIME,
        }
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written of a kind: how many rows, into which files; none where there are no rows.

    >>> Exported(0, ()).files
    ()
    """

    rows: int
    files: tuple[str, ...]


def export(
    database: Database,
    folder: Path,
    form: Form = "parquet",
    only: Sequence[str] = (),
    *,
    replaces: bool = False,
    progress: Progress = untold,
) -> dict[str, Exported]:
    """Write kinds of records as they are at one moment, a file for each kind that has rows.

    The columns are those of ``frames.schema``, so a file can be imported as a table of its kind.

    Args:
        database: where they are.
        folder: where to; made where there is none.
        form: of the files.
        only: some of ``EXPORTS``; all when empty.
        replaces: whether files of these names may be replaced.
        progress: told after each chunk.
    Returns: kind to what was written.
    Raises:
        UnknownPart: nothing is called as `only` says.
        Conflict: there is such a file; nothing was written.
    Complexity: O(rows) time; memory for one chunk.
    """
    kinds = [kind for kind in EXPORTS if kind in only or not only]
    for kind in set(only) - set(kinds):
        raise _unknown(kind)
    paths = {kind: folder / f"{kind}.{form}" for kind in kinds}
    refuse_existing(paths.values(), replaces=replaces)
    folder.mkdir(parents=True, exist_ok=True)
    with database.frozen() as connection:
        counts = {kind: _count(connection, kind) for kind in kinds}
        tally = _Tally(progress, sum(counts.values()))
        exported = {}
        for kind, path in paths.items():
            if not counts[kind]:
                path.unlink(missing_ok=True)  # what an earlier export wrote is no longer so
                exported[kind] = Exported(0, ())
                continue
            frames = tally.counted(_frames(connection, kind))
            write_table(path, form, frames, _columns(kind), _objects(kind))
            exported[kind] = Exported(tally.rows, (path.name,))
        progress(1.0, sum(made.rows for made in exported.values()))
    return exported


def export_lines(database: Database, kind: str) -> Iterator[str]:
    """Return an iterator over a kind of records as `export` writes them to JSON lines, up to 1,000 lines at once.

    The records are those of the moment at which the first are asked for; until the iterator is closed it holds a
    connection.

    Raises:
        UnknownPart: nothing is called so.
    Complexity: O(rows) time; memory for one chunk.
    """
    if kind not in EXPORTS:
        raise _unknown(kind)
    return _lines(database, kind)


def _lines(database: Database, kind: str) -> Iterator[str]:
    with database.frozen() as connection:
        for frame in _frames(connection, kind):
            for rows in frame.iter_slices(_LINES_AT_ONCE):
                yield json_lines(rows, _objects(kind))


def _unknown(kind: str) -> UnknownPart:
    return UnknownPart(f'no export is called "{kind}"', expected=nearest(kind, EXPORTS))


class _Tally:
    """Counts rows on their way, and tells how far the work is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._done = 0
        self.rows = 0

    def counted(self, frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        self.rows = 0
        for frame in frames:
            self.rows += frame.height
            is_by_item = "position" in frame.columns
            self._done += frame["impression"].n_unique() if is_by_item else frame.height
            self._progress(min(self._done / self._total, 1.0), self._done)
            yield frame


def _columns(kind: str) -> pl.Schema:
    return _SCHEMAS[kind] if kind in _SCHEMAS else schema(kind)


def _objects(kind: str) -> frozenset[str]:
    return frozenset(_SCHEMAS[kind]) & _JSON if kind in _SCHEMAS else mappings(kind)


def _table(kind: str) -> Table:
    return _TABLES[kind] if kind in _TABLES else tables.METADATA.tables[kind]


def _count(connection: Connection, kind: str) -> int:
    asked = select(func.count()).select_from(_table(kind))
    return int(connection.execute(_of_kind(asked, kind)).scalar_one())


def _of_kind(question: Select[Any], kind: str) -> Select[Any]:
    if kind == "documents":
        return question.where(stands())
    wanted = {"items": Kind.ITEM, "users": Kind.PERSON}.get(kind)
    if wanted is None:
        return question
    c, gone = tables.entities.c, tables.tombstones.c
    forgotten = exists().where(gone.kind == c.kind, gone.number == c.number)
    return question.where(c.kind == int(wanted), ~forgotten)


def _frames(connection: Connection, kind: str) -> Iterator[pl.DataFrame]:
    if kind == "labelled":
        return (_named_labels(connection, rows) for rows in labelled(connection))
    if kind == "impressions":
        table = tables.impressions
        told = [c for c in table.c if c.name not in ("id", "feature_names", "features")]
        pages = streamed(
            connection,
            select(table.c.id.label("impression"), *told).order_by(table.c.id),
            chunk_rows=10_000,
        )
        return (_named_pages(connection, rows) for rows in pages)
    if kind == "rules":
        asked = select(tables.rules).order_by(tables.rules.c.id)
        return (_renamed_rules(rows) for rows in streamed(connection, asked))
    said = spoken(connection)
    return (_typed(kind, rows, said) for rows in streamed(connection, _question(kind)))


def _question(kind: str) -> Select[Any]:
    """Return the select of a kind of record, with ids in the place of numbers."""
    table = _table(kind)
    source: FromClause = table
    chosen: list[ColumnElement[Any]] = []
    names = _NAMES.get(kind, {})
    for field in _columns(kind):
        if field in names:
            column, of = names[field]
            named = tables.entities.alias(field)
            is_kind = named.c.kind == (table.c.kind if of is None else int(of))
            is_it = and_(is_kind, named.c.number == table.c[column])
            source = source.outerjoin(named, is_it)
            chosen.append(named.c.key.label(field))
        else:
            called = {**_COLUMNS, **_OWN_COLUMNS.get(kind, {})}
            chosen.append(table.c[called.get(field, field)].label(field))
    rows = select(*chosen).select_from(source).order_by(*table.primary_key.columns)
    return _of_kind(rows, kind)


def _typed(kind: str, rows: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    rows = _shown(kind, rows, pseudonyms)
    codes = [
        pl.col(name).replace_strict(_CODES, return_dtype=pl.String)
        for name in ("target", "subject_kind")
        if name in rows.columns
    ]
    return rows.with_columns(codes).cast(_columns(kind))


def _shown(kind: str, rows: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """Return rows with the shop's own ids of people."""
    named = _NAMES.get(kind, {"id": ("number", Kind.PERSON)} if kind == "users" else {})
    people = [field for field, (_, of) in named.items() if of == Kind.PERSON]
    rows = shown_people(pseudonyms, rows, *people)
    for field, code in (("item", "target"), ("subject", "subject_kind")):
        if code in rows.columns:
            is_person = pl.col(code) == int(Kind.PERSON)
            theirs = shown_people(pseudonyms, rows.select(pl.when(is_person).then(field)), field)
            rows = rows.with_columns(pl.when(is_person).then(theirs[field]).otherwise(field).alias(field))  # fmt: skip
    return rows


def _named_pages(connection: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    items = [json.loads(text) for text in rows["items"]]
    keys = _keys(
        connection, Kind.ITEM, pl.Series([n for page in items for n in page], dtype=pl.Int64)
    )
    return _named(connection, rows).select(
        *_COMMON,
        pl.Series("items", [[keys.get(n) for n in page] for page in items], pl.List(pl.String)),
        _numbers(rows["scores"]),
        _numbers(rows["propensities"]),
        *_SAID,
    )


def _renamed_rules(rows: pl.DataFrame) -> pl.DataFrame:
    named = {
        "items": "where",
        "time_us": "time",
        "from_us": "valid_from",
        "until_us": "valid_until",
    }
    read = rows.rename(named).with_columns(pl.col("surfaces").str.json_decode(pl.List(pl.String)))
    return read.select(_SCHEMAS["rules"].names()).cast(_SCHEMAS["rules"])


def _named_labels(connection: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    keys = _keys(connection, Kind.ITEM, rows["item"])
    done = pl.element().struct
    outcome = pl.struct(
        done.field("type"), done.field("value"), done.field("time_us").cast(TIME).alias("time")
    )
    return _named(connection, rows).select(
        *_COMMON,
        "position",
        pl.col("item").replace_strict(keys, default=None, return_dtype=pl.String),
        "score",
        "propensity",
        *_SAID,
        pl.col("outcomes").list.eval(outcome),
        pl.col("feature_names").cast(pl.String),
        "features",
    )


def _named(connection: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    keys = _keys(connection, Kind.PERSON, rows["person"])
    user = pl.col("person").replace_strict(keys, default=None, return_dtype=pl.String)
    return rows.with_columns(user=user, time=pl.col("time_us").cast(TIME))


def _keys(connection: Connection, kind: Kind, numbers: pl.Series) -> dict[int, str]:
    return known_keys(connection, kind, numbers.drop_nulls().unique())


def _numbers(lists: pl.Series) -> pl.Series:
    """Return lists of numbers from their JSON text."""
    read = [None if text is None else [float(n) for n in json.loads(text)] for text in lists]
    return pl.Series(lists.name, read, pl.List(pl.Float64))
