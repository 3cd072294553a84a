"""Why a hit is one: the words it has, what was asked for that it is, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.core import Candidates, Query, Reason
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.constraints import Constraint
from zhiyin.search.documents import texts_of
from zhiyin.search.searching import Finding, Searching
from zhiyin.search.understood import finding_of, rows_of
from zhiyin.search.unwanted import terms_of

_FIELDS = ("title", "brand", "category", "attributes", "description")


class Matched:
    """Says for each hit which words of the query it has, which values asked for it has, and which it lacks.

    Kinds of reasons: ``matched`` (the whole of the score; data ``words`` as the query has them, ``fields`` field → words), or
    ``spelled`` where an item has no word of it, only pieces of words; ``asked``, ``priced``, ``lacks`` and ``overpriced`` (data ``name``, ``value`` as the query says it; no part of the score).
    """

    name = "matched"

    def __init__(self, searching: Searching) -> None:
        self._searching = searching

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return each hit's reasons. Complexity: O(characters of the hits' texts), those seen lately apart."""
        finding = finding_of(query)
        said = _said(finding.read.text)
        rows = {row["number"]: row for row in self._searching.index.rows(candidates.ids)}
        reasons = []
        for number, place in zip(
            candidates.ids.tolist(), rows_of(finding, candidates).tolist(), strict=True
        ):
            fields = _found(said, rows[number]) if number in rows else {}
            words = [word for word in said if any(word in own for own in fields.values())]
            kind = "matched" if words else "spelled"
            matched = Reason(kind, data={"words": words, "fields": fields})
            reasons.append((matched, *_asked(finding, place)))
        return reasons


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


def _asked(finding: Finding, place: int) -> list[Reason]:
    if finding.broken is None or place < 0:
        return []
    told = zip(finding.asked, finding.broken[:, place].tolist(), strict=True)
    return [_reason(one, is_broken) for one, is_broken in told if one.said]


def _reason(one: Constraint, is_broken: bool) -> Reason:
    data = {"name": one.name, "value": ", ".join(one.said)}
    if one.price:
        return Reason("overpriced" if is_broken else "priced", 0.0, data=data)
    return Reason("lacks" if is_broken else "asked", 0.0, data=data)


_TOKENIZER = Tokenizer()
