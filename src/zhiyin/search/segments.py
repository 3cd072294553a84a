"""One search over several text indexes: what was there at the last rebuild, and what came since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.documents import grams
from zhiyin.search.match import NAMES
from zhiyin.search.text_index import TextIndex

PIECES = 0.5
"""What pieces of words count beside whole ones where candidates are found."""
VALUED = 0.1
"""What a value that is asked for counts where candidates are found: an item that has it need not share a word with the query."""
_SAMPLED = 64
"""One row of so many is looked at to guess where the best begin."""


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Text indexes searched as one, the later ones scored by the rarities of the first.

    Attributes:
        parts: the first, and what came later.
        numbers: (n,) int64, the item of each row, part after part.
        is_current: (n,) bool, false where an item was written anew in a later part; None where all rows hold.
    """

    parts: tuple[TextIndex, ...]
    numbers: NDArray[np.int64]
    is_current: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, base: TextIndex, fresh: TextIndex | None = None) -> Segments:
        """Put what is fresh behind a base; rows of the base whose items are in it no longer count."""
        if fresh is None or not fresh.numbers.size:
            return cls((base,), base.numbers)
        is_current = np.ones(base.numbers.size + fresh.numbers.size, bool)
        is_current[: base.numbers.size] = ~np.isin(base.numbers, fresh.numbers)
        return cls((base, fresh), np.concatenate([base.numbers, fresh.numbers]), is_current)

    def candidates(
        self,
        text: str,
        terms: Sequence[str],
        *,
        n: int = 300,
        may: NDArray[np.bool_] | None = None,
        meaning: NDArray[np.float32] | None = None,
        valued: NDArray[np.float32] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows that match best by words, pieces of words, meaning and values, and BM25 of both of each, (c, 2).

        Args:
            text: what is searched for.
            terms: of it.
            n: how many at most.
            may: (rows,) bool, which rows may be found; all unless given.
            meaning: (rows,) float32 likeness of the vectors of all rows by ``item_vectors.Scale``.
            valued: (rows,) float32, how many of the values that are asked for each row has.
        Complexity: O(rows + documents that have a term or a piece).
        """
        asked = list(grams(text))
        words = _joined([part.words.scores(terms) for part in self.parts])
        pieces = _joined([part.pieces.scores(asked) for part in self.parts])
        near = None if meaning is None else np.maximum(meaning, 0)
        held = None if valued is None else valued * np.float32(VALUED)
        for own in (self.is_current, may):
            for scores in (words, pieces, near, held):
                if own is not None and scores is not None:
                    scores *= own
        most = max(float(words.max(initial=0)), 1e-9)
        total = pieces * np.float32(PIECES * most / max(float(pieces.max(initial=0)), 1e-9))
        total += words
        for likeness in (near, held):
            if likeness is not None:
                likeness *= np.float32(most)
                total += likeness
        rows = best(total, n)
        return rows, np.stack([words[rows], pieces[rows]], axis=1)

    def having(self, term: str) -> NDArray[np.int64]:
        """Return the rows that have a term in any field, ascending."""
        found, start = [], 0
        for part in self.parts:
            found.append(part.words.having(term).astype(np.int64) + start)
            start += part.numbers.size
        rows = np.concatenate(found)
        return rows if self.is_current is None else rows[self.is_current[rows]]

    def judged(
        self,
        rows: NDArray[np.int64],
        terms: Sequence[str],
        bm25: NDArray[np.float32],
        meaning: NDArray[np.float32] | None,
    ) -> NDArray[np.float32]:
        """Return how well some rows match, see ``match.matches``.

        Args:
            rows: (c,) int64.
            terms: of the query.
            bm25: (c, 2) of words and of pieces.
            meaning: (c,) the same of these rows.
        """
        own = bm25 / np.maximum(bm25.max(axis=0, initial=0), np.float32(1e-9))
        rarity = [self.parts[0].words.rarity(term) for term in terms]
        answer = np.empty((rows.size, len(NAMES)), np.float32)
        start = 0
        for part in self.parts:
            end = start + part.numbers.size
            mine = (rows >= start) & (rows < end)
            known = None if meaning is None else meaning[mine]
            answer[mine] = part.judged(rows[mine] - start, terms, rarity, own[mine], known)
            start = end
        return answer


def _joined(parts: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def best(scores: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    """Return the places of the n highest scores above 0, best first, equal ones in order of place.

    Complexity: O(len(scores)), most of it one comparison a score.
    """
    least = np.float32(0)
    if scores.size > _SAMPLED * n:
        sample = scores[::_SAMPLED]
        guess = max(2 * n // _SAMPLED, 1)
        least = np.partition(sample, sample.size - guess)[sample.size - guess]
    rows = np.flatnonzero(scores > least)
    if rows.size < n and least > 0:
        rows = np.flatnonzero(scores > 0)
    if rows.size > n:
        own = scores[rows]
        last = np.partition(own, rows.size - n)[rows.size - n]
        above, equal = rows[own > last], rows[own == last]
        rows = np.concatenate([above, equal[: n - above.size]])
    return rows[np.lexsort((rows, -scores[rows]))]
