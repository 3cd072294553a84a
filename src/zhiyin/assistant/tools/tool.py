"""What a tool is: a name, typed arguments, and an answer that says what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who talks with service, and when; told by the door, never by what is said.

    Attributes:
        user: the shop's own id, None for somebody unknown.
        conversation: which one it is.
        time: of the turn.
        language: ``zh`` or ``en``, of what a tool says.
    """

    user: str | None
    conversation: str
    time: datetime
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may rest on.

    Attributes:
        source: ``order``, ``item``, ``coupon``, ``policy`` …
        id: of it there.
        text: what it says, in the speaker's language.
        values: numbers, dates, prices, ids and links that an answer may hold.
    """

    source: str
    id: str
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits for the speaker's yes: it is kept by the conversation, and nothing was done yet.

    Attributes:
        token: tells it from everything else that could be confirmed; also the key by which it is done once.
        tool: that will do it.
        arguments: of the tool.
        what: that is to be done, in the speaker's language.
        time: when it was prepared.
    """

    token: str
    tool: str
    arguments: Mapping[str, Any]
    what: str
    time: datetime


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found or did.

    Attributes:
        outcome: ``ok``, or in a word why not: ``unknown_order``, ``too_late``, ``nothing`` …
        evidence: what it rests on.
        data: the same for programs.
        pending: what waits for a yes.
    """

    outcome: str = "ok"
    evidence: tuple[Evidence, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    pending: Pending | None = None


class Arguments(BaseModel):
    """The base of a tool's arguments: fixed once made, and what is not asked for is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=1000)


class Tool(Protocol):
    """Something that service can look up or do.

    Attributes:
        name: by which the dialogue calls it.
        description: what it is for, in one sentence.
        has_effect: whether it changes something; such a tool prepares first, and acts when that is confirmed.
        needs_user: whether it is for people who are known only.
    """

    name: str
    description: str
    has_effect: bool
    needs_user: bool

    @property
    def parameters(self) -> type[Arguments]:
        """Its arguments."""

    def run(self, speaker: Speaker, arguments: Any) -> ToolResult:
        """Return what is found, or for a tool with an effect what would be done; nothing changes."""


@runtime_checkable
class Acting(Protocol):
    """A tool with an effect."""

    def act(self, speaker: Speaker, arguments: Any, key: str) -> ToolResult:
        """Do it, once for a key, after looking again whether it may be done."""
