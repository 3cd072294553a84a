"""Check a batch against its noun before it may touch the database."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping

import polars as pl
from polars.exceptions import PolarsError

from zhiyin.core.entity import Kind
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.store.frames import defaults, mappings, required, schema
from zhiyin.store.identity import content_ids, event_ids
from zhiyin.store.occurrences import Occurrences

KINDS: Mapping[str, Kind] = {kind.name.lower(): kind for kind in Kind}
_KIND_FIELDS = ("target", "subject_kind")
_NAMES = ("user", "other", "item", "subject", "id")
INDEXED = (*_NAMES, "event_id", "request_id", "kind")
LONGEST_INDEXED_BYTES = 1_000
"""Databases bound what one entry of an index holds, PostgreSQL to 2,704 bytes."""
_NOT_CONTENT = ("confidence", "time", "expires")

_A_TEXT = f"a text without NUL, an id of at most {LONGEST_INDEXED_BYTES:,} bytes"


def checked(kind: str, batch: pl.DataFrame) -> pl.DataFrame:
    """Return the batch with every column of its noun, in the noun's types, with ids where they were missing.

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
    rows = _nulled(kind, rows)
    _require(kind, rows)
    return _identified(kind, rows)


def _nulled(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(
        pl.col(pl.Float64).fill_nan(None),
        *(pl.col(name).replace("{}", None) for name in mappings(kind)),
    )
    if kind == "posts":
        return rows.with_columns(pl.col("text").replace("", None))
    return rows.with_columns(pl.col(name).fill_null(v) for name, v in defaults(kind).items())


def _require(kind: str, rows: pl.DataFrame) -> None:
    wrong = {name: pl.col(name).is_null() for name in required(kind)}
    for name in _NAMES:
        if name in rows.columns:
            empty = pl.col(name).str.len_bytes().fill_null(1) == 0
            wrong[name] = wrong[name] | empty if name in wrong else empty
    for name, dtype in rows.schema.items():
        if dtype == pl.String:
            unfit = pl.col(name).str.contains("\0", literal=True)
            if name in INDEXED:
                unfit |= pl.col(name).str.len_bytes() > LONGEST_INDEXED_BYTES
            wrong[name] = wrong.get(name, pl.lit(False)) | unfit.fill_null(False)
    for name in _KIND_FIELDS:
        if name in rows.columns:
            wrong[name] = ~pl.col(name).is_in(list(KINDS))
    bad = rows.select(test.any().alias(name) for name, test in wrong.items())
    for name, is_wrong in bad.row(0, named=True).items():
        if is_wrong:
            position = rows.select(wrong[name].arg_max()).item()
            raise InvalidRecord(
                f"{name} is {reprlib.repr(rows[name][position])}",
                where=f"{kind}, row {position} of the batch",
                expected=f"one of {', '.join(KINDS)}" if name in _KIND_FIELDS else _A_TEXT,
            )


def _identified(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    if kind == "facts":
        said = rows.drop(_NOT_CONTENT)
        return rows.with_columns(content_ids(kind, said).alias("event_id"))
    name = "id" if kind == "posts" else "event_id"
    if name not in rows.columns or not rows[name].null_count():
        return rows
    lacking = rows[name].is_null()
    some = rows.filter(lacking)
    made = content_ids(kind, some) if kind == "posts" else event_ids(kind, some, Occurrences())
    where = lacking.arg_true()
    return rows.with_columns(rows[name].scatter(where, made))
