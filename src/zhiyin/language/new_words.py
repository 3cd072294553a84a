"""New Chinese words of a catalogue or of reviews: brands, kinds of goods and slang that no dictionary has.

Characters are a word when they stay together more than chance would have it, and stand beside many different ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import HAN, fold
from zhiyin.language.stop_words import STOP_WORDS

LONGEST = 6
"""Characters of the longest word that is looked for."""
MOST_CHARACTERS = 4_000_000
"""Of larger collections every second, third, … text is read; each character takes about 100 bytes of memory."""

# Chosen by reading what came up in shopping queries and in the training part of shopping reviews.
_COHESION = 0.35
_ENTROPY = 1.0  # nats
_ATTACHED = 0.25
_WITHIN = 0.6
# With an adverb, a pronoun, a particle, a preposition, a conjunction, a numeral or a measure it is a phrase.
_PHRASE_TAGS = frozenset("updcryeomq")
_PHRASE_WORDS = STOP_WORDS | {
    "很", "有", "没", "没有", "是", "会", "想", "看", "买", "找", "离", "值得", "可以", "怀疑", "下次",
    "玩", "送", "劝", "退", "洗完", "误导", "信赖", "信任", "容易", "昨晚", "昨天", "有点", "小贵",
}  # fmt: skip
_DEGREES = "太超很挺最没不"

_RUN = re.compile(f"[{HAN}]+")
Ints = NDArray[np.int64]


class _Row(NamedTuple):
    """The runs of Chinese characters of all texts, parted by NUL, which also comes first and last.

    Attributes:
        text: the characters.
        numbers: (characters,) int64, a number for each kind of character; 0 is NUL.
        n_kinds: how many kinds there are, with NUL.
    """

    text: str
    numbers: Ints
    n_kinds: int


class _Counted(NamedTuple):
    """The sequences of one length that occur often enough, of the characters of all texts in a row.

    Attributes:
        at: (characters,) int32, which sequence begins there; -1 where none does.
        counts: (sequences,) int64.
        first: (sequences,) int64, where each begins first.
    """

    at: NDArray[np.int32]
    counts: Ints
    first: Ints


def discovered(texts: Sequence[str], *, least: int = 5, limit: int = 2000) -> list[str]:
    """Return Chinese words of two to six characters that texts use and that the dictionary cuts apart.

    A word is kept when it occurs often enough, its parts go together (normalised pointwise mutual information of the
    weakest split), its neighbours vary on both sides (entropy; every end of a run of characters is a neighbour of its
    own), one of the pieces that the dictionary cuts it into belongs much to it, and no piece makes a phrase of it.

    Args:
        texts: titles, queries or reviews.
        least: occurrences.
        limit: of words.
    Returns: folded words, the surest first; give them to `Tokenizer`.
    Complexity: O(n log n) for n characters; at most `MOST_CHARACTERS` are read.
    References: Sproat & Shih, 1990, and Bouma, GSCL 2009 (mutual information); Jin & Tanaka-Ishii, COLING/ACL 2006
        (branching entropy).

    >>> colours, kinds = "红 黄 蓝 白 黑 绿 紫 灰".split(), "口红 蜜粉 眉笔 散粉 唇膏".split()
    >>> discovered([f"{colour}花西子{kind}" for colour in colours for kind in kinds], limit=1)
    ['花西子']
    """
    row = _row(texts)
    tables = _counted(row, least)
    scores: dict[str, tuple[float, int]] = {}
    for size in range(2, len(tables)):
        score = _scores(row, tables, size)
        for sequence in np.flatnonzero(score > 0).tolist():
            start = int(tables[size].first[sequence])
            word = row.text[start : start + size]
            if _is_new_word(word, start, tables):
                scores[word] = float(score[sequence]), int(tables[size].counts[sequence])
    for word, (_, count) in list(scores.items()):
        for part in (word[1:], word[:-1]):
            if part in scores and count >= _WITHIN * scores[part][1]:
                del scores[part]
    return sorted(scores, key=lambda word: (-scores[word][0], word))[:limit]


def _row(texts: Sequence[str]) -> _Row:
    step = max(1, -(-sum(map(len, texts)) // MOST_CHARACTERS))
    runs = (run for text in texts[::step] for run in _RUN.findall(fold(text)))
    text = "\0" + "\0".join(runs) + "\0"
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    kinds, numbers = np.unique(codes, return_inverse=True)
    return _Row(text, numbers.astype(np.int64), len(kinds))


def _counted(row: _Row, least: int) -> list[_Counted]:
    """Return the sequences that occur often enough, by length; nothing is at 0.

    A sequence is as rare as its rarest part, so each length looks only where the length before it was found.
    """
    numbers, n_kinds = row.numbers, row.n_kinds
    at = numbers.astype(np.int32) - 1
    nothing = np.empty(0, np.int64)
    tables = [_Counted(at[:0], nothing, nothing), _Counted(at, np.bincount(numbers)[1:], nothing)]
    places = np.flatnonzero(numbers)
    for _ in range(2, LONGEST + 1):
        before, size = tables[-1].at, len(tables)
        places = places[(before[places] >= 0) & (before[places + 1] >= 0)]
        keys = before[places].astype(np.int64) * n_kinds + numbers[places + size - 1]
        _, first, which, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        is_kept = counts >= least
        if not is_kept.any():
            break
        renumbered = np.where(is_kept, np.cumsum(is_kept) - 1, -1)[which]
        at = np.full(len(numbers), -1, np.int32)
        at[places] = renumbered
        tables.append(_Counted(at, counts[is_kept], places[first[is_kept]]))
        places = places[renumbered >= 0]
    return tables


def _scores(row: _Row, tables: list[_Counted], size: int) -> NDArray[np.float64]:
    """Return how sure each sequence of one length is to be a word, 0 where it is none."""
    counts, first = tables[size].counts.astype(np.float64), tables[size].first
    n_characters = float(tables[1].counts.sum())
    shared = np.full(len(counts), np.inf)
    for cut in range(1, size):
        left = tables[cut].counts[tables[cut].at[first]]
        right = tables[size - cut].counts[tables[size - cut].at[first + cut]]
        shared = np.minimum(shared, np.log(counts * n_characters / left / right))
    cohesion = shared / np.log(n_characters / counts)
    places = np.flatnonzero(tables[size].at >= 0)
    sequences = tables[size].at[places].astype(np.int64)
    before, after = (row.numbers[places + step] for step in (-1, size))
    entropy = np.minimum(
        _entropy(sequences, before, row.n_kinds, counts),
        _entropy(sequences, after, row.n_kinds, counts),
    )
    is_word = (cohesion >= _COHESION) & (entropy >= _ENTROPY)
    return np.where(is_word, np.log(counts) * shared * entropy, 0.0)


def _entropy(
    sequences: Ints, neighbours: Ints, n_kinds: int, counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the entropy in nats of what stands beside each sequence."""
    is_end = neighbours == 0
    ends = np.bincount(sequences[is_end], minlength=len(counts)) / counts * np.log(counts)
    pairs, times = np.unique((sequences * n_kinds + neighbours)[~is_end], return_counts=True)
    share = times / counts[pairs // n_kinds]
    inner = np.bincount(pairs // n_kinds, -share * np.log(share), minlength=len(counts))
    return np.asarray(ends + inner, np.float64)


def _is_new_word(word: str, start: int, tables: list[_Counted]) -> bool:
    """Return whether the dictionary cuts a word apart, and into what is no phrase."""
    from rjieba import tag

    pieces: list[tuple[str, str]] = tag(word)
    if len(pieces) < 2 or pieces[-1][1][0] in "af" or _is_clause(pieces):
        return False
    if any(kind[0] in _PHRASE_TAGS or piece in _PHRASE_WORDS for piece, kind in pieces):
        return False
    count = _count(start, len(word), tables)
    return any(count >= _ATTACHED * _count(*span, tables) for span in _spans(start, pieces))


def _is_clause(pieces: list[tuple[str, str]]) -> bool:
    """Return whether pieces say something of each other: a verb at the end, a verb and its object, a degree, an idiom."""
    begins, (last, ends) = pieces[0][1], pieces[-1]
    is_long = len(last) > 1
    if (is_long and ends[0] in "vtdz") or any(kind[0] in "il" for _, kind in pieces):
        return True
    if any(len(piece) > 1 and piece[0] in _DEGREES for piece, _ in pieces[1:]):
        return True
    n_characters = sum(len(piece) for piece, _ in pieces)
    return begins == "v" and is_long and ends[0] == "n" and n_characters > LONGEST // 2


def _spans(start: int, pieces: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    for piece, _ in pieces:
        yield start, len(piece)
        start += len(piece)


def _count(start: int, size: int, tables: list[_Counted]) -> int:
    return int(tables[size].counts[tables[size].at[start]])
