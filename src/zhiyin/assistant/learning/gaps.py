"""Questions that service could not answer: gathered by likeness, with a draft of an answer for an operator to approve."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zhiyin.assistant.knowledge.knowledge import Knowledge
from zhiyin.assistant.learning.suggestions import MOST_TALKS
from zhiyin.assistant.learning.templates import templates_of
from zhiyin.assistant.words.templates import templates
from zhiyin.core.conversation import AGENT, ASSISTANT, SHOPPER, Conversation, Said
from zhiyin.core.records import Document
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.language.ngrams import hashed_ngrams
from zhiyin.language.scripts import fold, guess_language
from zhiyin.privacy.redaction import Redaction
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

ALIKE = 0.45
"""Cosine of the n-grams of two questions from which on they are of one gap."""
_UNANSWERED = ("not_found", "not_understood", "did_you_mean", "closest", "no_items")
_FAILED = ("failed", "unknown")
_LONGEST = 300
_BITS = 18


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that were not answered, and are alike.

    Attributes:
        id: of it, made of the example.
        example: one of the questions, without personal data that can be told by its form.
        n: how often it was asked.
        n_unsolved: how many of the conversations were told not to have solved it.
        n_solved: how many were told to have solved it, by a person that is.
        nearest: the title of the document that is nearest, None where none may answer.
        draft: what people of the shop replied most, None where nobody did; what differs between them is left open by ``…``.
        language: of the example.
    """

    id: str
    example: str
    n: int
    n_unsolved: int
    n_solved: int
    nearest: str | None
    draft: str | None
    language: str


class _Asked(NamedTuple):
    """A question that was not answered, what a person replied to it, and what the shopper told of the conversation."""

    question: str
    reply: str | None
    conversation: str
    solved: bool | None


class Gaps:
    """Finds what documents do not answer yet, from the conversations that are kept; nothing is kept beside them.

    Args:
        store: of the conversations.
        knowledge: tells which document is nearest.
    """

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store, self._knowledge = store, knowledge

    def found(self, n: int = 20) -> list[Gap]:
        """Return the gaps, those asked most first.

        Args:
            n: how many, at most.
        Complexity: O(q²) for q different questions without an answer, of the last thousand conversations.
        """
        asked = [
            one
            for conversation, said in self._store.conversations.newest(MOST_TALKS)
            for one in _unanswered(conversation, said)
        ]
        groups = sorted(_grouped(asked), key=len, reverse=True)
        return [self._gap(group) for group in groups[:n]]

    def approve(self, gap: str, answer: str | None = None) -> Document:
        """Store the answer to a gap as a document of the FAQ, used from the next question on, and return it.

        Args:
            gap: its id.
            answer: what to say; the draft unless given.
        Raises:
            UnknownEntity: there is no such gap, or none any more.
            InvalidRecord: there is nothing to say, or the draft has places left open.
        """
        known = next((one for one in self.found(MOST_TALKS) if one.id == gap), None)
        if known is None:
            raise UnknownEntity(
                "there is no such gap",
                where="gaps",
                expected="the id of one that is listed",
                next_step="zhiyin insights gaps lists them",
            )
        text = (answer or known.draft or "").strip()
        if not text or (answer is None and "…" in text):
            raise InvalidRecord(
                "the draft has places left open" if text else "nobody replied to this yet",
                where="gaps",
                expected="an answer in full",
                next_step="give one: --answer TEXT",
            )
        told = Document(
            known.example, text, f"gap-{gap}", language=known.language, source="service"
        )
        self._store.write("documents", frame([told]))
        return told

    def _gap(self, group: Sequence[_Asked]) -> Gap:
        example = Redaction([group[0].question]).texts[0]
        told = {one.conversation: one.solved for one in group}
        near = self._knowledge.find(group[0].question, n=1)
        language = guess_language(example)
        return Gap(
            id=hashlib.sha256(fold(example).encode("utf-8", "surrogatepass")).hexdigest()[:12],
            example=example,
            n=len(group),
            n_unsolved=sum(solved is False for solved in told.values()),
            n_solved=sum(solved is True for solved in told.values()),
            nearest=near[0].passage.title if near else None,
            draft=_draft(group),
            language="zh" if language == "zh" else "en",
        )


def _draft(group: Sequence[_Asked]) -> str | None:
    replied = [one for one in group if one.reply]
    found, _ = templates_of([one.reply or "" for one in replied], [one.conversation for one in replied])  # fmt: skip
    return found[0].text if found else None


def _unanswered(conversation: Conversation, said: Sequence[Said]) -> list[_Asked]:
    """Return the questions of a conversation that had no answer; the last one, too, where nothing was solved."""
    solved = conversation.state.get("solved")
    failed = conversation.state.get("reason") in _FAILED
    places = [
        place - 1
        for place, turn in enumerate(said)
        if place and turn.role == ASSISTANT and said[place - 1].role == SHOPPER and _says_nothing(turn, failed)
    ]  # fmt: skip
    if solved is False and not places:
        places = [place for place, turn in enumerate(said) if turn.role == SHOPPER][-1:]
    return [
        _Asked(
            said[place].text.strip()[:_LONGEST],
            next((turn.text for turn in said[place:] if turn.role == AGENT), None),
            conversation.id,
            solved if isinstance(solved, bool) else None,
        )
        for place in places
    ]


def _says_nothing(turn: Said, failed: bool) -> bool:
    names = (*_UNANSWERED, "handed_over") if failed else _UNANSWERED
    lines = [
        said.partition("{")[0] for name in names for said in templates().get(name, {}).values()
    ]
    return any(
        line.startswith(start) for line in turn.text.splitlines() for start in lines if start
    )


def _grouped(asked: Sequence[_Asked]) -> list[list[_Asked]]:
    """Return questions in groups: each with the first that it is like, in the order of how often they were asked."""
    if not asked:
        return []
    texts = [fold(one.question) for one in asked]
    distinct, first, counts = np.unique(np.asarray(texts, dtype=object), return_index=True, return_counts=True)  # fmt: skip
    order = np.lexsort((first, -counts))
    grams = hashed_ngrams(list(distinct), (2, 3), bits=_BITS).astype(np.float64)
    length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
    alike = (grams @ grams.T).toarray() / np.maximum(np.outer(length, length), 1e-9)
    leader = np.full(len(distinct), -1)
    for one in order.tolist():
        if leader[one] < 0:
            leader[(leader < 0) & (alike[one] >= ALIKE)] = one
            leader[one] = one
    groups: dict[int, list[_Asked]] = {}
    place = dict(zip(distinct.tolist(), leader.tolist(), strict=True))
    names = {int(row): text for row, text in enumerate(distinct)}
    for one, text in sorted(zip(asked, texts, strict=True), key=lambda pair: pair[1] != names[place[pair[1]]]):  # fmt: skip
        groups.setdefault(place[text], []).append(one)
    return list(groups.values())
