"""Times as people write them, as UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import polars as pl

from zhiyin.store.frames import TIME

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing in a shop's records is older."""

_EPOCH = r"^(\d{9,19})(\.\d+)?$"
_ZONE = r"(:\d{2}|\.\d+) ?(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$"
_FORMATS = (
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%m %d, %Y", "%Y年%m月%d日")


def parsed(values: pl.Series) -> pl.Series:
    """Return times as Datetime("us", "UTC"), null where a value is none.

    Understood are ISO 8601 with or without a zone (none means UTC), plain dates, and numbers of seconds,
    milliseconds, microseconds or nanoseconds since 1970, told apart by their size.

    Args:
        values: (n,) String without white space around it, numbers, Date or Datetime.
    Complexity: O(n) for each way of writing that is tried; the common ones come first.

    >>> parsed(pl.Series(["2024-05-01 08:00+08:00", "1714521600"])).dt.hour().to_list()
    [0, 0]
    """
    dtype = values.dtype
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        return values if dtype == TIME else values.cast(TIME)
    if isinstance(dtype, pl.Date | pl.Datetime):
        return values.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    text = _digits(values) if dtype.is_float() else values.cast(pl.String)
    found = pl.repeat(None, len(text), dtype=pl.Datetime("us"), eager=True)
    for way in _WAYS:
        is_left = found.is_null() & text.is_not_null()
        if not is_left.any():
            break
        left = text.filter(is_left).alias("text").to_frame()
        found = found.scatter(is_left.arg_true(), left.select(way(pl.col("text"))).to_series())
    return found.dt.replace_time_zone("UTC").alias(values.name)


def _digits(numbers: pl.Series) -> pl.Series:
    """Return numbers as text without an exponent."""
    whole = numbers.cast(pl.Int64, strict=False)
    return whole.cast(pl.String).zip_with(
        (numbers == whole).fill_null(False), numbers.cast(pl.String)
    )


def _epoch(text: pl.Expr) -> pl.Expr:
    number = text.str.extract(_EPOCH, 1).cast(pl.Int64, strict=False)
    fraction = text.str.extract(_EPOCH, 2).cast(pl.Float64).fill_null(0.0)
    micros = (
        pl.when(number < 10**11)
        .then(number * 1_000_000 + (fraction * 1e6).round().cast(pl.Int64))
        .when(number < 10**14)
        .then(number * 1_000 + (fraction * 1e3).round().cast(pl.Int64))
        .when(number < 10**17)
        .then(number)
        .otherwise(number // 1_000)
    )
    return micros.cast(pl.Datetime("us"))


def _moment(text: pl.Expr, written: str) -> pl.Expr:
    zone = text.str.extract(_ZONE, 2)
    hours = zone.str.slice(1, 2).cast(pl.Int64, strict=False).fill_null(0)
    minutes = zone.str.extract(r"^.\d{2}:?(\d{2})$", 1).cast(pl.Int64).fill_null(0)
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    local = text.str.replace(_ZONE, "$1").str.to_datetime(written, strict=False, time_unit="us")
    return local - pl.duration(minutes=sign * (hours * 60 + minutes))


def _day(text: pl.Expr, written: str) -> pl.Expr:
    return text.str.to_date(written, strict=False).cast(pl.Datetime("us"))


_WAYS: tuple[Callable[[pl.Expr], pl.Expr], ...] = (
    _epoch,
    *(partial(_moment, written=written) for written in _FORMATS),
    *(partial(_day, written=written) for written in _DATES),
)
