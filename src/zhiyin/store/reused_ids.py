"""Ids of events that are given to other events: told, since what comes under them would be lost without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl
from sqlalchemy import Connection, Select, Text, bindparam, select

from zhiyin.core.entity import Kind
from zhiyin.store.batches import KINDS
from zhiyin.store.engine import listed, listing
from zhiyin.store.numbering import known_keys
from zhiyin.store.schema import METADATA
from zhiyin.store.statements import ask

_SAID: Mapping[str, Mapping[str, str]] = {
    "events": {"user": "person", "target": "kind", "item": "item", "type": "type"},
    "interactions": {"user": "person", "other": "other", "item": "item", "type": "type"},
}
"""Of each kind of record what an id stands for, and the columns that hold it; value and time may differ when it is sent again."""
_NUMBERED = frozenset({"user", "other", "item", "target"})
_KIND_NAMES = {int(kind): name for name, kind in KINDS.items()}


def are_reused(connection: Connection, kind: str, rows: pl.DataFrame) -> pl.Series:
    """Return (n,) Boolean, which rows have the id of something else, stored before or earlier among them.

    Args:
        connection: inside the writing transaction.
        kind: the name of a kind of record; of those without ids that can be given, none are.
        rows: (n, fields) what ``batches.checked`` returned.
    Complexity: one look-up for each id.
    """
    nothing = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
    if kind not in _SAID:
        return nothing
    ids = rows["event_id"].to_list()
    dialect = connection.dialect.name
    found = ask(connection, _stored(dialect, kind), ids=listed(dialect, ids))
    if not found and len(set(ids)) == len(ids):
        return nothing
    said = rows.select("event_id", *_SAID[kind])
    first = pl.concat([_shown(connection, kind, found, said.schema), said])
    first = first.unique("event_id", keep="first", maintain_order=True)
    both = said.join(first, on="event_id", how="left", maintain_order="left", suffix=" before")
    differs = [pl.col(name).ne_missing(pl.col(f"{name} before")) for name in _SAID[kind]]
    return both.select(pl.any_horizontal(differs).alias("reused"))["reused"]


@cache
def _stored(dialect: str, kind: str) -> Select[tuple[object, ...]]:
    # Asked from the list outwards, as numbers of ids are.
    c, told = METADATA.tables[kind].c, listing(dialect, Text(), bindparam("ids"))
    columns = [c[name] for name in _SAID[kind].values()]
    return select(c.event_id, *columns).join_from(told, c.event_id.table, c.event_id == told.c.value)  # fmt: skip


def _shown(
    connection: Connection, kind: str, found: Sequence[Sequence[object]], schema: pl.Schema
) -> pl.DataFrame:
    """Return stored rows with ids in the place of numbers."""
    numbered = {name: pl.Int64() if name in _NUMBERED else dtype for name, dtype in schema.items()}
    rows = pl.DataFrame(found, numbered, orient="row")
    if "target" not in rows.columns:
        rows = rows.with_columns(target=pl.lit(int(Kind.ITEM), pl.Int64))
    people = pl.repeat(int(Kind.PERSON), rows.height, dtype=pl.Int64, eager=True)
    kinds = {"user": people, "other": people, "item": rows["target"]}
    told = [
        _keys(connection, of, rows[name]).alias(name)
        for name, of in kinds.items()
        if name in rows.columns
    ]
    told.append(rows["target"].replace_strict(_KIND_NAMES, return_dtype=pl.String))
    return rows.with_columns(told).select(list(schema)).cast(schema)


def _keys(connection: Connection, kinds: pl.Series, numbers: pl.Series) -> pl.Series:
    """Return the ids of (n,) entities of different kinds, null where the number is."""
    keys = pl.repeat(None, len(numbers), dtype=pl.String, eager=True)
    for kind in kinds.unique():
        is_it = kinds == kind
        own = numbers.filter(is_it & numbers.is_not_null())
        known = known_keys(connection, Kind(kind), own.unique())
        named = numbers.replace_strict(known, default=None, return_dtype=pl.String)
        keys = pl.select(pl.when(is_it).then(named).otherwise(keys)).to_series()
    return keys
