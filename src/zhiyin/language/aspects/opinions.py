"""Opinions on aspects in reviews: which side of a thing is spoken of, in which words, and whether these praise it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zhiyin.language.aspects.clauses import Clause, Said, clauses, said
from zhiyin.language.aspects.context import Context, name_of, worth
from zhiyin.language.aspects.markup import Bare, bare
from zhiyin.language.aspects.polarity import POLARITIES, AspectHead
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.facts.phrases import Match
from zhiyin.language.lexicon import CHEAP, SIGNS
from zhiyin.language.scripts import fold

_JOINS = re.compile(r"[\s、/&+]*(?:和|与|及|以及|跟|还有|and|or|&)?[\s、/&+]*")
_TIES = re.compile(r"\s*(?:的|得|地|之)?\s*")
_LINK = re.compile(
    r"\s*(?:的|也|都|还|是)?(?:(?:is|was|are|were|feel|feels|felt|look|looks|looked)\s+)?"
)
_SEEMS = re.compile(r"\b(?:feel|felt|look|sound|seem)[a-z]*\s+(?:[a-z]+\s+)?\Z")
_REACH = 24  # characters before 'cheap', or between the begin of a clause and its opinion, that are looked at
_SENTENCE_END = re.compile(r"[。!?~…\n\r]|\.(?![0-9])")
_OPENERS = re.compile(
    r"(?:\s|但是?|可是|不过|就是|只是|却|倒|结果|都|也|还|又|真的?|确实|实在|其实|实际上?|没想到|想不到|竟然|居然|总体|整体|感觉|觉得|[是的]"
    r"|\b(?:and|but|yet|it|it's|they|they're|which|is|are|was|were|still|also|just|really|actually|all|turned out|to be|(?:feel|look|seem)s?)\b)*"
)
_FOR = re.compile(r"\bfor\b")
_UNSURE = frozenset(("thin",))  # praise of a phone, not of a dress
_MADE = frozenset(
    (
        "quality",
        "looks",
        "comfort",
        "controls",
        "screen",
        "sound",
        "packaging",
        "texture",
        "print",
        "camera",
    )
)  # aspects of what may be made cheaply
_MEASURED = ("size", "portability")  # aspects that words of measure name by themselves
_MOST = 8  # aspects of one opinion, or of a clause without opinion words
_HUMS, _NOISE = "home", "噪音"  # of goods for the home any sound is noise
_SOUNDS = frozenset(("声音", "sound"))
_LEXICON_PULL = 3.0  # of a word of strength 1, in log-odds, beside the head
_SURE = 0.8  # chance from which on a clause without opinion words is an opinion
_AROUND = 60  # characters before and behind an aspect that its head reads
_SHORTEST = 2  # characters of a clause without opinion words


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a text thinks of one side of a thing.

    Attributes:
        aspect: id of the aspect, such as ``delivery``.
        opinion: the words that say it, without tags and unseen characters within.
        polarity: ``negative``, ``neutral`` or ``positive``.
        start: where the words for aspect and opinion begin, in characters of the text.
        end: behind the last of them.
        confidence: 0 to 1.
    """

    aspect: str
    opinion: str
    polarity: str
    start: int
    end: int
    confidence: float


class Pair(NamedTuple):
    """An aspect's words and the opinion on it.

    Attributes:
        name: words for the aspect, or for both.
        opinion: what is said of it; None where no opinion word is near.
        clause: the clause of the opinion.
    """

    name: Match[str]
    opinion: Said | None
    clause: Clause

    @property
    def start(self) -> int:
        """Where the words begin, in characters."""
        return min(self.name.start, self.opinion.start) if self.opinion else self.name.start

    @property
    def end(self) -> int:
        """Behind the last of the words."""
        return max(self.name.end, self.opinion.end) if self.opinion else self.name.end


