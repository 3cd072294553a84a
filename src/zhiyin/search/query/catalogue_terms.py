"""What the catalogue itself says, to be found in queries: brands, categories and values of attributes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Self

from zhiyin.language.facts.phrases import Match, Phrases
from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.language.tokens import dictionary
from zhiyin.search.item_slots import called
from zhiyin.search.query.catalogue_glossary import glossary

_LONGEST = 40
_SAYS_NOTHING = frozenset({"all", "everyone", "none", "other", "others", "unknown", "其他", "通用", "无", "yes", "no"})  # fmt: skip
_RANK = {"category": 2, "brand": 1}
"""Where a phrase is several things, a category goes before a brand, and a brand before an attribute."""


class Term(NamedTuple):
    """A value of the catalogue: the name of its field, and how the catalogue writes it."""

    name: str
    value: str


class CatalogueTerms:
    """Finds values of a catalogue in queries, longest first.

    Args:
        rows: items, as ``Store.entities_since`` gives them.

    >>> row = {"title": "WH-1000XM5", "description": None, "brand": "Sony", "category": "Electronics > Headphones", "attributes": '{"colour": "navy"}', "translations": None}
    >>> terms = CatalogueTerms([row])
    >>> [tuple(match.value) for match in terms.matches("navy sony headphones")]
    [('colour', 'navy'), ('brand', 'Sony'), ('category', 'Headphones')]
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        self._counts: dict[str, dict[Term, int]] = {}
        self._phrases: Phrases[Term] = Phrases({})
        self.add(rows)

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in items; what others said before stays."""
        kept = list(rows)
        for row in kept:
            for term in _terms(row):
                self._take(" ".join(fold(term.value).split()), term)
        for phrase, (name, value) in glossary(kept).items():
            self._take(phrase, Term(called(name), value))
        self._phrases = self._found()

    @classmethod
    def from_counts(cls, counts: Mapping[str, Iterable[tuple[str, str, int]]]) -> Self:
        """Open what ``counts`` gave."""
        opened = cls()
        for phrase, own in counts.items():
            opened._counts[phrase] = {Term(name, value): often for name, value, often in own}
        opened._phrases = opened._found()
        return opened

    def counts(self) -> dict[str, list[tuple[str, str, int]]]:
        """Return phrase → the values it stands for, as name, value and how many items have it."""
        return {
            phrase: [(*term, often) for term, often in list(own.items())]
            for phrase, own in list(self._counts.items())
        }

    def matches(self, folded: str) -> list[Match[Term]]:
        """Return the values in a folded query, in order."""
        return self._phrases.matches(folded)

    def _found(self) -> Phrases[Term]:
        """Return what is looked for, in one piece, so that queries may be read while items are taken in."""
        whole = {
            phrase: max(counts, key=lambda term: (_RANK.get(term.name, 0), counts[term]))
            for phrase, counts in self._counts.items()
        }
        return Phrases({**_endings(whole), **whole})

    def _take(self, phrase: str, term: Term) -> None:
        if 1 < len(phrase) <= _LONGEST and not _is_empty(phrase):
            counts = self._counts.setdefault(phrase, {})
            counts[term] = counts.get(term, 0) + 1


def _terms(row: Mapping[str, Any]) -> Iterator[Term]:
    translations = json.loads(row["translations"] or "{}")
    for said in (row, *translations.values()):
        if brand := said.get("brand"):
            yield Term("brand", brand)
        for part in (said.get("category") or "").split(">"):
            if part.strip():
                yield Term("category", part.strip())
    for name, value in json.loads(row["attributes"] or "{}").items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.strip():
                yield Term(called(name), one.strip())


def _endings(whole: Mapping[str, Term]) -> dict[str, Term]:
    """Return what names of two words or more may be called for short, by how they end, where only one ends so.

    >>> _endings({"clear phone case": Term("type", "clear phone case"), "轻薄羽绒服": Term("type", "down jacket")})
    {'phone case': Term(name='type', value='clear phone case'), '羽绒服': Term(name='type', value='down jacket')}
    """
    found: dict[str, set[Term]] = {}
    for phrase, term in whole.items():
        if term.name not in _RANK and (ending := _shorter(phrase)):
            found.setdefault(ending, set()).add(term)
    return {
        ending: terms.pop()
        for ending, terms in found.items()
        if len(terms) == 1 and ending not in whole and not _is_empty(ending)
    }


@lru_cache(maxsize=1 << 16)
def _shorter(phrase: str) -> str | None:
    words = phrase.split()
    if len(words) in (3, 4):
        return " ".join(words[1:])
    if len(words) == 1 and not phrase.isascii():
        cut = dictionary().tokenize(phrase)
        if len(cut) > 1 and len(ending := phrase[cut[0][2] :]) > 2:
            return ending
    return None


def _is_empty(phrase: str) -> bool:
    bare = phrase.replace(".", "").replace("-", "").replace(" ", "")
    return phrase in _SAYS_NOTHING or phrase in STOP_WORDS or bare.isdecimal()
