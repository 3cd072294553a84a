"""Times in words and in the orders of other countries: all that `times` understands beside ISO 8601 and epochs."""

from __future__ import annotations

import polars as pl

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DATE = (
    r"(?:(?<y1>\d{4})\s*[-/.年]\s*(?<m1>\d{1,2})\s*[-/.月]\s*(?<d1>\d{1,2})(?<ri>\s*日)?"
    r"(?:\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    rf"|{_WEEKDAY}(?<d2>\d{{1,2}})(?:st|nd|rd|th)?[-\s]+(?<n2>{_MONTH})\.?,?[-\s]+(?<y2>\d{{4}})"
    rf"|{_WEEKDAY}(?<n3>{_MONTH})\.?\s+(?<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y3>\d{{4}})"
    r"|(?<p>\d{1,2})(?<mark>[-/.])(?<q>\d{1,2})[-/.](?<y4>\d{4})"
    r"|(?<y5>(?:19|20)\d{2})(?<m5>\d{2})(?<d5>\d{2}))"
)
_OFFSET = r"[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?"
_ZONE = rf"(?:Z|(?:UTC|GMT)?{_OFFSET}|UTC|GMT)\s*(?:\[[\w/+-]+\]|\([^()]*\))?"
_CLOCK = (
    r"(?<gap>\s*[T,，]?\s*(?:at\s+)?)(?:(?<zh>上午|下午)\s*)?"
    r"(?:(?<h1>\d{1,2}):(?<i1>\d{2})(?::(?<s1>\d{2})(?:[.,](?<f>\d{1,9}))?)?"
    r"|(?<h2>\d{1,2})\s*[时時点點]\s*(?:(?<i2>\d{1,2})\s*分\s*(?:(?<s2>\d{1,2})\s*秒)?)?"
    r"|(?<h3>\d{2})(?<i3>\d{2})(?<s3>\d{2})?)"
    rf"\s*(?<half>[ap]\.?m\.?)?\s*(?<zone>{_ZONE})?"
)
_TIME = rf"(?i)^{_DATE}(?:{_CLOCK})?$"
_YEAR_LAST = rf"(?i)^{_WEEKDAY}({_MONTH}\s+\d{{1,2}})\s+([\d:]+)(\s+{_OFFSET})?\s+(\d{{4}})$"
_SLASHED = r"^(\d{1,2})[-/](\d{1,2})[-/]\d{4}(?:\D|$)"
_SAYS_CLOCK = r"(?i)\d[:：]\d\d|\d\s*[时時点點]|^(?:19|20)\d{10}(?:\d\d)?$|^(?:19|20)\d{6}[T ]\d{4}"
_SAYS_ZONE = rf"(?i)[\dm.分秒时時点點]\s*{_ZONE}(?:\s+\d{{4}})?$"


def spelled(text: pl.Series, *, day_first: bool | None) -> pl.Series:
    """Return the times that texts say, as Datetime("us") in UTC, null where a text says none.

    Args:
        text: (n,) String.
        day_first: of dates such as 1/5/2024; None decides by these texts, and for the month where none of them does.
    """
    if day_first is None:
        day_first = says_day_first(text)
    said = pl.col("said").str.replace_all("：", ":", literal=True)
    # As C's ctime and two large social networks write them.
    said = said.str.replace(_YEAR_LAST, "$1, $4 $2 $3")
    parts = text.alias("said").to_frame().select(said.str.extract_groups(_TIME)).unnest("said")
    return parts.select(_date(bool(day_first)) + _clock() - _offset()).to_series()


def says_day_first(text: pl.Series) -> bool | None:
    """Return whether the day comes first in dates such as 13/5/2024; None where no text decides.

    Where texts disagree most of them win.

    >>> says_day_first(pl.Series(["1/5/2024", "13/5/2024"])), says_day_first(pl.Series(["1/5/2024"]))
    (True, None)
    """
    first, second = (
        text.str.extract(_SLASHED, place).cast(pl.Int64, strict=False) for place in (1, 2)
    )
    n_day_first = int(((first > 12) & (second <= 12)).sum())
    n_month_first = int(((first <= 12) & (second > 12)).sum())
    return None if n_day_first == n_month_first else n_day_first > n_month_first


