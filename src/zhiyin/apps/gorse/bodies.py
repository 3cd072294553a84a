"""What Gorse's clients send, in Gorse's own names."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat
from pydantic.alias_generators import to_pascal

from zhiyin.apps.api.bodies import Id, as_utc
from zhiyin.core import Event
from zhiyin.core.feedback_id import feedback_id

_UNSET_YEAR = 1
_UNITS = {
    "ns": timedelta(microseconds=1e-3),
    "us": timedelta(microseconds=1),
    "µs": timedelta(microseconds=1),
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
}
_PART = re.compile(rf"(\d{{1,9}}(?:\.\d*)?)({'|'.join(_UNITS)})")


def _time(said: datetime) -> datetime | None:
    """Return a time in UTC; Go's zero time stands for none."""
    return None if said.year == _UNSET_YEAR else as_utc(said)


_Time = Annotated[
    Annotated[datetime, AfterValidator(_time)] | None, BeforeValidator(lambda said: said or None)
]
_Categories = list[Annotated[str, Field(max_length=512)]]


class _Sent(BaseModel):
    """What else a client says is passed over, as Gorse does."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore")


class SessionBody(_Sent):
    """An item that somebody without an id had to do with."""

    item_id: Id
    timestamp: _Time = None


class FeedbackBody(SessionBody):
    """Something a user did with an item."""

    feedback_type: str = Field(min_length=1, max_length=64)
    user_id: Id
    value: FiniteFloat | None = None
    comment: str = Field("", max_length=10_000)

    def noun(self) -> Event:
        """Return the event, whose id says that it counts once; a value of 0 says nothing, as clients send it unasked."""
        return Event(
            self.user_id,
            self.item_id,
            self.feedback_type,
            value=self.value or None,
            time=self.timestamp,
            context={"comment": self.comment} if self.comment else {},
            event_id=feedback_id(self.feedback_type, self.user_id, self.item_id),
        )


class UserPatch(_Sent):
    """What changes of a user; what is left out or null stays."""

    labels: Any = None
    comment: str | None = Field(None, max_length=100_000)


class UserBody(UserPatch):
    """A user, in the place of what was known."""

    user_id: Id


class ItemPatch(_Sent):
    """What changes of an item; what is left out or null stays."""

    is_hidden: bool | None = None
    categories: _Categories | None = None
    labels: Any = None
    timestamp: _Time = None
    comment: str | None = Field(None, max_length=100_000)


class ItemBody(ItemPatch):
    """An item, in the place of what was known."""

    item_id: Id
    is_hidden: bool | None = False


def delay(said: str) -> timedelta:
    """Return a duration as Go writes it, such as ``1h30m``, ``10s`` or ``0.5h``.

    Raises:
        ValueError: it is none.

    >>> delay("1h30m").total_seconds(), delay("").total_seconds()
    (5400.0, 0.0)
    """
    total, rest = timedelta(), said.strip().removeprefix("+")
    while rest not in ("", "0"):
        found = _PART.match(rest)
        if found is None:
            raise ValueError("a duration such as 1h30m is expected")
        total += float(found[1]) * _UNITS[found[2]]
        rest = rest[found.end() :]
    return total
