"""How well the title of an item matches a query, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.similar_words import SimilarWords

NAMES = (
    "words", "pieces", "covered", "last", "first", "numbers", "pairs", "head", "before_head", "maker", "meaning", "slots",
)  # fmt: skip
"""What each column of a match says: BM25 of words and of pieces of words, of the best candidate's; the share of the query
found in the title, by rarity; how much its last and its first word are found; its numbers; neighbours that stand side by side; whether what
the goods are is asked for, and whether the word before that is; whether the title begins with a word of the query; likeness of meaning; how
much of what is asked for by value and price the item is, which ``ItemValues.met`` tells."""
SLOTS = NAMES.index("slots")
WIDTH = 40
"""Terms of a title that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Titles:
    """Titles as numbers of words.

    Attributes:
        words: (n, WIDTH) int32, -1 behind the last.
        heads: (n, 2) int32, what the goods are, -1 for none.
        similar: of the words.
    """

    words: NDArray[np.int32]
    heads: NDArray[np.int32]
    similar: SimilarWords


def matches(
    titles: Titles,
    rows: NDArray[np.int64],
    query: Sequence[str],
    rarity: Sequence[float],
    bm25: NDArray[np.float32],
    meaning: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    """Return how well some titles match a query, (c, len(NAMES)) float32.

    Args:
        titles: of all documents.
        rows: (c,) the documents asked for.
        query: its terms.
        rarity: of each term.
        bm25: (c, 2) of words and of pieces, of the best candidate's.
        meaning: (c,) float32 likeness of vectors by ``item_vectors.Scale``; None where there are none.
    Complexity: O(c · WIDTH · len(query)).
    """
    table = np.zeros((rows.size, len(NAMES)), np.float32)
    column = {name: table[:, place] for place, name in enumerate(NAMES)}
    column["words"][:], column["pieces"][:] = bm25.T
    if meaning is not None:
        column["meaning"][:] = meaning
    if not query or not rows.size:
        return table
    own, heads = titles.words[rows], titles.heads[rows]
    found, in_head = _found(titles.similar, query, own, heads)
    weight = np.array(rarity, np.float32)
    column["covered"][:] = weight @ found / max(float(weight.sum()), 1e-9)
    is_number = np.array([any(map(str.isdigit, term)) for term in query])
    spoken = np.flatnonzero(~is_number)
    if spoken.size:
        column["last"][:] = found[spoken[-1]]
    column["first"][:] = found[0]
    if is_number.any():
        column["numbers"][:] = (found[is_number] == 1).mean(axis=0)
    column["pairs"][:] = _side_by_side(titles.similar, query, own)
    column["head"][:] = in_head.max(axis=0)
    asked = np.array([titles.similar.number(term) for term in query])
    column["before_head"][:] = _before_head(asked, own, heads)
    column["maker"][:] = np.isin(own[:, 0], asked[asked >= 0])
    return table


def _found(
    similar: SimilarWords, query: Sequence[str], own: NDArray[np.int32], heads: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how alike the nearest word of each title, and its head, is to each term, two of (q, c)."""
    likeness = np.zeros(len(similar) + 1, np.float32)  # the last stands for -1
    found = np.empty((len(query), own.shape[0]), np.float32)
    in_head = np.empty_like(found)
    for place, term in enumerate(query):
        near, how = similar.to(term)
        likeness[near] = how
        found[place] = likeness[own].max(axis=1)
        in_head[place] = likeness[heads].max(axis=1)
        likeness[near] = 0
    return found, in_head


def _side_by_side(
    similar: SimilarWords, query: Sequence[str], own: NDArray[np.int32]
) -> NDArray[np.float32]:
    answer = np.zeros(own.shape[0], np.float32)
    for first, second in pairwise(query):
        a, b = similar.number(first), similar.number(second)
        if a >= 0 and b >= 0:
            answer += ((own[:, :-1] == a) & (own[:, 1:] == b)).any(axis=1)
    return answer / np.float32(max(len(query) - 1, 1))


def _before_head(
    asked: NDArray[np.int64], own: NDArray[np.int32], heads: NDArray[np.int32]
) -> NDArray[np.bool_]:
    is_head = (own[:, 1:] == heads[:, :1]) & (heads[:, :1] >= 0)
    found: NDArray[np.bool_] = (is_head & np.isin(own[:, :-1], asked[asked >= 0])).any(axis=1)
    return found
