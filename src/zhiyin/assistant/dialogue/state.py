"""Where a conversation stands: a noun that is kept as JSON, so that any worker can go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from zhiyin.assistant.tools.tool import Evidence, Pending

_MOST_FRAMES = 4
_MOST_EMOTIONS = 50
_MOST_TRIED = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A topic that is not done with.

    Attributes:
        topic: an intent.
        slots: what is known of it so far: ``order``, ``item``, ``reason``.
        asked: the slot that was asked for.
        text: that opened it.
    """

    topic: str
    slots: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a list showed: ``kind`` is ``item``, ``order`` or ``question``."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class State:
    """What a conversation remembers.

    Attributes:
        language: of the last turn, ``zh`` or ``en``.
        frames: topics that are open, the current one last.
        pending: what waits for a yes.
        offer: a topic that was offered: a yes opens it.
        shown: what the last list showed, in its order.
        order: spoken of last, and ``item`` too.
        topic: of the last answer.
        failures: turns in a row without an answer.
        emotions: the strongest of each turn of the shopper, and how likely it is.
        tried: tools that ran, with what came out.
        evidence: that the last answers rest on.
        lane: one of ``core.conversation.LANES``.
        reason: why a person was asked in.
        quoted: the title of the passage that the last answer quoted.
        wanted: the goods that were asked for last, in the shopper's words.
        solved: whether the shopper said so, or said the opposite; None where neither.

    >>> state = State(frames=(Frame("return", {"order": "o1"}, "reason"),))
    >>> State.of(state.told()) == state
    True
    """

    language: str = ""
    frames: tuple[Frame, ...] = ()
    pending: Pending | None = None
    offer: str | None = None
    shown: tuple[Shown, ...] = ()
    order: str | None = None
    item: str | None = None
    topic: str | None = None
    failures: int = 0
    emotions: tuple[tuple[str, float], ...] = ()
    tried: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    lane: str = "answer"
    reason: str | None = None
    quoted: str | None = None
    wanted: str | None = None
    solved: bool | None = None

    @property
    def frame(self) -> Frame | None:
        """The current topic."""
        return self.frames[-1] if self.frames else None

    def pushed(self, frame: Frame) -> State:
        """Return this with a topic on top; the same topic below is forgotten, and the oldest of too many."""
        kept = [one for one in self.frames if one.topic != frame.topic]
        return replace(self, frames=(*kept, frame)[-_MOST_FRAMES:])

    def popped(self) -> State:
        """Return this without the current topic."""
        return replace(self, frames=self.frames[:-1])

    def felt(self, emotion: str, likely: float) -> State:
        """Return this with the emotion of one more turn."""
        told = (*self.emotions, (emotion, round(likely, 3)))
        return replace(self, emotions=told[-_MOST_EMOTIONS:])

    def having_tried(self, tool: str, outcome: str) -> State:
        """Return this with one more tool that ran."""
        return replace(self, tried=(*self.tried, f"{tool}: {outcome}")[-_MOST_TRIED:])

    def told(self) -> dict[str, Any]:
        """Return this for JSON."""
        told = asdict(self)
        if self.pending is not None:
            told["pending"]["time"] = self.pending.time.isoformat()
        return told

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Return the state that ``told`` made."""
        if not told:
            return cls()
        said = dict(told)
        pending = said["pending"]
        if pending is not None:
            pending = Pending(**{**pending, "time": datetime.fromisoformat(pending["time"])})
        evidence = (Evidence(**{**one, "values": tuple(one["values"])}) for one in said["evidence"])
        return cls(
            **{
                **said,
                "frames": tuple(Frame(**one) for one in said["frames"]),
                "pending": pending,
                "shown": tuple(Shown(**one) for one in said["shown"]),
                "emotions": tuple((name, likely) for name, likely in said["emotions"]),
                "tried": tuple(said["tried"]),
                "evidence": tuple(evidence),
            }
        )
