"""How items matched queries of before: what learning needs to know of pairs that people judged or clicked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.base_index import BaseIndex
from zhiyin.search.documents import grams
from zhiyin.search.match import NAMES, SLOTS
from zhiyin.search.meaning import Meaning
from zhiyin.search.segments import Segments


class Rematching:
    """Matches queries with items that are named, as a search would that found them.

    Args:
        base: an index of all items.
        meaning: what texts mean, where the index has vectors.
    """

    def __init__(self, base: BaseIndex, meaning: Meaning | None = None) -> None:
        self._base = base
        self._meaning = meaning if base.vectors else None
        self._segments = Segments.of(base.catalogue.texts)
        numbers = base.catalogue.texts.numbers
        self._row_of = np.full(int(numbers.max(initial=-1)) + 1, -1, np.int64)
        self._row_of[numbers] = np.arange(numbers.size)

    def known(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which items are in the index, (n,) bool."""
        inside = (numbers >= 0) & (numbers < self._row_of.size)
        return inside & (self._row_of[np.where(inside, numbers, 0)] >= 0)

    def matches(self, text: str, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how items that are known match a query, (n, len(match.NAMES)) float32.

        Complexity: O(documents that have a term or a piece of the query).
        """
        catalogue = self._base.catalogue
        read = catalogue.parser.understand(text)
        words = catalogue.texts.words.scores(read.words)
        pieces = catalogue.texts.pieces.scores(list(grams(read.text)))
        if not words.size:
            return np.zeros((0, len(NAMES)), np.float32)
        # BM25 counts as a share of the best of all, so the best by each stand behind those asked for.
        rows = np.append(self._row_of[numbers], [words.argmax(), pieces.argmax()])
        bm25 = np.stack([words[rows], pieces[rows]], axis=1)
        found = self._segments.judged(rows, read.words, bm25, self._near(read.text, rows))
        found = found[: numbers.size]
        found[:, SLOTS] = catalogue.values.met(read, numbers)
        return found

    def _near(self, text: str, rows: NDArray[np.int64]) -> NDArray[np.float32] | None:
        vectors = self._base.vectors
        query = self._meaning.query(text) if self._meaning and text else None
        if query is None or vectors is None:
            return None
        return vectors.scale(query).of(vectors.of(query, rows))
