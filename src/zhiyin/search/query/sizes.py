"""Sizes as shoppers write them, and as catalogues do: 36码, 36号, size 36 and EU 36 are 36."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from zhiyin.search.understanding import Slot

_BEFORE = re.compile(r"(?:\b(?:size|eur?)[\s:]*|(?:尺码|码数|尺寸|鞋码)[\s:是为]*)$")
_BEHIND = re.compile(r"\s?[码号](?!色)")
_SIZE = re.compile(
    r"(?:(?:size|eur?)[\s:]*|(?:尺码|码数|尺寸|鞋码)[\s:是为]*)?(?P<size>\d{1,3}(?:\.5)?(?:-\d{1,3}(?:\.5)?)?|\d?x{0,4}[sml])\s?[码号]?",
    re.IGNORECASE,
)


def bare_size(said: str) -> str:
    """Return a size without the words that say that it is one; another is returned as it is.

    >>> [bare_size(said) for said in ("36码", "size 36", "EU 36.5", "XL码", "均码", "US 8", "2米")]
    ['36', '36', '36.5', 'XL', '均码', 'US 8', '2米']
    """
    match = _SIZE.fullmatch(said)
    return match["size"] if match else said


def sized(slots: Iterable[Slot], folded: str) -> list[Slot]:
    """Return slots, of which sizes hold the words that say that they are sizes."""
    return [_whole(slot, folded) if slot.name == "size" else slot for slot in slots]


def _whole(slot: Slot, folded: str) -> Slot:
    before, behind = _BEFORE.search(folded, 0, slot.start), _BEHIND.match(folded, slot.end)
    start = before.start() if before else slot.start
    end = behind.end() if behind and slot.value[-1:] not in "码号" else slot.end
    return replace(slot, start=start, end=end)
