"""Times as people write them, as UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import polars as pl

from zhiyin.ingest.values.spelled_times import has_slashed, says_day_first, spelled, zoneless
from zhiyin.store.frames import TIME

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing in a shop's records is older."""

_EPOCH = r"^(\d{9,19})(\.\d+)?$"
# As milliseconds, twelve digits that are a date and a clock are in 1976, and fourteen digits after 2286.
_DATED = ((199_001_010_000_000, 209_912_312_359_000), (10**16, 10**17))
_ZONE = r"(:\d{2}|\.\d+) ?(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$"
_MOMENTS = (
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%m %d, %Y", "%Y年%m月%d日")
_MICROSECONDS = pl.Datetime("us")
_SLICE = 10_000
_Way = Callable[[pl.Series], pl.Series]


def parsed(values: pl.Series, *, day_first: bool | None = None) -> pl.Series:
    """Return times as Datetime("us", "UTC"), null where a value is none.

    Understood are ISO 8601 with or without a zone (none means UTC); numbers of seconds, milliseconds, microseconds or
    nanoseconds since 1970, told apart by their size; and what people and programs write: ``20240501123000``,
    ``2024.5.1``, ``1.5.2024`` (dots: day first), ``5/1/2024 2:30 PM``, ``May 1, 2024 at 3:04 PM``,
    ``Wed, 01 May 2024 08:00:00 +0800``, ``2024年5月1日 下午3:04``. Names of zones other than UTC, GMT and Z are not.

    Args:
        values: (n,) String without white space around it, numbers, Date or Datetime.
        day_first: whether ``1/5/2024`` is the first of May. None decides by these values, as `day_first` does, and
            takes the month first where none of them decides. Whoever reads a column in pieces decides once, by the
            first piece that has such dates, and says so for all that follow; what contradicts it is then null.
    Complexity: O(n) for each way of writing that is tried; the common ones come first.

    >>> parsed(pl.Series(["2024-05-01 08:00+08:00", "1714521600", "May 1, 2024"])).dt.day().to_list()
    [1, 1, 1]
    """
    dtype = values.dtype
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        return values if dtype == TIME else values.cast(TIME)
    if isinstance(dtype, pl.Date | pl.Datetime):
        return values.cast(_MICROSECONDS).dt.replace_time_zone("UTC")
    text = _digits(values) if dtype.is_float() else values.cast(pl.String)
    found = pl.repeat(None, len(text), dtype=_MICROSECONDS, eager=True)
    ways: list[_Way] = [*_WAYS, partial(spelled, day_first=day_first)]
    for way in ways:
        is_left = found.is_null() & text.is_not_null()
        if not is_left.any():
            break
        found = found.scatter(is_left.arg_true(), way(text.filter(is_left)))
    return found.dt.replace_time_zone("UTC").alias(values.name)


def day_first(values: pl.Series) -> bool | None:
    """Return whether the day comes first in dates such as 13/5/2024, None where no value decides.

    Args:
        values: (n,) of a column; only text can decide.
    """
    return says_day_first(values) if values.dtype == pl.String else None


def has_slashed_dates(values: pl.Series) -> bool:
    """Return whether there are dates such as 1/5/2024, whose first number is a day or a month.

    With `day_first` None this means that the months were taken to come first.
    """
    return values.dtype == pl.String and has_slashed(values)


def lacks_zone(values: pl.Series) -> bool:
    """Return whether a value says a time of day without a zone, so that `parsed` took it as UTC.

    Plain dates, numbers since 1970 and what is no time do not count.

    >>> lacks_zone(pl.Series(["2024-05-01 08:00"])), lacks_zone(pl.Series(["2024-05-01T08:00Z"]))
    (True, False)
    """
    dtype = values.dtype
    if isinstance(dtype, pl.Datetime):
        return dtype.time_zone is None and values.null_count() < len(values)
    if dtype != pl.String:
        return False
    said = zoneless(values)
    slices = (said.slice(start, _SLICE) for start in range(0, len(said), _SLICE))
    return any(bool(parsed(part).is_not_null().any()) for part in slices)


def _digits(numbers: pl.Series) -> pl.Series:
    """Return numbers as text without an exponent."""
    whole = numbers.cast(pl.Int64, strict=False)
    return whole.cast(pl.String).zip_with(
        (numbers == whole).fill_null(False), numbers.cast(pl.String)
    )


def _epoch(text: pl.Series) -> pl.Series:
    said = pl.col("said")
    number = said.str.extract(_EPOCH, 1).cast(pl.Int64, strict=False)
    fraction = said.str.extract(_EPOCH, 2).cast(pl.Float64).fill_null(0.0)
    micros = (
        pl.when(number < 10**11)
        .then(number * 1_000_000 + (fraction * 1e6).round().cast(pl.Int64))
        .when(number < 10**14)
        .then(number * 1_000 + (fraction * 1e3).round().cast(pl.Int64))
        .when(number < 10**17)
        .then(number)
        .otherwise(number // 1_000)
    )
    found = text.alias("said").to_frame().select(micros).to_series()
    for first, last in _DATED:
        found = found.set(found.is_between(first, last), None)
    return found.cast(_MICROSECONDS)


def _moment(text: pl.Series, written: str) -> pl.Series:
    plain = text.str.replace(_ZONE, "$1")
    local = plain.str.to_datetime(written, strict=False, time_unit="us")
    if local.null_count() == len(local):
        return local
    said = pl.col("said")
    zone = said.str.extract(_ZONE, 2)
    hours = zone.str.slice(1, 2).cast(pl.Int64, strict=False).fill_null(0)
    minutes = zone.str.extract(r"^.\d{2}:?(\d{2})$", 1).cast(pl.Int64).fill_null(0)
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    offset = pl.duration(minutes=sign * (hours * 60 + minutes))
    return local - text.alias("said").to_frame().select(offset).to_series()


def _day(text: pl.Series, written: str) -> pl.Series:
    return text.str.to_date(written, strict=False).cast(_MICROSECONDS)


_WAYS: tuple[_Way, ...] = (
    _epoch,
    *(partial(_moment, written=written) for written in _MOMENTS),
    *(partial(_day, written=written) for written in _DATES),
)
