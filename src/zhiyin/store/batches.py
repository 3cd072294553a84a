"""Check a batch against its noun before it may touch the database."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from functools import cache

import polars as pl
from polars.exceptions import PolarsError

from zhiyin.core.entity import Kind
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms
from zhiyin.store.frames import defaults, mappings, required, schema
from zhiyin.store.identity import content_ids, event_ids
from zhiyin.store.made_ids import covered, covered_events
from zhiyin.store.occurrences import Occurrences

KINDS: Mapping[str, Kind] = {kind.name.lower(): kind for kind in Kind}
_KIND_FIELDS = ("target", "subject_kind")
_NAMES = ("user", "other", "item", "subject", "id", "order_id")
INDEXED = (*_NAMES, "event_id", "request_id", "kind")
LONGEST_INDEXED_BYTES = 1_000
"""Databases bound what one entry of an index holds, PostgreSQL to 2,704 bytes."""
_NOT_CONTENT = ("confidence", "time", "expires")

_A_TEXT = f"a text without NUL, an id of at most {LONGEST_INDEXED_BYTES:,} bytes"


def checked(kind: str, batch: pl.DataFrame, pseudonyms: Pseudonyms = PLAIN) -> pl.DataFrame:
    """Return the batch with every column of its noun, in the noun's types, with ids where they were missing.

    Ids that are made say nothing of whom the row names to who has no key of the pseudonyms.
    What is not told is null: NaN, an empty mapping, and in posts (where null never erases) an empty text.

    Raises:
        InvalidRecord: a column is unknown or of the wrong type, or a row lacks what its noun requires.
    """
    columns = schema(kind)
    for name in batch.columns:
        if name not in columns:
            raise InvalidRecord(f'"{name}" is no field of {kind}', expected=nearest(name, columns))
    naive = [n for n, d in batch.schema.items() if isinstance(d, pl.Datetime) and not d.time_zone]
    if naive:
        raise InvalidRecord(
            "times without a time zone", where=f"{kind}.{naive[0]}", expected="UTC times"
        )
    rows = batch
    if batch.schema != columns:
        absent = [
            pl.lit(None, columns[name]).alias(name) for name in columns if name not in batch.columns
        ]
        try:
            rows = batch.with_columns(absent).select(list(columns)).cast(columns)
        except PolarsError as error:
            raise InvalidRecord(str(error), where=kind, expected=str(dict(columns))) from error
    rows = rows.select(_told(kind))
    _require(kind, rows)
    return _identified(kind, rows, pseudonyms)


@cache
def _told(kind: str) -> tuple[pl.Expr, ...]:
    """Return columns in which what says nothing is null, and what goes without saying is said."""
    told = {name: pl.col(name) for name in schema(kind)}
    for name, dtype in schema(kind).items():
        if dtype == pl.Float64:
            told[name] = told[name].fill_nan(None)
    for name in mappings(kind):
        told[name] = told[name].replace("{}", None)
    if kind == "posts":
        told["text"] = told["text"].replace("", None)
    else:
        told |= {name: told[name].fill_null(value) for name, value in defaults(kind).items()}
    return tuple(told.values())


@cache
def _flaws(kind: str) -> Mapping[str, pl.Expr]:
    """Return field → which rows it makes unfit to be stored."""
    columns = schema(kind)
    wrong = {name: pl.col(name).is_null() for name in required(kind)}
    for name in _NAMES:
        if name in columns:
            empty = pl.col(name).str.len_bytes().fill_null(1) == 0
            wrong[name] = wrong[name] | empty if name in wrong else empty
    for name, dtype in columns.items():
        if dtype == pl.String:
            unfit = pl.col(name).str.contains("\0", literal=True)
            if name in INDEXED:
                unfit |= pl.col(name).str.len_bytes() > LONGEST_INDEXED_BYTES
            wrong[name] = wrong.get(name, pl.lit(False)) | unfit.fill_null(False)
    for name in _KIND_FIELDS:
        if name in columns:
            wrong[name] = ~pl.col(name).is_in(list(KINDS))
    return wrong


@cache
def _flawed(kind: str) -> tuple[pl.Expr, ...]:
    return tuple(is_wrong.any().alias(name) for name, is_wrong in _flaws(kind).items())


def _require(kind: str, rows: pl.DataFrame) -> None:
    for name, is_wrong in rows.select(_flawed(kind)).row(0, named=True).items():
        if is_wrong:
            position = rows.select(_flaws(kind)[name].arg_max()).item()
            raise InvalidRecord(
                f"{name} is {reprlib.repr(rows[name][position])}",
                where=f"{kind}, row {position} of the batch",
                expected=f"one of {', '.join(KINDS)}" if name in _KIND_FIELDS else _A_TEXT,
            )


def _identified(kind: str, rows: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    if kind == "facts":
        said = rows.drop(_NOT_CONTENT)
        return rows.with_columns(covered(pseudonyms, content_ids(kind, said)).alias("event_id"))
    name = "id" if kind in ("posts", "documents") else "event_id"
    if name not in rows.columns or not rows[name].null_count():
        return rows
    lacking = rows[name].is_null()
    some = rows.filter(lacking)
    if kind == "documents":
        made = content_ids(kind, some.select("kind", "title", "language"))
    elif kind == "posts":
        made = covered(pseudonyms, content_ids(kind, some))
    else:
        made = covered_events(pseudonyms, event_ids(kind, some, Occurrences()))
    where = lacking.arg_true()
    return rows.with_columns(rows[name].scatter(where, made))
