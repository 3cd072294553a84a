"""What a store tells of itself to whoever watches over it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from zhiyin.store.engine import Database
from zhiyin.store.schema import events


class Figures:
    """Sizes, failures, and the event that came last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        e = events.c
        last = select(func.max(e.id)).scalar_subquery()
        self._last = database.prepare(select(e.time_us).where(e.id == last))

    @property
    def failures(self) -> int:
        """How often the database did not do what it was asked since the store was opened."""
        return self._database.failures

    def sizes(self) -> Mapping[str, int]:
        """Return bytes by what they hold: ``data``, and ``log``, the write-ahead log, where it is told."""
        with self._database.answering():
            return self._database.backend.sizes(self._database.reader)

    def last_event_us(self) -> int | None:
        """Return when the event happened that was stored last; None where there is none or its time is not known."""
        rows = self._last.rows()
        return rows[0][0] if rows else None
