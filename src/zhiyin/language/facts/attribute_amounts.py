"""Sizes and amounts in titles: where they stand, and what they come to."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from zhiyin.language.facts.stated import stated, take
from zhiyin.language.facts.vocabulary_measures import (
    AMOUNT_UNITS,
    BED_SIZES,
    COUNT_WORDS,
    LENGTH_UNITS,
    LETTER_SIZES,
    MEASURE_WORDS,
    NOT_COUNTED,
    ZH_SIZES,
)
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import HAN, fold


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is: ``count`` pieces of ``value`` ``unit`` each.

    >>> amount("3 x 50 g")
    Amount(value=50.0, unit='g', count=3)
    >>> amount("2斤"), amount("12-pack").count
    (Amount(value=1000.0, unit='g', count=1), 12)
    """

    value: float
    unit: str
    count: int = 1


def _units(table: Mapping[str, str]) -> dict[str, tuple[str, float]]:
    """Return each way of writing a unit → its usual form and what one of it is worth."""
    units = {}
    for usual, written in table.items():
        for word in written.split():
            name, _, worth = word.partition("=")
            units[name.replace("_", " ")] = (usual, float(worth or 1))
    return units


def _one_of(words: Collection[str]) -> str:
    """Return a pattern of whole words, longest first; Chinese ones need no end."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w) + ("(?![a-z0-9])" if w[-1] in _LETTERS else "") for w in longest)


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_AMOUNTS, _LENGTHS = _units(AMOUNT_UNITS), _units(LENGTH_UNITS)
_UNITS = _AMOUNTS | _LENGTHS
_NUMERALS = {c: float(i) for i, c in enumerate("一二三四五六七八九十", 1)} | {"半": 0.5, "两": 2.0}

_NUM = r"(?:\d+-\d+/\d+|\d+/\d+|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_RANGE = rf"(?:{_NUM}\s?[-~]\s?)?{_NUM}"
_TIMES = r"\s?[x×*]\s?"
_AMOUNT = f"(?:{_one_of(_AMOUNTS)})(?:(?<=[斤升两克])半(?![价天日]))?"
_LENGTH = rf"(?:(?!in(?:-|\s1\b))(?:{_one_of(_LENGTHS)}))"
_COUNTED = f"(?:{_one_of([word.replace('_', ' ') for word in COUNT_WORDS.split()])})"
_MEASURED = f"(?:件套|人份|(?!{'|'.join(NOT_COUNTED.split())})[{MEASURE_WORDS}])"
_SIDE = rf"(?:\d+\s?(?:ft\.?|')\s?{_NUM}\s?(?:in\b\.?|\")|{_NUM}\s?-?(?:{_LENGTH}(?:\s?[wdhl](?![a-z0-9]))?|'(?!\d))?)"
_NUMBERED = re.compile(r"(?<![a-z0-9.])(?<![a-z]-)(?<!\d[-:])(?<![第满拍买送发减任选])(?=\d)")
_KINDS = (
    ("size", rf"{_NUM}\s?ft\d+(?![\d.])|\d+'\s?\d+(?:\"|'')?"),
    ("size", rf"{_SIDE}(?:{_TIMES}{_SIDE}){{1,2}}(?<=[a-z\"”″'米寸分尺吋呎.])"),
    ("size", r"\d{2,4}(?:[x×*]\d{2,4}){1,2}(?![\w.*×])"),
    ("unit", rf"{_NUM}[\s-]?(?:{_COUNTED})\s(?:of|x)\s{_NUM}\s?{_AMOUNT}"),
    (
        "unit",
        rf"{_NUM}\s?(?:{_AMOUNT}|{_MEASURED})(?:{_TIMES}\d+(?:\s?{_MEASURED}|[\s-]?{_COUNTED})?(?![.\d]))+",
    ),
    ("unit", rf"\d+\s?{_MEASURED}?{_TIMES}{_NUM}\s?{_AMOUNT}"),
    ("unit", rf"{_RANGE}[\s-]?{_AMOUNT}(?!-?\d)"),
    ("size", rf"{_RANGE}[\s-]?{_LENGTH}"),
    ("unit", rf"\d+\s?{_MEASURED}"),
    ("unit", rf"{_NUM}[\s-]?{_COUNTED}"),
)
"""What a number may begin, the first that fits: a size or an amount."""


@cache
def _at_number() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}{i}>{said})" for i, (name, said) in enumerate(_KINDS)))


_PACK_OF = re.compile(
    rf"\b(?:pack|set|box|case|lot|bundle|carton)s? of (?:{_NUM}|two|three|four|six)\b"
)
_SAID = re.compile(
    f"[一二两三四五六七八九十]{{1,2}}(?:件套|(?<!统一)[包片条只个瓶盒袋罐支双](?=装))"
    f"|(?<![{HAN}])[一二两三四五六半][对双盒瓶包袋箱罐桶支斤](?:(?<=斤)半)?(?![{HAN}])"
)
_PACK_BEFORE = re.compile(r"\b(?:pack|set|box|case|lot|bundle|carton)s? of $")
_NETWORK = re.compile(r"(?:2\.4|[3-6]|5\.8)g$")
_TERA = re.compile(r"[\d.]+\s?t")
_YARN = tuple("长纯全棉精天贡双高")
_BEHIND_LENGTH = re.compile(r"\s?(?:防水|water|range|distance|pile|可视|射程|遥控|[²³])")
_BEHIND_WEIGHT = re.compile(r"\s?(?:可穿|以内|以下|内可|的人|左右可)")
_BEFORE_WEIGHT = re.compile(r"(?:承重|载重|限重|体重|承载|负重|荷载)[^\d]{0,2}$")


def measures(text: str, folded: str, topics: Collection[str]) -> list[Finding]:
    """Return the sizes and amounts of a title (``size`` and ``unit``, as written), apart and in order.

    Args:
        text: the title as written.
        folded: the same by `fold`.
        topics: what it is about; numbers behind which nothing stands are sizes of shoes only where there are shoes.
    Complexity: O(n).

    >>> [m.name for m in measures("Socks, 4 Pairs, XL", "socks, 4 pairs, xl", ["wear"])]
    ['unit', 'size']
    """
    found = [
        *(("unit", *m.span()) for m in _PACK_OF.finditer(folded)),
        *(("unit", *m.span()) for m in _SAID.finditer(folded)),
        *(("size", *span) for span in _named_sizes(text, folded, topics)),
    ]
    taken = bytearray(len(folded))
    kept = [(name, start, end) for name, start, end in found if take(taken, start, end)]
    end, at_number = 0, _at_number()
    for place in _NUMBERED.finditer(folded):
        start = place.start()
        if start < end or taken[start]:
            continue
        match = at_number.match(folded, start)
        if match and match.lastgroup and not any(taken[start : match.end()]):
            end, name = match.end(), match.lastgroup.rstrip("0123456789")
            if _holds(name, text, folded, start, end, topics):
                kept.append((name, start, end))
    kept.sort(key=lambda measure: measure[1])
    return [stated(name, text[start:end], start, end, 0.9) for name, start, end in kept]


def _holds(
    name: str, text: str, folded: str, start: int, end: int, topics: Collection[str]
) -> bool:
    """Return whether a number and its unit say how big the goods are, not how far, how fast or for whom."""
    said = text[start:end]
    if name == "size":
        if folded[end - 1].isdigit() and not re.search(r"[^\d.x×*]", folded[start:end]):
            return "home" in topics and "phone" not in topics
        is_mark = said.endswith("M") and not folded.startswith("床", end) and "." not in said
        return not is_mark and not _BEHIND_LENGTH.match(folded, end)
    if _TERA.fullmatch(folded[start:end]):
        return said[-1] == "T" and "phone" in topics
    if said[-1] == "支" and folded[end : end + 1] in _YARN:
        return False
    if said.endswith("G") and _NETWORK.match(folded[start:end]):
        return False
    if folded[end - 1] == "g" and _NETWORK.match(folded[start:end]) and "phone" in topics:
        return False
    if folded[start:end] in ("70g", "80g", "100g") and "纸" in folded:
        return False
    return not (
        _BEHIND_WEIGHT.match(folded, end)
        or _BEFORE_WEIGHT.search(folded[max(0, start - 6) : start])
    )


_EDGE = r"(?:^|(?<=[\s,/(\[（【|:;+]))"
_END = r"(?=$|[\s,/)\]）】|;.+])"
_STOP = r"(?=$|\s?[,/)\]）】|;(（]|\s?码|\s[-|]\s)"
_STOPPED = re.compile(_STOP)
_LATIN_SIZE = re.compile(
    rf"{_EDGE}(?:size[:\s]\s?(?:{LETTER_SIZES}|[sml]|\d{{1,2}}(?:\.5)?(?:-\d{{1,2}})?)|{LETTER_SIZES}){_END}"
)
_LETTER = re.compile(r"[SML](?![A-Za-z0-9'’])")
_SHOE = re.compile(
    rf"{_EDGE}(?:us|uk|eur?)\s?(?:men'?s?\s|women'?s?\s)?\d{{1,2}}(?:\.5)?(?:\s?-\s?\d{{1,2}}(?:\.5)?)?(?!\d|[a-z])"
)
_CUTS = {
    "w": r"(?<![a-z0-9])(?:w\d\d\s?[x/]?\s?l\d\d|\d\dw\s?x\s?\d\dl)(?![a-z0-9])",
    "/": r"(?<![\d/])\d{2,3}/\d{2,3}[a-c](?![a-z0-9])",
    "码": r"(?<![\d.])\d{2,3}(?:\.5)?(?:-\d{2,3})?码|(?<![a-z0-9])(?:\d?x{0,3}l|x{0,2}s|m)码",
    "号": r"(?<![a-z0-9])(?:\d?x{0,3}l|x{0,2}s|m)号",
}
"""Sizes of clothing that need a certain character."""
_CUT_BY = {mark: re.compile(pattern) for mark, pattern in _CUTS.items()}
_CUT = re.compile("|".join(_CUTS.values()))
_HEIGHT = re.compile(r"(?<![\d/])1\d\d/\d{2,3}(?![\d/])")
_MONTHS = re.compile(r"(?<![\d.-])\d{1,2}-\d{1,2}\s?(?:个月|months?\b|m\b)")
_TODDLER = re.compile(r"(?<![a-z0-9.-])[2-6]t\b")
_RINGS = re.compile(r"(?<![\d第.])\d{1,2}号(?!色|楼|店|链|线)")
_CUPS = re.compile(r"(?<![a-z0-9.])(?:3[0-9]|[789][05])[a-h](?:cup|杯)?(?![a-z0-9])")
_BRA = re.compile(r"文胸|内衣|胸罩|bras?\b")
_CROCS = re.compile(rf"{_EDGE}[cj]\d{{1,2}}{_END}")
_PAPER = re.compile(r"(?<![a-z0-9-])[ab][2-6](?![a-z0-9])")
_ZH = re.compile(ZH_SIZES)
_BARE = re.compile(r"(?:(?<=\s)|(?<=[,，/]))(?:3[4-9]|4[0-8])(?:\.5)?(?=$|[\s,/)])(?!\s?[x×*%])")
_BEDS = re.compile(rf"\b(?:{BED_SIZES})(?:[\s-]size)?\b")
_WORDS = re.compile(
    r"\b(?:extra[\s-]large|extra[\s-]small|large|small|medium)\b"
    r"(?![\s-](?:firm|roast|heat|weight|duty|point|spicy|grain|batch|business|parts|print|eggs?|curd|shot|format|capacity|scale|to|rooms?|areas?|spaces?|famil(?:y|ies)|animals?|dogs?\b|breeds?))"
)
_BEDDING = re.compile(
    r"\b(?:mattress|beds?|bedding|sheets?|duvet|comforter|quilt|bedspread|headboard|coverlet|blanket)\b"
)
_PAPERS = re.compile(
    r"纸|本|笔记|活页|文件|画框|相框|打印|海报|paper|notebook|journal|planner|sketch|frame|poster|pad\b|laminat|prints?\b|file"
)


def _named_sizes(text: str, folded: str, topics: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sizes that are no lengths: of clothing, shoes, rings, beds and paper."""
    is_worn = "wear" in topics
    patterns = [_ZH, *(pattern for mark, pattern in _CUT_BY.items() if mark in folded)]
    if is_worn:
        patterns.append(_HEIGHT)
    if is_worn or "baby" in topics:
        patterns += [_MONTHS, _TODDLER]
    if is_worn or "jewellery" in topics:
        patterns.append(_RINGS)
    if is_worn and _BRA.search(folded):
        patterns.append(_CUPS)
    if _BEDDING.search(folded):
        patterns.append(_BEDS)
    if _PAPERS.search(folded):
        patterns.append(_PAPER)
    if "鞋" in folded or "靴" in folded:
        patterns.append(_BARE)
    if "food" not in topics or is_worn or "pets" in topics:
        patterns.append(_WORDS)
    shouted = [_LATIN_SIZE, *([_CROCS] if is_worn else [])]
    if "us" in folded or "uk" in folded or "eu" in folded:
        shouted.append(_SHOE)
    for pattern in shouted:
        for match in pattern.finditer(folded):
            first = text[match.start()]
            if is_worn or first.isupper() or first.isdigit() or "size" in match[0]:
                yield match.span()
    for pattern in patterns:
        yield from (match.span() for match in pattern.finditer(folded))
    for match in _LETTER.finditer(text):
        if _is_letter_size(folded, match.start(), is_worn=is_worn):
            yield match.span()


