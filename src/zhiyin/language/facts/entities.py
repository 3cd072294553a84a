"""Names in a text: works, brands, items and places, linked to what the shop has of them.

A title in 《》 is always one; a title in quotes and a bare name are where the shop knows them, and everyday words such as
苹果 or "target" only where the words around them say that the name is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from zhiyin.language.facts import vocabulary_everyday as words
from zhiyin.language.facts.context import PLACE_LASTS, place_at
from zhiyin.language.facts.gazetteer import MARKED, WORKS, Entity, Gazetteer
from zhiyin.language.facts.intents import GOING_LASTS, is_going
from zhiyin.language.facts.phrases import Match
from zhiyin.language.facts.sensitive import is_sensitive
from zhiyin.language.facts.statements import HIDDEN, Clause, Said
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import fold

METHOD = "rule:entities@1"
WANTING_LASTS = timedelta(days=14)
LIKED = 0.2
"""From which polarity on somebody is said to like, and below whose negative to dislike."""

MOST_ASKED = 20
"""Of how many names in a text it is asked what the text thinks of them."""

Opinion = Callable[[str, int, int], float]
"""Text, start and end of what is spoken of → polarity of the text toward it, -1 to 1."""

_QUOTED = re.compile(r"[“「『]([^“”「」『』]{1,60})[”」』]|(?<![\w\"])\"([^\"]{1,60})\"(?!\w)")
_WORKS = {kind: re.compile(said) for kind, said in words.WORKS.items()}
_SEEN = re.compile(words.SEEN)
_WATCHED = re.compile(words.WATCHED)
_DONE = {kind: (name, re.compile(said)) for kind, (name, said) in words.DONE.items()}
_WANTED = re.compile(words.WANTED)
_BRAND_AFTER = re.compile(words.BRAND_AFTER)
_BRAND_BEFORE = re.compile(words.BRAND_BEFORE)
_COMPARED = re.compile(r"像|类似|一样|相比|\blike\b")
_WINDOW = 60
_STOPS = " .,;!?，。；！"
_MARKS = f'“「『"{HIDDEN} '
_HARMLESS = ("film", "series", "song", "game", "creator")


class Mention(NamedTuple):
    """An entity in a text: its span, and how sure that it is meant."""

    entity: Entity
    start: int
    end: int
    confidence: float


def read_entities(
    text: str | Said, gazetteer: Gazetteer, opinion: Opinion | None = None
) -> list[Finding]:
    """Find what a text is about, what its writer did with it, and what he or she thinks of it.

    Args:
        text: what somebody wrote.
        gazetteer: the names the shop knows.
        opinion: says what a text thinks of something in it; without it no opinion is found.
    Returns: a finding named by the kind of entity (``film``, ``brand``, …) with its name as the shop writes it;
        ``seen``, ``read``, ``heard`` and ``played`` of works; ``intent`` such as ``see`` and the work's name; and
        ``likes`` or ``dislikes`` with the name. ``gazetteer.find(name)`` has the items.
    Complexity: O(n).

    >>> [(f.name, f.value) for f in read_entities("看了《星渡》", Gazetteer())]
    [('film', '星渡'), ('seen', '星渡')]
    """
    said = Said.of(text)
    near = _Near(said)
    return [
        finding
        for place, mention in enumerate(mentions(said, gazetteer))
        for finding in _findings(said, mention, near, opinion if place < MOST_ASKED else None)
    ]


def mentions(said: Said, gazetteer: Gazetteer) -> list[Mention]:
    """Return the entities in a text, in order, none inside another."""
    found = [*_titles(said, gazetteer), *_names(said, gazetteer)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return [mention for mention in kept if not _is_private(mention)]


class _Near:
    """What the clauses around a work say of it; each clause is looked at once, however many works stand in it."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._kinds: dict[int, str | None] = {}
        self._deeds: dict[tuple[str, int], bool | None] = {}
        self._usual: str | None = None

    def kind(self, position: int) -> tuple[str, float]:
        """Return the kind of a work by what its clause says, else its sentence, else the whole text, and how surely."""
        for clause in self._clauses(position):
            if clause.start not in self._kinds:
                self._kinds[clause.start] = _first_kind(clause.words)
            if kind := self._kinds[clause.start]:
                return kind, 0.85
        if _WATCHED.search(self._said.clause_at(position).words):
            return "film", 0.65
        if self._usual is None:
            self._usual = _first_kind(self._said.plain) or "title"
        return self._usual, 0.7

    def is_done(self, position: int, kind: str) -> bool:
        """Return whether the writer says to have seen, read, heard or played a work, whenever that was."""
        own = self._said.clause_at(position)
        if _COMPARED.search(own.words):
            return False
        for clause in self._clauses(position):
            if clause is not own and clause.before is not own and own.before is not clause:
                continue
            key = kind, clause.start
            if key not in self._deeds:
                self._deeds[key] = _is_done(clause, _DONE[kind][1])
            if (is_done := self._deeds[key]) is not None:
                return is_done
        return False

    def _clauses(self, position: int) -> Iterator[Clause]:
        yield self._said.clause_at(position)
        yield from self._said.around(position)


