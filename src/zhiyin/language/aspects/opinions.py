"""Opinions on aspects in reviews: which side of a thing is spoken of, in which words, and whether these praise it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zhiyin.language.aspects.clauses import Clause, Said, clauses, said
from zhiyin.language.aspects.context import Context
from zhiyin.language.aspects.polarity import POLARITIES, AspectHead
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.facts.phrases import Match
from zhiyin.language.scripts import fold

_JOINS = re.compile(r"[\s、/&+]*(?:和|与|及|以及|跟|还有|and|or|&)?[\s、/&+]*")
_TIES = re.compile(r"\s*(?:的|得|地|之)?\s*")
_LEXICON_PULL = 3.0  # of a word of strength 1, in log-odds, beside the head
_SURE = 0.8  # chance from which on a clause without opinion words is an opinion
_AROUND = 60  # characters before and behind an aspect that its head reads
_SHORTEST = 2  # characters of a clause without opinion words


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a text thinks of one side of a thing.

    Attributes:
        aspect: id of the aspect, such as ``delivery``.
        opinion: the words that say it.
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
        folded = [fold(text) for text in texts]
        pairs = [
            (row, pair)
            for row, text in enumerate(folded)
            for pair in pairs_of(text, self._taxonomy, categories[row] if categories else None)
        ]
        contexts = [_context(folded[row], pair) for row, pair in pairs]
        chances = self._head.probabilities(contexts) if contexts else np.zeros((0, 3))
        found: list[list[Opinion]] = [[] for _ in texts]
        for (row, pair), chance in zip(pairs, chances.tolist(), strict=True):
            if opinion := self._opinion(texts[row], pair, chance):
                found[row].append(opinion)
        return [_once(opinions) for opinions in found]

    def _opinion(self, text: str, pair: Pair, chance: Sequence[float]) -> Opinion | None:
        """Return the opinion of a pair by its words and its head, None where neither says enough."""
        negative, neutral, positive = chance
        if pair.opinion is None:
            likely = max(chance)
            words = text[pair.clause.start : pair.clause.end].strip()
            if likely < _SURE or likely == neutral or len(words) < len(pair.name.value) + _SHORTEST:
                return None
            polarity = POLARITIES[chance.index(likely)]
            return Opinion(
                pair.name.value,
                words,
                polarity,
                pair.clause.start,
                pair.clause.end,
                round(likely, 3),
            )
        name = fold(text[pair.name.start : pair.name.end])
        value = self._taxonomy.worth(pair.opinion, pair.name.value, name)
        if value == 0:
            return None
        pull = float(np.log((positive + 1e-6) / (negative + 1e-6))) + _LEXICON_PULL * value
        polarity = "positive" if pull > 0 else "negative"
        if pair.opinion.is_weak and neutral > _SURE:
            polarity = "neutral"
        words = text[pair.opinion.start : pair.opinion.end]
        certain = round(float(1 / (1 + np.exp(-abs(pull)))), 3)
        return Opinion(pair.name.value, words, polarity, pair.start, pair.end, certain)


def pairs_of(folded: str, taxonomy: Taxonomy, category: str | None) -> list[Pair]:
    """Return the aspects of a folded text with the opinion words on them, in order.

    Words that name an aspect and judge it (太贵) are a pair of their own. Other opinion words are on the aspect right
    behind them (漂亮的外观), else on the nearest one before them in their clause, else on the first behind them, else on
    the aspect that the clause before ends with. Aspects in a list share their opinion. Questions say nothing.

    Complexity: O(n).
    """
    names = taxonomy.matches(folded, category)
    pairs: list[Pair] = []
    pending: Match[str] | None = None  # named in the clause before, and not judged there
    place = 0
    for clause in clauses(folded):
        own = []
        while place < len(names) and names[place].start < clause.end:
            own.append(names[place])
            place += 1
        if clause.asks:
            pending = None
            continue
        found = _in_clause(folded, clause, own, pending)
        pairs += found
        judged = {pair.name for pair in found if pair.opinion}
        pending = own[-1] if own and own[-1] not in judged else None
    return pairs


def _in_clause(
    folded: str, clause: Clause, names: list[Match[str]], pending: Match[str] | None
) -> list[Pair]:
    opinions = said(folded, clause)
    pairs: list[Pair] = []
    both = {
        name: one
        for name in names
        for one in opinions
        if name.start < one.end and one.start < name.end
    }
    plain = [name for name in names if name not in both]
    for one in opinions:
        if one in both.values():
            continue
        name = _judged(folded, one, plain) or (pending if not names else None)
        if name:
            pairs += [Pair(each, one, clause) for each in _listed(folded, name, plain)]
    told = {pair.name for pair in pairs}
    named = {name.value for name in told}
    pairs += [Pair(name, one, clause) for name, one in both.items() if name.value not in named]
    if not pairs:
        pairs += [Pair(name, None, clause) for name in plain]
    return sorted(pairs, key=lambda pair: (pair.start, pair.end))


def _judged(folded: str, opinion: Said, names: Sequence[Match[str]]) -> Match[str] | None:
    """Return the aspect that an opinion is on."""
    before = [name for name in names if name.end <= opinion.start]
    behind = [name for name in names if name.start >= opinion.end]
    if behind and _TIES.fullmatch(folded, opinion.end, behind[0].start):
        return behind[0]
    if before:
        return before[-1]
    return behind[0] if behind else None


def _listed(folded: str, name: Match[str], names: Sequence[Match[str]]) -> list[Match[str]]:
    """Return an aspect and those it stands in a list with, before it."""
    listed = [name]
    for other in reversed(names[: names.index(name)] if name in names else []):
        if not _JOINS.fullmatch(folded, other.end, listed[-1].start):
            break
        listed.append(other)
    return listed


def _context(folded: str, pair: Pair) -> Context:
    """Return what the head reads of a pair: its clause, not too far away from its aspect."""
    name = pair.name
    start = min(max(pair.clause.start, name.start - _AROUND), name.start)
    end = max(min(pair.clause.end, name.end + _AROUND), name.end)
    if pair.opinion and name.end <= pair.clause.start:  # named in the clause before
        end = pair.opinion.end
    return Context(
        folded[start : name.start], folded[name.start : name.end], folded[name.end : end]
    )


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
