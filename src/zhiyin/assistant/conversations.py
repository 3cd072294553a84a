"""Conversations of a shop: opened, answered, handed over and read, by any worker."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cached_property

from zhiyin.assistant.assistant import LONGEST, Assistant, Turn
from zhiyin.assistant.dialogue.state import State
from zhiyin.assistant.handover import HandOver, hand_over
from zhiyin.assistant.lanes import priority
from zhiyin.assistant.learning.gaps import Gaps
from zhiyin.assistant.learning.suggestions import Suggestion, Suggestions
from zhiyin.core.conversation import AGENT, ASSISTANT, LANES, SHOPPER, Conversation, Said
from zhiyin.core.entity import Kind
from zhiyin.core.records import Person
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.store.conversations import no_conversation
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


class Conversations:
    """Talks with shoppers; every turn reads where the conversation stands, and keeps it, in the store.

    Args:
        store: where they are kept.
        assistant: makes what answers; it is made when the first message comes.
        suggested: what may be replied next in a conversation, for people of the shop.
        gaps: which questions were not answered.
    """

    def __init__(
        self,
        store: Store,
        assistant: Callable[[], Assistant],
        suggested: Suggestions,
        gaps: Gaps,
    ) -> None:
        self._store, self._make = store, assistant
        self._suggested, self.gaps = suggested, gaps

    @cached_property
    def _assistant(self) -> Assistant:
        return self._make()

    def open(self, user: str | None = None, time: datetime | None = None) -> Conversation:
        """Open a conversation with a user, or with nobody in particular, and return it; nobody can guess its id."""
        now = time or datetime.now(UTC)
        if user is not None and self._store.number(Kind.PERSON, user) is None:
            self._store.write("users", frame([Person(user)]))
        opened = Conversation(secrets.token_urlsafe(18), user, now, now)
        self._store.conversations.open(opened)
        return opened

    def say(
        self, conversation: str, text: str, user: str | None = None, time: datetime | None = None
    ) -> Turn:
        """Answer what a shopper says, keep both, and return the answer.

        Raises:
            UnknownEntity: there is no such conversation with this user.
            InvalidRecord: nothing is said, or too much.
            Conflict: something else was said in it meanwhile; nothing of this was kept.
        """
        if not text.strip() or len(text) > LONGEST:
            raise InvalidRecord(
                "the message is empty" if not text.strip() else "the message is too long",
                where="text",
                expected=f"1 to {LONGEST} characters",
                next_step="send it in parts",
            )
        now = time or datetime.now(UTC)
        kept = self.own(conversation, user)
        before = State.of(kept.state)
        turn, state = self._assistant.reply(before, kept.id, text, user, now)
        told = {key: value for key, value in asdict(turn).items() if key not in ("text", "emotion", "likely")}  # fmt: skip
        mood = {"emotion": turn.emotion, "likely": turn.likely}
        self._store.conversations.append(
            _standing(kept, state, now, turn.lane),
            [Said(SHOPPER, text, now, mood), Said(ASSISTANT, turn.text, now, told)],
        )
        return turn

    def own(self, conversation: str, user: str | None) -> Conversation:
        """Return a conversation with a user.

        Raises:
            UnknownEntity: there is none such; one with somebody else is as if it were not there.
        """
        kept = self._store.conversations.one(conversation)
        if kept is None or kept.user != user:
            raise no_conversation()
        return kept

    def one(self, conversation: str) -> Conversation:
        """Return a conversation with anybody, for people of the shop.

        Raises:
            UnknownEntity: there is none.
        """
        kept = self._store.conversations.one(conversation)
        if kept is None:
            raise no_conversation()
        return kept

    def turns(self, conversation: str) -> list[Said]:
        """Return what was said, in order."""
        return self._store.conversations.turns(conversation)

    def summary(self, conversation: Conversation) -> HandOver | None:
        """Return what is handed over; None where no person is needed."""
        if conversation.lane != "human":
            return None
        return hand_over(State.of(conversation.state), self.turns(conversation.id))

    def hand_over(
        self, conversation: str, user: str | None, time: datetime | None = None
    ) -> HandOver:
        """Ask a person of the shop into a conversation, and return what that person is shown.

        Raises:
            UnknownEntity: there is no such conversation with this user.
        """
        kept = self.own(conversation, user)
        state = State.of(kept.state)
        if state.lane != "human":
            state = replace(state, lane="human", reason="asked", offer=None, pending=None)
            self._store.conversations.append(_standing(kept, state, time or datetime.now(UTC)), [])
        return hand_over(state, self.turns(conversation))

    def say_as_agent(
        self,
        conversation: str,
        text: str,
        *,
        gives_back: bool = False,
        suggestion: str | None = None,
        time: datetime | None = None,
    ) -> Conversation:
        """Keep what a person of the shop answers, and let the assistant go on where that is wished.

        Args:
            conversation: its id.
            text: of the answer.
            gives_back: whether the assistant goes on.
            suggestion: the id of the suggestion that the answer was made of.
            time: when; now unless given.
        """
        kept, now = self.one(conversation), time or datetime.now(UTC)
        state = State.of(kept.state)
        if gives_back:
            state = replace(state, lane="answer", reason=None, failures=0)
        told = {} if suggestion is None else {"suggestion": suggestion}
        self._store.conversations.append(
            _standing(kept, state, now), [Said(AGENT, text, now, told)]
        )
        return self.one(conversation)

    def suggestions(self, conversation: str, n: int = 3) -> list[Suggestion]:
        """Return what a person of the shop may reply next, the likeliest first; see ``Suggestions.of``.

        Raises:
            UnknownEntity: there is no such conversation.
        """
        return self._suggested.of(self.one(conversation).id, n)

    def tell_solved(
        self, conversation: str, user: str | None, *, is_solved: bool, time: datetime | None = None
    ) -> Conversation:
        """Keep whether a shopper says that a conversation solved what it was about; the last word counts.

        Raises:
            UnknownEntity: there is no such conversation with this user.
        """
        kept = self.own(conversation, user)
        state = replace(State.of(kept.state), solved=is_solved)
        told = _standing(kept, state, time or datetime.now(UTC), kept.lane)
        self._store.conversations.append(told, [])
        return told

    def listed(self, lane: str = "human", limit: int = 100) -> Sequence[Conversation]:
        """Return the conversations of a lane, the most urgent first.

        Raises:
            InvalidRecord: there is no such lane.
        """
        if lane not in LANES:
            raise InvalidRecord(
                f'no lane is called "{lane[:40]}"',
                where="lane",
                expected=nearest(lane[:40], LANES),
                next_step="ask for one of these",
            )
        return self._store.conversations.listed(lane, limit)


def _standing(kept: Conversation, state: State, now: datetime, lane: str = "") -> Conversation:
    anger = max((likely for name, likely in state.emotions if name == "anger"), default=0.0)
    return replace(
        kept,
        state=state.told(),
        updated=now,
        lane="human" if state.lane == "human" else lane or state.lane,
        priority=priority(state.reason, anger),
    )
