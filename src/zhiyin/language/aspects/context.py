"""What stands around an aspect, as features: n-grams by side and distance, and what the lexicon and priors say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.language.aspects.clauses import WEAK, Clause, Said, amount_of, clauses, said
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.aspects.units import Unit, code_of, mixed, units
from zhiyin.language.aspects.vocabulary import BURDENS
from zhiyin.language.lexicon import CHEAP, NEGATORS, UNLIMITED, WANTED

BITS = 18
_HERE = 1  # the code of the aspect's place
_END = 2
_CLOSE, _NEAR = 3, 7  # units
_LATIN_UNIT = 5  # characters of a word and its space, for the distance
_LONG = 120  # characters
_MEANT = 1.0  # strength of words of measure where it is known what they mean
_NAMED = 18  # characters between an aspect and what is said of it that may go on with its name
_TIME = re.compile(r"\s?(?:时间|times?\b)")
_COPULA = re.compile(r"(?:\s*(?:\b(?:levels?|is|was|are|were|seems?)\b|也|都|还|就|倒|却|是))+\s*$")
_TURNS = 4  # units behind a negator that it may turn


class Context(NamedTuple):
    """An aspect and what stands before and behind it, folded.

    >>> Context("手机的", "屏幕", "很清晰").text
    '手机的屏幕很清晰'
    """

    before: str
    aspect: str
    after: str

    @property
    def text(self) -> str:
        """The whole text."""
        return self.before + self.aspect + self.after


class _Around(NamedTuple):
    """A context as units; where the aspect stands is one unit in ``codes``."""

    codes: list[int]
    place: int
    is_in_clause: list[bool]
    is_turned: list[bool]
    whole: list[int]
    aspect: list[int]


def context_columns(contexts: Sequence[Context], *, bits: int = BITS) -> Any:
    """Return which n-grams stand where around aspects.

    Args:
        contexts: n of them.
        bits: 2**bits hashed columns.
    Returns: (n, 2**bits) float32 CSR of ones.
    Complexity: O(characters).
    """
    around = [_around(context) for context in contexts]
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for row, column in (*_in_place(around), *_of_texts(around)):
        rows.append(row)
        columns.append(column >> np.uint64(64 - bits))
    row, column = np.concatenate(rows), np.concatenate(columns).astype(np.int64)
    entries = np.unique(row << bits | column)
    ones = np.ones(len(entries), np.float32)
    shape = (len(contexts), 1 << bits)
    return sparse.csr_array((ones, (entries >> bits, entries & ((1 << bits) - 1))), shape=shape)


def _in_place(around: Sequence[_Around]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """Yield the n-grams by their side, their distance, their clause and whether they are turned."""
    owner, code = _joined([one.codes for one in around])
    start = np.cumsum([0, *(len(one.codes) for one in around)])[owner] if len(around) else owner
    place = np.array([one.place for one in around], np.int64)[owner]
    distance = np.arange(len(code)) - start - place
    in_clause = np.array([inside for one in around for inside in one.is_in_clause], bool)
    turned = np.array([is_turned for one in around for is_turned in one.is_turned], bool)
    side, away = np.sign(distance), np.abs(distance)
    for size in (1, 2, 3, 4):
        parts = [code[step : len(code) - size + 1 + step] for step in range(size)]
        n = len(code) - size + 1
        one_text = owner[:n] == owner[size - 1 :] if n > 0 else np.zeros(0, bool)
        grams = mixed(*parts) if n > 0 else np.zeros(0, np.uint64)
        kinds = [(0, side[:n], one_text)]
        if size <= 2:
            kinds += [
                (1, 0 * side[:n], one_text & (away[:n] <= _NEAR)),
                (2, 0 * side[:n], one_text & in_clause[:n]),
            ]
        if size == 1:
            kinds += [(3, side, away <= _CLOSE), (4, 0 * side, turned)]
        for kind, mark, chosen in kinds:
            yield owner[:n][chosen], mixed(grams[chosen], mark[chosen] + 1, 8 * kind + size)


def _of_texts(around: Sequence[_Around]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """Yield the n-grams of whole texts, and of aspects."""
    for kind, lists in ((5, [one.whole for one in around]), (6, [one.aspect for one in around])):
        owner, code = _joined(lists)
        for size in (1, 2, 3):
            n = len(code) - size + 1
            if n > 0:
                grams = mixed(*(code[step : n + step] for step in range(size)))
                chosen = owner[:n] == owner[size - 1 :]
                yield owner[:n][chosen], mixed(grams[chosen], 8 * kind + size)


def _joined(lists: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the owner and the code of each unit, with an end around each list."""
    owner = np.repeat(np.arange(len(lists)), [len(codes) for codes in lists])
    return owner, np.array([code for codes in lists for code in codes], np.int64)


def _around(context: Context) -> _Around:
    found = units(context.text)
    first, last = len(context.before), len(context.before) + len(context.aspect)
    before = [unit for unit in found if unit.start < first]
    inside = [unit for unit in found if first <= unit.start < last]
    after = [unit for unit in found if unit.start >= last]
    coded = [[code_of(unit.form) for unit in part] for part in (before, inside, after)]
    clause = clause_at(context)
    in_clause = [clause.start <= unit.start < clause.end for unit in (*before, *after)]
    turned = _turned([*before, *after])
    place = len(before)
    return _Around(
        [_END, *coded[0], _HERE, *coded[2], _END],
        place + 1,
        [False, *in_clause[:place], True, *in_clause[place:], False],
        [False, *turned[:place], False, *turned[place:], False],
        [_END, *coded[0], *coded[1], *coded[2], _END],
        [_END, *coded[1], _END],
    )