class Opinions:
    """Reads opinions out of reviews, Chinese and English, without labelled texts.

    Args:
        taxonomy: which aspects there are; the default one unless given.
        head: says how likely each polarity is; the shipped one unless given.

    >>> found = Opinions().read("物流很快，但是包装破了，就是有点贵")
    >>> [(one.aspect, one.opinion, one.polarity) for one in found]
    [('delivery', '很快', 'positive'), ('packaging', '破', 'negative'), ('price', '有点贵', 'negative')]
    """

    def __init__(self, taxonomy: Taxonomy | None = None, head: AspectHead | None = None) -> None:
        self._taxonomy = taxonomy or Taxonomy()
        self._head = head or AspectHead.shipped()

    def read(self, text: str, category: str | None = None) -> list[Opinion]:
        """Return the opinions in a text, in order.

        Args:
            text: of any length.
            category: of goods, in the shop's own words; all aspects are looked for where it is not known.
        Complexity: O(n).
        """
        return self.read_all([text], [category])[0]

    def read_all(
        self, texts: Sequence[str], categories: Sequence[str | None] | None = None
    ) -> list[list[Opinion]]:
        """Return the opinions in each text; many at a time are read several times as fast as one by one.

        Args:
            texts: n of them.
            categories: of each, none of them known unless given.
        """
        seen = [bare(text) for text in texts]
        folded = [fold(one.text) for one in seen]
        known = [self._taxonomy.resolve(one) for one in categories or [None] * len(texts)]
        pairs = [
            (row, pair)
            for row, text in enumerate(folded)
            for pair in pairs_of(text, self._taxonomy, known[row])
        ]
        contexts = [_context(folded[row], pair, known[row]) for row, pair in pairs]
        unlike = list(dict.fromkeys(contexts))  # short clauses come again and again
        chances = self._head.probabilities(unlike).tolist() if unlike else []
        chance_of = dict(zip(unlike, chances, strict=True))
        found: list[list[Opinion]] = [[] for _ in texts]
        for (row, pair), context in zip(pairs, contexts, strict=True):
            value = self._worth(folded[row], pair, context.aspect)
            if opinion := _opinion(seen[row], pair, value, chance_of[context]):
                found[row].append(opinion)
        return [_once(opinions) for opinions in found]

    def _worth(self, folded: str, pair: Pair, name: str) -> float:
        """Return what the opinion words of a pair are worth, 0 where it has none."""
        if pair.opinion is None:
            return 0.0
        if name != _NOISE and pair.name.end > pair.clause.start:
            name = name_of(folded, pair.name.start, pair.name.end, pair.opinion)
        return worth(self._taxonomy, pair.opinion, pair.name.value, name)


def _opinion(seen: Bare, pair: Pair, value: float, chance: Sequence[float]) -> Opinion | None:
    """Return the opinion of a pair by the worth of its words and its head, None where neither says enough."""
    negative, neutral, positive = chance
    name, clause, text = pair.name, pair.clause, seen.text
    if pair.opinion is None:
        likely = max(chance)
        words = text[clause.start : clause.end].strip()
        if likely < _SURE or likely == neutral or len(words) < name.end - name.start + _SHORTEST:
            return None
        polarity = POLARITIES[chance.index(likely)]
        span = seen.written(clause.start, clause.end)
        return Opinion(name.value, words, polarity, *span, round(likely, 3))
    if value == 0:
        return None
    pull = float(np.log((positive + 1e-6) / (negative + 1e-6))) + _LEXICON_PULL * value
    polarity = "positive" if pull > 0 else "negative"
    if pair.opinion.is_weak and neutral > _SURE:
        polarity = "neutral"
    words = text[pair.opinion.start : pair.opinion.end]
    certain = round(float(1 / (1 + np.exp(-abs(pull)))), 3)
    return Opinion(name.value, words, polarity, *seen.written(pair.start, pair.end), certain)


def pairs_of(folded: str, taxonomy: Taxonomy, category: str | None) -> list[Pair]:
    """Return the aspects of a folded text with the opinion words on them, in order.

    Words that name an aspect and judge it (太贵) are a pair of their own. Other opinion words are on the aspect right
    behind them (漂亮的外观), else on the nearest one before them in their clause, else on the first behind them, else on
    the last aspect of the clause before, where that is of the same sentence and the clause begins with them. Aspects in
    a list share their opinion. Questions say nothing.

    Complexity: O(n).
    """
    names = taxonomy.matches(folded, category)
    if not category:
        names = [name for name in names if folded[name.start : name.end] not in _UNSURE]
    pairs: list[Pair] = []
    last: _Last | None = None
    place = 0
    for clause in clauses(folded):
        own = []
        while place < len(names) and names[place].start < clause.end:
            own.append(names[place])
            place += 1
        opinions = [] if clause.asks else said(folded, clause)
        found = [] if clause.asks else _in_clause(folded, clause, own, opinions)
        if last and not own and (pair := _continued(folded, clause, opinions, last, taxonomy)):
            found.append(pair)
        pairs += found
        last = _last(clause, own, opinions, found)
    return pairs


class _Last(NamedTuple):
    """The aspect that a clause ends with: its words, whether they were judged, and where the clause ended."""

    name: Match[str]
    is_judged: bool
    end: int


def _last(
    clause: Clause, names: Sequence[Match[str]], opinions: Sequence[Said], found: Sequence[Pair]
) -> _Last | None:
    """Return what the next clause may go on with; questions and suppositions end it."""
    if clause.asks or (clause.mark and clause.mark.kind != "expected"):
        return None
    judging = dict(_overlapping(names, opinions))
    plain = [name for name in names if name not in judging]
    judged = {pair.name for pair in found if pair.opinion}
    return _Last(plain[-1], plain[-1] in judged, clause.end) if plain else None


def _continued(
    folded: str, clause: Clause, opinions: Sequence[Said], last: _Last, taxonomy: Taxonomy
) -> Pair | None:
    """Return the pair of a clause's first opinion and the aspect of the clause before: 质量,很好; soft but thin."""
    if not opinions or _SENTENCE_END.search(folded, last.end, clause.start):
        return None
    one = opinions[0]
    opener = folded[clause.start : one.start]
    if len(opener) > _REACH or not _OPENERS.fullmatch(opener):
        return None
    is_apt = taxonomy.measures(one, last.name.value)
    goes_on = clause.start == last.end and is_apt if last.is_judged else is_apt or not one.is_weak
    return Pair(last.name, one, clause) if goes_on else None


