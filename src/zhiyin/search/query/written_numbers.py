"""Numbers as shoppers write them: 1,299, 2k, 一百五, 两千, 1.5万."""

from __future__ import annotations

import math

_DIGITS = {
    **{han: value for value, han in enumerate("零一二三四五六七八九")},
    "两": 2, "〇": 0,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_SCALES = {"k": 1e3, "w": 1e4, "千": 1e3, "万": 1e4, "百": 1e2}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
} | {"a": 1, "an": 1, "hundred": 100, "thousand": 1000}
_ENGLISH |= {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_COUNT = "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten)"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"

NUMBER = (
    r"(?:(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,2})?(?:[百千万kw][1-9](?![\da-z])|[kw](?![a-z])|[百千万])?"
    rf"|[零〇一二两三四五六七八九十百千万]{{1,9}}|(?:{_COUNT} )?(?:hundred|thousand)(?![a-z])|(?:{TENS})(?![a-z]))"
)
"""What a number looks like in a folded text, as the inside of a regular expression."""


def number(text: str) -> float | None:
    """Return what a number says, None where it is none.

    >>> [number(text) for text in ("1,299", "2k", "1千2", "1.5万", "一百五", "两千零五十", "十二", "百")]
    [1299.0, 2000.0, 1200.0, 15000.0, 150.0, 2050.0, 12.0, 100.0]
    """
    if text[-1:].isalpha() and text.isascii() and text.replace(" ", "").isalpha():
        return float(math.prod(_ENGLISH[word] for word in text.split()))
    plain = text.replace(",", "")
    scale, tail = _SCALES.get(plain[-1:], 1.0), 0.0
    if (unit := _SCALES.get(plain[-2:-1])) and plain[-1].isdecimal():
        plain, scale, tail = plain[:-1], unit, int(plain[-1]) * unit / 10
    try:
        return float(plain[:-1] if scale != 1.0 else plain) * scale + tail
    except ValueError:
        return _han(text)


def _han(text: str) -> float | None:
    total = section = digit = 0
    last_unit = 1
    has_zero = False
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit, has_zero = _DIGITS[sign], has_zero or _DIGITS[sign] == 0
        elif sign == "万":
            total, section, digit, last_unit = (total + section + digit or 1) * 10_000, 0, 0, 10_000
        elif sign in _UNITS:
            section += (digit or 1) * _UNITS[sign]
            digit, last_unit, has_zero = 0, _UNITS[sign], False
        else:
            return None
    # 一百五 is 150, 一百零五 is 105, 一百十五 has said its unit.
    tail = digit * last_unit // 10 if digit and last_unit > 10 and not has_zero else digit
    return float(total + section + tail)
