"""API keys: whom the door knows, and what each of them may ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhiyin.errors import InvalidRecord, nearest

SCOPES = ("ingest", "serve", "operate", "admin")
"""What a key may be for; admin holds all others."""
OPERATE, ADMIN = "operate", "admin"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,5})([mhdw])")


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret.

    Args:
        id: of the row it is kept in.
        name: who uses it; a key that is being replaced shares its name with the new one.
        scopes: of `SCOPES`.
        created: when its secret was made.
        expires: from when on it opens nothing, None for never.
        used: the last day it was shown, None for never.
        revoked: when it was taken back.

    >>> from datetime import UTC
    >>> key = Key(1, "till", ("serve",), created=datetime(2026, 1, 1, tzinfo=UTC))
    >>> key.allows("serve"), key.allows("admin")
    (True, False)
    """

    id: int
    name: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime | None = None
    used: date | None = None
    revoked: datetime | None = None

    def allows(self, scope: str) -> bool:
        """Return whether it is for this, too."""
        return scope in self.scopes or ADMIN in self.scopes

    def holds(self, now: datetime) -> bool:
        """Return whether it opens anything at a time."""
        return self.revoked is None and (self.expires is None or now < self.expires)


def checked_name(name: str) -> str:
    """Return a key's name.

    Raises:
        InvalidRecord: it is none.
    """
    if not _NAME.fullmatch(name):
        raise InvalidRecord(
            "this cannot be the name of a key",
            where="key, name",
            expected="1 to 64 letters, digits, dots, dashes or underlines, a letter or digit first",
            next_step="choose a name that says who uses it, such as shop-front",
        )
    return name


def checked_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Return scopes once each, in the order of `SCOPES`.

    Raises:
        InvalidRecord: there are none, or one is unknown.

    >>> checked_scopes(["serve", "ingest", "serve"])
    ('ingest', 'serve')
    """
    given = set(scopes)
    unknown = min(given - set(SCOPES), default=None)
    if unknown is not None or not given:
        raise InvalidRecord(
            "a key without a scope" if unknown is None else f'no scope is called "{unknown}"',
            where="key, scopes",
            expected=nearest(unknown or "", SCOPES),
            next_step="zhiyin keys add NAME --scope serve",
        )
    return tuple(one for one in SCOPES if one in given)


def duration(text: str) -> timedelta:
    """Return how long ``90d``, ``24h``, ``30m`` or ``2w`` are.

    Raises:
        InvalidRecord: it cannot be read so.

    >>> duration("90d").days
    90
    """
    read = _DURATION.fullmatch(text)
    if read is None:
        raise InvalidRecord(
            "this is no duration",
            where="duration",
            expected="a whole number with m, h, d or w behind it, such as 90d",
            next_step="write it so",
        )
    return timedelta(**{_UNITS[read[2]]: int(read[1])})
