"""How many smallest units make a whole one of a currency."""

from __future__ import annotations

from collections.abc import Mapping

_WITHOUT_DECIMALS = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
    "XAF", "XOF", "XPF",
)  # fmt: skip
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
SMALLEST_UNITS: Mapping[str, float] = {
    **dict.fromkeys(_WITHOUT_DECIMALS, 1.0),
    **dict.fromkeys(_THREE_DECIMALS, 1000.0),
}
"""How many smallest units make a whole one (ISO 4217), where it is not a hundred."""


def whole_units(price_minor: int, currency: str | None) -> float:
    """Return a price in whole units of its currency; one that is not known has two decimals.

    >>> whole_units(1230, "CNY"), whole_units(980, "JPY"), whole_units(5, None)
    (12.3, 980.0, 0.05)
    """
    return price_minor / SMALLEST_UNITS.get((currency or "").upper(), 100.0)
