"""API keys as they are kept: a hash of each secret, and what it opens."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update

from zhiyin.core.key import Key, checked_name, checked_scopes
from zhiyin.core.times import from_us, to_us
from zhiyin.errors import Conflict, StoreError, UnknownEntity
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database

_log = logging.getLogger(__name__)
_SECRET_BYTES = 32
_PREFIX = "zhiyin_"
"""By which a secret that got out is known, for whatever looks for such."""
_COLUMNS = ("id", "name", "scopes", "created_us", "expires_us", "used_day", "revoked_us")
_RESERVED = frozenset({"environment", "library", "local"})
"""What others who act are called in the audit log: the key of ``ZHIYIN_API__KEY``, whoever shows no key, and so on."""


class Made(NamedTuple):
    """A key that was just made, with its secret, which is nowhere kept."""

    key: Key
    secret: str


class StoredKeys:
    """Makes, finds, replaces and revokes keys.

    A secret is 256 random bits, so its SHA-256 cannot be guessed back, and no slow hash is needed: those are for what
    people make up. It is found by its hash, whose look-up tells by its time nothing of the secret.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = tables.keys.c
        columns = [c[name] for name in _COLUMNS]
        self._found = database.prepare(select(*columns).where(c.digest == bindparam("digest")))
        self._any = database.prepare(select(c.id).limit(1))

    def is_empty(self) -> bool:
        """Return whether no key was ever made; those that ended count."""
        return not self._any.rows()

    def of(self, secret: str) -> Key | None:
        """Return the key with a secret, whether it still holds or not; None where there is none."""
        rows = self._found.rows(digest=_digest(secret))
        return _key(*rows[0]) if rows else None

    def listed(self) -> list[Key]:
        """Return all keys, those that ended too, in the order they were made."""
        c = tables.keys.c
        with self._database.reading() as connection:
            rows = connection.execute(select(*(c[name] for name in _COLUMNS)).order_by(c.id))
            return [_key(*row) for row in rows]

    def add(self, name: str, scopes: Iterable[str], lasts: timedelta | None = None) -> Made:
        """Make a key.

        Args:
            name: who will use it.
            scopes: what it is for, of `core.key.SCOPES`.
            lasts: for how long, None without end.
        Raises:
            InvalidRecord: the name or a scope cannot be taken.
            Conflict: a key with that name holds.
        """
        held = checked_scopes(scopes)
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            if checked_name(name) in _RESERVED or _holding(connection, name, now):
                raise Conflict(
                    f"a key is called {name} already",
                    where="key, name",
                    expected="a name that no key has which still holds",
                    next_step=f"zhiyin keys rotate {name} replaces its secret",
                )
            note(connection, "added", "key", target=name)
            return _insert(connection, name, held, now, None if lasts is None else now + lasts)

    def rotate(self, name: str, grace: timedelta) -> Made:
        """Make a new secret for a key; the old ones open for ``grace`` longer, unless they end before.

        What was said of the key's end holds for the new secret, counted from now.

        Raises:
            UnknownEntity: no key with that name holds.
        """
        now = datetime.now(UTC)
        c = tables.keys.c
        with self._database.writing() as connection:
            last = _known(connection, name, now)[-1]
            until = to_us(now + grace)
            later = or_(c.expires_us.is_(None), c.expires_us > until)
            connection.execute(
                update(tables.keys)
                .where(c.name == name, c.revoked_us.is_(None), later)
                .values(expires_us=until)
            )
            note(connection, "rotated", "key", target=name)
            expires = None if last.expires is None else now + (last.expires - last.created)
            return _insert(connection, name, last.scopes, now, expires)

    def revoke(self, name: str) -> list[Key]:
        """Let no secret of a key open anything any more, and return what they were.

        Raises:
            UnknownEntity: no key with that name holds.
        """
        now = datetime.now(UTC)
        c = tables.keys.c
        with self._database.writing() as connection:
            known = _known(connection, name, now)
            connection.execute(
                update(tables.keys)
                .where(c.name == name, c.revoked_us.is_(None))
                .values(revoked_us=to_us(now))
            )
            note(connection, "revoked", "key", target=name)
        return known

    def mark_used(self, key: Key, day: date) -> None:
        """Keep the day on which a key was last shown; a store that cannot be written to is only logged."""
        c = tables.keys.c
        earlier = or_(c.used_day.is_(None), c.used_day < day.toordinal())
        try:
            with self._database.writing() as connection:
                connection.execute(
                    update(tables.keys)
                    .where(c.id == key.id, earlier)
                    .values(used_day=day.toordinal())
                )
        except StoreError as error:
            _log.warning("the day of the key %s is not kept: %s", key.name, error)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _insert(
    connection: Connection,
    name: str,
    scopes: tuple[str, ...],
    now: datetime,
    expires: datetime | None,
) -> Made:
    secret = _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    values = {
        "name": name, "digest": _digest(secret), "scopes": ",".join(scopes), "created_us": to_us(now),
        "expires_us": None if expires is None else to_us(expires),
    }  # fmt: skip
    connection.execute(tables.keys.insert().inline().values(values))
    number = connection.execute(select(func.max(tables.keys.c.id))).scalar_one()
    return Made(Key(number, name, scopes, now, expires), secret)


def _holding(connection: Connection, name: str, now: datetime) -> list[Key]:
    c = tables.keys.c
    is_it: ColumnElement[bool] = c.name == name
    rows = connection.execute(select(*(c[one] for one in _COLUMNS)).where(is_it).order_by(c.id))
    return [key for row in rows if (key := _key(*row)).holds(now)]


def _known(connection: Connection, name: str, now: datetime) -> list[Key]:
    found = _holding(connection, name, now)
    if not found:
        raise UnknownEntity(
            f"no key is called {name}",
            where="keys",
            expected="the name of a key that still holds",
            next_step="list them: zhiyin keys list",
        )
    return found


def _key(
    number: int, name: str, scopes: str, created_us: int, expires_us: int | None, used_day: int | None,
    revoked_us: int | None,
) -> Key:  # fmt: skip
    def time(us: int | None) -> datetime | None:
        return None if us is None else from_us(us)

    used = None if used_day is None else date.fromordinal(used_day)
    given: dict[str, Any] = {"expires": time(expires_us), "revoked": time(revoked_us)}
    return Key(number, name, tuple(scopes.split(",")), from_us(created_us), used=used, **given)
