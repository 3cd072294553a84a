"""Features of the tokens of sentences: characters, words, the lexicon, and where in its clause a token stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.aspects.chain import Spans
from zhiyin.language.aspects.clauses import lexicon_matches
from zhiyin.language.aspects.units import code_of, mixed
from zhiyin.language.lexicon import NEGATORS, POLAR
from zhiyin.language.tokens import Tokenizer

BITS = 19
_AROUND = 3  # tokens of padding on each side of a sentence
_BEFORE, _BEHIND = 2, 3  # what they hold
_ALONE, _FIRST, _MIDDLE, _LAST = range(4)  # part of a word
_PRAISES, _BLAMES, _DEGREE, _NEGATOR, _CONTRAST = range(1, 6)
_CLASSES = {"degree": _DEGREE, "negator": _NEGATOR, "contrast": _CONTRAST, "inert": 0}
_WINDOWS = (
    (1, range(-3, 4)),
    (2, range(-2, 2)),
    (3, range(-2, 1)),
    (4, range(-3, 1)),
)  # size of an n-gram → where it begins
_LIKELY = 0.3
_MARKS = ",.!?;:。、~…()[]【】《》\"'“”‘’-/ "
_ENDS = ",.!?;。~…"


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """What is known of each token, all sentences one after the other with padding around each.

    Attributes:
        codes: (t,) int64, one number for each different token.
        words: (t,) int64, of the word that it is part of.
        parts: (t,) int64, which part of that word.
        classes: (t,) int64, twice the class of the lexicon, and 1 more within a word of it.
        at: (tokens,) where the tokens without padding stand.
        starts: (sentences,) where the first token of each stands.
        lengths: (sentences,) tokens of each.
    """

    codes: NDArray[np.int64]
    words: NDArray[np.int64]
    parts: NDArray[np.int64]
    classes: NDArray[np.int64]
    at: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @property
    def is_mark(self) -> NDArray[np.bool_]:
        """Which tokens are punctuation."""
        return np.isin(self.codes, [code_of(mark) for mark in _MARKS])

    @property
    def ends_clause(self) -> NDArray[np.bool_]:
        """Which tokens end a clause."""
        return np.isin(self.codes, [code_of(mark) for mark in _ENDS])


def layers(sentences: Sequence[Sequence[str]]) -> Layers:
    """Return what is known of the tokens of sentences.

    Args:
        sentences: folded tokens of each, most of them one character.
    Complexity: O(tokens).
    """
    cut = Tokenizer()
    columns: list[list[int]] = [[], [], [], []]
    for tokens in sentences:
        told = _told(tokens, cut)
        for column, values, before, behind in zip(
            columns, told, (_BEFORE, _BEFORE, 0, 0), (_BEHIND, _BEHIND, 0, 0), strict=True
        ):
            column += [before] * _AROUND
            column += values
            column += [behind] * _AROUND
    lengths = np.array([len(tokens) for tokens in sentences], np.int64)
    starts = np.cumsum(lengths + 2 * _AROUND) - lengths - _AROUND
    at = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    codes, words, parts, classes = (np.array(column, np.int64) for column in columns)
    return Layers(codes, words, parts, classes, at, starts, lengths)


def _told(tokens: Sequence[str], cut: Tokenizer) -> tuple[list[int], ...]:
    """Return code, word, part and class of each token of a sentence."""
    text = "".join(tokens)
    n = max(1, len(text))  # tokens may be empty, all of them too
    words, parts, classes = [0] * n, [_ALONE] * n, [0] * n
    for word in cut.tokens(text):
        size = word.end - word.start
        words[word.start : word.end] = [code_of(word.text)] * size
        if size > 1:
            parts[word.start : word.end] = [_FIRST, *[_MIDDLE] * (size - 2), _LAST]
    for match in lexicon_matches(text):
        word_class = _CLASSES.get(match.value)
        if word_class is None:
            said = text[match.start : match.end]
            value = POLAR.get(said, 0.0)
            word_class = _PRAISES if value > 0 else _BLAMES if value < 0 else 0
            if not value and said in NEGATORS:
                word_class = _NEGATOR
        inside = [2 * word_class + 1] * (match.end - match.start - 1)
        classes[match.start : match.end] = [2 * word_class, *inside]
    offsets, behind = [], 0
    for token in tokens:
        offsets.append(min(behind, n - 1))
        behind += len(token)
    picked = ([column[offset] for offset in offsets] for column in (words, parts, classes))
    return ([code_of(token) for token in tokens], *picked)


def token_columns(known: Layers) -> NDArray[np.int32]:
    """Return the hashed columns of the tokens without padding, (tokens, m) int32 below 2**BITS."""
    at, parts = known.at, known.parts
    token = {step: known.codes[at + step] for step in range(-_AROUND, _AROUND + 1)}
    templates = [
        tuple(token[first + step] for step in range(size))
        for size, firsts in _WINDOWS
        for first in firsts
    ]
    word, part = known.words[at], parts[at]
    before, behind = _neighbours(known)
    templates += [(word, part), (parts[at - 1], part, parts[at + 1])]
    templates += [(before, part), (behind, part), (before, word, part), (word, behind, part)]
    lexical = {step: known.classes[at + step] for step in (-2, -1, 0, 1, 2)}
    templates += [(lexical[-1], lexical[0], lexical[1]), (lexical[0], part)]
    templates += [(lexical[-2], lexical[-1], lexical[0]), (lexical[0], lexical[1], lexical[2])]
    return hashed([*templates, *_place_templates(known)])


def opinion_columns(known: Layers, aspects: Spans) -> NDArray[np.int32]:
    """Return the hashed columns that tell an opinion's tokens where aspects are likely, (tokens, m) int32."""
    clauses = _Clauses(known)
    first = np.cumsum(known.lengths) - known.lengths
    begins, ends, covers = (np.zeros(len(known.at) + 1) for _ in range(3))
    chance, start = np.exp(aspects.log_p), first[aspects.sentence]
    np.add.at(begins, start + aspects.first, chance)
    np.add.at(ends, start + aspects.last, chance)
    np.add.at(covers, start + aspects.first, chance)
    np.add.at(covers, start + aspects.last + 1, -chance)
    begins, ends, covers = begins[:-1], ends[:-1], np.cumsum(covers)[:-1]
    place, own_first = np.arange(len(begins)), np.repeat(first, known.lengths)
    last = np.maximum.accumulate(np.where(ends > _LIKELY, place, -1))
    away = np.where(last >= own_first, np.minimum(place - last, 12), 13)
    so_far = np.cumsum(begins)
    clause_first = clauses.first[clauses.number]
    seen = _level(so_far - so_far[own_first] + begins[own_first])
    before = _level(so_far - so_far[clause_first] + begins[clause_first])
    rest = _level(so_far[clauses.behind[clauses.number] - 1] - so_far)
    held = np.searchsorted((0.1, 0.3, 0.6, 1.2), clauses.total(begins))
    own, later, earlier = held[clauses.number], clauses.other(held, 1), clauses.other(held, -1)
    mood = clauses.mood(known)
    cover, ended = _level(covers), _level(np.roll(ends, 1))
    templates = [
        (cover,), (ended,), (_level(np.roll(covers, -1)),), (away,), (ended, cover), (_level(np.roll(covers, 1)), cover),
        (seen,), (away, cover), (own, later, earlier), (before, rest, cover), (before, rest, away),
        (clauses.ends_clause, later, own, mood[clauses.number], clauses.other(mood, 1)),
        (np.minimum(place - clause_first, 3), own, earlier, seen),
    ]  # fmt: skip
    return hashed(templates, salt=200)


