"""Bodies of the routes of conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_Lane = Literal["answer", "draft", "human"]
_User = Annotated[str, Field(min_length=1, max_length=512)]
_Text = Annotated[str, Field(min_length=1, max_length=2000)]
_STANDS: dict[str, Any] = {
    "id": "b7Jm2c0yV8qLr3TnXw1kZf5A",
    "user": "u1",
    "opened": "2026-11-23T10:00:00Z",
    "updated": "2026-11-23T10:01:00Z",
    "lane": "answer",
    "priority": 0.0,
    "n_turns": 2,
}
_CITATION: dict[str, Any] = {
    "document": "returns",
    "version": "1",
    "title": "When refunds arrive",
    "start": 0,
    "end": 42,
    "language": "en",
    "source": "returns.md",
}
_TURN: dict[str, Any] = {
    "lane": "answer",
    "text": "Refunds go back the way you paid.",
    "citations": [_CITATION],
    "tools": [{"name": "policy", "outcome": "ok"}],
    "intent": "refund",
    "intents": ["refund"],
    "emotion": {"name": "neutral", "likely": 0.68},
    "cards": [],
    "evidence": [
        {"source": "policy", "id": "returns", "text": "Refunds go back the way you paid."}
    ],
}
_HANDED: dict[str, Any] = {
    "reason": "asked",
    "priority": 0.4,
    "topic": "return",
    "slots": {"order": "o1"},
    "order": "o1",
    "item": "i1",
    "tried": ["order_status: ok"],
    "question": "Let me talk to somebody",
    "evidence": [{"source": "order", "id": "o1", "text": "Order o1, placed on 2026-11-20"}],
    "emotions": [{"emotion": "anger", "likely": 0.83}],
}


_SUGGESTION: dict[str, Any] = {
    "id": "5f1c09ab37d2e846",
    "text": "It ships this afternoon; you will get a message.",
    "source": "reply",
    "score": 0.41,
    "citations": [],
}


class ConversationBody(BaseModel):
    """Who wants to talk."""

    model_config = ConfigDict(extra="forbid")

    user: _User | None = Field(
        None, description="The shop's own id; nobody known unless given.", examples=["u1"]
    )


class MessageBody(ConversationBody):
    """What a shopper says."""

    text: _Text = Field(description="The message.", examples=["When do I get my refund?"])


class ReplyBody(BaseModel):
    """What a person of the shop answers."""

    model_config = ConfigDict(extra="forbid")

    text: _Text = Field(description="The answer.", examples=["It was sent out this morning."])
    gives_back: bool = Field(False, description="Whether the assistant goes on from here.")
    suggestion: str | None = Field(
        None,
        min_length=1,
        max_length=512,
        description="The id of the suggestion that it was made of, changed or not.",
        examples=["5f1c09ab37d2e846"],
    )


class FeedbackBody(ConversationBody):
    """What a shopper says of a conversation."""

    solved: bool = Field(description="Whether it solved what it was about.", examples=[True])


class SuggestedReplyAnswer(BaseModel):
    """A reply that may be given."""

    id: str
    text: str
    source: Literal["reply", "document"]
    score: float
    citations: list[dict[str, Any]]


class SuggestedRepliesAnswer(BaseModel):
    """Replies that may be given next, the likeliest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"suggestions": [_SUGGESTION]}]})

    suggestions: list[SuggestedReplyAnswer]


class EmotionAnswer(BaseModel):
    """What a message shows."""

    name: str
    likely: float


class TurnAnswer(BaseModel):
    """The answer to one message."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TURN]})

    lane: _Lane
    text: str
    citations: list[dict[str, Any]]
    tools: list[dict[str, Any]]
    intent: str | None
    intents: list[str]
    emotion: EmotionAnswer
    cards: list[dict[str, Any]]
    evidence: list[dict[str, Any]]


class ConversationAnswer(BaseModel):
    """How a conversation stands."""

    model_config = ConfigDict(json_schema_extra={"examples": [_STANDS]})

    id: str
    user: str | None
    opened: datetime
    updated: datetime
    lane: _Lane
    priority: float
    n_turns: int


class ConversationsAnswer(BaseModel):
    """Conversations of a lane, the most urgent first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"conversations": [_STANDS]}]})

    conversations: list[ConversationAnswer]


class HandoverAnswer(BaseModel):
    """What a person is shown who takes a conversation over."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HANDED]})

    reason: str
    priority: float
    topic: str | None
    slots: dict[str, str]
    order: str | None
    item: str | None
    tried: list[str]
    question: str
    evidence: list[dict[str, Any]]
    emotions: list[dict[str, Any]]


class SaidAnswer(BaseModel):
    """One turn."""

    number: int
    role: Literal["shopper", "assistant", "agent"]
    text: str
    time: datetime
    told: dict[str, Any]


_SAID: dict[str, Any] = {
    "number": 0,
    "role": "shopper",
    "text": "Let me talk to somebody",
    "time": "2026-11-23T10:00:00Z",
    "told": {"emotion": "neutral", "likely": 0.68},
}


class TranscriptAnswer(ConversationAnswer):
    """A conversation with all that was said."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_STANDS, "turns": [_SAID], "handover": _HANDED}]}
    )

    turns: list[SaidAnswer]
    handover: HandoverAnswer | None