def has_slashed(text: pl.Series) -> bool:
    """Return whether there are dates such as 1/5/2024, which begin with a day or a month."""
    return bool(text.str.contains(_SLASHED).any())


def zoneless(text: pl.Series) -> pl.Series:
    """Return the texts that say a time of day and no zone."""
    return text.filter(
        (text.str.contains(_SAYS_CLOCK) & ~text.str.contains(_SAYS_ZONE)).fill_null(False)
    )


def _number(*names: str) -> pl.Expr:
    return pl.coalesce(pl.col(name).cast(pl.Int64, strict=False) for name in names)


def _date(day_first: bool) -> pl.Expr:
    named = pl.coalesce("n2", "n3").str.to_lowercase().str.head(3)
    month = named.replace_strict(_MONTHS, default=None, return_dtype=pl.Int64)
    is_day_first = (pl.col("mark") == ".") | day_first
    day = pl.when(is_day_first).then(_number("p")).otherwise(_number("q"))
    other = pl.when(is_day_first).then(_number("q")).otherwise(_number("p"))
    parts = (
        _number("y1", "y2", "y3", "y4", "y5"),
        pl.coalesce(_number("m1", "m5"), month, other),
        pl.coalesce(_number("d1", "d2", "d3", "d5"), day),
    )
    padded = [part.cast(pl.String).str.zfill(2) for part in parts]
    date = pl.concat_str(padded).str.to_date("%Y%m%d", strict=False)
    return date.cast(pl.Datetime("us"))


def _clock() -> pl.Expr:
    """Return how long after midnight, null where the clock shows no such time."""
    hour, minute = _number("h1", "h2", "h3"), _number("i1", "i2", "i3").fill_null(0)
    second = _number("s1", "s2", "s3").fill_null(0)
    fraction = (pl.col("f") + "000000").str.head(6).cast(pl.Int64).fill_null(0)
    half, zh = pl.col("half"), pl.col("zh")
    is_half = half.is_not_null() | zh.is_not_null()
    is_late = half.str.to_lowercase().str.starts_with("p").fill_null(zh == "下午")
    twelve = hour % 12 + pl.when(is_late).then(12).otherwise(0)
    hour = pl.when(is_half & (hour <= 12)).then(twelve).otherwise(hour)
    is_whole = pl.col("y5").is_not_null() | pl.col("h3").is_null()
    is_apart = (pl.col("gap") != "") | pl.col("ri").is_not_null() | pl.col("h3").is_not_null()
    is_possible = (hour < 24) & (minute < 60) & (second < 60) & is_whole & is_apart
    # 15 in the afternoon is still said, 15 PM or in the morning is not.
    is_possible &= (_number("h1", "h2", "h3") <= 12) | half.is_null() & (zh != "上午").fill_null(
        True
    )
    is_possible &= half.is_null() | zh.is_null()
    since = pl.duration(hours=hour, minutes=minute, seconds=second, microseconds=fraction)
    midnight = pl.duration(hours=0)
    return pl.when(hour.is_null()).then(midnight).when(is_possible).then(since)


def _offset() -> pl.Expr:
    zone = pl.col("zone")
    hours = zone.str.extract(r"[+-](0\d|1[0-4]|\d)", 1).cast(pl.Int64).fill_null(0)
    minutes = zone.str.extract(r"[+-](?:0\d|1[0-4]|\d):?([0-5]\d)", 1).cast(pl.Int64).fill_null(0)
    sign = pl.when(zone.str.contains(r"^(?i:UTC|GMT)?-")).then(-1).otherwise(1)
    return pl.duration(minutes=sign * (hours * 60 + minutes))
