"""Searches that go with another: what was chosen from them, or their words, are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from zhiyin.language.tokens import Tokenizer
from zhiyin.search.asked_queries import AskedQuery, normal, tellable

BY_WORDS = 0.5
"""What sharing all words counts beside sharing all that was chosen."""
LEAST = 0.15
_MOST_OF_WORD = 2_000
"""Queries of a word that are looked at, the most usual first."""


class RelatedQuery(NamedTuple):
    """A query that goes with another.

    Attributes:
        text: of the query.
        by_choice: cosine of how many people chose which items, 0 to 1.
        by_words: share of the words of both that both have, 0 to 1.
    """

    text: str
    by_choice: float
    by_words: float


class AlikeQueries(NamedTuple):
    """Two queries from which the same items are chosen.

    Attributes:
        first: the one asked by more people.
        second: the other.
        likeness: cosine of how many people chose which items, 0 to 1.
        items: how many were chosen from both.
    """

    first: AskedQuery
    second: AskedQuery
    likeness: float
    items: int


class RelatedQueries:
    """Finds the queries that go with one.

    Args:
        asked: the log's queries; those that may not be told are left out.

    >>> chosen = {7: 4, 8: 2}
    >>> related = RelatedQueries([AskedQuery("trail shoes", 9, 6, 0, 30, chosen), AskedQuery("sneakers", 9, 6, 0, 30, chosen)])
    >>> [one.text for one in related.to("sneakers")], [one.text for one in related.to("blue shoes")]
    (['trail shoes'], ['trail shoes'])
    """

    def __init__(self, asked: Sequence[AskedQuery]) -> None:
        self._asked = sorted(tellable(asked), key=lambda one: (-one.people, -one.times, one.text))
        self._numbers = {normal(one.text): number for number, one in enumerate(self._asked)}
        self._tokenizer = Tokenizer()
        self._words = [frozenset(self._tokenizer.words(one.text)) for one in self._asked]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                if len(self._with[word]) < _MOST_OF_WORD:
                    self._with[word].append(number)
        self._chosen = _chosen(self._asked)

    def to(self, text: str, *, n: int = 8) -> list[RelatedQuery]:
        """Return the queries most alike, best first; never the query itself, nor two of the same words.

        Args:
            text: a query, in the log or not.
            n: how many at most.
        Complexity: O(queries that share a word or a chosen item).
        """
        own = self._numbers.get(normal(text), -1)
        words = frozenset(self._tokenizer.words(text))
        by_choice = self._by_choice(own)
        near = {*by_choice, *(number for word in words for number in self._with.get(word, ()))}
        found = []
        for number in near - {own}:
            other = self._words[number]
            shared = len(words & other) / max(len(words | other), 1)
            one = RelatedQuery(self._asked[number].text, by_choice.get(number, 0.0), shared)
            worth = one.by_choice + BY_WORDS * shared
            if shared < 1 and worth >= LEAST:
                found.append((-worth, number, one))
        once: dict[frozenset[str], RelatedQuery] = {}
        for _, number, one in sorted(found):
            once.setdefault(self._words[number], one)
        return list(once.values())[:n]

    def alike(self, *, least: float = 0.5, fewest_items: int = 2) -> Iterator[AlikeQueries]:
        """Yield the pairs of queries from which much the same is chosen.

        Args:
            least: cosine.
            fewest_items: that were chosen from both.
        Complexity: O(pairs that share a chosen item).
        """
        both = sparse.triu(self._chosen @ self._chosen.T, 1).tocoo()
        near = both.data >= least
        for a, b, likeness in zip(both.row[near], both.col[near], both.data[near], strict=True):
            first, second = self._asked[a], self._asked[b]
            items = len(first.chosen.keys() & second.chosen.keys())
            if items >= fewest_items:
                yield AlikeQueries(first, second, float(likeness), items)

    def _by_choice(self, own: int) -> dict[int, float]:
        if own < 0:
            return {}
        near = (self._chosen[[own]] @ self._chosen.T).tocoo()
        return {
            int(number): float(value) for number, value in zip(near.col, near.data, strict=True)
        }


def _chosen(asked: Sequence[AskedQuery]) -> sparse.csr_array:
    """Return (n, items) float64 with unit rows: how many people chose which item."""
    rows = [row for row, one in enumerate(asked) for _ in one.chosen]
    items = [item for one in asked for item in one.chosen]
    people = np.array([count for one in asked for count in one.chosen.values()], np.float64)
    table = sparse.csr_array((people, (rows, items)), (len(asked), max(items, default=0) + 1))
    length = np.sqrt(np.bincount(rows, people**2, len(asked)))
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-12)) @ table)
