"""Batches of records as frames: which columns a kind of record has, and a frame from nouns."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import polars as pl

from zhiyin.core.records import RECORDS
from zhiyin.errors import InvalidRecord, nearest

TIME = pl.Datetime("us", "UTC")
_DTYPES: Mapping[type, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    datetime: TIME,
}


def noun(kind: str) -> type:
    """Return the noun of a kind of record.

    Raises:
        InvalidRecord: there is no such kind.
    """
    if kind not in RECORDS:
        raise InvalidRecord(
            f'no kind of record is called "{kind}"', expected=nearest(kind, RECORDS)
        )
    return RECORDS[kind]


@cache
def schema(kind: str) -> pl.Schema:
    """Return the columns of a batch of records; a mapping is String, holding JSON text.

    >>> schema("ties")["time"]
    Datetime(time_unit='us', time_zone='UTC')
    """
    hints = get_type_hints(noun(kind))
    return pl.Schema({name: _dtype(hint) for name, hint in hints.items()})


@cache
def mappings(kind: str) -> frozenset[str]:
    """Return the fields of a kind of record that are mappings."""
    hints = get_type_hints(noun(kind))
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is Mapping)


@cache
def defaults(kind: str) -> Mapping[str, Any]:
    """Return the fields that may be left out and then stand for something, with what they stand for."""
    fields = dataclasses.fields(noun(kind))
    given = {field.name: field.default for field in fields}
    return {n: v for n, v in given.items() if v is not None and v is not dataclasses.MISSING}


@cache
def required(kind: str) -> tuple[str, ...]:
    """Return the fields that every record of a kind must give."""
    missing = dataclasses.MISSING
    return tuple(
        field.name
        for field in dataclasses.fields(noun(kind))
        if field.default is missing and field.default_factory is missing
    )


def frame(records: Sequence[Any]) -> pl.DataFrame:
    """Return a batch from nouns of one kind.

    Args:
        records: n records, all of the same noun, at least one.
    Returns: (n, fields) with the columns of ``schema``; an empty mapping is null.
    Raises:
        InvalidRecord: there are none, they are of several nouns, or a time has no time zone.

    >>> from zhiyin.core.records import Tie
    >>> frame([Tie("an", "bo", strength=0.5)]).rows()
    [('an', 'bo', 'friend', 0.5, None)]
    """
    nouns = {type(record) for record in records}
    kind = next((name for name, known in RECORDS.items() if nouns == {known}), None)
    if kind is None:
        names = ", ".join(sorted(found.__name__ for found in nouns)) or "none"
        raise InvalidRecord(f"a batch of {names}", expected="records of one noun of core.records")
    columns = {name: [getattr(record, name) for record in records] for name in schema(kind)}
    for name in mappings(kind):
        columns[name] = [_text(value) for value in columns[name]]
    for name, dtype in schema(kind).items():
        if dtype == TIME and any(map(_is_zoneless, columns[name])):
            raise InvalidRecord(
                "a time without a time zone", where=name, expected="a timezone-aware datetime"
            )
    return pl.DataFrame(columns, schema=schema(kind))


def json_text(value: object) -> str:
    """Return the one JSON text that stands for a value, so that equal values have equal texts.

    >>> json_text({"b": 1, "a": "茶"})
    '{"a":"茶","b":1}'
    """
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: object) -> object:
    if isinstance(value, Mapping):
        return json_text(value) if value else None
    return value


def _is_zoneless(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is None


def _dtype(hint: Any) -> pl.DataType:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return pl.String() if get_origin(hint) is Mapping else _DTYPES[hint]