def _first_kind(plain: str) -> str | None:
    return next((kind for kind, said_of_it in _WORKS.items() if said_of_it.search(plain)), None)


def _is_done(clause: Clause, done: re.Pattern[str]) -> bool | None:
    """Return whether a clause says that the writer did it; None where it says nothing of that."""
    deed = done.search(clause.words)
    if deed is None:
        return None
    return clause.tells(clause.start + deed.start())


def _titles(said: Said, gazetteer: Gazetteer) -> Iterator[Mention]:
    spans = [(*found.span(1), True) for found in MARKED.finditer(said.folded)]
    for found in _QUOTED.finditer(said.folded):
        start, end = found.span(1) if found[1] else found.span(2)
        begin = max(said.clause_at(found.start()).start, start - _WINDOW)
        if gazetteer.find(said.text[start:end]) or _SEEN.search(said.plain[begin : start - 1]):
            spans.append((start, end, False))
    near = _Near(said)
    for start, end, is_marked in spans:
        name = said.written(start, end).strip(_STOPS)
        kind, sure = near.kind(start)
        entity = gazetteer.find(name, kind)
        if entity is not None and entity.kind != "title":
            yield Mention(entity, start, end, 0.95 if is_marked else 0.85)
        elif name:
            work = Entity(kind, name, () if entity is None else entity.items)
            yield Mention(work, start, end, sure if is_marked else sure * 0.8)


def _names(said: Said, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in gazetteer.matches(said.plain):
        sure = 0.85
        if gazetteer.needs_cue(match, said.plain):
            if not _has_cue(said, match):
                continue
            sure = 0.7
        yield Mention(match.value, match.start, match.end, sure)


def _has_cue(said: Said, match: Match[Entity]) -> bool:
    """Return whether the words around an everyday name say that the name is meant."""
    clause = said.clause_at(match.start)
    if match.value.kind in WORKS:
        return _WORKS[match.value.kind].search(clause.words) is not None
    begin = max(clause.start, match.start - _WINDOW)
    if match.value.kind == "brand" and (
        _BRAND_AFTER.match(said.plain, match.end)
        or _BRAND_BEFORE.search(said.plain[begin : match.start])
    ):
        return True
    before = said.text[begin : match.start].split()
    return bool(before) and said.text[match.start].isupper() and not before[-1][0].isupper()


def _findings(
    said: Said, mention: Mention, near: _Near, opinion: Opinion | None
) -> Iterator[Finding]:
    entity, start, end, sure = mention
    clause = said.clause_at(start)
    if entity.kind == "place":
        if at := place_at(said, start, end):
            yield Finding("place", entity.name, start, end, at, METHOD, PLACE_LASTS)
        elif is_going(said, start, end):
            yield Finding("intent", entity.name, start, end, sure, METHOD, GOING_LASTS)
        return
    yield Finding(entity.kind, entity.name, start, end, sure, METHOD)
    if entity.kind in _DONE:
        begin = max(clause.start, start - _WINDOW)
        wanted = _WANTED.search(said.plain[begin:start].rstrip(_MARKS))
        if wanted and clause.states(begin + wanted.start()):
            value = f"{words.TO_DO[entity.kind]} {entity.name}"
            yield Finding("intent", value, start, end, sure * 0.9, METHOD, WANTING_LASTS)
        elif near.is_done(start, entity.kind):
            yield Finding(_DONE[entity.kind][0], entity.name, start, end, sure * 0.9, METHOD)
    if opinion is not None and not clause.is_question:
        polarity = opinion(said.text, start, end)
        if abs(polarity) >= LIKED:
            verdict = "likes" if polarity > 0 else "dislikes"
            yield Finding(verdict, entity.name, start, end, sure * min(1, abs(polarity)), METHOD)


def _is_private(mention: Mention) -> bool:
    """Return whether a name tells of what is nobody's business, as that of a book on an illness does."""
    return mention.entity.kind not in _HARMLESS and is_sensitive(fold(mention.entity.name))
