"""Turning what a file says into records, and saying of each row that cannot be one why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

import polars as pl

from zhiyin.ingest.batch import Batch, Rejected
from zhiyin.ingest.plausible import MOST_MINOR_UNITS, field_flaws, row_flaws
from zhiyin.ingest.reasons import SAID, Flaw, reasons
from zhiyin.ingest.values.event_types import standard_type
from zhiyin.ingest.values.objects import canonical, with_field
from zhiyin.ingest.values.order_statuses import standard_status
from zhiyin.ingest.values.prices import amounts, minor_units
from zhiyin.ingest.values.tie_kinds import standard_kind
from zhiyin.ingest.values.times import parsed
from zhiyin.store.frames import TIME, mappings, required, schema

_LONGEST_ROW = 500
_WRITTEN = ("text", "title")
WANTED: Mapping[pl.DataType, str] = {
    TIME: "a time",
    pl.Int64(): "a whole number",
    pl.Float64(): "a number",
}
"""What a field of a type must be, for people."""
_STANDARD: Mapping[tuple[str, str], Callable[[str], pl.Expr]] = {
    ("events", "type"): standard_type,
    ("ties", "kind"): standard_kind,
    ("orders", "status"): standard_status,
}


def checked(
    kind: str,
    rows: pl.DataFrame,
    *,
    decimal_comma: bool | None = None,
    day_first: bool | None = None,
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows in the noun's types, and for each row why it cannot be taken.

    Args:
        kind: a key of `core.RECORDS`.
        rows: (n, columns) some of the noun's fields, as text, as other flat types or already in the noun's types;
            mappings may be structs, too. Items and orders may have a ``price`` in whole units in the place of ``price_minor``;
            where it names a currency and the row does not, the row gets it and an item's ``attributes.currency_from`` says so.
        decimal_comma: whether prices are written 3,50; None decides by all rows, as `prices.amounts` does.
        day_first: whether 1/5/2024 is the first of May; None decides by all rows, as `times.parsed` does.
    Returns: (n, fields) with every column of `store.frames.schema`, and (n,) String reasons, null where a row is good.

    >>> checked("ties", pl.DataFrame({"user": ["an", "bo"], "other": ["bo", ""]}))[1].to_list()
    [None, 'other is missing']
    """
    columns = schema(kind)
    given = {
        name: dtype for name, dtype in {**columns, "price": pl.Float64()}.items() if name in rows
    }
    said = rows.select(
        _said(
            name, rows.schema[name], dtype, may_be_blank=kind == "posts" and name in _WRITTEN
        ).alias(SAID + name)
        for name, dtype in given.items()
    )
    typed = said.with_columns(
        *(
            _value(kind, said[SAID + name], name, day_first).alias(name)
            for name in given
            if name != "price"
        ),
        *(pl.lit(None, columns[name]).alias(name) for name in columns if name not in given),
    )
    if "price" in given:
        typed = _priced(typed, decimal_comma)
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    flaws = [flaw for name in given for flaw in _flaws(kind, name, minute)]
    flaws += row_flaws(kind)
    flaws += [Flaw(name, pl.col(name).is_null(), f"{name} is missing") for name in required(kind)]
    told = (
        pl.when(pl.col(name) != "{}").then(name).alias(name) if name in mappings(kind) else name
        for name in columns
    )
    return typed.select(told), reasons(typed, flaws)


def sorted_out(batch: Batch) -> tuple[pl.DataFrame, pl.Series, list[Rejected]]:
    """Return a batch's good rows as records, their (n,) places in it, and those that cannot be taken."""
    rows, why = checked(batch.kind, batch.rows)
    is_good = why.is_null()
    rejected = list(batch.rejected)
    if not is_good.all():
        bad = (~is_good).arg_true()
        rejected += turned_away(batch, bad, why.gather(bad).to_list())
    return rows.filter(is_good), is_good.arg_true(), rejected


