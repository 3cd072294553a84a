"""The moments at which somebody of the shop replied, in conversations of the past."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhiyin.core.conversation import AGENT, SHOPPER


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of a conversation, and the suggestion it was made of, where it was."""

    role: str
    text: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Talked:
    """A conversation of the past.

    Attributes:
        id: of it.
        person: with whom; the id where that is not known.
        lines: what was said, in order.
    """

    id: str
    person: Hashable
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Moment:
    """What was said before a reply.

    Attributes:
        last: what the shopper said since the reply before; empty where nothing.
        topic: all that the shopper said so far.
        replies: of the shop's people so far.
    """

    last: str
    topic: str
    replies: tuple[str, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Moment:
        """Return the moment after some lines; what the assistant said is left out.

        >>> Moment.of([Line("shopper", "hi"), Line("agent", "hello"), Line("shopper", "my tea?")])
        Moment(last='my tea?', topic='hi my tea?', replies=('hello',))
        """
        said: list[str] = []
        last: list[str] = []
        replies: list[str] = []
        for line in lines:
            if line.role == SHOPPER:
                said.append(line.text)
                last.append(line.text)
            elif line.role == AGENT:
                replies.append(line.text)
                last = []
        return cls(" ".join(last), " ".join(said), tuple(replies))


def moments_of(talked: Talked) -> Iterator[tuple[Moment, Line]]:
    """Yield each moment of a conversation with the reply that was given; nothing before the shopper spoke."""
    for place, line in enumerate(talked.lines):
        if line.role == AGENT:
            moment = Moment.of(talked.lines[:place])
            if moment.topic:
                yield moment, line
