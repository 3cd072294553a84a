"""Queries said in other words: by synonyms that the operator set, and those that clicks propose."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple

import numpy as np

from zhiyin.core.synonym import Synonym
from zhiyin.language.facts.phrases import Phrases
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.aids.related import RelatedQueries
from zhiyin.search.asked_queries import normal
from zhiyin.search.hits import Hits
from zhiyin.search.understanding import Understanding

MOST = 6
"""Ways of saying a query that are searched for, with the query itself."""
_WISH = 0.7
"""What is surer is a constraint."""


class Proposal(NamedTuple):
    """Two phrases that may mean the same, for people to decide on.

    Attributes:
        words: the phrases.
        queries: where they were seen.
        likeness: of what was chosen from these queries, 0 to 1.
        items: how many items were chosen from both.
        people: how many asked the less usual one.
    """

    words: tuple[str, str]
    queries: tuple[str, str]
    likeness: float
    items: int
    people: int


class Synonyms:
    """Says queries in other words.

    Args:
        synonyms: of the operator.

    >>> said = Synonyms([Synonym.read("sneakers = trainers"), Synonym.read("notebook -> laptop")])
    >>> said.alternatives("red trainers"), said.alternatives("notebook"), said.alternatives("laptop")
    (('red sneakers',), ('laptop',), ())
    """

    def __init__(self, synonyms: Iterable[Synonym]) -> None:
        others: dict[str, dict[str, None]] = {}
        for one in synonyms:
            for word in one.words:
                meant = one.meant or [other for other in one.words if other != word]
                for form in _forms(normal(word)):
                    others.setdefault(form, {}).update(dict.fromkeys(meant))
        self._phrases = Phrases({word: tuple(meant) for word, meant in others.items()})

    def alternatives(self, text: str) -> tuple[str, ...]:
        """Return a query in other words, up to ``MOST`` - 1 ways, those with one word changed before those with several.

        Complexity: O(n).
        """
        folded = normal(text)
        found = self._phrases.matches(folded)
        if not found:
            return ()
        said = {folded: 0}
        for chosen in islice(product(*((None, *match.value) for match in found)), 256):
            other = folded
            for match, meant in reversed(list(zip(found, chosen, strict=True))):
                if meant is not None:
                    other = other[: match.start] + meant + other[match.end :]
            said.setdefault(other, sum(meant is not None for meant in chosen))
        return tuple(sorted(said, key=lambda one: said[one])[1:MOST])

    def informed(
        self,
        read: Understanding,
        understand: Callable[[str], Understanding],
        terms: Container[str],
    ) -> Understanding:
        """Return a query with the values for which its words stand: where crimson is red, "crimson cup" asks for red.

        Where items have the words themselves, without having them for a value, such a value is a wish rather than a
        constraint.

        Args:
            read: the query.
            understand: reads another.
            terms: that items have.
        Complexity: O(n) where no synonym stands in the query.
        """
        asides = [(one.start, one.end) for one in read.exclusions]
        if read.price:
            asides.append((read.price.start, read.price.end))
        slots = list(read.slots)
        for match in self._phrases.matches(fold(read.said)):
            if any(match.start < end and start < match.end for start, end in asides):
                continue
            own = {s.name for s in read.slots if s.start < match.end and match.start < s.end}
            words = understand(read.said[match.start : match.end]).words
            for meant in match.value:
                for slot in understand(meant).slots:
                    if (slot.start, slot.end) == (0, len(meant)):
                        is_open = slot.name not in own and all(word in terms for word in words)
                        sure = min(slot.confidence, _WISH) if is_open else slot.confidence
                        slots.append(
                            replace(slot, start=match.start, end=match.end, confidence=sure)
                        )
        return read if len(slots) == len(read.slots) else replace(read, slots=tuple(slots))

    def readings(
        self, read: Understanding, understand: Callable[[str], Understanding]
    ) -> tuple[Understanding, ...]:
        """Return a query and the same in other words, as it was read first.

        Whoever set a synonym knows its words: a reading that takes one of them for a typing error does not count.

        Args:
            read: the query.
            understand: reads another.
        """
        is_misread = self._misreads(read)
        asked = self.alternatives(read.said if is_misread else read.text)
        others = [one for one in map(understand, asked) if not self._misreads(one)]
        first = () if others and is_misread else (read,)
        return *first, *(
            replace(
                read,
                said=one.said,
                text=one.text,
                words=one.words,
                slots=one.slots if read.slots else (),
            )
            for one in others
        )

    def _misreads(self, read: Understanding) -> bool:
        return any(self._phrases.matches(normal(one.said)) for one in read.corrections)


def best_of(found: Sequence[Hits], n: int = 300) -> Hits:
    """Return the hits of several ways of saying a query, each item with its best score, never the sum.

    Args:
        found: for each way, the query as it was typed first: it wins ties.
        n: how many at most.
    Complexity: O(hits · log hits).
    """
    if len(found) == 1:
        return found[0]
    numbers = np.concatenate([one.numbers for one in found])
    scores = np.concatenate([one.scores for one in found])
    matches = np.concatenate([one.matches for one in found])
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(numbers[order], return_index=True)
    kept = order[np.sort(first)][:n]
    return Hits(numbers[kept], scores[kept], matches[kept])


def proposed(related: RelatedQueries, *, n: int = 50) -> list[Proposal]:
    """Return phrases that may be synonyms, since from queries that differ in them alone the same items are chosen.

    A query with a word more, such as "red shoes" beside "shoes", is narrower rather than the same, and proposes nothing.

    Args:
        related: queries of enough people.
        n: how many at most, the most alike first.
    """
    tokenizer = Tokenizer()
    best: dict[tuple[str, str], Proposal] = {}
    for one in related.alike():
        queries = one.first.text, one.second.text
        words = _difference(normal(queries[0]), normal(queries[1]), tokenizer)
        if words is None:
            continue
        people = min(one.first.people, one.second.people)
        made = Proposal(words, queries, round(one.likeness, 4), one.items, people)
        pair = (min(words), max(words))
        if pair not in best or made.likeness > best[pair].likeness:
            best[pair] = made
    return sorted(best.values(), key=lambda one: (-one.likeness, -one.people, one.words))[:n]


def _difference(first: str, second: str, tokenizer: Tokenizer) -> tuple[str, str] | None:
    """Return what is left of two queries without the words that both begin and end with."""
    a, b = tokenizer.tokens(first), tokenizer.tokens(second)
    while a and b and a[0].text == b[0].text:
        a, b = a[1:], b[1:]
    while a and b and a[-1].text == b[-1].text:
        a, b = a[:-1], b[:-1]
    if not a or not b or {one.text for one in a} & {one.text for one in b}:
        return None
    return first[a[0].start : a[-1].end], second[b[0].start : b[-1].end]


def _forms(word: str) -> tuple[str, ...]:
    """Return an English word in singular and plural as well."""
    if not word.isascii() or not word[-1:].isalpha() or len(word) < 4:
        return (word,)
    return (word, word.removesuffix("s")) if word.endswith("s") else (word, f"{word}s")
