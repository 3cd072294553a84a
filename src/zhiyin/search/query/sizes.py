"""Sizes as shoppers write them, and as catalogues do: 36码, 36号, size 36 and EU 36 are 36."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from zhiyin.search.query.written_numbers import number
from zhiyin.search.understanding import Slot

_BEFORE = re.compile(r"(?:\b(?:size|eur?)[\s:]*|(?:尺码|码数|尺寸|鞋码)[\s:是为]*)$")
_BEHIND = re.compile(r"\s?[码号](?!色)")
_SIZE = re.compile(
    r"(?:(?:size|eur?)[\s:]*|(?:尺码|码数|尺寸|鞋码)[\s:是为]*)?(?P<size>\d{1,3}(?:\.5)?(?:-\d{1,3}(?:\.5)?)?|\d?x{0,4}[sml])\s?[码号]?",
    re.IGNORECASE,
)


_MANY = re.compile(r"(?P<many>[2-6])x(?P<end>[sl])", re.IGNORECASE)
_NAMED = {
    "small": "S", "medium": "M", "large": "L", "extra large": "XL", "x-large": "XL", "extra small": "XS", "x-small": "XS",
    "小码": "S", "中码": "M", "大码": "L", "加大码": "XL",
}  # fmt: skip
_SPELLED = re.compile("[二三四五][十][一二三四五六七八九]?(?=[码号](?!色))")
_RANGE = re.compile(r"(?P<low>\d{2})-(?P<high>\d{2})")
_MOST = 12


def with_digits(folded: str) -> str:
    """Return a folded query in which sizes are written with digits, of the same length: 四十码 has a space more.

    >>> with_digits("四十码 鞋"), with_digits("四十二号")
    ('40码 鞋', ' 42号')
    """
    return _SPELLED.sub(lambda match: f"{number(match[0]):.0f}".rjust(len(match[0])), folded)


def each_size(said: str) -> list[str]:
    """Return a range of sizes and all sizes in it, or the size alone.

    >>> each_size("36-38"), each_size("XL")
    (['36-38', '36', '37', '38'], ['XL'])
    """
    match = _RANGE.fullmatch(said)
    if match is None or not 0 < int(match["high"]) - int(match["low"]) <= _MOST:
        return [said]
    return [said, *map(str, range(int(match["low"]), int(match["high"]) + 1))]


def bare_size(said: str) -> str:
    """Return a size without the words that say that it is one, and 2XL as XXL; another is returned as it is.

    >>> [bare_size(said) for said in ("36码", "size 36", "EU 36.5", "XL码", "均码", "US 8", "2XL", "medium")]
    ['36', '36', '36.5', 'XL', '均码', 'US 8', 'XXL', 'M']
    """
    match = _SIZE.fullmatch(said)
    size = match["size"] if match else _NAMED.get(said.lower(), said)
    many = _MANY.fullmatch(size)
    return ("X" * int(many["many"]) + many["end"]).upper() if many else size


def sized(slots: Iterable[Slot], folded: str) -> list[Slot]:
    """Return slots, of which sizes hold the words that say that they are sizes."""
    return [_whole(slot, folded) if slot.name == "size" else slot for slot in slots]


def _whole(slot: Slot, folded: str) -> Slot:
    before, behind = _BEFORE.search(folded, 0, slot.start), _BEHIND.match(folded, slot.end)
    start = before.start() if before else slot.start
    end = behind.end() if behind and slot.value[-1:] not in "码号" else slot.end
    return replace(slot, start=start, end=end)
