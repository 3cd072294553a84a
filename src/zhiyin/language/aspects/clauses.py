"""Clauses of a text and the opinion words in them: negation, degree, and contrast that parts clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from zhiyin.language.aspects.unreal import Mark, asks_for_more, marks
from zhiyin.language.aspects.vocabulary import LITTLE, MEASURES, MUCH
from zhiyin.language.facts.phrases import Match, Phrases, is_letter
from zhiyin.language.lexicon import (
    CONTRASTS,
    DENIALS,
    DOUBTS,
    FAULTS,
    INERT,
    INTENSIFIERS,
    NEGATORS,
    POLAR,
    REDRESS,
    SCANT,
    SIGNS,
    UNCOUNTED,
    UTMOST,
)

WEAK = 0.3
"""Strength of words of measure (大, 高, low): what they mean hangs on the aspect."""

_ENDS = re.compile(r"[,!?;。~\n\r…]+|\.(?![0-9])|:(?![0-9])|\s-+\s|[()\[\]【】《》\"“”「」]|\s{2,}")
_HAN_SPACE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_REACH = 6  # characters between a negator and what it turns; of Latin ones three times as many
_TURNED = -0.8  # "not good" blames a little less than "bad"
_TOO_MUCH = -0.6
_WISHED = -0.6  # who wishes for better blames a little
_DENIED = -0.8
_MOST = 1.6
_BETTER = re.compile(r"\s*(?:(?:any|an?)\s+)?(?:more\s+\w+|\w+er\b|worse\b)")
_FAULT = -1.0  # of much of a fault; of little of it as much the other way
_IS = re.compile(r"\s*(?:(?:levels?|is|was|are|were|seems?|也|都|还|是|的)\s*)*")
_STEM = 3  # shorter words have no other forms
_ENDINGS = {
    "": ("s", "es", "ed", "ing", "er", "est", "ly"),
    "e": ("es", "ed", "ing", "er", "est", "ely", "y"),
    "y": ("ies", "ied", "ying", "ier", "iest", "ily"),
}
_BEYOND = frozenset(("过于", "过分", "过度"))
_EXCESS = frozenset(
    ("太", "偏", "有点", "有点儿", "有些", "稍", "稍微", "略", "略微", "略显", "too", "slightly")
)


class Clause(NamedTuple):
    """A part of a text that says one thing.

    Attributes:
        start: where it begins, in characters.
        end: behind its last character.
        asks: it is a question.
        mark: words in it behind which nothing is said to be so.
    """

    start: int
    end: int
    asks: bool
    mark: Mark | None = None

    @property
    def states(self) -> bool:
        """Whether all of it says what is so."""
        return not self.asks and self.mark is None


class Said(NamedTuple):
    """An opinion as words say it, with negator and degree.

    Attributes:
        start: where its words begin, in characters.
        end: behind the last.
        value: -1 to 1 after negation and degree; 0 of words of measure that the lexicon does not value.
        word: the opinion word alone.
        factor: of its degree, negative where it is turned.
        is_excess: it says that there is too much or too little, which blames whatever is measured.
    """

    start: int
    end: int
    value: float
    word: str
    factor: float
    is_excess: bool

    @property
    def is_weak(self) -> bool:
        """Whether the word says little by itself, or only how much there is of something."""
        return abs(_worth().get(self.word, 0.0)) <= WEAK


def clauses(folded: str) -> list[Clause]:
    """Return the clauses of a folded text: between punctuation, and from each word of contrast on.

    Complexity: O(n).

    >>> text = "质量不错但是太贵了,客服好吗?"
    >>> [text[clause.start : clause.end] for clause in clauses(text)]
    ['质量不错', '但是太贵了', '客服好吗']
    """
    breaks = [(match.start(), match.end()) for match in _ENDS.finditer(folded)]
    breaks += [(match.start(), match.end()) for match in _HAN_SPACE.finditer(folded)]
    breaks += [(m.start, m.start) for m in lexicon_matches(folded) if m.value == "contrast"]
    found, start = [], 0
    unreal = marks(folded)
    place = 0
    for end, after in [*sorted(breaks), (len(folded), len(folded))]:
        if folded[start:end].strip():
            while place < len(unreal) and unreal[place].end <= start:
                place += 1
            is_in = place < len(unreal) and unreal[place].start < end
            mark = unreal[place] if is_in else None
            found.append(Clause(start, end, "?" in folded[end:after], mark))
        start = max(start, after)
    return found


def said(folded: str, clause: Clause) -> list[Said]:
    """Return the opinion words of a clause in order, each with what turns or strengthens it.

    Wishing for better blames a little; what is only supposed, expected or ordered is left out.

    Complexity: O(n).

    >>> [(one.word, round(one.value, 2)) for one in said("不是特别好,太大", Clause(0, 5, False))]
    [('好', -0.62)]
    """
    found: list[Said] = []
    turned: Match[str] | None = None
    degree: Match[str] | None = None
    matches = lexicon_matches(folded[clause.start : clause.end])
    part = folded[clause.start : clause.end]
    for place, match in enumerate(matches):
        word = part[match.start : match.end]
        after = matches[place + 1] if place + 1 < len(matches) else None
        is_next = (
            after is not None and after.value in ("polar", "both") and _near(part, match, after)
        )
        touches = is_next and after is not None and not part[match.end : after.start].strip()
        scant = word in SCANT and after and part[after.start : after.end] in UNCOUNTED
        if word in UTMOST:
            is_most = _BETTER.match(part, match.end)
            turned, degree = (turned, match) if is_most else (match, degree)
        elif word in NEGATORS and (is_next or match.value != "both"):
            turned = match
        elif word in INTENSIFIERS and not scant and (word not in POLAR or touches):
            degree = match
        elif match.value in ("polar", "both"):
            if turned and not _near(part, turned, match):
                turned = None
            if degree and not _near(part, degree, match):
                degree = None
            one = _valued(part, match, turned, degree, clause.start)
            if word == "enough" and found and one.start == found[-1].end + 1:
                continue  # not loud enough: it was said
            joint = _jointly(folded, found[-1], one) if found else None
            found[-1:] = [joint] if joint else [*found[-1:], one]
            turned = turned if turned and part[turned.start : turned.end] in DOUBTS else None
            degree = None
        elif match.value == "contrast":
            turned = degree = None
    if clause.mark:
        return [real for one in found if (real := _meant(folded, clause, clause.mark, one))]
    return found


def _meant(folded: str, clause: Clause, mark: Mark, one: Said) -> Said | None:
    """Return an opinion of a clause that does not say what is so, as it is meant; None where it is none."""
    if mark.kind == "order":
        return None
    if one.start < mark.start:
        return one
    if not asks_for_more(folded, mark, one.start, one.end, clause.end):
        return one if mark.kind == "wish" and one.value < -WEAK else None
    if one.value < -WEAK:
        return one
    return one._replace(value=_WISHED * one.value, factor=_WISHED * one.factor)


def _valued(
    part: str, match: Match[str], turned: Match[str] | None, degree: Match[str] | None, offset: int
) -> Said:
    word = part[match.start : match.end]
    factor = INTENSIFIERS.get(part[degree.start : degree.end], _MOST) if degree else 1.0
    value = _worth().get(word, 0.0)
    how = part[degree.start : degree.end] if degree else ""
    is_excess = how in _BEYOND or (how in _EXCESS and abs(value) <= WEAK)
    if is_excess:
        value, factor = _TOO_MUCH, 1.0
    if turned and word in REDRESS and part[turned.start : turned.end] in DENIALS:
        value = _DENIED
    elif turned:
        factor *= _TURNED
    start = min(one.start for one in (match, turned, degree) if one)
    limited = max(-1.0, min(1.0, value * factor))
    return Said(offset + start, offset + match.end, limited, word, factor, is_excess)


def _jointly(folded: str, first: Said, second: Said) -> Said | None:
    """Return a fault and how much there is of it as one opinion: 噪音很小, low noise; None where they are none."""
    if second.word in UNCOUNTED and first.word in SCANT:
        fault, amount = second, first
    elif first.word in FAULTS and first.factor > 0:
        fault, amount = first, second
    else:
        return None
    worth = _FAULT * amount_of(amount.word)
    if not worth or not _IS.fullmatch(folded, first.end, second.start):
        return None
    value = max(-1.0, min(1.0, worth * amount.factor))
    return Said(first.start, second.end, value, fault.word, amount.factor, False)


def amount_of(word: str) -> int:
    """Return 1 of words for much, -1 of words for little, and 0 of others.

    >>> amount_of("大"), amount_of("太小"), amount_of("好")
    (1, -1, 0)
    """
    return _amounts().get(word.removeprefix("太").removeprefix("偏"), 0)


@cache
def _amounts() -> dict[str, int]:
    much, little = f"{MUCH} 快", f"{LITTLE} 慢 quiet minimal 不大"
    return dict.fromkeys(much.split(), 1) | dict.fromkeys(little.split(), -1)


def _near(part: str, first: Match[str], second: Match[str]) -> bool:
    """Return whether what stands between two words is short enough for one to work on the other."""
    if part[first.start : first.end] in DOUBTS:
        return True
    gap = second.start - first.end
    is_latin = is_letter(part[second.start])
    return gap <= _REACH * (3 if is_latin else 1)


def lexicon_matches(folded: str) -> list[Match[str]]:
    """Return the lexicon's words in a folded text: polar (measures too), degree, both of these, negator, contrast, inert."""
    return _words().matches(folded)


@cache
def _words() -> Phrases[str]:
    kinds = dict.fromkeys(INTENSIFIERS, "degree") | dict.fromkeys(NEGATORS | UTMOST, "negator")
    kinds |= {word: "both" if word in kinds else "polar" for word in _worth()}
    return Phrases(kinds | dict.fromkeys(CONTRASTS, "contrast") | dict.fromkeys(INERT, "inert"))


@cache
def _worth() -> dict[str, float]:
    """Return what words are worth: the lexicon's with their usual endings, and words of measure."""
    measures = [one[:-1] for listed in MEASURES.values() for one in listed.split()]
    worth = dict.fromkeys([*measures, *_amounts()], 0.0)
    for word, value in POLAR.items():
        if len(word) > _STEM and word.isascii() and word.isalpha():
            stem = word[:-1] if word[-1] in "ey" else word
            endings = _ENDINGS[word[-1]] if word[-1] in "ey" else _ENDINGS[""]
            worth |= {stem + ending: value for ending in endings if stem + ending not in INERT}
    beyond = {
        f"再{word}不过": 1.0 if value > 0 else -1.0
        for word, value in POLAR.items()
        if len(word) < 3 and word >= "一"
    }
    return {**worth, **SIGNS, **beyond, **POLAR}
