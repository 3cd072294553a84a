"""Who was forgotten, as keyed hashes: so that neither an old dump nor an old file brings somebody back.

A hash is made with a key that lies beside it, so it does not say who it was; whoever holds the store can only test an id
that is known already. That test is the purpose: the store must know whom to refuse.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, func, select

from zhiyin.core.entity import Kind
from zhiyin.privacy.pseudonyms import Pseudonyms
from zhiyin.store.engine import Database, insert, within
from zhiyin.store.frames import json_text
from zhiyin.store.pseudonymity import spoken
from zhiyin.store.schema import tombstones
from zhiyin.store.statements import ask

CONVERSATION = max(Kind) + 1
"""In the place of a kind of entity: conversations have ids too."""
MOMENT = CONVERSATION + 1
"""Likewise: a person and a time to come, of which something was told already when the person was forgotten."""
_TIMES = ("time", "created")
_POST = "post:"
_SALTS = select(tombstones.c.salt).distinct()


class Tombstone(NamedTuple):
    """That an entity was forgotten.

    Attributes:
        kind: of the entity, a person or a post, or ``CONVERSATION`` or ``MOMENT``.
        digest: 32 hexadecimal digits of its id, covered where people's ids are pseudonyms.
        salt: the key of the hash, 32 hexadecimal digits.
        number: the entity's, which nobody gets again; None in a store that never had it, and for what has none.
        time_us: when it was forgotten; of posts and conversations the last time told of them where that is later.
        receipt: JSON of a person's receipt, None for a post.
    """

    kind: int
    digest: str
    salt: str
    number: int | None
    time_us: int
    receipt: str | None = None


def digest(salt: str, kind: int, key: str) -> str:
    """Return what stands for an id, 32 hexadecimal digits of BLAKE2b with a key (RFC 7693).

    >>> digest("00" * 16, Kind.PERSON, "an") == digest("01" * 16, Kind.PERSON, "an")
    False
    """
    said = f"{int(kind)}\n{key}".encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=16, key=bytes.fromhex(salt)).hexdigest()


def moment(key: str, time_us: int) -> str:
    """Return the id of a moment of a person."""
    return f"{time_us}\n{key}"


def digests(pseudonyms: Pseudonyms, salt: str, kind: int, keys: Sequence[str]) -> list[str]:
    """Return what stands for (n,) ids in a store, so that its key lets nobody try ids who has no key of the pseudonyms."""
    plain = pseudonyms.uncover(keys) if kind == int(Kind.POST) else keys
    return pseudonyms.cover(digest(salt, kind, key) for key in plain)


def salt_of(connection: Connection) -> str:
    """Return the key of this store's hashes: that of its newest tombstone, else a new one."""
    asked = select(tombstones.c.salt).order_by(tombstones.c.id.desc()).limit(1)
    return connection.execute(asked).scalar() or secrets.token_hex(16)


def bury(connection: Connection, stones: Iterable[Tombstone]) -> None:
    """Keep tombstones."""
    rows = [stone._asdict() for stone in stones]
    if rows:
        connection.execute(insert(connection, tombstones), rows)


def gone_people(connection: Connection, people: Sequence[int | None]) -> set[int]:
    """Return which of some numbers belonged to people who were forgotten."""
    c = tombstones.c
    known = sorted({person for person in people if person is not None})
    if not known:
        return set()
    asked = select(c.number).where(c.kind == int(Kind.PERSON), within(connection, c.number, known))
    return set(connection.execute(asked).scalars())


