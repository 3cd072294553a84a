"""Many phrases found in one walk over a text: longest first, in time that grows with the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")

LONGEST = 60
"""Phrases with more characters than this are not looked for."""

_GROUP = re.compile(r"\(([^()]*)\)")
_FIRST_HAN = "\u2e80"
_HAN = "\u2e80-\U0010ffff"


class Match(NamedTuple, Generic[V]):
    """A phrase in a text, and what it stands for."""

    start: int
    end: int
    value: V


class Phrases(Generic[V]):
    """Finds phrases in folded texts; what overlaps a longer one, or one that begins earlier, is left out.

    Phrases that begin or end with a letter or digit outside Chinese are found as whole words only.

    Args:
        values: folded phrase → what it stands for. Longer than ``LONGEST`` is left out.

    >>> [match.value for match in Phrases({"park": 1, "car park": 2}).matches("a car park, parks, a park")]
    [2, 1]
    """

    def __init__(self, values: Mapping[str, V]) -> None:
        self._values = {phrase: v for phrase, v in values.items() if 0 < len(phrase) <= LONGEST}
        lengths: dict[str, set[int]] = {}
        for phrase in self._values:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {key: tuple(sorted(n, reverse=True)) for key, n in lengths.items()}
        starts = {key[0] for key in lengths}
        latin = "".join(map(re.escape, sorted(start for start in starts if is_letter(start))))
        others = "".join(map(re.escape, sorted(start for start in starts if not is_letter(start))))
        either = [f"(?<![^\\W_{_HAN}])[{latin}]"] * bool(latin) + [f"[{others}]"] * bool(others)
        self._start = re.compile("|".join(either or ["(?!)"]))

    def __len__(self) -> int:
        return len(self._values)

    def matches(self, folded: str) -> list[Match[V]]:
        """Return what stands in a folded text, in order.

        Complexity: O(n), with at most ``LONGEST`` look-ups a character however many phrases there are.
        """
        found = []
        behind = 0
        lengths, values = self._lengths, self._values
        for place in self._start.finditer(folded):
            start = place.start()
            if start < behind:
                continue
            pair = folded[start : start + 2]
            for length in lengths.get(pair, ()) + (lengths.get(pair[0], ()) if pair[1:] else ()):
                phrase = folded[start : start + length]
                if phrase in values and _ends(folded, start + len(phrase)):
                    behind = start + len(phrase)
                    found.append(Match(start, behind, values[phrase]))
                    break
        return found


def is_letter(character: str) -> bool:
    """Return whether a character is a letter or digit of a script that parts its words."""
    return character < _FIRST_HAN and character.isalnum()


def _ends(folded: str, end: int) -> bool:
    """Return whether no word goes on behind a position; Chinese words have no bounds to respect."""
    return end == len(folded) or not (is_letter(folded[end - 1]) and is_letter(folded[end]))


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of one of some words, the longest that fits.

    >>> re.match(any_of(["car", "car park"]), "car park")[0]
    'car park'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def spelled_out(template: str) -> Iterator[str]:
    """Yield the phrases that a template such as ``(so|very) hot`` stands for; an alternative may be empty.

    >>> sorted(spelled_out("go(es|) on"))
    ['go on', 'goes on']
    """
    parts = _GROUP.split(template)
    choices = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(parts)]
    for words in product(*choices):
        yield " ".join("".join(words).split())


def lexicon(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """Return phrase → value of a vocabulary: value → templates with `` / `` between them.

    >>> lexicon({"park": "公园 / park(s|)"})
    {'公园': 'park', 'parks': 'park', 'park': 'park'}
    """
    return {
        phrase: value
        for value, templates in vocabulary.items()
        for template in templates.split(" / ")
        for phrase in spelled_out(template)
    }
