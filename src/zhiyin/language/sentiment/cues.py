"""Cues of praise and blame by rules: words, what turns and strengthens them, contrast, and signs such as emoji."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.emoji import MOODS
from zhiyin.language.lexicon import CONTRASTS, INERT, INTENSIFIERS, NEGATORS, POLAR
from zhiyin.language.ngrams import Units, rolled, units_of
from zhiyin.language.scripts import fold

CUES = ("sum", "mean", "praise", "blame", "last clause", "after contrast", "signs")
"""What the columns of ``cues`` hold."""

_BREAKS = ",.!?;:。!?;…~、\x02\x03"
_REACH = 4  # units before a word within which a negator or an intensifier works on it
_POLAR, _NEGATOR, _INTENSIFIER, _CONTRAST, _SIGN, _INERT = range(6)
_TURNED = -0.8  # "not good" blames a little less than "bad"


class Matches(NamedTuple):
    """Where words of a lexicon stand: index of the first unit, one past the last, and which word it is."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    word: NDArray[np.int64]


class Words:
    """A lexicon that is found in many texts at once; the longest word wins where two overlap.

    >>> units = next(units_of(["not bad at all"]))
    >>> Words(["bad", "not bad"]).found(units).word.tolist()
    [1]
    """

    def __init__(self, words: Iterable[str]) -> None:
        sizes: dict[int, dict[int, int]] = {}
        for place, word in enumerate(words):
            units = next(units_of([fold(word)])).hashes[1:-1]  # without the marks of its ends
            if len(units):
                sizes.setdefault(len(units), {})[int(rolled(units, len(units))[0])] = place
        self._tables = {size: _sorted(table) for size, table in sorted(sizes.items(), reverse=True)}

    def found(self, units: Units) -> Matches:
        """Return where words stand in texts, ordered by their place."""
        n = len(units.hashes)
        taken = np.zeros(n + 1, np.int64)
        starts, ends, words = [], [], []
        for size, (hashes, known) in self._tables.items():
            if n < size:
                continue
            windows = rolled(units.hashes, size)
            at = np.minimum(np.searchsorted(hashes, windows), len(hashes) - 1)
            free = np.cumsum(taken)
            start = np.flatnonzero(hashes[at] == windows)
            start = start[free[start + size - 1] == free[start] - taken[start]]
            start = _apart(start, size)
            for step in range(size):
                taken[start + step] = 1
            starts.append(start)
            ends.append(start + size)
            words.append(known[at[start]])
        start = np.concatenate([np.zeros(0, np.int64), *starts])
        order = np.argsort(start, kind="stable")
        end = np.concatenate([np.zeros(0, np.int64), *ends])
        word = np.concatenate([np.zeros(0, np.int64), *words])
        return Matches(start[order], end[order], word[order])


def _apart(start: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the starts of windows that do not overlap; of those that do, the first stays."""
    if (np.diff(start) >= size).all():
        return start
    kept, free = [], 0
    for place in start.tolist():
        if place >= free:
            kept.append(place)
            free = place + size
    return np.array(kept, np.int64)


def cues(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return what rules find in texts; all of a row is 0 where they find nothing.

    A word of praise or blame counts with its strength; a negator up to four units before it in its clause turns it, an
    intensifier raises or lowers it. What stands after the last contrast (但是, but) is summed on its own too.

    Args:
        texts: n of them, folded.
    Returns: (n, len(CUES)) float32, about -1 to 1 each.
    References: Taboada et al., Computational Linguistics 2011 (lexicon with negation and intensifiers).
    """
    rows = [_cues(units) for units in units_of(texts)]
    return np.concatenate(rows) if rows else np.zeros((0, len(CUES)), np.float32)


def _cues(units: Units) -> NDArray[np.float32]:
    rules = _rules()
    owner, n = units.owner, units.n_texts
    found = rules.words.found(units)
    value, role = rules.values[found.word], rules.roles[found.word]
    breaks = np.isin(units.hashes, rules.breaks)
    clause = np.maximum.accumulate(np.where(breaks, np.arange(len(breaks)), 0))
    is_polar = role == _POLAR
    start = found.start[is_polar]
    reach = np.maximum(start - _REACH, clause[start])
    turns = _sum_between(found, role == _NEGATOR, value, len(owner), reach, start)
    raised = _sum_between(found, role == _INTENSIFIER, value, len(owner), reach, start)
    value_here = value[is_polar] * np.where(turns % 2 == 1, _TURNED, 1) * np.exp(raised)
    whose = owner[start]

    def summed(which: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(whose[which], value_here[which], minlength=n).astype(np.float64)

    said = np.flatnonzero(~breaks)
    last = np.zeros(n, np.int64)
    last[owner[said]] = clause[said]  # a mark that ends the text opens no clause
    contrast = np.full(n, len(owner))
    turned = found.end[role == _CONTRAST]
    contrast[owner[turned - 1]] = turned
    praise, blame = summed(value_here > 0), summed(value_here < 0)
    is_sign = role == _SIGN
    signs = np.bincount(owner[found.start[is_sign]], value[is_sign], minlength=n)
    columns = [
        np.tanh((praise + blame) / 2),
        (praise + blame) / np.maximum(np.bincount(whose, minlength=n), 1),
        np.tanh(praise / 2),
        np.tanh(blame / 2),
        np.tanh(summed(start >= last[whose])),
        np.tanh(summed(start >= contrast[whose])),
        np.tanh(signs),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _sum_between(
    found: Matches,
    which: NDArray[np.bool_],
    value: NDArray[np.float32],
    n: int,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the sum of the values of some matches that end between units, for each pair of bounds."""
    at = np.bincount(found.end[which], value[which], minlength=n + 1)
    summed = np.append(0, np.cumsum(at))
    return np.asarray(summed[end + 1] - summed[start + 1], np.float64)


def _sorted(table: Mapping[int, int]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    hashes = np.array(list(table), np.uint64)
    order = np.argsort(hashes)
    return hashes[order], np.array(list(table.values()), np.int64)[order]


class _Rules(NamedTuple):
    words: Words
    roles: NDArray[np.int64]
    values: NDArray[np.float32]
    breaks: NDArray[np.uint64]


@cache
def _rules() -> _Rules:
    """Return all words in one lexicon, so that 非常 is read before 非; of two roles the first stays."""
    signs = {sign: mood.polarity for sign, mood in MOODS.items()}
    raised = {word: float(np.log(by)) for word, by in INTENSIFIERS.items()}
    tables = [POLAR, dict.fromkeys(NEGATORS, 1.0), raised, dict.fromkeys(CONTRASTS, 1.0), signs]
    known: dict[str, tuple[int, float]] = {}
    for role, table in enumerate(tables):
        for word, value in table.items():
            known.setdefault(word, (role, value))
    for word in INERT:
        known.setdefault(word, (_INERT, 0.0))
    roles, values = zip(*known.values(), strict=True)
    marks = next(units_of([_BREAKS]))
    return _Rules(
        Words(known), np.array(roles), np.array(values, np.float32), np.unique(marks.hashes)
    )