def _place_templates(known: Layers) -> list[tuple[NDArray[Any], ...]]:
    """Return what tells a token where in its clause it stands, and what clauses stand around."""
    clauses = _Clauses(known)
    number, place = clauses.number, np.arange(len(clauses.number))
    codes = known.codes[known.at]
    opener, second = codes[clauses.first], codes[np.minimum(clauses.first + 1, len(codes) - 1)]
    since = np.minimum(place - clauses.first[number], 8)
    left = np.minimum(clauses.behind[number] - 1 - place, 8)
    size = np.minimum(clauses.behind - clauses.first, 15)[number]
    mood = clauses.mood(known)
    own, later, earlier = mood[number], clauses.other(mood, 1), clauses.other(mood, -1)
    contrast = clauses.total(known.classes[known.at] // 2 == _CONTRAST) > 0
    ends, opens_later = clauses.ends_clause, clauses.other(opener, 1)
    return [
        (since, left), (own, since), (later, earlier, own), (size, own), (ends, opens_later), (opener[number], since),
        (ends, later, own, clauses.other(contrast, 1)), (ends, clauses.other(second, 1), opens_later),
    ]  # fmt: skip


def hashed(
    templates: Sequence[tuple[NDArray[Any], ...]], *, salt: int = 0, bits: int = BITS
) -> NDArray[np.int32]:
    """Return one hashed column of each template, (n, templates) int32 below 2**bits.

    Args:
        templates: (n,) integers each, that together are one feature.
        salt: tells these templates from others.
        bits: 2**bits columns.
    """
    columns = np.empty((len(templates[0][0]), len(templates)), np.int32)
    for place, template in enumerate(templates):
        columns[:, place] = mixed(salt + place, *template) >> np.uint64(64 - bits)
    return columns


def _level(values: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.searchsorted((0.05, 0.2, 0.4, 0.6, 0.8), values)


def _neighbours(known: Layers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the word before and the word behind each token's own."""
    n = len(known.parts)
    place = np.arange(n)
    starts = np.where(np.isin(known.parts, (_ALONE, _FIRST)), place, 0)
    first = np.maximum.accumulate(starts)
    ends = np.where(np.isin(known.parts, (_ALONE, _LAST)), place, n - 1)
    last = np.minimum.accumulate(ends[::-1])[::-1]
    before, behind = np.maximum(first - 1, 0), np.minimum(last + 1, n - 1)
    return known.words[before[known.at]], known.words[behind[known.at]]


class _Clauses:
    """The clauses of all tokens without padding, and what they hold."""

    def __init__(self, known: Layers) -> None:
        ends = known.ends_clause[known.at]
        n = len(ends)
        begins = np.append(True, ends[:-1])[:n]
        begins[(np.cumsum(known.lengths) - known.lengths)[known.lengths > 0]] = True
        self.ends_clause = ends
        self.number = np.cumsum(begins) - 1
        self.first = np.flatnonzero(begins)
        self.behind = np.append(self.first[1:], n)[: len(self.first)]
        sentence = np.repeat(np.arange(len(known.lengths)), known.lengths)
        self.sentence = sentence[self.first]

    def total(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return the sum of tokens' values in each clause."""
        total = np.bincount(self.number, values, minlength=len(self.first))
        return np.asarray(total, np.float64)

    def other(self, values: NDArray[Any], step: int) -> NDArray[np.int64]:
        """Return the value of the clause so many later, -1 outside the sentence; by token."""
        same = np.roll(self.sentence, -step) == self.sentence
        same &= (np.arange(len(same)) + step >= 0) & (np.arange(len(same)) + step < len(same))
        there = np.where(same, np.roll(values, -step), -1)
        return np.asarray(there[self.number], np.int64)

    def mood(self, known: Layers) -> NDArray[np.int64]:
        """Return of each clause whether it holds praise (1), blame (2), both (3) or neither (0)."""
        classes = known.classes[known.at]
        praises, blames = (self.total(classes == 2 * kind) > 0 for kind in (_PRAISES, _BLAMES))
        return np.asarray(praises + 2 * blames, np.int64)
