"""Prices as shops write them, in the currency's smallest unit."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_WITHOUT_DECIMALS = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
    "XAF", "XOF", "XPF",
)  # fmt: skip
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_FACTORS: Mapping[str, float] = {
    **dict.fromkeys(_WITHOUT_DECIMALS, 1.0),
    **dict.fromkeys(_THREE_DECIMALS, 1000.0),
}
"""How many smallest units make a whole one (ISO 4217), where it is not a hundred."""


def minor_units(prices: pl.Series, currencies: pl.Series) -> pl.Series:
    """Return prices in whole units as Int64 counts of the smallest unit, null where that does not fit.

    Args:
        prices: (n,) Float64.
        currencies: (n,) String codes; two decimals where null or unknown.

    >>> minor_units(pl.Series([12.3, 980.0]), pl.Series(["CNY", "JPY"])).to_list()
    [1230, 980]
    """
    factors = currencies.str.to_uppercase().replace_strict(
        _FACTORS, default=100.0, return_dtype=pl.Float64
    )
    return (prices * factors).round().cast(pl.Int64, strict=False)