def _in_clause(
    folded: str, clause: Clause, names: list[Match[str]], opinions: Sequence[Said]
) -> list[Pair]:
    judging = dict(_overlapping(names, opinions))
    plain = [name for name in names if name not in judging]
    both: dict[Match[str], Said] = {}
    own: set[Said] = set()
    for name, one in judging.items():
        owner = None if one in own else _owner(folded, name, one, plain)
        if owner:
            both[owner] = one
            own.add(one)
    pairs: list[Pair] = []
    for one in opinions:
        if one in own:
            continue
        place = _judged(folded, one, plain)
        if place is not None:
            pairs += [Pair(each, one, clause) for each in _listed(folded, place, plain)]
    named = {pair.name.value for pair in pairs}
    pairs += [Pair(name, one, clause) for name, one in both.items() if name.value not in named]
    if not opinions and clause.states:
        pairs += [Pair(name, None, clause) for name in plain[:_MOST]]
    return sorted(pairs, key=lambda pair: (pair.start, pair.end))


def _overlapping(
    names: Sequence[Match[str]], opinions: Sequence[Said]
) -> Iterator[tuple[Match[str], Said]]:
    """Yield the words that name an aspect and judge it; both come in order."""
    place = 0
    for one in opinions:
        while place < len(names) and names[place].end <= one.start:
            place += 1
        for name in names[place : place + _MOST]:
            if name.start >= one.end:
                break
            yield name, one


def _owner(
    folded: str, name: Match[str], one: Said, plain: Sequence[Match[str]]
) -> Match[str] | None:
    """Return the aspect of words that name it and judge it, None where they are of another one.

    太小 is of the size and loud of the sound unless something is said to be so; what seems cheap is badly made, and so is a cheap material.
    """
    is_cheap = one.word in CHEAP and name.value == "price"
    place = _judged(folded, one, plain)
    if place is not None:
        other = plain[place]
        is_apt = other.value in _MADE if is_cheap else name.value in (*_MEASURED, other.value)
        low, high = (other.end, one.start) if other.end <= one.start else (one.end, other.start)
        if is_apt and _LINK.fullmatch(folded, low, high):
            return None
    if is_cheap and _SEEMS.search(folded, max(0, one.start - _REACH), one.start):
        return name._replace(value="quality")
    return name


def _judged(folded: str, opinion: Said, names: Sequence[Match[str]]) -> int | None:
    """Return the place of the aspect that an opinion is on."""
    behind = bisect_left(names, opinion.end, key=lambda name: name.start)
    before = bisect_right(names, opinion.start, key=lambda name: name.end) - 1
    is_behind = behind < len(names)
    if (
        before >= 0
        and names[before].end == opinion.start
        and folded[opinion.end : opinion.end + 1] != "的"
    ):
        return before  # 质量好物流快
    if before >= 0 and opinion.word in SIGNS:
        return before
    if is_behind and _TIES.fullmatch(folded, opinion.end, names[behind].start):
        return behind
    if before >= 0:
        return before
    if is_behind and (
        names[behind].value == "price" or not _is_for(folded, opinion, names[behind])
    ):
        return behind
    return None


def _is_for(folded: str, opinion: Said, name: Match[str]) -> bool:
    """Return whether something is said to be good or bad for what is named: too big for the box."""
    return bool(_FOR.search(folded, opinion.end, min(name.start, opinion.end + _AROUND)))


def _listed(folded: str, place: int, names: Sequence[Match[str]]) -> list[Match[str]]:
    """Return an aspect and those it stands in a list with, before it."""
    listed = [names[place]]
    for other in reversed(names[max(0, place - _MOST) : place]):
        if not _JOINS.fullmatch(folded, other.end, listed[-1].start):
            break
        listed.append(other)
    return listed


def _context(folded: str, pair: Pair, category: str | None) -> Context:
    """Return what the head reads of a pair: its clause, not too far away from its aspect."""
    name = pair.name
    if name.end <= pair.clause.start and pair.opinion:  # named in the clause before
        said_of_it = folded[pair.clause.start : pair.opinion.end]
        return Context("", folded[name.start : name.end], said_of_it)
    start = min(max(pair.clause.start, name.start - _AROUND), name.start)
    end = max(min(pair.clause.end, name.end + _AROUND), name.end)
    words = folded[name.start : name.end]
    if category == _HUMS and words in _SOUNDS:
        words = _NOISE
    return Context(folded[start : name.start], words, folded[name.end : end])


def _once(opinions: list[Opinion]) -> list[Opinion]:
    """Return opinions without those that say the same of the same aspect in overlapping words."""
    kept: list[Opinion] = []
    for one in opinions:
        if not any(
            other.aspect == one.aspect and other.start < one.end and one.start < other.end
            for other in kept[-3:]
        ):
            kept.append(one)
    return kept
