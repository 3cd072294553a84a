"""Which column of a table holds which field: what the user says, then what the names suggest."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence

import polars as pl

from zhiyin.errors import InvalidRecord, nearest
from zhiyin.ingest.column_names import CONTEXT, NAMES, is_data, plain
from zhiyin.store.frames import json_text, mappings, required, schema

_MOST_TOLD = 8


def guess(kind: str, header: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return field → column for a table of one kind of record.

    Columns of items and users that are no field become their attributes, and some columns of events their context.

    Args:
        kind: a key of `core.RECORDS`.
        header: the table's columns.
        given: field → column as the user said it; a field of a mapping is ``context.weather``.
    Raises:
        InvalidRecord: a field or column in `given` does not exist, or a required field has no column.
    """
    spare = mappings(kind)
    _check_given(kind, header, given)
    found = dict(given)
    free: dict[str, str] = {}
    # Of columns that differ only in spelling the plain one goes first, and the others keep their own names.
    for column in sorted(header, key=lambda name: name != plain(name)):
        if column and column not in given.values():
            free[column if plain(column) in free else plain(column)] = column
    for field, names in {**NAMES[kind], **{name: name for name in spare}}.items():
        named = next((name for name in names.split() if name in free), None)
        if field not in found and named is not None:
            found[field] = free.pop(named)
    if "context" in spare:
        found = {f"context.{name}": free[name] for name in CONTEXT if name in free} | found
    if "attributes" in spare:
        found = {f"attributes.{name}": column for name, column in free.items()} | found
    missing = [field for field in required(kind) if field not in found]
    if missing and is_data(header):
        raise InvalidRecord(
            "the first line is a row, not a header",
            where=f"columns {', '.join(header)[:200]}",
            expected="the names of the columns",
            next_step=f"name them in their order, such as --header {','.join(required(kind))},time",
        )
    if missing:
        raise InvalidRecord(
            f"no column for {' and '.join(missing)} of {kind}",
            where=f"columns {', '.join(header)[:200]}",
            expected=f"a column named like {' or '.join(NAMES[kind][missing[0]].split()[:4])}",
            next_step=f"say which it is: --map {missing[0]}=COLUMN",
        )
    return found


def _check_given(kind: str, header: Sequence[str], given: Mapping[str, str]) -> None:
    fields = [*schema(kind), *(["price"] if "price_minor" in schema(kind) else [])]
    for field, column in given.items():
        whole, dot, inner = field.partition(".")
        if whole not in fields or (dot and not (inner and whole in mappings(kind))):
            raise InvalidRecord(
                f"{kind} have no field {field}",
                where=f"--map {field}={column}",
                expected=nearest(field, fields),
                next_step="correct the field's name",
            )
        if column not in header:
            raise InvalidRecord(
                f"there is no column {column}",
                where=f"--map {field}={column}",
                expected=nearest(column, difflib.get_close_matches(column, header, 20, 0.0)),
                next_step="correct the column's name",
            )


def unused(header: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """Return the columns of a table that no field has."""
    return sorted(set(header) - set(mapping.values()) - {""}, key=list(header).index)


def spelled(mapping: Mapping[str, str]) -> str:
    """Return which column holds which field, in one line; what a mapping has goes together.

    >>> spelled({"user": "uid", "context.weather": "w", "context.hour": "h"})
    'user ← uid, context ← w + h'
    """
    whole: dict[str, list[str]] = {}
    for field, column in mapping.items():
        whole.setdefault(field.partition(".")[0], []).append(column)
    told = {field: columns[:_MOST_TOLD] for field, columns in whole.items()}
    more = {f: f" + {len(whole[f]) - len(c)} more" for f, c in told.items() if c != whole[f]}
    return ", ".join(f"{f} ← {' + '.join(c)}{more.get(f, '')}" for f, c in told.items())


def apply(kind: str, rows: pl.DataFrame, mapping: Mapping[str, str]) -> pl.DataFrame:
    """Return the columns of `rows` under the names of the fields that `mapping` gives them.

    Fields of a mapping are packed into structs, or into JSON text where the whole mapping has a column, too. Columns
    that `rows` lacks are null.
    """
    absent = sorted(set(mapping.values()) - set(rows.columns))
    rows = rows.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    out = rows.select(pl.col(column).alias(f) for f, column in mapping.items() if "." not in f)
    for whole in mappings(kind):
        inner = {f.partition(".")[2]: c for f, c in mapping.items() if f.startswith(f"{whole}.")}
        if inner:
            packed = rows.select(pl.col(column).alias(name) for name, column in inner.items())
            told = packed.to_struct(whole)
            if whole in out.columns:
                pairs = zip(out[whole].cast(pl.String), told.struct.json_encode(), strict=True)
                told = pl.Series([_joined(said, more) for said, more in pairs], dtype=pl.String)
            out = out.with_columns(told.alias(whole))
    return out


def _joined(said: str | None, more: str) -> str:
    """Return the JSON object `said` with the fields of `more`; one that is no object as it is, for the check to name."""
    try:
        fields = json.loads(said or "{}")
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return said or ""
    return json_text(fields | json.loads(more))
