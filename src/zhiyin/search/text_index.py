"""The documents of a shop by their words: what a query may mean, and how well each matches."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.documents import FIELDS, Document
from zhiyin.search.impacts import Impacts, TermCounts
from zhiyin.search.match import WIDTH, Titles, matches
from zhiyin.search.packed import Arrays, part, prefixed
from zhiyin.search.similar_words import SimilarWords

_HEADS = 2


@dataclass(frozen=True, slots=True, eq=False)
class TextIndex:
    """Documents by words and pieces of words.

    Attributes:
        numbers: (n,) int64, the item of each row.
        words: by field-weighted terms.
        pieces: of titles, brands and categories.
        titles: as numbers of words.
    """

    numbers: NDArray[np.int64]
    words: Impacts
    pieces: Impacts
    titles: Titles

    @classmethod
    def of(cls, documents: Iterable[Document], like: TextIndex | None = None) -> TextIndex:
        """Index documents.

        Args:
            documents: in order; they are read once and not kept.
            like: an index whose rarities of terms are taken over.
        Complexity: O(terms of all documents).
        """
        words, pieces = TermCounts(), TermCounts()
        vocabulary: defaultdict[str, int] = defaultdict(count().__next__)
        numbers, table, heads = array("q"), array("i"), array("i")
        for one in documents:
            words.add(weighted(one))
            pieces.add(Counter(one.grams))
            numbers.append(one.number)
            for kept, terms, width in ((table, one.title, WIDTH), (heads, one.heads, _HEADS)):
                kept.extend(map(vocabulary.__getitem__, terms[:width]))
                kept.extend([-1] * (width - len(terms)))
        titles = Titles(
            np.frombuffer(table, np.int32).reshape(-1, WIDTH),
            np.frombuffer(heads, np.int32).reshape(-1, _HEADS),
            SimilarWords(list(vocabulary)),
        )
        return cls(
            np.frombuffer(numbers, np.int64),
            Impacts.counted(words, like=like.words if like else None),
            Impacts.counted(pieces, like=like.pieces if like else None),
            titles,
        )

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> TextIndex:
        """Open what ``arrays`` gave; they may be memory-mapped."""
        similar = SimilarWords.from_arrays(part(arrays, "similar."))
        return cls(
            arrays["numbers"],
            Impacts.from_arrays(part(arrays, "words.")),
            Impacts.from_arrays(part(arrays, "pieces.")),
            Titles(arrays["titles"], arrays["heads"], similar),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "numbers": self.numbers,
            "titles": self.titles.words,
            "heads": self.titles.heads,
            **prefixed("words.", self.words.arrays()),
            **prefixed("pieces.", self.pieces.arrays()),
            **prefixed("similar.", self.titles.similar.arrays()),
        }

    def judged(
        self,
        rows: NDArray[np.int64],
        terms: Sequence[str],
        rarity: Sequence[float],
        bm25: NDArray[np.float32],
        meaning: NDArray[np.float32] | None,
    ) -> NDArray[np.float32]:
        """Return how well some rows match, see ``match.matches``."""
        return matches(self.titles, rows, terms, rarity, bm25, meaning)


def weighted(one: Document) -> Mapping[str, float]:
    """Return how often a document has each term, weighted by field."""
    counted: dict[str, float] = {}
    for name, terms in one.fields.items():
        weight = FIELDS[name]
        for term in terms:
            counted[term] = counted.get(term, 0.0) + weight
    return counted
