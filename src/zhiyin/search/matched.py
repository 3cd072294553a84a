"""Why a hit is one: the words it has, what was asked for that it is, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query, Reason
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.constraints import Constraint
from zhiyin.search.documents import texts_of
from zhiyin.search.evidence import ALIKE
from zhiyin.search.finding import Finding
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.match import NAMES
from zhiyin.search.searching import Searching
from zhiyin.search.understood import finding_of, rows_of
from zhiyin.search.unwanted import terms_of

_COVERED = NAMES.index("covered")
_SPELLED = Reason("spelled", data={"words": [], "fields": {}})
_FIELDS = ("title", "brand", "category", "attributes", "description")


class Matched:
    """Says for each hit which words of the query it has, which values asked for it has, and which it lacks.

    Kinds of reasons: ``matched`` (the whole of the score; data ``words`` as the query has them, ``fields`` field → words), or
    ``spelled`` where an item has no word of it, only some like them, and ``asked`` where it has a value alone; ``popular`` where no goods are named and all that fits is
    listed. ``asked``, ``priced``, ``lacks`` and ``overpriced`` are no part of the score (data ``name``, ``value`` as the query
    says it; of several values that are asked for, those that the item has).
    """

    name = "matched"

    def __init__(self, searching: Searching) -> None:
        self._searching = searching

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return each hit's reasons. Complexity: O(characters of the hits' texts), those seen lately apart."""
        finding = finding_of(query)
        asked = _Asked(finding, self._searching.slots)
        places = rows_of(finding, candidates).tolist()
        if finding.is_listing:
            first = [_listed(score) for score in candidates.scores.tolist()]
        else:
            first = self._matched(finding, candidates.ids)
        told = []
        for own, place in zip(first, places, strict=True):
            more = asked.reasons(place)
            if own[:1] == (_SPELLED,) and not asked.is_alike(place):
                own, more = (), self._as_asked(finding, place, more)
            told.append((*own, *more))
        return told

    def _as_asked(self, finding: Finding, place: int, reasons: list[Reason]) -> list[Reason]:
        """Return the reasons of a hit without a word of the query: the first value it has is the whole of the score."""
        for at, one in enumerate(reasons):
            if one.kind == "asked":
                return [*reasons[:at], replace(one, share=1.0), *reasons[at + 1 :]]
        number = finding.hits.numbers[place : place + 1]
        for slot in finding.read.slots:
            says = self._searching.slots.states(slot.name, (slot.value,))[number].any()
            if not slot.is_excluded and (
                says or self._searching.index.is_of_kind((slot,), number).any()
            ):
                said = finding.read.said[slot.start : slot.end]
                return [Reason("asked", data={"name": slot.name, "value": said}), *reasons]
        return [_SPELLED, *reasons]

    def _matched(self, finding: Finding, numbers: NDArray[np.int64]) -> list[tuple[Reason, ...]]:
        said = _said(finding.read.text)
        rows = {row["number"]: row for row in self._searching.index.rows(numbers)}
        reasons: list[tuple[Reason, ...]] = []
        for number in numbers.tolist():
            fields = _found(said, rows[number]) if number in rows else {}
            words = [word for word in said if any(word in own for own in fields.values())]
            if len(words) < len(said) and (praise := self._searching.index.praise(number)):
                praised = [
                    word for word in said if word not in words and said[word] <= terms_of(praise)
                ]
                words, fields = words + praised, fields | ({"opinions": praised} if praised else {})
            data = {"words": words, "fields": fields}
            reasons.append((Reason("matched", data=data) if words else _SPELLED,))
        return reasons


def _listed(score: float) -> tuple[Reason, ...]:
    return (Reason("popular"),) if score > 0 else ()


def _said(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text → their terms."""
    tokens = _TOKENIZER.tokens(text)
    told = {token.text: frozenset(_TOKENIZER.words(token.text)) for token in tokens}
    return {word: terms for word, terms in told.items() if terms}


def _found(said: Mapping[str, frozenset[str]], row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return field → words that stand in it, each in the first that has it."""
    texts, left, found = texts_of(row), dict(said), {}
    for field in _FIELDS:
        if not left:
            break
        own = frozenset().union(*(terms_of(fold(text)) for text in texts[field]))
        here = [word for word, terms in left.items() if terms <= own]
        if here:
            found[field] = here
            left = {word: terms for word, terms in left.items() if word not in here}
    return found


class _Asked:
    """Says of hits what was asked for that they are or lack."""

    def is_alike(self, place: int) -> bool:
        """Return whether the title of the hit at a place is written like the query; so is what is no hit."""
        matches = self._finding.hits.matches
        return place < 0 or bool(matches[place, _COVERED] >= ALIKE)

    def __init__(self, finding: Finding, slots: ItemSlots) -> None:
        self._finding = finding
        self._each = [
            [slots.states(one.name, (value,))[finding.hits.numbers] for value in one.values]
            if one.price is None
            else []
            for one in finding.asked
        ]

    def reasons(self, place: int) -> list[Reason]:
        """Return what is to be said of the hit at a place, -1 for none."""
        finding = self._finding
        if finding.broken is None or place < 0:
            return []
        told = zip(finding.asked, self._each, finding.broken[:, place].tolist(), strict=True)
        return [
            _reason(one, each, place, is_broken)
            for one, each, is_broken in told
            if one.said and (is_broken or one.price or any(has[place] for has in each))
        ]


def _reason(
    one: Constraint, each: Sequence[NDArray[np.bool_]], place: int, is_broken: bool
) -> Reason:
    said = list(one.said)
    if each and not is_broken:
        said = [word for word, has in zip(one.said, each, strict=True) if has[place]]
    data = {"name": one.name, "value": ", ".join(dict.fromkeys(said))}
    if one.price:
        return Reason("overpriced" if is_broken else "priced", 0.0, data=data)
    return Reason("lacks" if is_broken else "asked", 0.0, data=data)


_TOKENIZER = Tokenizer()
