"""Prices in a query: 200元以内, under $50, 100-200, 300左右, over 20 under 50, 便宜."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Literal, NamedTuple

from zhiyin.language.scripts import HAN
from zhiyin.search.query.asking import blank
from zhiyin.search.query.currency_signs import SIGN, WEIGHTS, currency, units
from zhiyin.search.query.written_numbers import NUMBER, TENS, number
from zhiyin.search.understanding import PriceRange

AROUND = 0.15
"""How far from a price "about" reaches, as a share of it."""
_Kind = Literal["range", "most", "least", "upto", "some", "near", "is"]
_A, _B, _C, _D, _E = (
    rf"(?:{SIGN}\s*)?(?P<{name}>{NUMBER})(?:\s*{SIGN}(?![a-z]))?" for name in "abcde"
)
_NOT = "(?<![不要能会别])(?<!no )(?<!not )"
_LESS = (
    rf"<=?|≤|≦|不(?:要|能|会)?(?:超过|高于|大于|多于)|别超过|最多|至多|最高|{_NOT}(?:低于|少于|小于|不到)"
    rf"|(?:no|not) (?:more than|over|above)|at most|up to|{_NOT}(?:under|below|less than|lower than|within|cheaper than)"
    r"|(?<!air )(?<!pro )(?<!ultra )max(?:imum)?(?: of)?"
)
_MORE = (
    rf">=?|≥|≧|不(?:要|能|会)?(?:低于|少于|小于)|至少|最少|最低|{_NOT}(?:高于|大于|超过|多于)"
    rf"|(?:no|not) (?:less than|under|below)|at least|starting (?:at|from)|{_NOT}(?:over|above|more than|higher than)"
    r"|min(?:imum)?(?: of)?"
)
_NEAR = r"大约|大概|约|差不多|(?<!\d)~|around|about|roughly|approximately|approx"
_END = r"(?![\d%a-z]|\.\d)"
_JOINT = r"(?:-{1,2}|—{1,2}|~|到|至|to|(?(between)and|(?!))|[和与](?=[^,，\s]{1,12}之间))"
_INSIDE = "内(?![a-z衣裤存胆置])"
_WORDS: tuple[tuple[_Kind, str], ...] = (
    ("range", rf"(?:(?P<between>between\s+)|from\s+|介于|在)?{_A}\s*{_JOINT}\s*{_B}(?:之间)?{_END}(?!\s*[-—/]\s*[\da-z])"),
    ("most", rf"(?:{_LESS})\s*{_A}{_END}|{_C}\s*(?:以\s?内|以\s?下|之内|之下|封顶|{_INSIDE}|or (?:less|under|below|cheaper))"
             rf"|(?:不要|别要)\s*{_D}\s*以上"),
    ("least", rf"(?:{_MORE})\s*{_A}{_END}|{_C}\s*(?:以\s?上|之上|起步|起(?![{HAN}])|or (?:more|above|over|up)|and (?:up|above|over))"
              rf"|(?:不要|别要)\s*{_D}\s*(?:以下|以内)"),
    ("least", rf"(?<!spf )(?<!spf){_A}\+(?!\d)"),
    ("upto", rf"{_A}(?:\s?max(?![a-z])|-(?=\s|$))"),
    ("some", rf"{_A}[多几](?=\s*(?:{SIGN}|$|[\s,，的]))(?:\s*{SIGN})?|(?P<tens>[几数][十百千万])(?=\s*(?:{SIGN}|$|[\s,，的]))(?:\s*{SIGN})?"),
    ("near", rf"(?:{_NEAR})\s*{_A}{_END}|{_C}\s*(?:左右|上下|出头)|{_D}的?预算|(?:预算|budget(?: of)?)\s*{_E}{_END}"),
    ("is", rf"{_A}{_END}"),
)  # fmt: skip
_OTHER: dict[_Kind, _Kind] = {"most": "least", "least": "most"}
_FORE = r"(?:(?:预算|价格|价位|budget|priced?)(?:\s*(?:大概)?[在是为:]| of| is)?\s*)?"
_START = r"(?:(?<![\da-z.])|(?=[<>≤≥≦≧]))(?<!\s-)(?<!^-)(?<!\d[-—/])"
"""A number within a word or another number is no price, nor is one below nought."""
_GLUE = re.compile(r"\s*(?:but|and|且|并且|而且|但|但是|同时|又|,|，|、)?\s*")
_MONEY = re.compile(SIGN)
_PRICED = re.compile(r"预算|budget|价|price|cost|between|之间")
# What follows a number and says that it is no price: 2-3岁, 10-15ml, 8寸.
_UNIT = re.compile(
    r"\s*(?:岁|个?月|年|天|小时|分钟|秒|周|码|号|寸|英寸|英尺|尺|厘米|毫米|公里|千米|米|平|立方|升|毫升|加仑|斤|公斤|千克|克|磅|件|只|个|支|瓶|片|包|盒|袋|双|套|人|度|层|格|代|档|期|匹|瓦|伏|伙|毫安|倍|孔|键|针|色|本|张|卷|抽|粒"
    r"|years?|months?|weeks?|days?|hours?|minutes?|min\b|inch(?:es)?|in\b|ft|feet|cm|mm|m\b|km|miles?|ml|l\b|lit(?:er|re)s?|oz|lbs?|kg|g\b|gsm|gb|tb|w\b|v\b|watt|volt|amp|pack|piece|pc|people|person|quart|gal|mah|hz|db|rpm|psi|btu|degrees?|lumens?|stars?|sheets?|count|ct\b|k\b|p\b)"
)
_NEAR_BY, _APART = 5, 100
"""How many times the lower end the upper one may be, where a range is written backwards and where it is not: 4000-120 is a part."""
_CHEAP = re.compile(
    r"(?:不[要会能是]?|别)(?:太|那么|很|算)?(?:昂?贵|高价)的?|最?(?:便宜|低价)[一点些]*|平价|实惠|性价比|廉价|学生党|白菜价"
    r"|\b(?:not (?:too |very |so )?(?:expensive|dear|pricey)|cheap(?:er|est)?|affordable|inexpensive|budget|low[- ]?cost|bargain)\b"
)
_DEAR = re.compile(
    r"(?:不[要会能是]?|别)(?:太|那么|很|算)?便宜的?|高端|高档|奢侈|轻奢|豪华|贵[一点些]{1,2}|最贵|昂贵|(?<![名珍宝高尊华富])贵的"
    r"|\b(?:not (?:too |very |so )?cheap|(?:most |more )?(?:expensive|pricey)|premium|luxury|luxurious|high[- ]end|upscale)\b"
)
_MAY = re.compile(rf"\d|[一二两三四五六七八九十百千万]|\b(?:hundred|thousand|{TENS})\b")


_SCALE = re.compile("[千万百kw]$")
_NEXT = {"十": "百", "百": "千", "千": "万", "万": "十万"}


class _Bounds(NamedTuple):
    """What a stretch of a query says of the price, in whole units."""

    kind: _Kind
    low: float | None
    high: float | None
    sign: str | None
    start: int
    end: int


def price_in(folded: str, sold: Collection[str | None] = ()) -> tuple[PriceRange | None, str]:
    """Return the price that a folded query asks for, None where there is none, and the query with that made blank.

    A number without a currency is a price only where the words around it say so, and a range of numbers only where no
    unit of measure follows. A lower and an upper bound may stand apart.

    Args:
        folded: the query.
        sold: ISO 4217 codes of the shop, by which ¥, $ and numbers without a sign are read.

    >>> [(p.low_minor, p.high_minor) for q in ("200元以内", "under $50", "300-100", "大于300 小于400") if (p := price_in(q)[0])]
    [(None, 20000), (None, 5000), (10000, 30000), (30000, 40000)]
    >>> price_in("iphone 15"), price_in("5000円以下", {"JPY"})[0].high_minor
    ((None, 'iphone 15'), 5000)
    """
    if not _MAY.search(folded) or not (found := _first(folded, sold)):
        return None, folded
    spans = [(found.start, found.end)]
    rest = _without(folded, spans)
    if (other := _OTHER.get(found.kind)) and (second := _first(rest, sold, other)):
        spans.append((second.start, second.end))
        if _contradict(found, second):  # the last word holds
            found = max(found, second, key=lambda one: one.start)
        else:
            found = _both(found, second)
        (_, before), (after, _) = sorted(spans)
        if _GLUE.fullmatch(rest, before, after):
            spans = [(spans[0][0], spans[0][1]), *spans[1:], (before, after)]
        rest = _without(folded, spans)
    code = currency(found.sign, sold) if found.sign else None
    low, high = (
        None if one is None else round(one * units(code, sold)) for one in (found.low, found.high)
    )
    is_soft = found.kind in ("near", "is", "upto", "some")
    return PriceRange(low, high, is_soft, code, found.start, found.end), rest


def cheapness_in(folded: str) -> tuple[int, int, int] | None:
    """Return -1 for something cheap, 1 for something dear, with start and end; None where neither is asked for.

    >>> [found[0] for q in ("便宜的茶", "不便宜的茶", "不要太贵的茶", "贵的茶", "cheapest tea") if (found := cheapness_in(q))]
    [-1, 1, -1, 1, -1]
    """
    found = [
        (match.start(), -match.end(), sign)
        for sign, pattern in ((-1, _CHEAP), (1, _DEAR))
        if (match := pattern.search(folded))
    ]
    if not found:
        return None
    start, end, sign = min(found)
    return sign, start, -end


@cache
def _patterns() -> tuple[tuple[_Kind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(f"{_START}{_FORE}(?:{words})(?:的?预算)?")) for kind, words in _WORDS
    )


def _first(folded: str, sold: Collection[str | None], only: _Kind | None = None) -> _Bounds | None:
    """Return the clearest price of a query, or the first of one kind."""
    for kind, pattern in _patterns():
        if only in (None, kind):
            for match in pattern.finditer(folded):
                if found := _read(kind, match, folded, sold, is_second=only is not None):
                    return found
    return None


def _read(
    kind: _Kind, match: re.Match[str], folded: str, sold: Collection[str | None], *, is_second: bool
) -> _Bounds | None:
    said = [value for name, value in match.groupdict().items() if value and len(name) == 1]
    if (
        kind == "range"
        and len(said) == 2
        and (scale := _SCALE.search(said[1]))
        and said[0].isdecimal()
        and len(said[0]) == 1
    ):
        said[0] += scale[0]  # 3-5千
    if tens := match.groupdict().get("tens"):
        said = ["二" + tens[1], "一" + _NEXT[tens[1]]]
    elif kind == "some":
        said.append(str(_step(number(said[0]) or 0)))
    values = [value for value in map(number, said) if value is not None]
    if not values or len(values) < len(said) or max(values) <= 0:
        return None
    money = _MONEY.search(match[0])
    sign = money[0] if money else None
    if sign in WEIGHTS and "GBP" not in sold and (sold or kind == "is"):
        return None
    is_counted = _UNIT.match(folded, match.end())
    if not sign and (is_counted or not (is_second or _is_price(kind, match[0], values, folded))):
        return None
    low, high = _BOUNDS[kind](values)
    return _Bounds(kind, low, high, sign, *match.span())


def _is_price(kind: _Kind, said: str, values: list[float], folded: str) -> bool:
    """Return whether bare numbers are a price."""
    if kind == "is":
        return False
    if kind == "some":
        return min(values) >= 50
    if kind == "range":
        is_backward = values[0] > values[1]
        if min(values) <= 0 or not 1 < max(values) / min(values) <= (
            _NEAR_BY if is_backward else _APART
        ):
            return False
        return values[1] >= 50 or bool(_PRICED.search(folded))
    return min(values) >= (20 if kind == "upto" or said.endswith("+") else 5)


def _step(value: float) -> int:
    """Return where what is a little more than a number ends: 100多 before 200, 150多 before 160."""
    whole = int(value)
    unit = 1
    while whole and whole % (unit * 10) == 0:
        unit *= 10
    return whole + unit


def _contradict(one: _Bounds, other: _Bounds) -> bool:
    """Return whether no price is within an upper and a lower bound."""
    low = one.low if one.low is not None else other.low
    high = one.high if one.high is not None else other.high
    return low is not None and high is not None and low > high


def _both(one: _Bounds, other: _Bounds) -> _Bounds:
    """Return a lower and an upper bound as one."""
    ends = sorted(end for end in (one.low, one.high, other.low, other.high) if end is not None)
    start, end = min(one.start, other.start), max(one.end, other.end)
    return _Bounds("range", ends[0], ends[-1], one.sign or other.sign, start, end)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = blank(text, start, end)
    return text


_BOUNDS: dict[_Kind, Callable[[list[float]], tuple[float | None, float | None]]] = {
    "range": lambda v: (min(v), max(v)),
    "some": lambda v: (min(v), max(v)),
    "most": lambda v: (None, v[0]),
    "upto": lambda v: (None, v[0]),
    "least": lambda v: (v[0], None),
    "near": lambda v: (v[0] * (1 - AROUND), v[0] * (1 + AROUND)),
    "is": lambda v: (v[0] * (1 - AROUND), v[0] * (1 + AROUND)),
}
