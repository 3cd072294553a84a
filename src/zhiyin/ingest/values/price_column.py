"""How a table's prices are read, decided once for a file and said in a note."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from zhiyin.ingest.values.prices import amounts, decimal_comma

_FIELD = "price"


class PriceColumn:
    """Reads the prices of one file, which comes in pieces.

    Whether 1.299 is a thousand or little more than one is decided by the first piece that has such marks.

    >>> prices = PriceColumn()
    >>> prices.settled(pl.DataFrame({"price": ["3,50 €", "1.299", "7"]}))["price"].to_list()
    ['EUR 3.5', '1299.0', '7']
    >>> list(prices.notes())
    ['price: the comma is the decimal mark']
    """

    def __init__(self) -> None:
        self._is_comma: bool | None = None
        self._is_noted = False

    def settled(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows in which no price leaves its decimal mark open."""
        if _FIELD not in rows.columns or rows.schema[_FIELD] != pl.String:
            return rows
        said = rows[_FIELD].str.strip_chars()
        has_mark = said.str.contains("[.,]").fill_null(False)
        if not has_mark.any():
            return rows
        if self._is_comma is None:
            self._is_comma = bool(decimal_comma(said))
        value, code = amounts(said, decimal_comma=self._is_comma)
        plain = (code.fill_null("") + " " + value.cast(pl.String)).str.strip_chars()
        is_settled = has_mark & value.is_not_null()
        return rows.with_columns(plain.zip_with(is_settled, said).alias(_FIELD))

    def notes(self) -> Iterator[str]:
        """Yield what was decided and is not what numbers in files are like, once."""
        if self._is_comma and not self._is_noted:
            self._is_noted = True
            yield "price: the comma is the decimal mark"
