"""Texts without what no reader sees: tags, entities and characters of no width."""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAKS = r"</?(?:br|p|div|li|ul|ol|tr|td|table|h[1-6])\b[^<>]{0,200}>"
_TAG = r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:[\s/][^<>]{0,200})?>|<!--[^<>]{0,200}-->"
_SPACE = r"&(?:nbsp|#160|#xa0);"
_UNSEEN = (
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    r"|(?<=\w)[\u200c\u200d]+(?=\w)"
)
_HIDDEN = re.compile(
    f"(?P<breaks>{_BREAKS})|(?P<space>{_SPACE})|{_TAG}|(?:{_UNSEEN})+", re.IGNORECASE
)


class Bare(NamedTuple):
    """A text as it is seen, and where its characters stood.

    Attributes:
        text: without what is not seen; a tag that breaks lines is a line end.
        places: of each character in the written text; None where nothing was taken out.
    """

    text: str
    places: list[int] | None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the written text for one of ``text``."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def bare(text: str) -> Bare:
    """Return a text as it is seen.

    Complexity: O(n).

    >>> seen = bare("质量<b>很</b>好")
    >>> seen.text, seen.written(2, 4)
    ('质量很好', (5, 11))
    """
    parts: list[str] = []
    places: list[int] = []
    behind = 0
    for match in _HIDDEN.finditer(text):
        parts.append(text[behind : match.start()])
        places += range(behind, match.start())
        if match.lastgroup:
            parts.append("\n" if match.lastgroup == "breaks" else " ")
            places.append(match.start())
        behind = match.end()
    if not behind:
        return Bare(text, None)
    return Bare("".join(parts) + text[behind:], [*places, *range(behind, len(text))])
