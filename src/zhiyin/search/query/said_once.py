"""Queries that say the same over and over."""

from __future__ import annotations

import re

from zhiyin.language.scripts import HAN

_HAN = re.compile(f"[{HAN}]+")
_THRICE = 3


def said_once(folded: str) -> str:
    """Return what a folded query repeats from its beginning to its end, once; one that does not is returned as it is.

    Words are repeated with what parts them, Chinese ones also without; a single character is a repetition from the third
    on, since words such as 旺旺 have it twice.

    Complexity: O(n²) comparisons of characters, n at most the 200 that are read.

    >>> said_once("red shoes red shoes"), said_once("跑步鞋跑步鞋跑步"), said_once("茶茶茶"), said_once("旺旺"), said_once("tutu")
    ('red shoes', '跑步鞋', '茶', '旺旺', 'tutu')
    """
    for text in (folded, folded + " "):
        for size in range(1, len(text) // 2 + 1):
            if text.startswith(text[size:]):
                unit = text[:size]
                if _is_said(unit, len(text) // size):
                    return unit.rstrip()
                break
    return folded


def _is_said(unit: str, times: int) -> bool:
    if _HAN.fullmatch(unit):
        return len(unit) > 1 or times >= _THRICE
    return any(map(str.isspace, unit)) and not unit.isspace()
