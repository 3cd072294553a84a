"""Prices in words."""

from __future__ import annotations


def money(price_minor: int, currency: str | None, language: str) -> str:
    """Return a price with its currency.

    Args:
        price_minor: in the currency's smallest unit.
        currency: ISO 4217; None where it is not known.
        language: ``zh`` or ``en``.

    >>> money(24900, "CNY", "zh"), money(24950, "USD", "en"), money(1980, "JPY", "en"), money(500, None, "en")
    ('249 元', '249.50 USD', '1,980 JPY', '5')
    """
    from zhiyin.core.currency import whole_units  # loads numpy, which no --help needs

    return amount_text(whole_units(price_minor, currency), currency, language)


def amount_text(amount: float, currency: str | None, language: str) -> str:
    """Return an amount of whole units with its currency."""
    unit = " 元" if (currency, language) == ("CNY", "zh") else f" {currency or ''}".rstrip()
    return f"{amount:,.2f}".removesuffix(".00") + unit


def band_text(low_minor: int, high_minor: int | None, currency: str | None, language: str) -> str:
    """Return a band of prices in words; the upper price is no longer in it.

    >>> band_text(0, 10000, "CNY", "zh"), band_text(10000, 20000, "CNY", "zh"), band_text(20000, None, "USD", "en")
    ('100 元以下', '100–200 元', '200 USD and more')
    """
    zh = language == "zh"
    low = money(low_minor, currency, language)
    if high_minor is None:
        return f"{low}以上" if zh else f"{low} and more"
    high = money(high_minor, currency, language)
    if not low_minor:
        return f"{high}以下" if zh else f"under {high}"
    return f"{money(low_minor, None, language)}–{high}"
