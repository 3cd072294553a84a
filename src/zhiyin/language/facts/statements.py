"""A text cut into clauses, and of each clause whether it states something, of whom, and of which time.

Facts are read from statements. 「如果明天不下雨」 is a supposition, "do you like hiking?" a question, 「他想去公园」 about
somebody else, and 「昨天下雨」 no longer true.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from zhiyin.language.facts import vocabulary_statements as words
from zhiyin.language.facts.dates import dated, dates_in
from zhiyin.language.facts.names import handle_length
from zhiyin.language.facts.people import people_in
from zhiyin.language.facts.phrases import Match, Phrases, lexicon
from zhiyin.language.facts.places import places_in
from zhiyin.language.scripts import HAN, fold

LONGEST_CLAUSE = 240
HIDDEN = "\ufffc"
"""Stands for characters of titles, addresses and handles, in which no words are looked for."""

_HIDDEN = re.compile(
    r"《[^《》]{1,60}》|https?://[^\s\u2e80-\uffff]+|www\.[^\s\u2e80-\uffff]+"
    r"|(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,64}\.[a-z]{2,10}"
    rf"|(?<![a-z0-9_.@+-])@[\w·{HAN}-]{{1,30}}"
)
_HANDLE = re.compile(rf"(?<![a-z0-9_.@+-])@([\w·{HAN}-]{{1,30}})")
_CUT = re.compile(
    r"[。.!?;…~|]+(?=\s|$|[^a-z0-9])|[。!?;…~\n]+|[\U0001f000-\U0001faff\u2600-\u27bf]+"
    r"|[,:()\[\]]+|(?:(?<!\s)\s+|(?<!-))-+\s+|(?<=[\u2e80-\u9fff])\s+(?=[\u2e80-\u9fff@])"
    r"|(?=但是|可是|但(?!愿)|不过|而是|所以|因为|只是|结果)"
    r"|\s(?=(?:but|because|although|though|while|so (?:i|we)|and (?:i|we|then|the|it))\b)"
)
_ENDS = re.compile(r"[。.!?;…~\n|\U0001f000-\U0001faff\u2600-\u27bf]")
_QUESTION = re.compile(words.QUESTION)
_SUPPOSED = re.compile(words.SUPPOSED)
_PAST_EN = re.compile(words.PAST_EN)
_DENIAL = re.compile(words.DENIAL)
_WITH = re.compile(r"(?:[和跟与带陪给替帮送同向对比被约找]着?|(?<!因)为|亲爱的)我?(?:们|的|家)?$")
_WITH_EN = re.compile(
    r"\b(?:with|for|to|and|from|by|than|of|like|at|see|visit|meet)(?: (?:my|our|the|a|some))? $"
)
_LINES = re.compile(r"[\n\r\u2028]")
_BROKEN = " \ufffd"
_REACH, _REACH_EN = 8, 40
_MOST_CLAUSES = 12
_TIMES = Phrases(
    lexicon(words.TIMES)
    | {
        f"{week}{day}": f"{when}weekday_{min(number, 6)}"
        for number, day in enumerate(words.WEEKDAYS_ZH)
        for week, when in (("周", ""), ("星期", ""), ("礼拜", ""), ("这周", ""), ("下周", "next_"), ("下星期", "next_"), ("下礼拜", "next_"), ("下个星期", "next_"), ("上周", "past:"))
    }
    | {
        f"{lead}{day}": f"{when}weekday_{number}"
        for number, day in enumerate(words.WEEKDAYS_EN)
        for lead, when in (("on ", ""), ("this ", ""), ("next ", "next_"), ("last ", "past:"))
    }
)  # fmt: skip
_SUBJECTS = Phrases(lexicon({"other": words.OTHERS, "self": words.SELVES}))


class Clause:
    """A stretch of a text between two marks, with what it says of itself.

    Attributes:
        start: in characters of the text.
        end: behind its last character.
        words: the folded characters, titles and handles hidden.
        sentence: number of the sentence it stands in.
        is_asked: whether a question mark follows.
        before: the clause in front of it in the same sentence.
        people: those it names.
        times: words of time.
    """

    def __init__(
        self, start: int, words: str, sentence: int, is_asked: bool, before: Clause | None
    ) -> None:
        self.start = start
        self.end = start + len(words)
        self.words = words
        self.sentence = sentence
        self.is_asked = is_asked
        self.before = before
        self.people: list[Match[str]] = []
        self.times: list[Match[str]] = []

    @cached_property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.is_asked or _QUESTION.search(self.words) is not None

    @cached_property
    def supposed_from(self) -> int | None:
        """Where supposing begins, in characters of the text; None where nothing is supposed."""
        if self._is_of_any_time or (self.before and self.before.supposed_from is not None):
            return self.start
        found = _SUPPOSED.search(self.words)
        return None if found is None else self.start + found.start()

    @property
    def _is_of_any_time(self) -> bool:
        """Whether it speaks of 下雨的时候; 3号的时候 is a day."""
        if "时候" not in self.words:
            return False
        behind = (self.words[time.end - self.start :] for time in self.times)
        return not any(rest.startswith(("的时候", "时候")) for rest in behind)

    def is_supposed(self, position: int) -> bool:
        """Return whether what stands there is only supposed."""
        return self.supposed_from is not None and self.supposed_from <= position

    def when(self, position: int) -> str | None:
        """Return the time of what stands there: the last one said before it, else the next, else the sentence's."""
        if self.times:
            said = [m.value for m in self.times if m.start <= position]
            return said[-1] if said else self.times[0].value
        return None if self.before is None else self.before.when(position)

    def is_past(self, position: int) -> bool:
        """Return whether what stands there is over."""
        when = self.when(position)
        if when is None:
            return _PAST_EN.search(self.words) is not None
        return when.startswith("past")

    @cached_property
    def _denials(self) -> list[int]:
        return [self.start + found.end() for found in _DENIAL.finditer(self.words)]

    def denies(self, position: int) -> bool:
        """Return whether a denial stands shortly before a position."""
        place = bisect_right(self._denials, position)
        if not place:
            return False
        gap = self.words[self._denials[place - 1] - self.start : position - self.start]
        return len(gap) <= (_REACH_EN if gap.isascii() and len(gap) > _REACH else _REACH)

    @cached_property
    def _subjects(self) -> list[tuple[int, str]]:
        found = [(match.start, match.value) for match in _SUBJECTS.matches(self.words)]
        found += [(match.start - self.start, "kin") for match in self.people]
        found.sort(key=lambda one: (one[0], one[1] == "kin"))
        return [(self.start + at, who) for at, who in found if who == "self" or self._acts(at)]

    def _acts(self, at: int) -> bool:
        """Return whether somebody named there acts, rather than is acted with or upon."""
        head = self.words[max(at - _REACH_EN, 0) : at]
        return not (_WITH_EN.search(head) if head.endswith(" ") else _WITH.search(head))

    def is_of_others(
        self, position: int, *, others: tuple[str, ...] = ("other", "kin"), kin_before: bool = False
    ) -> bool:
        """Return whether what stands there is said of somebody else than the writer.

        Args:
            position: in characters of the text.
            others: who is somebody else; without ``kin`` not those named by kin, as in 「妈妈生日」.
            kin_before: whether kin named in the clause before are still spoken of.
        """
        for start, who in reversed(self._subjects):
            if start < position and (who == "self" or who in others):
                return who != "self"
        last = None if self.before is None else self.before._last_subject
        return last == "other" or (kin_before and last == "kin")

    @cached_property
    def _last_subject(self) -> str | None:
        if self._subjects:
            return self._subjects[-1][1]
        return None if self.before is None else self.before._last_subject

    def tells(self, position: int, *, kin_before: bool = False) -> bool:
        """Return whether the writer says what stands there of him- or herself, whenever it was.

        Args:
            position: in characters of the text.
            kin_before: as in `is_of_others`.
        """
        return not (
            self.is_question
            or self.is_supposed(position)
            or self.denies(position)
            or self.is_of_others(position, kin_before=kin_before)
        )

    def states(self, position: int) -> bool:
        """Return whether the writer says it of him- or herself, and not as something past."""
        return self.tells(position) and not self.is_past(position)


