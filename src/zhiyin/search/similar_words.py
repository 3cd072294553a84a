"""How alike words are by their letters: one vocabulary against the words of a query."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.packed import Arrays, of_texts, texts

_SIZE = 3
_LEAST = 0.2
"""Words less alike than this count as unlike."""
_ENDS, _HAS = 0.7, 0.3
"""How alike a Chinese character is to words that end with it, and to others that have it."""
_KEPT = 4096


class SimilarWords:
    """Finds the words of a vocabulary that share letters with others.

    Args:
        words: (v,) the vocabulary; a word's place is its number.

    >>> found = SimilarWords(["floor", "flooring", "oak"]).to("flooring")
    >>> [(int(place), round(float(alike), 2)) for place, alike in zip(*found)]
    [(0, 0.44), (1, 1.0)]
    """

    def __init__(self, words: Sequence[str]) -> None:
        traits: defaultdict[str, int] = defaultdict(count().__next__)
        rows = array("i")
        sizes = np.empty(len(words), np.int32)
        for place, word in enumerate(words):
            own = _traits(word)
            sizes[place] = len(own)
            rows.extend(map(traits.__getitem__, own))
        numbers = np.frombuffer(rows, np.int32)
        order = np.argsort(numbers, kind="stable")
        starts = np.zeros(len(traits) + 1, np.int64)
        np.cumsum(np.bincount(numbers, minlength=len(traits)), out=starts[1:])
        places = np.repeat(np.arange(len(words), dtype=np.int32), sizes)[order]
        self._open(words, traits, places, starts, sizes)

    def _open(
        self,
        words: Iterable[str],
        traits: Iterable[str],
        places: NDArray[np.int32],
        starts: NDArray[np.int64],
        sizes: NDArray[np.int32],
    ) -> None:
        self._numbers = {word: place for place, word in enumerate(words)}
        self._traits = {trait: row for row, trait in enumerate(traits)}
        self._places, self._starts, self._sizes = places, starts, sizes
        self._kept: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave."""
        opened = cls.__new__(cls)
        words, traits = of_texts(arrays["words"]), of_texts(arrays["traits"])
        opened._open(words, traits, *(arrays[name] for name in ("places", "starts", "sizes")))
        return opened

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "words": texts(self._numbers), "traits": texts(self._traits), "places": self._places,
            "starts": self._starts, "sizes": self._sizes,
        }  # fmt: skip

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, word: str) -> int:
        """Return a word's place in the vocabulary, -1 where it is not in it."""
        return self._numbers.get(word, -1)

    def to(self, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the numbers of words that are alike and how much, Jaccard's of their runs of three letters.

        A word with a digit, and one of a single letter, is alike to itself alone, a Chinese character to the words that
        have it: 茶 is what 绿茶 ends with.

        Complexity: O(words that share a run), O(words) for a Chinese character.
        """
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[word] = self._alike(word)
        return found

    def _alike(self, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        if len(word) == 1 and not word.isascii():
            having = [(own, known) for known, own in self._numbers.items() if word in known]
            how = [
                1 if known == word else _ENDS if known[-1] == word else _HAS for _, known in having
            ]
            return np.array([own for own, _ in having], np.int32), np.array(how, np.float32)
        own = _traits(word)
        rows = [self._traits[trait] for trait in own if trait in self._traits]
        parts = [self._places[self._starts[row] : self._starts[row + 1]] for row in rows]
        if not parts:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        places, shared = np.unique(np.concatenate(parts), return_counts=True)
        alike = shared / (len(own) + self._sizes[places] - shared)
        near = alike >= _LEAST
        return places[near], alike[near].astype(np.float32)


def _traits(word: str) -> set[str]:
    if len(word) < 2 or any(map(str.isdigit, word)) or not word.isascii():
        return {f"={word}"}
    marked = f"^{word}$"
    return {marked[i : i + _SIZE] for i in range(len(marked) - _SIZE + 1)}