def turned_away(batch: Batch, places: pl.Series, reasons: Sequence[str]) -> list[Rejected]:
    """Return rows of a batch as the quarantine keeps them.

    Args:
        batch: of a file.
        places: (n,) of the rows in it.
        reasons: (n,) why each cannot be taken.
    """
    rows = batch.rows[places].iter_rows(named=True)
    return [
        Rejected(
            batch.file,
            line,
            reason,
            json.dumps(row, ensure_ascii=False, default=str)[:_LONGEST_ROW],
        )
        for line, reason, row in zip(batch.lines.gather(places), reasons, rows, strict=True)
    ]


@lru_cache(256)
def _said(
    name: str, dtype: pl.DataType, wanted: pl.DataType, *, may_be_blank: bool = False
) -> pl.Expr:
    """Return a column without what says nothing; text where text is wanted.

    Blanks for what somebody wrote say that it was taken back, and become one.
    """
    if isinstance(dtype, pl.Struct) or (dtype != pl.String() and wanted != pl.String()):
        return pl.col(name)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    if dtype.is_float():
        # Numbers as ids: 2.0 is the 2 of other files, and NaN stands where there was none.
        text = pl.when(~pl.col(name).is_nan()).then(text.str.replace(r"\.0+$", ""))
    blank = pl.when(pl.col(name).cast(pl.String) != "").then(pl.lit(" ")) if may_be_blank else None
    return pl.when(text != "").then(text).otherwise(blank)


def _value(kind: str, said: pl.Series, name: str, day_first: bool | None) -> pl.Series | pl.Expr:
    """Return a field's values, null where what was said is none."""
    if name in mappings(kind):
        return canonical(said)
    dtype = schema(kind)[name]
    if dtype == TIME:
        return parsed(said, day_first=day_first)
    column = pl.col(said.name)
    if dtype == pl.Int64():
        return column.cast(pl.String).str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    if dtype == pl.Float64():
        number = column.cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number)
    if (kind, name) in _STANDARD:
        return _STANDARD[kind, name](said.name)
    if name == "currency":
        return column.str.to_uppercase()
    return column.str.replace_all("_", "-", literal=True) if name == "language" else column


def _priced(rows: pl.DataFrame, decimal_comma: bool | None) -> pl.DataFrame:
    """Return items with ``price`` as a number, and with what follows from it."""
    prices, currencies = amounts(rows[SAID + "price"], decimal_comma=decimal_comma)
    is_from_price = rows["currency"].is_null() & currencies.is_not_null()
    if is_from_price.any() and "attributes" not in rows:
        rows = rows.with_columns(pl.coalesce("currency", currencies))
    elif is_from_price.any():
        attributes = rows["attributes"]
        if SAID + "attributes" in rows:
            # What is no object stays null, so that it is seen to be none.
            is_from_price &= attributes.is_not_null() | rows[SAID + "attributes"].is_null()
        marked = with_field(attributes, "currency_from", "price", is_from_price)
        rows = rows.with_columns(pl.coalesce("currency", currencies), marked)
    rows = rows.with_columns(prices.alias("price"))
    minor = minor_units(rows["price"], rows["currency"])
    return rows.with_columns(pl.coalesce("price_minor", minor))


@lru_cache(256)
def _flaws(kind: str, name: str, now: datetime) -> tuple[Flaw, ...]:
    """Return the flaws of a field, made once a minute: that takes as long as looking for them in a hundred rows."""
    return tuple(_made_flaws(kind, name, now))


def _made_flaws(kind: str, name: str, now: datetime) -> Iterator[Flaw]:
    dtype = schema(kind).get(name)
    wanted = "a price" if name == "price" else WANTED.get(dtype) if dtype is not None else None
    if name in mappings(kind):
        wanted = "a JSON object"
    if wanted:
        is_lost = pl.col(name).is_null() & pl.col(SAID + name).is_not_null()
        yield Flaw(name, is_lost, f"{name}: {{}} is not {wanted}")
    yield from field_flaws(kind, name, now)
    if name == "price":
        minor = pl.col("price_minor")
        is_lost = minor.is_null() | (minor > MOST_MINOR_UNITS)
        yield Flaw(name, is_lost & pl.col("price").is_not_null(), "price: {} is too much")