class Refusal:
    """Tells what a store must not take: rows from before somebody of theirs was forgotten.

    A row is from before when its time is not after the tombstone, or is one to come that was told before it, or when it
    has no time and the person has not come again since. Who comes again is a new person, with a new number and nothing of
    the old one's.

    Args:
        connection: inside a writing transaction.
    Complexity: one look-up where nobody was forgotten; else one hash for each distinct id of a batch and each key.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._salts = [salt for (salt,) in ask(connection, _SALTS)]

    def __bool__(self) -> bool:
        return bool(self._salts)

    def since(self, kind: int, keys: Iterable[str | None]) -> dict[str, int]:
        """Return id → when it was last forgotten, of the ids that were."""
        c = tombstones.c
        distinct = list({key for key in keys if key is not None})
        said = spoken(self._connection)
        told = {
            one: key
            for salt in self._salts
            for one, key in zip(digests(said, salt, kind, distinct), distinct, strict=True)
        }
        asked = (
            select(c.digest, func.max(c.time_us))
            .where(c.kind == int(kind), within(self._connection, c.digest, list(told)))
            .group_by(c.digest)
        )
        found: dict[str, int] = {}
        for one, time_us in self._connection.execute(asked):
            found[told[one]] = max(time_us, found.get(told[one], time_us))
        return found

    def is_old(
        self,
        rows: pl.DataFrame,
        field: str,
        kind: int,
        known: Iterable[str],
        *,
        is_dated: bool = True,
    ) -> pl.Series:
        """Return (n,) Boolean, which rows name by a field somebody or something from before it was forgotten.

        Args:
            rows: of a kind of record.
            field: that holds ids.
            kind: of these.
            known: those of them that the store knows now.
            is_dated: whether the time of a row is that of what the field names.
        """
        gone = self.since(kind, rows[field].to_list())
        if not gone:
            return pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
        at = pl.col(field).replace_strict(gone, default=None, return_dtype=pl.Int64)
        time = next((name for name in _TIMES if name in rows.columns), None)
        when = pl.col(time).dt.epoch("us") if time and is_dated else pl.lit(None, pl.Int64)
        is_known = pl.col(field).is_in(list(known))
        is_undated = when.is_null() & ~is_known
        is_old = at.is_not_null() & ((when <= at).fill_null(False) | is_undated)
        told = rows.select(pl.col(field).alias("key"), when.alias("when"), is_old.alias("is_old"), (when > at).alias("is_later"))  # fmt: skip
        return told["is_old"] | self._is_told(told) if kind == Kind.PERSON else told["is_old"]

    def _is_told(self, rows: pl.DataFrame) -> pl.Series:
        """Return (n,) Boolean, which rows from after a tombstone have a time that was told before it."""
        later = rows.filter("is_later")
        moments = {moment(*one) for one in later.select("key", "when").iter_rows()}
        told = self.since(MOMENT, moments)
        return pl.Series(
            [bool(is_later) and moment(key, when) in told for key, when, _, is_later in rows.iter_rows()],
            dtype=pl.Boolean,
        )  # fmt: skip

    def quotes(self, rows: pl.DataFrame) -> pl.Series:
        """Return (n,) Boolean, which facts were read in posts that were forgotten."""
        posts = rows["source"].str.strip_prefix(_POST)
        gone = self.since(Kind.POST, posts.to_list())
        return posts.is_in(list(gone)).fill_null(False)


class Tombstones:
    """Reads who was forgotten.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def receipts(self) -> list[dict[str, Any]]:
        """Return the receipts of people, in the order they were forgotten."""
        c = tombstones.c
        asked = select(c.receipt).where(c.receipt.is_not(None)).order_by(c.id)
        with self._database.reading() as connection:
            return [json.loads(text) for text in connection.execute(asked).scalars()]

    def last(self, user: str) -> Tombstone | None:
        """Return the newest tombstone of a person's id, None where nobody with that id was forgotten."""
        c = tombstones.c
        with self._database.reading() as connection:
            salts = connection.execute(select(c.salt).distinct()).scalars()
            said = self._database.pseudonyms
            told = [one for salt in salts for one in digests(said, salt, Kind.PERSON, [user])]
            asked = select(*(c[name] for name in Tombstone._fields)).where(
                c.kind == int(Kind.PERSON), within(connection, c.digest, told)
            )
            row = connection.execute(asked.order_by(c.time_us.desc(), c.id.desc())).first()
        return None if row is None else Tombstone(*row)

    def people_since(self, time_us: int) -> list[int]:
        """Return the numbers of the people who were forgotten at a time or later."""
        c = tombstones.c
        asked = select(c.number).where(
            c.kind == int(Kind.PERSON), c.time_us >= time_us, c.number.is_not(None)
        )
        with self._database.reading() as connection:
            return list(connection.execute(asked).scalars())

    def bury(self, stone: Tombstone, receipt: dict[str, Any]) -> None:
        """Keep the tombstone of somebody this store does not know, with the receipt."""
        with self._database.writing() as connection:
            bury(connection, [stone._replace(receipt=json_text(receipt))])

    def keep_receipt(self, pseudonym: str, time_us: int, receipt: dict[str, Any]) -> None:
        """Keep a receipt with the tombstone it belongs to."""
        c = tombstones.c
        is_it = (c.digest == pseudonym, c.time_us == time_us)
        with self._database.writing() as connection:
            put = tombstones.update().where(*is_it).values(receipt=json_text(receipt))
            connection.execute(put)