def _is_letter_size(folded: str, start: int, *, is_worn: bool) -> bool:
    """Return whether a lone S, M or L is a size, and no part of "Type L", "2 L" or "24 in. L x 12 in."."""
    before, after = folded[max(0, start - 12) : start], folded[start + 1 : start + 3]
    if before and (before[-1] not in " ,/([（【|:;+" or before[-2:-1].isdigit()):
        return False
    if before.rstrip().rpartition(" ")[2] in _NAMED_BY_LETTERS:
        return False
    return bool(_STOPPED.match(folded, start + 1)) or (
        is_worn and after[:1] == " " and after[1:] not in ("x", "×")
    )


_NAMED_BY_LETTERS = frozenset(
    ("type", "model", "class", "series", "vitamin", "galaxy", "plan", "grade", "&", "and")
)
_LONGEST_AMOUNT = 100
_ZH_NUM = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两半]"
_PART = re.compile(
    rf"(?P<times>[x×*]\s?)?(?:(?<![\d.])(?P<number>{_NUM})(?!\.?\d)|(?P<zh>{_ZH_NUM}))"
    rf"(?:[\s-]?(?!in(?:-|\s1\b))(?P<unit>{_one_of(_UNITS)})(?P<half>半(?![价天日]))?"
    rf"|\s?(?P<counted>{_MEASURED}|-?{_COUNTED}|(?=[x×*]|\s[x×*]\s?[\d{HAN}])))?"
)


