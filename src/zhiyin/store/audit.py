"""The audit log: who changed how the shop is run, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from zhiyin.core.acting import actor
from zhiyin.core.times import from_us, to_us
from zhiyin.store import schema as tables
from zhiyin.store.engine import Database

_LIBRARY = "library"


class Deed(NamedTuple):
    """One entry of the log.

    It never holds a person's id: of what concerns people only the kind is told, and ``target`` stays empty.
    """

    time: datetime
    key: str
    action: str
    kind: str
    target: str
    outcome: str


class Audit:
    """Keeps what was done by whom; entries are only added.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, action: str, kind: str, *, target: str = "", outcome: str = "done") -> None:
        """Keep an entry in a transaction of its own; `note` is for those that change something in the store."""
        with self._database.writing() as connection:
            note(connection, action, kind, target=target, outcome=outcome)

    def since(self, time: datetime | None = None, *, n: int = 1000) -> list[Deed]:
        """Return the newest entries, the oldest of them first.

        Args:
            time: none before it.
            n: how many at most.
        """
        c = tables.audit.c
        asked = select(tables.audit).order_by(c.id.desc()).limit(n)
        if time is not None:
            asked = asked.where(c.time_us >= to_us(time))
        with self._database.reading() as connection:
            rows = connection.execute(asked).all()
        return [
            Deed(from_us(row.time_us), row.key, row.action, row.kind, row.target, row.outcome)
            for row in reversed(rows)
        ]


def note(
    connection: Connection, action: str, kind: str, *, target: str = "", outcome: str = "done"
) -> None:
    """Keep an entry of who acts now, in the transaction of what is done.

    Args:
        connection: inside the transaction.
        action: what is done, such as ``added``.
        kind: to what, such as ``rule``.
        target: which one; empty where it is a person.
        outcome: what became of it.
    """
    connection.execute(
        tables.audit.insert()
        .inline()
        .values(
            time_us=to_us(datetime.now(UTC)), key=actor() or _LIBRARY, action=action, kind=kind,
            target=target, outcome=outcome,
        )
    )  # fmt: skip
