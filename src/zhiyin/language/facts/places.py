"""Where a text names places: kinds such as 公园, and towns such as 北京."""

from __future__ import annotations

import re

from zhiyin.language.facts import vocabulary_places as towns
from zhiyin.language.facts.phrases import Match, Phrases, lexicon
from zhiyin.language.facts.vocabulary_context import PLACES

TOWN = "town"
"""Stands for a town, a province or a country."""

_TOWNS_EN = " ".join(towns.TOWNS_EN.split())
_PLACES = Phrases(
    dict.fromkeys(towns.TOWNS_ZH.split(), TOWN) | lexicon({TOWN: _TOWNS_EN}) | lexicon(PLACES)
)
_NO_TOWN = re.compile(towns.NO_TOWN)


def places_in(text: str, plain: str) -> list[Match[str]]:
    """Return the places named in a text, by kind; what only looks like one, such as 公园路, is none.

    Args:
        text: as it was written; an English town has a capital letter.
        plain: the same folded.

    >>> [match.value for match in places_in("Beijing北京的公园", "beijing北京的公园")]
    ['town', 'town', 'park']
    """
    return [
        match
        for match in _PLACES.matches(plain)
        if match.value and (match.value != TOWN or _is_town(text, plain, match))
    ]


def _is_town(text: str, plain: str, match: Match[str]) -> bool:
    first = text[match.start]
    is_named = first.isupper() if plain[match.start].isascii() else True
    return is_named and not _NO_TOWN.match(plain, match.end)
