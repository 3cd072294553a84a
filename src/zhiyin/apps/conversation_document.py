"""Conversations as documents, for the API and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso

if TYPE_CHECKING:
    from zhiyin.assistant.assistant import Turn
    from zhiyin.assistant.handover import HandOver
    from zhiyin.assistant.learning.gaps import Gap
    from zhiyin.assistant.learning.suggestions import Suggestion
    from zhiyin.core.conversation import Conversation, Said


def turn_document(turn: Turn) -> dict[str, Any]:
    """Return the answer to one message."""
    told = asdict(turn)
    told["emotion"] = {"name": told.pop("emotion"), "likely": told.pop("likely")}
    return told


def conversation_document(one: Conversation) -> dict[str, Any]:
    """Return how a conversation stands, without what was said."""
    return {
        "id": one.id,
        "user": one.user,
        "opened": iso(one.opened),
        "updated": iso(one.updated),
        "lane": one.lane,
        "priority": one.priority,
        "n_turns": one.n_turns,
    }


def transcript_document(
    one: Conversation, said: Sequence[Said], summary: HandOver | None
) -> dict[str, Any]:
    """Return a conversation with all that was said, and what is handed over where a person is needed."""
    return {
        **conversation_document(one),
        "turns": [_said(turn) for turn in said],
        "handover": None if summary is None else handover_document(summary),
    }


def handover_document(summary: HandOver) -> dict[str, Any]:
    """Return what a person of the shop is shown."""
    return asdict(summary)


def suggestion_document(one: Suggestion) -> dict[str, Any]:
    """Return a reply that may be given."""
    return asdict(one)


def gap_document(one: Gap) -> dict[str, Any]:
    """Return questions that were not answered."""
    return asdict(one)


def _said(turn: Said) -> Mapping[str, Any]:
    return {
        "number": turn.number,
        "role": turn.role,
        "text": turn.text,
        "time": iso(turn.time),
        "told": dict(turn.told),
    }