def amount(text: str) -> Amount | None:
    r"""Return what an amount or a size comes to; None where it has no number or more than one side.

    Units come in one form each: 斤 in g, TB in gb, 寸 in inch; 一斤半 is 750 g. Of a range the greater end counts. Sizes
    of clothing and shoes are their first number: "170/88A" is 170 cm and "42码" is 42. Only a number with a unit, with a
    word such as 包 or "pack" behind it, or beside ``x`` counts: 2024款, 5折, 36°C and "iPhone 15" come to nothing.

    Args:
        text: a ``size`` or ``unit`` that `Attributes.read` found, such as "1.8g*48包". Of a whole title what it holds is
            taken together, so find first. One of more than 100 characters is no amount.

    >>> amount('15.6"'), amount("20000mAh")
    (Amount(value=15.6, unit='inch', count=1), Amount(value=20000.0, unit='mah', count=1))
    >>> amount("170/88A"), amount("42码"), amount("XL")
    (Amount(value=170.0, unit='cm', count=1), Amount(value=42.0, unit='size', count=1), None)
    """
    if len(text) > _LONGEST_AMOUNT:
        return None
    folded = fold(text)
    if _CUT.search(folded) or _SHOE.search(folded) or _RINGS.search(folded):
        number = re.search(r"\d+(?:\.\d+)?", folded)
        unit = "cm" if "/" in folded else "size"
        return Amount(float(number[0]), unit) if number else None
    folded = re.sub(rf"(?<![\d.]){_NUM}\s?[-~]\s?(?={_NUM})(?!\d+/)", "", folded)
    parts = [part for part in _PART.finditer(folded) if _is_counted(part, folded)]
    measured = [
        (_value(part["number"] or part["zh"]) + 0.5 * bool(part["half"]), *_UNITS[part["unit"]])
        for part in parts
        if part["unit"]
    ]
    if not parts or len(measured) > 1:
        return None
    counted = [_value(part["number"] or part["zh"]) for part in parts if not part["unit"]]
    count = math.prod(max(int(value), 1) for value in counted)
    if not measured:
        return Amount(1.0, "piece", count)
    value, unit, worth = measured[0]
    if count > 1 and unit in LENGTH_UNITS:
        return None
    return Amount(value * worth, unit, count)


def _is_counted(part: re.Match[str], folded: str) -> bool:
    """Return whether a number has a unit, counts pieces or multiplies: no year, temperature, model or discount."""
    if part["unit"] or part["counted"] is not None or part["times"]:
        return True
    return _PACK_BEFORE.search(folded[: part.start()]) is not None


def _value(number: str) -> float:
    """Return what digits with a fraction, or a Chinese numeral below 100, come to."""
    if "十" in number:
        tens, _, ones = number.partition("十")
        return _NUMERALS.get(tens, 1.0) * 10 + _NUMERALS.get(ones, 0.0)
    if number in _NUMERALS:
        return _NUMERALS[number]
    whole, _, part = number.replace(",", "").rpartition("-")
    above, _, below = part.partition("/")
    return float(whole or 0) + float(above) / (float(below or 1) or 1.0)
