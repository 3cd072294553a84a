"""Prices as shops write them, in the currency's smallest unit."""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from zhiyin.ingest.values.currencies import CODES, SHARED, SMALLEST_UNITS

_MULTIPLES = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_BEFORE = re.compile(r"(\()?\s*(-)?\s*([^\s()+-]*)\s*(-|\+)?\s*")
_AFTER = re.compile(r"\s*([万萬亿億])?\s*([^\s()+-]*)\s*(\))?")
_ROOMY = r"^[1-9]\d{0,2}(?:[ '’]\d{3})+(?:[.,]\d+)?$"
# Indian shops part lakhs: 1,00,000.
_WITH_POINT = r"^(?:\d*|[1-9]\d{0,2}(?:,\d{2,3})*,\d{3})(?:\.\d+)?$"
_WITH_COMMA = r"^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$"
_OPEN = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_PLAIN = r"^[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?$"


def amounts(said: pl.Series, *, decimal_comma: bool | None = None) -> tuple[pl.Series, pl.Series]:
    """Return the amounts of money that a column says, and in which currency where it says that, too.

    Understood are ``¥12``, ``12.50元``, ``人民币 12.5``, ``US$ 1,299.00``, ``1.299,00 EUR``, ``3,50 €``, ``1'299.00``,
    ``1 299,00``, ``980円``, ``1.2万元``, ``１２．５０``, ``-5`` and ``(5.00)``, which is as much. Of ``.`` and ``,``
    the last is the decimal mark where both are there. One comma before three digits parts thousands, and one point
    is a decimal mark, unless other values of the column decide that the comma is. A range is no amount. ``¥`` alone
    is CNY and ``$`` alone USD: where the table has a column of currencies, that column decides and not this code.

    Args:
        said: (n,) String or numbers.
        decimal_comma: whether the column writes 3,50. None decides by these values, as `decimal_comma` does; whoever
            reads a column in pieces decides once.
    Returns: (n,) Float64 amounts in whole units, null where it is no price, and (n,) String ISO 4217 codes, null where
        none was said.
    Complexity: O(n).

    >>> [part.to_list() for part in amounts(pl.Series(["¥1,299.00", "HK$20", "10-20"]))]
    [[1299.0, 20.0, None], ['CNY', 'HKD', None]]
    """
    if said.dtype != pl.String:
        number = said.cast(pl.Float64, strict=False)
        codes = pl.Series(said.name, [None], pl.String).new_from_index(0, len(said))
        return number.set(~number.is_finite(), None), codes
    text = _folded(said)
    is_comma = _says_comma(text) if decimal_comma is None else decimal_comma
    is_left = ~_is_plain(text)
    if is_comma:
        is_left |= text.str.contains(_OPEN).fill_null(False)
    places = is_left.arg_true()
    parted = _parted(text.gather(places), is_comma=bool(is_comma))
    plain = text.set(is_left, None).cast(pl.Float64, strict=False)
    codes = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    return (
        plain.scatter(places, parted["value"]).alias(said.name),
        codes.scatter(places, parted["code"]).alias(said.name),
    )


def decimal_comma(said: pl.Series) -> bool | None:
    """Return whether the prices of a column are written with a decimal comma, None where none of them decides.

    Args:
        said: (n,) String or numbers.

    >>> decimal_comma(pl.Series(["3,50", "1.299"])), decimal_comma(pl.Series(["1.299"]))
    (True, None)
    """
    return _says_comma(_folded(said)) if said.dtype == pl.String else None


def minor_units(prices: pl.Series, currencies: pl.Series) -> pl.Series:
    """Return prices in whole units as Int64 counts of the smallest unit, null where that does not fit.

    Args:
        prices: (n,) Float64.
        currencies: (n,) String codes; two decimals where null or unknown.

    >>> minor_units(pl.Series([12.3, 980.0]), pl.Series(["CNY", "JPY"])).to_list()
    [1230, 980]
    """
    factors = currencies.str.to_uppercase().replace_strict(
        SMALLEST_UNITS, default=100.0, return_dtype=pl.Float64
    )
    return (prices * factors).round().cast(pl.Int64, strict=False)


def _folded(said: pl.Series) -> pl.Series:
    """Return texts without white space around them, and with full-width characters as the usual ones."""
    text = said.str.strip_chars()
    places = text.str.contains(r"[^\x00-\x7f]").fill_null(False).arg_true()
    if not len(places):
        return text
    usual = text.gather(places).str.normalize("NFKC").str.replace_all("−", "-", literal=True)
    return text.scatter(places, usual.str.strip_chars())


