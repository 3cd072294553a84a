"""Conversations of shoppers with service, turn by turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SHOPPER, ASSISTANT, AGENT = "shopper", "assistant", "agent"
"""Who can say a turn."""
LANES = ("answer", "draft", "human")
"""Who answers: the assistant; the assistant, and a person looks at it; a person."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands.

    Attributes:
        id: of it; nobody can guess it.
        user: who speaks with service, None for somebody unknown.
        opened: when it began.
        updated: when something was said last.
        state: of the dialogue, for programs.
        lane: one of ``LANES``.
        priority: from 0 to 1, in which order people of the shop look at those that wait for one.
        n_turns: said so far.

    >>> from datetime import UTC
    >>> at = datetime(2026, 5, 1, tzinfo=UTC)
    >>> Conversation("c", None, at, at).lane
    'answer'
    """

    id: str
    user: str | None
    opened: datetime
    updated: datetime
    state: Mapping[str, Any] = field(default_factory=dict)
    lane: str = "answer"
    priority: float = 0.0
    n_turns: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One turn.

    Attributes:
        role: ``SHOPPER``, ``ASSISTANT`` or ``AGENT``.
        text: as it was written.
        time: when.
        told: what else is known of it: lane, intent, emotion, citations, tools, cards.
        number: of the turn, from 0; given by the store.
    """

    role: str
    text: str
    time: datetime
    told: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
