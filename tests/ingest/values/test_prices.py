from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.ingest.values.prices import amounts, decimal_comma, minor_units


@pytest.mark.parametrize(
    ("price", "currency", "minor"),
    [
        (12.3, None, 1230),
        (12.3, "CNY", 1230),
        (12.3, "???", 1230),
        (0.1 + 0.2, "EUR", 30),
        (980.0, "JPY", 980),
        (1.234, "KWD", 1234),
        (None, "CNY", None),
        (1e300, "CNY", None),
    ],
)
def test_a_price_counts_the_smallest_unit_of_its_currency(price, currency, minor):
    prices, currencies = (
        pl.Series([price], dtype=pl.Float64),
        pl.Series([currency], dtype=pl.String),
    )
    assert minor_units(prices, currencies).to_list() == [minor]


@pytest.mark.parametrize(
    ("said", "amount", "code"),
    [
        ("12", 12.0, None),
        ("12.50", 12.5, None),
        (" 12 ", 12.0, None),
        ("1e3", 1000.0, None),
        ("¥12", 12.0, "CNY"),
        ("￥1,299.00", 1299.0, "CNY"),
        ("12元", 12.0, "CNY"),
        ("人民币12.5元", 12.5, "CNY"),
        ("12 块", 12.0, "CNY"),
        ("CNY 12", 12.0, "CNY"),
        ("RMB12", 12.0, "CNY"),
        ("$1,299.00", 1299.0, "USD"),
        ("US$ 5", 5.0, "USD"),
        ("usd 5", 5.0, "USD"),
        ("5美元", 5.0, "USD"),
        ("$.99", 0.99, "USD"),
        ("$5 CAD", 5.0, "CAD"),
        ("€3,50", 3.5, "EUR"),
        ("3,50 €", 3.5, "EUR"),
        ("1.299,00 EUR", 1299.0, "EUR"),
        ("£9.99", 9.99, "GBP"),
        ("980円", 980.0, "JPY"),
        ("JP¥980", 980.0, "JPY"),
        ("¥980 JPY", 980.0, "JPY"),
        ("HK$20", 20.0, "HKD"),
        ("港币20元", 20.0, "HKD"),
        ("NT$300", 300.0, "TWD"),
        ("₩12,000", 12000.0, "KRW"),
        ("₹1,00,000", 100000.0, "INR"),
        ("Rs.5", 5.0, "INR"),
        ("1 299,00", 1299.0, None),
        ("1\u202f299,00 €", 1299.0, "EUR"),
        ("1'299.00", 1299.0, None),
        ("1.234.567", 1234567.0, None),
        ("1,299", 1299.0, None),
        ("1.299", 1.299, None),
        ("0,299", 0.299, None),
        ("１２．５０", 12.5, None),
        ("-5", -5.0, None),
        ("−5", -5.0, None),
        ("-$5", -5.0, "USD"),
        ("$-5", -5.0, "USD"),
        ("(5.00)", -5.0, None),
        ("1.2万", 12000.0, None),
        ("1.2万元", 12000.0, "CNY"),
    ],
)
def test_prices_as_shops_write_them(said, amount, code):
    found, codes = amounts(pl.Series([said]))
    assert found.to_list() == pytest.approx([amount])
    assert codes.to_list() == [code]


@pytest.mark.parametrize(
    "said",
    [
        "", "free", "10-20", "10~20", "5..5", "1,29,9", "12 50", "12元/件", "12元起", "€5 USD", "$5元", "kr 5",
        "--5", "(-5)", "(5", "5)", "$", "元", "nan", "inf", "N/A", "2024-05-01", "12:30", "a.5",
    ],
)  # fmt: skip
def test_what_is_no_price_is_null_and_has_no_currency(said):
    assert [part.to_list() for part in amounts(pl.Series([said]))] == [[None], [None]]


@pytest.mark.parametrize(
    ("said", "is_comma", "found"),
    [
        (["3,50", "1.299", "1,299", "€ -1.299"], True, [3.5, 1299.0, 1.299, -1299.0]),
        (["3.50", "1.299", "1,299"], False, [3.5, 1.299, 1299.0]),
        (["1.299", "1,299", "5"], None, [1.299, 1299.0, 5.0]),
        (["3,50", "3.50", "1.299"], None, [3.5, 3.5, 1.299]),
    ],
)
def test_the_whole_column_decides_what_the_comma_is(said, is_comma, found):
    assert decimal_comma(pl.Series(said)) is is_comma
    assert amounts(pl.Series(said))[0].to_list() == found


def test_a_later_piece_of_a_column_keeps_the_comma():
    assert amounts(pl.Series(["1.299"]), decimal_comma=True)[0].to_list() == [1299.0]


@pytest.mark.parametrize(
    "said",
    [
        pl.Series([5, None]),
        pl.Series([5.0, float("nan")]),
        pl.Series(["5", None]),
    ],
)
def test_numbers_are_amounts_without_a_currency(said):
    found, codes = amounts(said)
    assert (found.to_list(), codes.to_list()) == ([5.0, None], [None, None])
    assert (found.dtype, codes.dtype) == (pl.Float64, pl.String)


@pytest.mark.parametrize("dtype", [pl.String, pl.Float64, pl.Null])
def test_no_rows_are_no_amounts(dtype):
    found, codes = amounts(pl.Series([], dtype=dtype))
    assert (len(found), len(codes)) == (0, 0)


SIGNS = {
    "¥{}": "CNY", "￥ {}": "CNY", "{}元": "CNY", "人民币{}": "CNY", "US${}": "USD", "{} USD": "USD", "{} €": "EUR",
    "EUR {}": "EUR", "£{}": "GBP", "HK$ {}": "HKD", "NT${}": "TWD", "CHF {}": "CHF", "{}": None,
}  # fmt: skip
LOCALES = {"point": ",.", "comma": ".,", "space": " ,", "swiss": "'.", "thin": "\u202f,"}


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 10**11),
    st.sampled_from(list(SIGNS)),
    st.sampled_from(list(LOCALES)),
    st.booleans(),
)
def test_what_is_written_in_any_locale_is_read_back(cents, sign, locale, is_negative):
    thousands, mark = LOCALES[locale]
    number = f"{cents / 100:,.2f}".replace(",", "_").replace(".", mark).replace("_", thousands)
    said = ("-" if is_negative else "") + sign.format(number)
    found, codes = amounts(pl.Series([said]))
    assert found.to_list() == pytest.approx([-cents / 100 if is_negative else cents / 100])
    assert codes.to_list() == [SIGNS[sign]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=12) | st.text("0123456789.,-()¥$元万 €é", max_size=12) | st.none())
)
def test_any_text_is_a_finite_amount_or_null(said):
    found, codes = amounts(pl.Series(said, dtype=pl.String))
    assert len(found) == len(codes) == len(said)
    assert found.is_finite().drop_nulls().all()
    assert codes.filter(found.is_null()).null_count() == found.null_count()
