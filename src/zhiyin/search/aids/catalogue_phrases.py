"""What a catalogue gives to suggest before anybody searched: its categories, its brands, and what its titles are about."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.language.tokens import Token, Tokenizer
from zhiyin.search.aids.suggesting import Kind
from zhiyin.search.asked_queries import normal

FEWEST_TITLES = 3
"""Titles that have a phrase, from which on it is one."""
LEAST_OF_ONE = 0.6
"""Share of the titles with a phrase that are of one category: words such as "set" or 可用 stand everywhere."""
_LONGEST = 200
_MOST_WORDS = 3
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|（[^（）]*）")
_ENDS = re.compile(r"\s(?:in|with|for|by|and|of|w/)\s|\s[-–|]\s|[,，;；:：/|]")
_PART = re.compile(r"[^\W_]+")
_HAS_DIGIT = re.compile(r"\d")


class _Said(NamedTuple):
    text: str
    kind: Kind
    category: str | None


class CataloguePhrase(NamedTuple):
    """A phrase, how many items say it, the category where most of them are, and how many of these items may be shown."""

    text: str
    kind: Kind
    items: int
    category: str | None
    shown: int


class CataloguePhrases:
    """Counts the phrases of items, and takes back what changed items said before.

    Args:
        brands: kept in one piece.

    >>> row = {"number": 0, "title": "Oak Floor Lamp with Bulb", "brand": "Acme", "category": "Home > Lamps", "translations": None}
    >>> found = CataloguePhrases()
    >>> found.put({**row, "number": number} for number in range(3))
    >>> sorted((one.text, one.items) for one in found.phrases())
    [('Acme', 3), ('Home', 3), ('Lamps', 3), ('floor lamp', 3), ('lamp', 3), ('oak floor lamp', 3)]
    """

    def __init__(self, brands: Iterable[str] = ()) -> None:
        self._tokenizer = Tokenizer(brands)
        self._of_item: dict[int, frozenset[_Said]] = {}
        self._counts: Counter[_Said] = Counter()

    def put(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in items, new or changed; rows of ``Store.entities_since``.

        Complexity: O(characters of their titles).
        """
        for row in rows:
            said = frozenset(self._said(row))
            self._counts.subtract(self._of_item.get(row["number"], ()))
            self._counts.update(said)
            self._of_item[row["number"]] = said

    def phrases(
        self, fewest: int = FEWEST_TITLES, hidden: Iterable[int] = ()
    ) -> list[CataloguePhrase]:
        """Return the phrases; those of titles only where so many have them.

        Args:
            fewest: titles, with those of hidden items.
            hidden: numbers of items that may not be shown.
        """
        unseen = Counter(said for number in hidden for said in self._of_item.get(number, ()))
        ways: dict[str, list[tuple[_Said, int]]] = {}
        for said, count in self._counts.items():
            if count > 0:
                ways.setdefault(normal(said.text), []).append((said, count))
        found = []
        for same in ways.values():
            # A category goes before a brand, and both before words of titles.
            usual = max(same, key=lambda one: (_RANK[one[0].kind], one[1], one[0].text))[0]
            items = sum(count for said, count in same if said.kind == usual.kind)
            shown = sum(count - unseen[said] for said, count in same)
            where, most = _of_most((said.category, count) for said, count in same)
            is_spread = most < LEAST_OF_ONE * sum(count for _, count in same)
            if usual.kind != "product" or (items >= fewest and not is_spread):
                found.append(CataloguePhrase(usual.text, usual.kind, items, where, shown))
        return found

    def _said(self, row: Mapping[str, Any]) -> Iterator[_Said]:
        category = leaf(row["category"])
        for said in (row, *json.loads(row["translations"] or "{}").values()):
            if brand := (said.get("brand") or "").strip():
                yield _Said(brand, "brand", category)
            for part in (said.get("category") or "").split(">"):
                if part.strip():
                    yield _Said(part.strip(), "category", category)
            for phrase in self._about(said.get("title") or "", normal(brand)):
                yield _Said(phrase, "product", category)

    def _about(self, title: str, brand: str) -> Iterator[str]:
        """Yield the words with which a title says what the goods are: up to three that end so.

        In Chinese those are the first that stand together, in other languages the last; brands and numbers are none. A
        Chinese character behind another word begins none, since most such are the rest of one: 耳咖啡 of 挂耳咖啡.
        """
        folded = _IN_BRACKETS.sub(" ", fold(title[:_LONGEST]))
        first = _ENDS.split(folded)[0]
        runs = list(_runs(self._tokenizer.tokens(first), first, brand))
        if not runs:
            return
        chinese = [run for run in runs if run[0].kind == "zh"]
        run = chinese[0] if chinese else runs[-1]
        for place in range(max(len(run) - _MOST_WORDS, 0), len(run)):
            phrase = first[run[place].start : run[-1].end]
            is_cut = place > 0 and run[place].kind == "zh" and len(run[place].text) == 1
            if len(phrase) > 1 and run[place].text not in STOP_WORDS and not is_cut:
                yield phrase


_RANK: Mapping[Kind, int] = {"category": 2, "brand": 1, "product": 0}


def leaf(category: str | None) -> str | None:
    """Return the last part of a category's path, None for none."""
    return (category or "").rpartition(">")[2].strip() or None


def _of_most(counts: Iterable[tuple[str | None, int]]) -> tuple[str | None, int]:
    """Return the category that is counted most, and how often."""
    total: Counter[str | None] = Counter()
    for category, count in counts:
        total[category] += count
    return max(total.items(), key=lambda one: (one[1], one[0] or ""))


def _runs(tokens: list[Token], text: str, brand: str) -> Iterator[list[Token]]:
    """Yield the words that stand together: Chinese ones without a space, others with one; numbers and brands part them."""
    names = set(_PART.findall(brand))
    run: list[Token] = []
    for token in tokens:
        is_word = not _HAS_DIGIT.search(token.text) and token.kind in ("zh", "en")
        gap = text[run[-1].end : token.start] if run else ""
        goes_on = run and token.kind == run[-1].kind and gap == ("" if token.kind == "zh" else " ")
        if run and not (goes_on and is_word):
            yield run
            run = []
        if is_word and token.text not in names:
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run
