"""What a person of the shop is shown who takes a conversation over: gathered, never written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhiyin.assistant.dialogue.state import State
from zhiyin.assistant.lanes import priority
from zhiyin.core.conversation import SHOPPER, Said

_EMOTIONS = 10
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class HandOver:
    """The state of a conversation in which a person is needed.

    Attributes:
        reason: ``asked``, ``money``, ``safety``, ``legal``, ``anger``, ``failed`` or ``unknown``.
        priority: from 0 to 1.
        topic: what it is about, an intent; None where that is not known.
        slots: what is known of it.
        order: spoken of last, and ``item`` too.
        tried: tools that ran, with what came out.
        question: the shopper's last words.
        evidence: what answers rested on.
        emotions: of each turn of the shopper.
    """

    reason: str
    priority: float
    topic: str | None
    slots: Mapping[str, str]
    order: str | None
    item: str | None
    tried: Sequence[str]
    question: str
    evidence: Sequence[Mapping[str, Any]]
    emotions: Sequence[Mapping[str, Any]]


def hand_over(state: State, said: Sequence[Said]) -> HandOver:
    """Return what is handed over.

    Args:
        state: of the conversation.
        said: its turns, the last ones at least.

    >>> hand_over(State(lane="human", reason="asked"), []).question
    ''
    """
    frame = state.frame
    anger = max((likely for name, likely in state.emotions if name == "anger"), default=0.0)
    question = next((one.text for one in reversed(said) if one.role == SHOPPER), "")
    return HandOver(
        reason=state.reason or "unknown",
        priority=priority(state.reason or "unknown", anger),
        topic=frame.topic if frame is not None else state.topic,
        slots=dict(frame.slots) if frame is not None else {},
        order=state.order,
        item=state.item,
        tried=state.tried,
        question=question[:_LONGEST],
        evidence=[{"source": one.source, "id": one.id, "text": one.text} for one in state.evidence],
        emotions=[
            {"emotion": name, "likely": likely} for name, likely in state.emotions[-_EMOTIONS:]
        ],
    )