def _is_plain(text: pl.Series) -> pl.Series:
    return text.str.contains(_PLAIN).fill_null(True)


def _says_comma(text: pl.Series) -> bool | None:
    """Return whether numbers that must have a decimal comma are more than those that must have a point."""
    is_plain = _is_plain(text)
    told = text.filter(~is_plain).str.extract(r"(\d[\d.,'’ ]*\d)", 1)
    told = told.drop_nulls().str.replace_all("[ '’]", "")
    has_comma, has_point = told.str.contains(_WITH_COMMA), told.str.contains(_WITH_POINT)
    plain = text.filter(is_plain)
    n_point = int((plain.str.contains(".", literal=True) & ~plain.str.contains(_OPEN)).sum())
    n_point += int((has_point & ~has_comma).sum())
    n_comma = int((has_comma & ~has_point).sum())
    return None if n_comma == n_point else n_comma > n_point


def _parted(text: pl.Series, *, is_comma: bool) -> pl.DataFrame:
    """Return the values and codes of prices that are more than plain numbers, null where a text is none."""
    raw = pl.col("raw")
    parts = (
        text.cast(pl.Binary)
        .alias("raw")
        .to_frame()
        .with_columns(text.str.find("[0-9]").alias("start"))
        .select(
            _text(raw.bin.head(pl.col("start"))).alias("before"), raw.bin.slice(pl.col("start"))
        )
        .with_columns(_text(raw).str.find(r"[^0-9.,'’ ]").fill_null(raw.bin.size()).alias("end"))
        .select(
            "before",
            _text(raw.bin.head(pl.col("end"))).str.strip_chars_end(" ").alias("number"),
            _text(raw.bin.slice(pl.col("end"))).alias("after"),
        )
    )
    around = parts.select("before", "after").unique().drop_nulls()
    meanings = [_meaning(*pair) for pair in around.iter_rows()]
    schema = {"factor": pl.Float64, "code": pl.String, "is_fraction": pl.Boolean}
    found = pl.DataFrame(meanings, schema=schema, orient="row")
    told = parts.join(
        around.hstack(found), on=["before", "after"], how="left", maintain_order="left"
    )
    number = pl.when("is_fraction").then("0." + pl.col("number")).otherwise("number")
    value = _number(number, is_comma=is_comma) * pl.col("factor")
    value = pl.when(value.is_finite()).then(value)
    return told.select(
        value.alias("value"), pl.when(value.is_not_null()).then("code").alias("code")
    )


def _text(raw: pl.Expr) -> pl.Expr:
    return raw.cast(pl.String)


class _Meaning(NamedTuple):
    """What stands around a number makes of it.

    Attributes:
        factor: the sign times what 万 and the like multiply with; None where it is no price.
        code: of the currency, None where none is said.
        is_fraction: a point stands before the number: $.99.
    """

    factor: float | None
    code: str | None = None
    is_fraction: bool = False


def _meaning(before: str, after: str) -> _Meaning:
    is_fraction = before.endswith(".") and not before[-2:-1].isalpha()
    first = _BEFORE.fullmatch(before[:-1] if is_fraction else before)
    last = _AFTER.fullmatch(after)
    if first is None or last is None:
        return _Meaning(None)
    opening, outer, name, inner = first.groups()
    multiple, other, closing = last.groups()
    names = [said.lower() for said in (name, other) if said]
    codes = {CODES.get(said) for said in names}
    if len(codes) > 1:
        codes = {CODES.get(said) for said in names if said not in SHARED} or codes
    n_signs = sum(sign is not None for sign in (opening, outer, inner))
    if len(codes) > 1 or None in codes or n_signs > 1 or (opening is None) != (closing is None):
        return _Meaning(None)
    sign = -1.0 if opening or outer or inner == "-" else 1.0
    return _Meaning(sign * _MULTIPLES.get(multiple, 1.0), next(iter(codes), None), is_fraction)


def _number(number: pl.Expr, *, is_comma: bool) -> pl.Expr:
    """Return what numbers with marks between their digits are, null where the marks make no sense."""
    is_roomy = number.str.contains(_ROOMY)
    digits = pl.when(is_roomy).then(number.str.replace_all("[ '’]", "")).otherwise(number)
    with_point = pl.when(digits.str.contains(_WITH_POINT)).then(
        digits.str.replace_all(",", "", literal=True)
    )
    unparted = digits.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    with_comma = pl.when(digits.str.contains(_WITH_COMMA)).then(unparted)
    ways = (with_comma, with_point) if is_comma else (with_point, with_comma)
    return pl.coalesce(ways).cast(pl.Float64, strict=False)
