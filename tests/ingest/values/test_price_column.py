from __future__ import annotations

import polars as pl
import pytest

from zhiyin.ingest.checking import checked
from zhiyin.ingest.values.price_column import PriceColumn


def items(prices):
    return pl.DataFrame({"id": [f"i{n}" for n in range(len(prices))], "price": prices})


def test_the_first_piece_decides_for_those_that_follow():
    column = PriceColumn()
    first = checked("items", column.settled(items(["3,50 €", "1.299", "12"])))
    later = checked("items", column.settled(items(["1.299", "2.000,00"])))
    assert first[0]["price_minor"].to_list() == [350, 129900, 1200]
    assert first[0]["currency"].to_list() == ["EUR", None, None]
    assert later[0]["price_minor"].to_list() == [129900, 200000]
    assert list(column.notes()) == ["price: the comma is the decimal mark"]
    assert list(column.notes()) == []


def test_a_point_needs_no_note():
    column = PriceColumn()
    rows = checked("items", column.settled(items(["$1,299.00", "1.299", "ask", None])))
    assert rows[0]["price_minor"].to_list() == [129900, 130, None, None]
    assert rows[1].to_list() == [None, None, "price: ask is not a price", None]
    assert list(column.notes()) == []


@pytest.mark.parametrize("prices", [["12", "ask", None], [12.5, None], []])
def test_prices_without_marks_and_numbers_stay_as_they_are(prices):
    rows = items(prices)
    assert PriceColumn().settled(rows).equals(rows)
    assert PriceColumn().settled(rows.drop("price")).equals(rows.drop("price"))
