"""Replies that are suggested to the person who answers: what was replied before, and what documents say."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from zhiyin.assistant.intents.examples import Examples, built_in
from zhiyin.assistant.intents.reading import IntentReader
from zhiyin.assistant.knowledge.documents import Citation
from zhiyin.assistant.knowledge.knowledge import Knowledge
from zhiyin.assistant.learning.learned_intents import learned_reader
from zhiyin.assistant.learning.moments import Line, Moment, Talked
from zhiyin.assistant.learning.past_replies import PastReplies
from zhiyin.core.entity import Kind
from zhiyin.store.store import Store

MOST_TALKS = 1000
"""Conversations that are learned from, at most, of those that were imported and of those that were held here."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply that may be given.

    Attributes:
        text: of it; what differs from one conversation to the next is left open by ``…``.
        id: by which a choice is told.
        source: ``reply``, that people of the shop gave before, or ``document``.
        score: how likely it is, from 0 to 1.
        citations: where quoted words stand.

    >>> Suggestion("Have a nice day!", "a1", "reply", 0.4).citations
    ()
    """

    text: str
    id: str
    source: str
    score: float
    citations: tuple[Citation, ...] = ()


_Marks = tuple[tuple[int, int], tuple[int, int]]


class _Learned(NamedTuple):
    """What was learned, and how far the store had come."""

    marks: _Marks
    reader: IntentReader
    past: PastReplies | None


class Suggestions:
    """Suggests replies; what is kept or erased counts from the next question on, and nothing is kept beside it.

    Args:
        store: of the conversations.
        knowledge: what documents say.
        examples: gives those of intents; the built-in ones unless given.
    """

    def __init__(
        self, store: Store, knowledge: Knowledge, examples: Callable[[], Examples] = built_in
    ) -> None:
        self._store, self._knowledge, self._examples = store, knowledge, examples
        self._turn = threading.Lock()
        self._learned: _Learned | None = None

    def of(self, conversation: str, n: int = 3) -> list[Suggestion]:
        """Return what may be replied next in a conversation, the likeliest first.

        What documents surely say to the shopper's last words has the last place.

        Args:
            conversation: its id; there must be one.
            n: how many, at most.
        Complexity: as ``PastReplies.ranked``, and as ``fit`` after anything was said anywhere: some tenths of a second.
        """
        said = self._store.conversations.turns(conversation)
        moment = Moment.of(Line(one.role, one.text) for one in said)
        if not moment.topic or n < 1:
            return []
        quoted = self._quoted(moment)
        past = self._refreshed().past
        ranked = past.ranked(moment, n - len(quoted)) if past is not None else []
        found = [Suggestion(one.template.text, one.template.id, "reply", round(one.score, 3)) for one in ranked]  # fmt: skip
        return found + quoted

    def _quoted(self, moment: Moment) -> list[Suggestion]:
        if not moment.last:
            return []
        answer = self._knowledge.answer(moment.last)
        if answer.certainty != "answer" or answer.text in moment.replies:
            return []
        citations = tuple(quote.citation for quote in answer.quotes)
        name = f"{citations[0].document}:{citations[0].start}-{citations[-1].end}"
        score = round(answer.found[0].score, 3)
        return [Suggestion(answer.text, name, "document", score, citations)]

    def _refreshed(self) -> _Learned:
        with self._turn:
            marks, before = self._store.conversations.marks(), self._learned
            if before is None or before.marks != marks:
                talks = imported(self._store)
                if before is not None and before.marks[1] == marks[1]:
                    reader = before.reader
                else:
                    reader = learned_reader(talks, self._examples())
                past = PastReplies.fit([*talks, *held(self._store)], reader.chances)
                self._learned = _Learned(marks, reader, past)
                return self._learned
            return before


def imported(store: Store, most: int = MOST_TALKS) -> list[Talked]:
    """Return the conversations that were imported last."""
    lines: dict[str, list[tuple[int, int, Line]]] = defaultdict(list)
    people: dict[str, Hashable] = {}
    for rows in store.chats():
        told = rows.select("id", "conversation", "role", "text", "person", "time_us")
        for number, name, role, text, person, time_us in told.iter_rows():
            lines[name].append((time_us or 0, number, Line(role, text)))
            people[name] = name if person is None else person
    last = sorted(lines, key=lambda name: max(number for _, number, _ in lines[name]))[-most:]
    return [
        Talked(f"chat {name}", people[name], [line for *_, line in sorted(lines[name], key=_place)])
        for name in last
    ]


def held(store: Store, most: int = MOST_TALKS) -> list[Talked]:
    """Return the conversations that were held here last."""
    newest = store.conversations.newest(most)
    users = sorted({one.user for one, _ in newest if one.user is not None})
    numbers = dict(zip(users, store.numbers(Kind.PERSON, users).tolist(), strict=True))
    return [
        Talked(
            one.id,
            one.id if one.user is None else numbers[one.user],
            [Line(turn.role, turn.text, _chosen(turn.told.get("suggestion"))) for turn in said],
        )
        for one, said in newest
    ]


def _chosen(told: object) -> str | None:
    return told if isinstance(told, str) else None


def _place(row: tuple[int, int, Line]) -> tuple[int, int]:
    return row[0], row[1]
