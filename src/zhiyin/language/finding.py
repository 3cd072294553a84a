"""What a reader found in one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that the words of a text say, with its receipt.

    Attributes:
        name: what it is about, such as ``price`` or ``size``.
        value: what was said of it, in its usual form.
        start: where the words that say it begin, in characters of the text.
        end: behind their last character.
        confidence: 0 to 1.
        method: the rule or the model that found it.
        lasts: how long it is true; None where it does not end by itself.

    >>> text = "a red one, please"
    >>> found = Finding("colour", "red", 2, 5, 0.9, "rule:colour")
    >>> text[found.start : found.end]
    'red'
    """

    name: str
    value: str
    start: int
    end: int
    confidence: float
    method: str
    lasts: timedelta | None = None
