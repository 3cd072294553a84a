"""What is said of a person, as data with receipts; the words for it are found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from zhiyin.core import NO_TIME


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a statement rests on.

    Attributes:
        type: of the event, ``post`` for something written.
        item: number, -1 where it is about none.
        source: where it was found, such as ``post:p7``; None for events.
        time_us: microseconds since 1970 UTC, or ``NO_TIME``.
    """

    type: str
    item: int = -1
    source: str | None = None
    time_us: int = NO_TIME

    def document(self) -> dict[str, Any]:
        """Return it as JSON can hold it, without what is not known."""
        told: dict[str, Any] = {"type": self.type}
        if self.item >= 0:
            told["item"] = self.item
        if self.source is not None:
            told["source"] = self.source
        if self.time_us != NO_TIME:
            told["time_us"] = self.time_us
        return told


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said of a person.

    Attributes:
        kind: of statement, such as ``leaning`` or ``life_event``.
        about: what tells it from others of its kind, such as ``brand:Lu``.
        values: plain figures and words.
        evidence: what it rests on.

    >>> one = Statement("interest", "running", {"count": 2})
    >>> one.id == Statement("interest", "running", {"count": 3}).id
    True
    """

    kind: str
    about: str
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """Sixteen digits that stay the same when its figures change, so that what was removed stays so."""
        return statement_id(self.kind, self.about)

    def document(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "about": self.about,
            **self.values,
            "evidence": [one.document() for one in self.evidence],
        }


def statement_id(kind: str, about: str) -> str:
    """Return the id that a statement of a kind about something has."""
    said = f"{kind}\n{about}".encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=8).hexdigest()
