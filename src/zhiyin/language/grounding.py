"""What a model said, held against the text that it read: nothing is kept that the text does not say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from zhiyin.language.scripts import LATIN, fold

_LETTER = re.compile(f"[{LATIN}0-9]")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![.!?。！？]\s)(?<![.!?。！？])(?<!^)\b[A-Z][\w-]*")


def span_of(value: str, text: str) -> tuple[int, int] | None:
    """Return where a text says a value, or None: the same letters but for width, case and script.

    Letters and digits must not go on at its ends, so "red" is not found in "bored", nor 12 in 128.

    Complexity: O(n) for a text of n characters.

    >>> span_of("RED", "a red one"), span_of("red", "bored")
    ((2, 5), None)
    """
    sought = fold(value).strip()
    return _found(sought, fold(text)) if sought else None


def grounded(
    values: Mapping[str, Any], text: str, allowed: Mapping[str, Collection[str]] | None = None
) -> dict[str, Any]:
    """Return the values that a text says, or that are among those allowed for their name; the others are dropped.

    Texts must stand in the text, see `span_of`. Of a list the elements are kept that do, and of a list of objects
    those whose every field does. Numbers and booleans are no quotations, so they are kept only where they are allowed.

    Args:
        values: name → what a model found.
        text: what it read.
        allowed: name → values that need not be quoted, since the schema offers no others.
    Complexity: O(n v) for v values.

    >>> grounded({"brand": "Nike", "color": "红色", "season": "夏"}, "NIKE 跑鞋 夏季", {"season": ["夏", "冬"]})
    {'brand': 'Nike', 'season': '夏'}
    """
    folded = fold(text)
    kept: dict[str, Any] = {}
    for name, value in values.items():
        left = _kept(name, value, folded, allowed or {})
        if left not in (None, "", [], {}):
            kept[name] = left
    return kept


def invented(sentence: str, facts: object) -> list[str]:
    """Return the numbers, and the names with a capital letter, in a sentence that its facts do not hold.

    A sentence for which this is not empty must not be shown. What is made up in other words is not found, in Chinese
    above all: it is a fence, not a proof.

    >>> invented("It costs 199 and Nike made it in 2020.", [["price", "199"], ["brand", "NIKE"]])
    ['2020']
    """
    said = fold(repr(facts))
    parts = [*_NUMBER.findall(sentence), *_NAME.findall(sentence)]
    return [part for part in parts if _found(fold(part), said) is None]


def _kept(name: str, value: Any, folded: str, allowed: Mapping[str, Collection[str]]) -> Any:
    if isinstance(value, list):
        return [one for one in value if _kept(name, one, folded, allowed) not in (None, "", {})]
    if isinstance(value, Mapping):
        parts = {key: _kept(key, one, folded, allowed) for key, one in value.items()}
        return dict(value) if all(part is not None for part in parts.values()) else None
    if name in allowed and value in allowed[name]:
        return value
    if not isinstance(value, str):
        return None
    sought = fold(value).strip()
    return value.strip() if sought and _found(sought, folded) else None


def _found(sought: str, folded: str) -> tuple[int, int] | None:
    start = folded.find(sought)
    while start >= 0:
        end = start + len(sought)
        if not (_goes_on(folded, start) or _goes_on(folded, end)):
            return start, end
        start = folded.find(sought, start + 1)
    return None


def _goes_on(folded: str, at: int) -> bool:
    """Return whether a Latin word or a number reaches over a place, so that what ends there is a part of it."""
    if not 0 < at < len(folded):
        return False
    before, after = folded[at - 1], folded[at]
    if before.isdigit() or after.isdigit():
        return before.isdigit() and after.isdigit()
    return bool(_LETTER.match(before) and _LETTER.match(after))
