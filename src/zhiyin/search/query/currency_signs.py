"""What shoppers write for a currency, and which one that is in a shop: ¥ is CNY or JPY."""

from __future__ import annotations

from collections.abc import Collection

from zhiyin.ingest.values.currencies import CODES, SMALLEST_UNITS
from zhiyin.language.scripts import HAN

_READ = frozenset(
    ("AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "NZD", "SGD", "THB", "TWD", "USD")
)  # fmt: skip
_NOT_READ = frozenset(("圆", "圓", "块", "元", "rs", "rs.", "fr."))
_SPOKEN = {
    "buck": "USD", "bucks": "USD", "美刀": "USD", "quid": "GBP", "pound": "GBP", "pounds": "GBP", "eurs": "EUR",
    "kuai": "CNY",
}  # fmt: skip
_CHINESE = ("CNY", "HKD", "TWD", "SGD")
_DOLLARS = ("USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD")
_SHARED = {
    "¥": ("CNY", "JPY"), "元": _CHINESE, "块": _CHINESE, "块钱": _CHINESE,
    **dict.fromkeys(("$", "dollar", "dollars", "buck", "bucks"), _DOLLARS),
}  # fmt: skip
"""What stands for several currencies, the likeliest first."""
_CODES = {name: code for name, code in CODES.items() if code in _READ and name not in _NOT_READ}
_CODES |= _SPOKEN
WEIGHTS = frozenset({"pound", "pounds"})
"""Words for a currency that are weights where nothing is sold in it."""

_PLAIN = sorted((_CODES.keys() | _SHARED.keys()) - {"元", "块"}, key=len, reverse=True)
SIGN = (
    "(?:" + "|".join(name.replace("$", r"\$").replace(".", r"\.") for name in _PLAIN)
    + rf"|元(?![旦宵宝素气件])|块(?:(?![{HAN}])|(?=[的以之内左上下出起到至和])))"
)  # fmt: skip
"""What stands for a currency in a folded text, as the inside of a regular expression."""


def currency(sign: str, sold: Collection[str | None] = ()) -> str:
    """Return the ISO 4217 code of a sign: of those it stands for, the first that a shop sells in.

    >>> currency("¥"), currency("¥", {"JPY"}), currency("美元", {"JPY"})
    ('CNY', 'JPY', 'USD')
    """
    codes = _SHARED.get(sign) or (_CODES[sign],)
    return next((code for code in codes if code in sold), codes[0])


def units(code: str | None, sold: Collection[str | None] = ()) -> float:
    """Return how many smallest units make a whole one, of the shop's own currency where none is named.

    >>> units("USD"), units("JPY"), units(None, {"JPY"}), units(None)
    (100.0, 1.0, 1.0, 100.0)
    """
    if code is not None:
        return SMALLEST_UNITS.get(code, 100.0)
    of_shop = {SMALLEST_UNITS.get(one, 100.0) for one in sold if one is not None}
    return of_shop.pop() if len(of_shop) == 1 else 100.0
