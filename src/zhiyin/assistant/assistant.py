"""The assistant: reads a message, lets the dialogue answer it, and says what the guards let pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, Protocol

from zhiyin.assistant.dialogue.dialogue import answer
from zhiyin.assistant.dialogue.state import State
from zhiyin.assistant.dialogue.talk import Goods, Talk
from zhiyin.assistant.intents.reading import IntentGuess
from zhiyin.assistant.intents.slots import slots_in
from zhiyin.assistant.lanes import Mood
from zhiyin.assistant.tools.tool import Speaker
from zhiyin.assistant.tools.tool_box import ToolBox
from zhiyin.assistant.words.guards import Sentence, supported
from zhiyin.assistant.words.rewording import Rewording
from zhiyin.assistant.words.templates import LANGUAGES, worded
from zhiyin.language.scripts import guess_language
from zhiyin.language.sentiment.emotion import EMOTIONS, Emotions

LONGEST = 2000
"""Characters of a message that are read."""
_ASKS_FOR_PERSON = 0.8


class Reads(Protocol):
    """What tells the intents of a message."""

    def read(self, text: str) -> Sequence[IntentGuess]:
        """Return what a message asks for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one message.

    Attributes:
        lane: who answers, one of ``core.conversation.LANES``.
        text: what is said to the shopper.
        citations: where quoted words stand: document, version, title, start, end.
        tools: that ran, each with its outcome.
        intent: what was asked for, None where that is not known; ``intents`` are all that were read.
        emotion: the strongest of the message, and ``likely``, how likely it is.
        cards: items that are shown, with why.
        evidence: that the answer rests on.

    >>> Turn("answer", "Hello.").citations
    ()
    """

    lane: str
    text: str
    citations: tuple[Mapping[str, Any], ...] = ()
    tools: tuple[Mapping[str, Any], ...] = ()
    intent: str | None = None
    intents: tuple[str, ...] = ()
    emotion: str = "neutral"
    likely: float = 1.0
    cards: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()


class Assistant:
    """Answers messages; what it remembers is in the state that it is given and gives back.

    Args:
        reader: tells intents.
        box: of the tools.
        goods: titles and prices of items.
        zone: in which the shop's people live.
        language: spoken where a message does not tell.
        emotions: reads moods.
        rewording: puts sentences of the house in other words; they stand as they are without.
    """

    def __init__(
        self,
        reader: Reads,
        box: ToolBox,
        goods: Goods,
        *,
        zone: tzinfo,
        language: str = "en",
        emotions: Emotions | None = None,
        rewording: Rewording | None = None,
    ) -> None:
        self._reader, self._box, self._goods = reader, box, goods
        self._zone, self._language = zone, language
        self._emotions = emotions or Emotions()
        self._rewording = rewording

    def reply(
        self, state: State, conversation: str, text: str, user: str | None, time: datetime
    ) -> tuple[Turn, State]:
        """Return the answer to a message, and how the conversation stands after it.

        Args:
            state: of the conversation before.
            conversation: its id.
            text: what the shopper says.
            user: who that is, by the door's word; None for somebody unknown.
            time: when.
        """
        text = text[:LONGEST]
        language = self._spoken(text, state)
        mood = self._mood(text)
        guesses = [one for one in self._reader.read(text) if _counts(one)]
        today = time.astimezone(self._zone).date()
        talk = Talk(
            text=text,
            state=replace(state, language=language),
            speaker=Speaker(user, conversation, time, language),
            box=self._box,
            goods=self._goods,
            slots=slots_in(text, today),
            parts={one.name: text[slice(*one.span)].strip() for one in guesses},
        )
        names = tuple(guess.name for guess in guesses)
        answer(talk, names, mood)
        return self._turn(talk, names, mood), talk.state.felt(mood.emotion, mood.likely)

    def _turn(self, talk: Talk, intents: tuple[str, ...], mood: Mood) -> Turn:
        kept, dropped = supported(talk.sentences)
        if dropped and not kept:
            kept = [Sentence(worded("not_found", talk.language))]
        if self._rewording is not None:
            kept = self._rewording.of(kept, talk.language)
        quoted = {id(one) for sentence in kept if sentence.is_quote for one in sentence.evidence}
        evidence = {one: None for sentence in kept for one in sentence.evidence}
        return Turn(
            lane=talk.lane,
            text=_joined(kept),
            citations=tuple(talk.citations) if quoted else (),
            tools=tuple(talk.tools),
            intent=intents[0] if intents else None,
            intents=intents,
            emotion=mood.emotion,
            likely=round(mood.likely, 3),
            cards=tuple(talk.cards),
            evidence=tuple(
                {"source": one.source, "id": one.id, "text": one.text} for one in evidence
            ),
        )

    def _spoken(self, text: str, state: State) -> str:
        """Return the language to answer in: the message's, else that of the message before, else the shop's."""
        if sum(sign.isalpha() for sign in text) < 2:
            return state.language or self._language
        guessed = guess_language(text)
        return guessed if guessed in LANGUAGES else state.language or self._language

    def _mood(self, text: str) -> Mood:
        chances = self._emotions.probabilities([text])[0]
        best = int(chances.argmax())
        anger = float(chances[EMOTIONS.index("anger")])
        return Mood(EMOTIONS[best], float(chances[best]), anger)


def _counts(guess: IntentGuess) -> bool:
    """Return whether a guess is sure enough for what it leads to: a person is not asked in by half a word."""
    return guess.name != "human" or guess.probability >= _ASKS_FOR_PERSON


def _joined(sentences: Sequence[Sentence]) -> str:
    lines = [
        one.text if one.place is None else f"{one.place}. {one.text}"
        for one in dict.fromkeys(sentences)
    ]
    return "\n".join(lines)