class Said:
    """A text ready for reading.

    Attributes:
        text: as it was written.
        folded: by ``scripts.fold``.
        plain: the same with titles, addresses and handles hidden, so that no words are found in them.
        clauses: in order.
        handles: people called by ``@``: their span and name.

    >>> said = Said("如果下雨，就在家。今天天气真好")
    >>> [said.clause_at(at).is_supposed(at) for at in (2, 5, 9)]
    [True, True, False]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.handles = [
            Match(found.start(), found.start(1) + length, text[found.start(1) :][:length])
            for found in _HANDLE.finditer(self.folded)
            if not found[1].isdecimal() and (length := handle_length(found[1]))
        ]
        shown = {start: end for start, end, _ in self.handles}
        plain = _HIDDEN.sub(
            lambda found: _hidden(found[0], shown.get(found.start(), found.end()) - found.start()),
            self.folded,
        )
        if len(lines := _LINES.split(text)) > 1:
            plain = self._with_line_ends(plain, lines)
        self.plain = plain
        self.clauses = list(_clauses(plain))
        self._starts = [clause.start for clause in self.clauses]
        self.people = people_in(plain)
        for match in self.people:
            self.clause_at(match.start).people.append(match)
        for match in _TIMES.matches(plain):
            if match.value:
                self.clause_at(match.start).times.append(match)
        self._add_dates()

    def _add_dates(self) -> None:
        for start, end, value in dates_in(self.plain):
            clause = self.clause_at(start)
            day = dated(clause.words, start - clause.start, end - clause.start, value)
            if day and not any(time.start < end and start < time.end for time in clause.times):
                clause.times.append(Match(start, end, day))
                clause.times.sort()

    @cached_property
    def places(self) -> list[Match[str]]:
        """Places named, by kind."""
        return places_in(self.text, self.plain)

    @classmethod
    def of(cls, text: str | Said) -> Said:
        """Return a text made ready, itself when it is."""
        return text if isinstance(text, Said) else cls(text)

    def written(self, start: int, end: int) -> str:
        """Return the words of a span as they were written, without control characters and lone surrogates."""
        pairs = zip(self.text[start:end], self.folded[start:end], strict=True)
        kept = (folded if folded in _BROKEN else character for character, folded in pairs)
        return " ".join("".join(kept).split())

    def clause_at(self, position: int) -> Clause:
        """Return the clause that holds a character, or the one before it where a mark stands."""
        return self.clauses[max(bisect_right(self._starts, position) - 1, 0)]

    def head(self, position: int, most: int) -> str:
        """Return what stands before a position in its clause, at most so many characters."""
        return self.plain[max(self.clause_at(position).start, position - most) : position]

    def around(self, position: int) -> list[Clause]:
        """Return the clauses of the sentence that holds a character."""
        at = max(bisect_right(self._starts, position) - 1, 0)
        number = self.clauses[at].sentence
        near = self.clauses[max(at - _MOST_CLAUSES, 0) : at + _MOST_CLAUSES]
        return [clause for clause in near if clause.sentence == number]

    @staticmethod
    def _with_line_ends(plain: str, lines: list[str]) -> str:
        end, parts = 0, []
        for line in lines:
            parts.append(plain[end : end + len(line)])
            end += len(line) + 1
        return "\n".join(parts)


def _hidden(said: str, length: int) -> str:
    return HIDDEN * length + said[length:]


def _clauses(plain: str) -> Iterator[Clause]:
    """Cut a text at marks, at words such as 但是 and "because", and where a clause gets too long."""
    cuts = [(found.start(), found.end()) for found in _CUT.finditer(plain)]
    cuts.append((len(plain), len(plain)))
    start, sentence, n_in_sentence = 0, 0, 0
    before: Clause | None = None
    for cut, behind in cuts:
        mark = plain[cut:behind]
        while cut - start > LONGEST_CLAUSE:
            yield Clause(start, plain[start : start + LONGEST_CLAUSE], sentence, False, None)
            start, before = start + LONGEST_CLAUSE, None
        clause = Clause(start, plain[start:cut], sentence, "?" in mark, before)
        yield clause
        start, before, n_in_sentence = behind, clause, n_in_sentence + 1
        if _ENDS.search(mark) or n_in_sentence >= _MOST_CLAUSES:
            before, sentence, n_in_sentence = None, sentence + 1, 0
