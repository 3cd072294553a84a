"""Turning what a file says into records, and saying of each row that cannot be one why not."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import polars as pl

from zhiyin.ingest.event_types import standard_type
from zhiyin.ingest.prices import minor_units
from zhiyin.ingest.times import EARLIEST, parsed
from zhiyin.store.frames import TIME, json_text, mappings, required, schema

_SAID = "said "
_CLOCK_SKEW = timedelta(days=1)
_LONGEST_ID = 512
_IDS = ("user", "other", "item", "subject", "id", "conversation", "event_id", "request_id")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "target": ("item", "post"),
    "subject_kind": ("item", "post", "person"),
    "role": ("shopper", "agent"),
}
_NOT_NEGATIVE = ("price", "price_minor", "stock")
_WANTED: Mapping[pl.DataType, str] = {
    TIME: "a time",
    pl.Int64(): "a whole number",
    pl.Float64(): "a number",
}


def checked(kind: str, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows in the noun's types, and for each row why it cannot be taken.

    Args:
        kind: a key of `core.RECORDS`.
        rows: (n, columns) some of the noun's fields, as text, as other flat types or already in the noun's types;
            items may have a ``price`` in whole units in the place of ``price_minor``.
    Returns: (n, fields) with every column of `store.frames.schema`, and (n,) String reasons, null where a row is good.

    >>> checked("ties", pl.DataFrame({"user": ["an", "bo"], "other": ["bo", ""]}))[1].to_list()
    [None, 'other is missing']
    """
    columns = schema(kind)
    given = {
        name: dtype for name, dtype in {**columns, "price": pl.Float64()}.items() if name in rows
    }
    said = rows.select(
        _said(name, rows.schema[name], dtype).alias(_SAID + name) for name, dtype in given.items()
    )
    typed = said.with_columns(
        _typed(said[_SAID + name], dtype, is_json=name in mappings(kind)).alias(name)
        for name, dtype in given.items()
    ).with_columns(pl.lit(None, columns[name]).alias(name) for name in columns if name not in given)
    if kind == "events" and "type" in given:
        typed = typed.with_columns(standard_type("type").alias("type"))
    tests = [test for name, dtype in given.items() for test in _tests(name, dtype, mappings(kind))]
    if "price" in given:
        minor = minor_units(typed["price"], typed["currency"])
        typed = typed.with_columns(pl.coalesce("price_minor", minor))
        is_lost = pl.col("price_minor").is_null() & pl.col("price").is_not_null()
        tests.append(_Test("price", is_lost, "price: {} is too much"))
    tests += [_Test(name, pl.col(name).is_null(), f"{name} is missing") for name in required(kind)]
    return typed.select(list(columns)), _reasons(typed, tests)


class _Test(NamedTuple):
    """What is wrong with a field, and how to say so with what was said."""

    field: str
    is_wrong: pl.Expr
    reason: str


def _reasons(rows: pl.DataFrame, tests: Sequence[_Test]) -> pl.Series:
    """Return (n,) String, the reason of the first test that finds something wrong with a row."""
    found: dict[int, str] = {}
    is_wrong = rows.select(test.is_wrong.alias(str(place)) for place, test in enumerate(tests))
    for test, marks in zip(tests, is_wrong, strict=True):
        if marks.any():
            positions = marks.arg_true()
            name = _SAID + test.field
            values = rows[name].gather(positions) if name in rows else positions
            for position, value in zip(positions, values, strict=True):
                found.setdefault(position, test.reason.format(str(value)[:40]))
    reasons = [found.get(row) for row in range(rows.height)] if found else [None] * rows.height
    return pl.Series("reason", reasons, pl.String)


def _said(name: str, dtype: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """Return a column without what says nothing; text where text is wanted."""
    if dtype != pl.String() and wanted != pl.String():
        return pl.col(name)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    if dtype.is_float():
        # Numbers as ids: 2.0 is the 2 of other files, and NaN stands where there was none.
        text = pl.when(~pl.col(name).is_nan()).then(text.str.replace(r"\.0+$", ""))
    return pl.when(text != "").then(text)


def _typed(said: pl.Series, dtype: pl.DataType, *, is_json: bool) -> pl.Series | pl.Expr:
    """Return a field's values, null where what was said is none."""
    if is_json:
        return _canonical(said)
    if dtype == TIME:
        return parsed(said)
    column = pl.col(said.name)
    if dtype == pl.Int64():
        return column.cast(pl.String).str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    if dtype == pl.Float64():
        number = column.cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number)
    return column


def _tests(name: str, dtype: pl.DataType, objects: Collection[str]) -> Iterator[_Test]:
    value, said = pl.col(name), pl.col(_SAID + name)
    wanted = "a JSON object" if name in objects else _WANTED.get(dtype)
    if wanted:
        is_lost = value.is_null() & said.is_not_null()
        yield _Test(name, is_lost, f"{name}: {{}} is not {wanted}")
    else:
        yield _Test(name, value.str.contains("\0", literal=True), f"{name} holds a NUL")
    if dtype == TIME:
        latest = datetime.now(UTC) + _CLOCK_SKEW
        yield _Test(name, value < EARLIEST, f"{name}: {{}} is too long ago")
        yield _Test(name, value > latest, f"{name}: {{}} is in the future")
    elif name in _NOT_NEGATIVE:
        yield _Test(name, value < 0, f"{name}: {{}} is negative")
    elif name in _ALLOWED:
        allowed = _ALLOWED[name]
        yield _Test(name, ~value.is_in(allowed), f"{name}: {{}} is none of {', '.join(allowed)}")
    elif name in _IDS:
        is_long = value.str.len_chars() > _LONGEST_ID
        yield _Test(name, is_long, f"{name}: {{}}… is longer than {_LONGEST_ID} characters")


def _canonical(said: pl.Series) -> pl.Series:
    """Return JSON objects in the one spelling that stands for each, null where a text is none."""
    if said.null_count() == len(said):
        return said
    distinct = said.drop_nulls().unique()
    spelled = pl.Series([_spelled(text) for text in distinct], dtype=pl.String)
    return said.replace_strict(distinct, spelled, default=None, return_dtype=pl.String)


def _spelled(text: str) -> str | None:
    try:
        value = _DECODER.decode(text)
        if not isinstance(value, dict):
            return None
        said = json_text({name: inner for name, inner in value.items() if inner is not None})
        said.encode()
    except (ValueError, RecursionError):
        return None
    return said


def _refused(constant: str) -> Any:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(
    parse_constant=_refused
)  # made once: loads would make one for each text
