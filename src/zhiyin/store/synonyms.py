"""Synonyms that the operator set, in the log of rules under a kind of their own."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from zhiyin.core.synonym import Synonym, SynonymChange
from zhiyin.core.times import from_us, to_us
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database
from zhiyin.store.rules import SYNONYM

_LONGEST_NAME = 128


class StoredSynonyms:
    """Keeps each synonym as it was added and removed, with who did so and when.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = tables.rules.c
        self._last = database.prepare(select(func.max(c.id)).where(c.kind == SYNONYM))

    def revision(self) -> int:
        """Return a number that grows with every change; 0 before the first."""
        return int(self._last.rows()[0][0] or 0)

    def standing(self) -> list[Synonym]:
        """Return the synonyms that were not removed, the newest at the end."""
        with self._database.reading() as connection:
            return _standing(connection)

    def changes(self) -> list[SynonymChange]:
        """Return all that was done with synonyms, in the order it was done."""
        with self._database.reading() as connection:
            return _changes(connection)

    def add(self, synonym: Synonym) -> Synonym:
        """Keep a synonym under an id of its own, as said by its ``set_by`` now, and return it so.

        One that says the same as one that stands is not kept again: that one is returned.

        Raises:
            InvalidRecord: it does not say who sets it.
        """
        return self._write("added", replace(synonym, id=secrets.token_hex(4)))

    def remove(self, synonym: str, by: str) -> Synonym:
        """Let the synonym with an id stand no longer, and return what it was.

        Raises:
            UnknownEntity: none with that id stands.
            InvalidRecord: it is not said who removes it.
        """
        found = next((one for one in self.standing() if one.id == synonym), None)
        if found is None:
            raise UnknownEntity(
                f"no synonym has the id {synonym}",
                where="synonyms",
                expected="the id of one that was not removed",
                next_step="list them: zhiyin synonyms list",
            )
        return self._write("removed", replace(found, set_by=by))

    def _write(self, act: str, synonym: Synonym) -> Synonym:
        if not 0 < len(synonym.set_by.strip()) <= _LONGEST_NAME:
            raise InvalidRecord(
                "nobody says so",
                where="synonym, set_by",
                expected="the name of who sets the synonym",
                next_step="see zhiyin synonyms add --help",
            )
        said = replace(synonym, set_at=datetime.now(UTC))
        with self._database.writing() as connection:
            same = (one for one in _standing(connection) if one.is_same(synonym))
            if act == "added" and (stood := next(same, None)):
                return stood
            connection.execute(tables.rules.insert().inline().values(act=act, **_row(said)))
            note(connection, act, SYNONYM, target=said.id)
        return said


def _row(synonym: Synonym) -> dict[str, Any]:
    time_us = None if synonym.set_at is None else to_us(synonym.set_at)
    return {
        "rule": synonym.id, "set_by": synonym.set_by, "time_us": time_us, "kind": SYNONYM, "items": str(synonym),
        "surfaces": "[]", "note": synonym.note,
    }  # fmt: skip


def _standing(connection: Connection) -> list[Synonym]:
    stand: dict[str, Synonym] = {}
    for act, synonym in _changes(connection):
        if act == "removed":
            stand.pop(synonym.id, None)
        else:
            stand[synonym.id] = synonym
    return list(stand.values())


def _changes(connection: Connection) -> list[SynonymChange]:
    c = tables.rules.c
    asked = select(tables.rules).where(c.kind == SYNONYM).order_by(c.id)
    return [SynonymChange(row.act, _synonym(row)) for row in connection.execute(asked)]


def _synonym(row: Row[Any]) -> Synonym:
    read = Synonym.read(row.items, set_by=row.set_by, note=row.note)
    return replace(read, set_at=from_us(row.time_us), id=row.rule)
