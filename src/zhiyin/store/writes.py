"""How a batch of records becomes rows, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from sqlalchemy import ColumnElement, Connection, Insert, Table, and_, func, or_, select, update

from zhiyin.core.entity import Kind
from zhiyin.store import schema as tables
from zhiyin.store.batches import KINDS
from zhiyin.store.documents import append
from zhiyin.store.engine import execute_rows, insert_in
from zhiyin.store.frames import TIME
from zhiyin.store.kept_consent import with_consent_kept
from zhiyin.store.numbering import Numbering, known_numbers
from zhiyin.store.pseudonymity import hidden
from zhiyin.store.reused_ids import are_reused
from zhiyin.store.tombstones import CONVERSATION, Refusal

RECORD_NAMES: Mapping[Kind, str] = {Kind.ITEM: "items", Kind.POST: "posts", Kind.PERSON: "users"}


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch changed.

    Attributes:
        accepted: name of a kind of record to how many were added or changed, also of entities named for the first time.
        duplicates: rows of the batch that said nothing new.
        refused: rows of the batch about somebody from before that person was forgotten.
        reused: places of the rows of the batch that were left out, since their id is that of another event.

    >>> Written({"events": 2, "users": 1}, duplicates=1).accepted["events"]
    2
    """

    accepted: dict[str, int]
    duplicates: int
    refused: int = 0
    reused: tuple[int, ...] = ()

    def counts(self) -> dict[str, object]:
        """Return how much was accepted, a duplicate, and refused."""
        return {
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class _Name:
    """A field that names an entity: the column its number goes to, and the kind or the field that says it."""

    field: str
    column: str
    kind: Kind | str


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a kind of record is kept; with ``keys`` a row updates the one it equals there, else it only adds."""

    table: Table
    names: tuple[_Name, ...]
    keys: tuple[str, ...] = ()


_USER = _Name("user", "person", Kind.PERSON)
_OTHER = _Name("other", "other", Kind.PERSON)
_ITEM = _Name("item", "item", Kind.ITEM)

_LAYOUTS: Mapping[str, _Layout] = {
    "events": _Layout(tables.events, (_USER, _Name("item", "item", "target"))),
    "items": _Layout(tables.entities, (_Name("id", "number", Kind.ITEM),), ("kind", "number")),
    "users": _Layout(tables.entities, (_Name("id", "number", Kind.PERSON),), ("kind", "number")),
    "ties": _Layout(tables.ties, (_USER, _OTHER), ("person", "other", "kind")),
    "interactions": _Layout(tables.interactions, (_USER, _OTHER, _ITEM)),
    "posts": _Layout(tables.posts, (_USER, _ITEM, _Name("id", "number", Kind.POST)), ("number",)),
    "chats": _Layout(tables.chats, (_USER, _ITEM)),
    "orders": _Layout(tables.orders, (_USER, _ITEM), ("person", "order_id", "item")),
    "facts": _Layout(tables.facts, (_USER, _Name("subject", "subject", "subject_kind"))),
}


def write(connection: Connection, kind: str, batch: pl.DataFrame) -> Written:
    """Store a checked batch.

    Args:
        connection: inside a writing transaction.
        kind: the name of the kind of record.
        batch: what ``batches.checked`` returned.
    """
    if kind == "documents":
        new = append(connection, batch)
        return Written({kind: new} if new else {}, batch.height - new)
    layout = _LAYOUTS[kind]
    numbering = Numbering(connection)
    is_old = _are_old(connection, layout, batch)
    is_reused = are_reused(connection, kind, batch) & ~is_old
    n_refused, reused = int(is_old.sum()), tuple(is_reused.arg_true())
    rows = kept = batch.filter(~(is_old | is_reused)) if n_refused or reused else batch
    if rows.is_empty():
        return Written({}, 0, n_refused, reused)
    if layout.table is tables.entities:
        own = Kind.ITEM if kind == "items" else Kind.PERSON
        rows = rows.with_columns(
            key=pl.Series(hidden(connection, own, rows["id"].to_list()), dtype=pl.String),
            kind=pl.lit(int(own)),
            revision=pl.lit(numbering.revision),
        )
    elif kind == "posts":
        rows = rows.with_columns(revision=pl.lit(numbering.revision))
    for name in layout.names:
        rows = _numbered(rows, name, numbering, stored=layout.table is not tables.entities)
    if kind == "users":
        rows = with_consent_kept(connection, rows)
    rows = _columns(rows, layout.table)
    statement = _statement(connection.dialect.name, kind, tuple(rows.columns))
    changed = execute_rows(connection, statement, rows, layout.keys)
    if changed and layout.table is tables.entities:
        numbering.touch()
    if changed and kind == "posts":
        _mark_posts(connection, numbering)
    numbering.save()
    accepted = {RECORD_NAMES[k]: n for k, n in numbering.created.items() if n}
    accepted[kind] = changed
    said = {name: n for name, n in accepted.items() if n}
    return Written(said, kept.height - changed, n_refused, reused)


def _are_old(connection: Connection, layout: _Layout, rows: pl.DataFrame) -> pl.Series:
    """Return (n,) Boolean, which rows name somebody from before it was forgotten."""
    refusal = Refusal(connection)
    is_old = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
    if not refusal or rows.is_empty():
        return is_old
    for name in layout.names:
        for kind in (Kind.PERSON, Kind.POST):
            if name.kind == Kind.ITEM or (isinstance(name.kind, Kind) and name.kind != kind):
                continue
            of_kind = rows
            if isinstance(name.kind, str):
                is_it = pl.col(name.kind).replace_strict(KINDS, return_dtype=pl.Int64) == int(kind)
                of_kind = rows.with_columns(pl.when(is_it).then(pl.col(name.field)))
            is_dated = kind == Kind.PERSON or name.field == "id"
            known = known_numbers(connection, kind, of_kind[name.field].drop_nulls().unique())
            is_old |= refusal.is_old(of_kind, name.field, kind, known, is_dated=is_dated)
    if "conversation" in rows.columns:
        of_shop = rows.with_columns(pl.when(pl.col("user").is_null()).then("conversation"))
        is_old |= refusal.is_old(of_shop, "conversation", CONVERSATION, ())
    if "source" in rows.columns:
        is_old |= refusal.quotes(rows)
    return is_old


def _numbered(
    rows: pl.DataFrame, name: _Name, numbering: Numbering, *, stored: bool
) -> pl.DataFrame:
    """Put the numbers of the entities that a field names in the column they go to."""
    keys = rows[name.field]
    if isinstance(name.kind, Kind):
        return _with(rows, numbering.give(name.kind, keys, stored=stored).alias(name.column))
    # The kind may differ from row to row, so keys are looked up by kind.
    said = rows[name.kind].to_list()
    kinds = np.array([int(KINDS[text]) for text in said], np.int64)
    found = np.empty(rows.height, np.int64)
    for text in dict.fromkeys(said):
        of_kind = np.flatnonzero(kinds == int(KINDS[text]))
        own = keys if of_kind.size == rows.height else keys.gather(of_kind)
        found[of_kind] = numbering.give(KINDS[text], own, stored=stored).to_numpy()
    return _with(rows, pl.Series(name.column, found), pl.Series("kind", kinds))


def _columns(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return only what the table keeps, times as int64 microseconds."""
    for name, dtype in rows.schema.items():
        if dtype == TIME:
            rows = _with(rows, rows[name].cast(pl.Int64).alias(f"{name}_us"))
    return rows[[name for name in rows.columns if name in table.columns]]


def _with(rows: pl.DataFrame, *columns: pl.Series) -> pl.DataFrame:
    """Return rows with columns that are new or in the place of others.

    Putting an expression to Polars' threads would take longer than this for few rows, and others wait for the turn.
    """
    known = {column.name: column for column in (*rows.get_columns(), *columns)}
    return pl.DataFrame(list(known.values()))


@lru_cache(64)
def _statement(dialect: str, kind: str, columns: tuple[str, ...]) -> Insert:
    layout = _LAYOUTS[kind]
    new = insert_in(dialect, layout.table).inline()
    if not layout.keys:
        return new.on_conflict_do_nothing()
    old, said = layout.table.c, new.excluded
    fields = [n for n in columns if n not in (*layout.keys, "key", "revision")]
    values: dict[str, ColumnElement[object]] = {
        name: func.coalesce(said[name], old[name]) for name in fields
    }
    differs = or_(*(and_(said[n].is_not(None), said[n].is_distinct_from(old[n])) for n in fields))
    if "revision" in columns:
        values["revision"] = said["revision"]
    return new.on_conflict_do_update(index_elements=layout.keys, set_=values, where=differs)


def _mark_posts(connection: Connection, numbering: Numbering) -> None:
    """Give the entities of the posts that changed the revision the posts have."""
    numbering.touch()
    changed = select(tables.posts.c.number).where(tables.posts.c.revision == numbering.revision)
    entities = tables.entities.c
    connection.execute(
        update(tables.entities)
        .where(entities.kind == int(Kind.POST), entities.number.in_(changed))
        .values(revision=numbering.revision)
    )
