from __future__ import annotations

import polars as pl
import pytest

from zhiyin.ingest.prices import minor_units


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
