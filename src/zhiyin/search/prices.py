"""Prices in a query: 200元以内, under $50, 100-200, 300左右, 便宜."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from zhiyin.search.understanding import PriceRange
from zhiyin.search.written_numbers import NUMBER, number

AROUND = 0.15
"""How far from a price "about" reaches, as a share of it."""
_CURRENCIES = {
    "CNY": "元|块钱|块|人民币|rmb|cny|yuan|kuai|¥|￥", "USD": r"\$|usd|us\$|dollars?|bucks?",
    "EUR": "€|eur|euros?", "GBP": "£|gbp|pounds?", "HKD": r"hk\$|hkd|港币|港元", "JPY": "日元|jpy|yen",
}  # fmt: skip
_SIGN = "(?:" + "|".join(_CURRENCIES.values()) + ")"
_A, _B, _C, _D, _E = (
    rf"(?:{_SIGN}\s*)?(?P<{name}>{NUMBER})\s*(?:{_SIGN}(?![a-z]))?" for name in "abcde"
)
_LESS = "不超过|低于|少于|小于|最多|不到|under|below|less than|up to|within|at most|cheaper than|no more than|max(?:imum)?"
_MORE = "不低于|不少于|高于|大于|超过|至少|over|above|more than|at least|no less than|starting at|min(?:imum)?"
_NEAR = "大约|大概|约|差不多|around|about|roughly|approximately|approx"
_END = r"(?![\d.%a-z])"
_WORDS: tuple[tuple[str, str], ...] = (
    ("range", rf"(?:between\s+|from\s+|价格?在?)?{_A}\s*(?:-|~|到|至|to|and)\s*{_B}(?:之间)?{_END}"),
    ("most", rf"(?:{_LESS})\s*{_A}{_END}|{_C}\s*(?:以内|以下|之内|封顶|内(?![a-z衣裤存胆置])|or less|or under|max)"),
    ("least", rf"(?:{_MORE})\s*{_A}{_END}|{_C}\s*(?:以上|起步|or more|and up|\+)"),
    ("near", rf"(?:{_NEAR})\s*{_A}{_END}|{_C}\s*(?:左右|上下|出头)|{_D}(?:的预算|预算)|(?:预算|budget(?: of)?)\s*{_E}{_END}"),
    ("is", rf"{_A}{_END}"),
)  # fmt: skip
_MONEY = re.compile(_SIGN)
_PRICED = re.compile(r"预算|budget|价|price|cost")
# What follows a number and says that it is no price: 2-3岁, 10-15ml, 8寸.
_UNIT = re.compile(
    r"\s*(?:岁|个?月|年|天|小时|分钟|码|号|寸|英寸|厘米|毫米|米|平|升|毫升|斤|公斤|克|件|只|个|支|瓶|片|包|盒|袋|双|套|人|寸|度|层|格|代|档|期|匹|瓦|伏|伙|色|本|张|卷|抽|片|粒"
    r"|years?|months?|days?|hours?|inch(?:es)?|in\b|ft|feet|cm|mm|m\b|ml|l\b|oz|lbs?|kg|g\b|gb|tb|w\b|v\b|watt|volt|amp|pack|piece|pc|people|person|quart|gal|mah|hz|k\b|p\b)"
)
_CHEAP = re.compile(
    r"便宜|平价|实惠|低价|性价比|廉价|学生党|白菜价|\b(?:cheap|affordable|inexpensive|budget|low[- ]?cost|bargain)\b"
)
_DEAR = re.compile(
    r"高端|高档|奢侈|轻奢|豪华|贵一点|最贵|\b(?:premium|luxury|luxurious|high[- ]end|expensive|upscale)\b"
)
_MAY = re.compile(r"\d|[一二两三四五六七八九十百千万]")


def price_in(folded: str) -> PriceRange | None:
    """Return the price that a folded query asks for; the clearest where there are several, None where there is none.

    A number without a currency is a price only where the words around it say so, and a range of numbers only where no
    unit of measure follows.

    >>> [(p.low_minor, p.high_minor) for q in ("200元以内", "under $50", "100-200", "300左右") if (p := price_in(q))]
    [(None, 20000), (None, 5000), (10000, 20000), (25500, 34500)]
    >>> price_in("2-3岁男宝宝"), price_in("iphone 15")
    (None, None)
    """
    if not _MAY.search(folded):
        return None
    for kind, pattern in _patterns():
        for match in pattern.finditer(folded):
            if found := _read(kind, match, folded):
                return found
    return None


def cheapness_in(folded: str) -> tuple[int, int, int] | None:
    """Return -1 for something cheap, 1 for something dear, with start and end; None where neither is asked for."""
    for sign, pattern in ((-1, _CHEAP), (1, _DEAR)):
        if match := pattern.search(folded):
            return sign, match.start(), match.end()
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?<![\da-z.])(?:{words})")) for kind, words in _WORDS)


def _read(kind: str, match: re.Match[str], folded: str) -> PriceRange | None:
    named = {name: number(value) for name, value in match.groupdict().items() if value}
    values = [value for value in named.values() if value is not None]
    if not values or len(values) < len(named) or max(values) <= 0:
        return None
    money = _MONEY.search(match[0])
    follows = _UNIT.match(folded, match.end())
    if not money and (follows or not _is_price(kind, values, folded)):
        return None
    low, high = _BOUNDS[kind](values)
    return PriceRange(
        None if low is None else round(low * 100),
        None if high is None else round(high * 100),
        kind in ("near", "is"),
        _currency(money[0]) if money else None,
        match.start(),
        match.end(),
    )


def _is_price(kind: str, values: list[float], folded: str) -> bool:
    """Return whether bare numbers are a price."""
    if kind == "is":
        return False
    if kind == "range":
        return values[0] < values[1] and (values[1] >= 50 or bool(_PRICED.search(folded)))
    return min(values) >= 5


def _currency(sign: str) -> str:
    return next(code for code, words in _CURRENCIES.items() if re.fullmatch(words, sign))


_BOUNDS: dict[str, Callable[[list[float]], tuple[float | None, float | None]]] = {
    "range": lambda v: (min(v), max(v)),
    "most": lambda v: (None, v[0]),
    "least": lambda v: (v[0], None),
    "near": lambda v: (v[0] * (1 - AROUND), v[0] * (1 + AROUND)),
    "is": lambda v: (v[0] * (1 - AROUND), v[0] * (1 + AROUND)),
}