def clause_at(context: Context, parts: Sequence[Clause] | None = None) -> Clause:
    """Return the clause of the text in which the aspect stands.

    Args:
        context: an aspect in its text.
        parts: the clauses of the text, where they are known.
    """
    text = context.text
    middle = len(context.before) + len(context.aspect) / 2
    found = (
        clause
        for clause in (clauses(text) if parts is None else parts)
        if clause.start <= middle <= clause.end
    )
    return next(found, Clause(0, len(text), False))


def _turned(around: Sequence[Unit]) -> list[bool]:
    turned, left = [], 0
    for unit in around:
        turned.append(left > 0)
        left = _TURNS if unit.form in NEGATORS else left - 1
        if not unit.form[0].isalnum() and unit.form != "'":
            left = 0
    return turned


LEXICON = 33
"""How many numbers ``lexicon_rows`` has."""


def lexicon_rows(contexts: Sequence[Context]) -> NDArray[np.float32]:
    """Return what the lexicon finds around aspects: sums and signs by clause, distance and side.

    Args:
        contexts: n of them.
    Returns: (n, LEXICON) float32 between -1 and 1.
    """
    rows = np.zeros((len(contexts), LEXICON), np.float32)
    for row, context in zip(rows, contexts, strict=True):
        text = context.text
        parts = clauses(text)
        inside = clause_at(context, parts)
        found = [one for clause in parts for one in said(text, clause)]
        first, last = len(context.before), len(context.before) + len(context.aspect)
        unit = _LATIN_UNIT if text.isascii() else 1
        value = np.array([one.value for one in found])
        start, end = np.array([(one.start, one.end) for one in found], np.int64).reshape(-1, 2).T
        away = np.maximum(np.maximum(start - last, first - end), 0) / unit
        in_clause = (start >= inside.start) & (end <= inside.end)
        masks = (
            in_clause,
            away <= _CLOSE,
            away <= _NEAR - 1,
            end <= first,
            start >= last,
            away >= 0,
        )
        row[:24] = [number for mask in masks for number in _summed(value[mask])]
        if found:
            nearest = int(away.argmin())
            near = value[nearest]
            weighed = np.tanh((value / (1 + away / 3)).sum())
            row[24:28] = weighed, near, near / (1 + away[nearest]), abs(near) <= WEAK
        row[28] = inside.end - inside.start < 3 * unit + len(context.aspect)
        row[29] = len(text) > _LONG
        meant = _meant(
            context, [one for one, inside in zip(found, in_clause, strict=True) if inside]
        )
        row[30:33] = np.tanh(meant), meant > 0, meant < 0
    return rows


def _meant(context: Context, found: Sequence[Said]) -> float:
    """Return what words are worth for an aspect, words of measure by what they mean there."""
    names = _taxonomy().matches(context.aspect)
    aspect = names[-1].value if names else ""
    start = len(context.before)
    end = start + len(context.aspect.rstrip())
    return sum(
        worth(_taxonomy(), one, aspect, name_of(context.text, start, end, one)) for one in found
    )


def name_of(folded: str, start: int, end: int, one: Said) -> str:
    """Return the words for an aspect with those that belong to them: of 充电 in 充电时间很长, 充电时间.

    Args:
        folded: a text.
        start: where the aspect's words begin in it.
        end: behind them.
        one: what is said.
    """
    if 0 <= one.start - end <= _NAMED:
        end = one.start
    elif more := _TIME.match(folded, end):
        end = more.end()
    return _COPULA.sub("", folded[start:end]).strip()


def worth(taxonomy: Taxonomy, one: Said, aspect: str, name: str) -> float:
    """Return what opinion words are worth for an aspect, -1 to 1; 0 where that is not known.

    By the words that name it where these tell more than the taxonomy: 高 blames a price and praises a 性价比.

    Args:
        taxonomy: asked where the name tells nothing.
        one: the opinion words.
        aspect: id, "" = not known.
        name: folded words for the aspect.
    """
    amount = amount_of(one.word)
    is_too_much = one.is_excess or one.word[0] in "太偏"
    if one.word in CHEAP and not one.is_excess:
        meant = _MEANT if aspect == "price" else -_MEANT
    elif amount and not one.is_excess and name.endswith(_burdens()):
        meant = -_MEANT * amount
    elif amount and name.endswith(WANTED if not is_too_much else UNLIMITED):
        meant = _MEANT * amount
    else:
        return taxonomy.worth(one, aspect, name)
    return max(-1.0, min(1.0, meant * one.factor))


@cache
def _burdens() -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in BURDENS.split())


@cache
def _taxonomy() -> Taxonomy:
    return Taxonomy()


def _summed(values: NDArray[np.float64]) -> tuple[float, bool, bool, bool]:
    """Return the sum, squashed, and whether there is praise, blame, or nothing."""
    praises, blames = bool((values > 0).any()), bool((values < 0).any())
    return float(np.tanh(values.sum())), praises, blames, not len(values)
