"""Opinions of aspects: in each clause, the words that praise or blame, and what they are said of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from zhiyin.language.aspects.clauses import Clause, clauses, said
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.scripts import fold

_CLEAR = 0.15  # values nearer to 0 are neutral
_LONGEST = 20_000  # characters of a text that are read
_NEAR, _FAR = (
    0.9,
    0.6,
)  # confidence where the aspect stands in the clause, and where in the one before

_REACH = 4  # characters before a word of measure in which a negator turns it
_TURNERS = ("不", "不够", "不太", "不是很", "没", "没有", "not", "isn't", "not very", "not too")

Value = Literal["negative", "neutral", "positive"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a text thinks of one side of something.

    Attributes:
        aspect: canonical English id.
        opinion: the words that praise or blame.
        polarity: ``negative``, ``neutral`` or ``positive``.
        start: where the words that name and judge begin, in characters of the text.
        end: behind the last.
        confidence: 0 to 1.

    >>> [(one.aspect, one.polarity) for one in Opinions().read("质量很好,但是太贵了")]
    [('quality', 'positive'), ('price', 'negative')]
    """

    aspect: str
    opinion: str
    polarity: Value
    start: int
    end: int
    confidence: float


class _Named(NamedTuple):
    aspect: str
    start: int
    end: int


class _Judged(NamedTuple):
    start: int
    end: int
    value: float
    word: str
    is_turned: bool = False


class Opinions:
    """Reads opinions by a taxonomy of aspects and a lexicon, without a model.

    Args:
        taxonomy: which aspects there are, and their words; that of common goods unless given.
    """

    def __init__(self, taxonomy: Taxonomy | None = None) -> None:
        self._taxonomy = taxonomy or Taxonomy()

    def read(self, text: str, category: str | None = None) -> list[Opinion]:
        """Return the opinions of a text in their order, at most one of an aspect and a clause.

        A clause without an aspect of its own goes on with the one before it, unless that was judged already. Questions
        think nothing.

        Args:
            text: of any length; its first 20,000 characters are read.
            category: of what it speaks of.
        Complexity: O(n).
        """
        folded = fold(text[:_LONGEST])
        names = [_Named(m.value, m.start, m.end) for m in self._taxonomy.matches(folded, category)]
        found: list[Opinion] = []
        waiting: list[_Named] = []
        place = 0
        for clause in clauses(folded):
            own = []
            while place < len(names) and names[place].start < clause.end:
                if names[place].start >= clause.start:
                    own.append(names[place])
                place += 1
            names_here = [] if clause.asks else own or waiting
            told = list(self._of_clause(folded, clause, names_here, is_own=bool(own)))
            found += told
            waiting = own if own and not told else []
        return found

    def _of_clause(
        self, folded: str, clause: Clause, names: list[_Named], *, is_own: bool
    ) -> Iterator[Opinion]:
        """Yield an opinion of each aspect by the words nearest to it; words behind it go before words in front."""
        judged = [
            _Judged(one.start, one.end, one.value, one.word, one.factor < 0)
            for one in said(folded, clause)
        ]
        taken: set[str] = set()
        for name in names:
            of_it = [*self._of_name(name, judged), *self._measured(folded, clause, name)]
            if name.aspect in taken or not of_it:
                continue
            one = min(of_it, key=lambda judged: _distance(name, judged))
            taken.add(name.aspect)
            start, end = one.start, one.end
            if is_own:
                start, end = min(start, name.start), max(end, name.end)
            sure = (_NEAR if is_own else _FAR) * min(1.0, 0.5 + abs(one.value))
            yield Opinion(
                name.aspect,
                folded[one.start : one.end],
                _polarity(one.value),
                start,
                end,
                round(sure, 4),
            )

    def _of_name(self, name: _Named, judged: list[_Judged]) -> Iterator[_Judged]:
        """Yield what opinion words say of an aspect, 大 and the like by what they mean of it."""
        for one in judged:
            if not self._taxonomy.is_measure(one.word):
                yield one
            elif (meant := self._taxonomy.measure(name.aspect, one.word)) is not None:
                yield one._replace(value=-0.8 * meant if one.is_turned else meant)

    def _measured(self, folded: str, clause: Clause, name: _Named) -> Iterator[_Judged]:
        """Yield words of measure behind an aspect, such as the 快 of 物流很快; a negator in front turns them."""
        for match in self._taxonomy.measures(name.aspect).matches(folded[name.end : clause.end]):
            start, end = name.end + match.start, name.end + match.end
            before = folded[max(name.end, start - _REACH) : start]
            is_turned = before.rstrip().endswith(_TURNERS)
            yield _Judged(start, end, match.value * (-0.8 if is_turned else 1), folded[start:end])


def _distance(name: _Named, one: _Judged) -> tuple[int, int]:
    if one.start >= name.end:
        return one.start - name.end, 0
    return 2 * max(name.start - one.end, 0), 1


def _polarity(value: float) -> Value:
    if value > _CLEAR:
        return "positive"
    return "negative" if value < -_CLEAR else "neutral"
