"""What was stored since a place: how far the store has come, and the events and posts that are new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import BigInteger, and_, bindparam, cast, func, or_, select

from zhiyin.core.entity import Kind
from zhiyin.core.history import NO_TIME
from zhiyin.store.columns import dtype, table_frame
from zhiyin.store.engine import Database, within
from zhiyin.store.frames import defaults
from zhiyin.store.reads import is_shared
from zhiyin.store.schema import entities, events, facts, posts, state

_CHUNK = 50_000
_POST = ("person", "item", "kind", "rating", "time_us")
_FACT = ("kind", "subject", "name", "value", "confidence", "source")


class Marks(NamedTuple):
    """How far a store has come.

    Attributes:
        event: id of the newest event, 0 before the first.
        revision: of the last change to any entity or post.
        fact: id of the newest fact, 0 before the first.
    """

    event: int
    revision: int
    fact: int


class NewEvents(NamedTuple):
    """Events with items, one array a column.

    Attributes:
        id: (e,) int64 ascending.
        person: (e,) int64.
        item: (e,) int64.
        type: (e,) str.
        value: (e,) float64, NaN where an event has none.
        time_us: (e,) int64, or ``NO_TIME``.
    """

    id: NDArray[np.int64]
    person: NDArray[np.int64]
    item: NDArray[np.int64]
    type: NDArray[np.str_]
    value: NDArray[np.float64]
    time_us: NDArray[np.int64]


class SinceRead:
    """Reads what came after a place.

    Writers take turns, so what is committed later has the greater ids and revision.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        e, s = events.c, state.c
        newest = (select(func.coalesce(func.max(c.id), 0)) for c in (e, facts.c))
        event, fact = (one.scalar_subquery() for one in newest)
        revision = select(cast(s.value, BigInteger)).where(s.key == "#revision").scalar_subquery()
        self._marks = database.prepare(select(event, revision, fact))
        self._events = database.prepare(
            select(e.id, e.person, e.item, e.type, e.value, func.coalesce(e.time_us, NO_TIME))
            .where(
                e.id > bindparam("after"),
                e.id <= bindparam("until"),
                e.kind == int(Kind.ITEM),
                is_shared(),
            )
            .order_by(e.id)
            .limit(bindparam("limit"))
        )
        self._first = database.prepare(
            select(func.min(e.id)).where(
                e.person == bindparam("person"),
                e.kind == int(Kind.ITEM),
                e.item == bindparam("item"),
                or_(e.type == "rating", e.type == "review"),
                is_shared(),
            )
        )
        n = entities.c
        self._changed = database.prepare(
            select(n.number)
            .where(n.kind == int(Kind.POST), n.revision > bindparam("revision"))
            .order_by(n.number)
        )
        self._sources = database.prepare(
            select(facts.c.source)
            .distinct()
            .where(facts.c.id > bindparam("after"), facts.c.source.like("post:%"))
        )

    def marks(self) -> Marks:
        """Return how far the store has come at this moment; three look-ups in one question."""
        return Marks(*self._marks.rows()[0])

    def events(self, after: int, until: int) -> Iterator[NewEvents]:
        """Yield the events with items whose ids lie above ``after`` and not above ``until``, in the order they came.

        Those that people keep private are left out.
        """
        height = _CHUNK
        while height == _CHUNK:
            rows = self._events.rows(after=after, until=until, limit=_CHUNK)
            if not rows:
                return
            number, person, item, name, value, time_us = zip(*rows, strict=True)
            yield NewEvents(
                np.array(number, np.int64),
                np.array(person, np.int64),
                np.array(item, np.int64),
                np.array(name, np.str_),
                np.array(value, np.float64),
                np.array(time_us, np.int64),
            )
            height, after = len(rows), rows[-1][0]

    def first_judgment(self, person: int, item: int) -> int | None:
        """Return the id of the first rating or review of an item by a person, None where there is none."""
        found: int | None = self._first.rows(person=person, item=item)[0][0]
        return found

    def changed_posts(self, revision: int) -> NDArray[np.int64]:
        """Return the posts inserted or changed after a revision, (k,) numbers, ascending."""
        rows = self._changed.rows(revision=revision)
        return np.array([number for (number,) in rows], np.int64)

    def read_posts(self, after: int) -> list[str]:
        """Return the ids of posts in which facts with an id above ``after`` were read."""
        return [source.removeprefix("post:") for (source,) in self._sources.rows(after=after)]

    def posts(self, numbers: NDArray[np.int64]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return some posts as they are now, and what was read in them.

        Args:
            numbers: (k,) int64.
        Returns: number, id, attributes, person, item, kind, rating and time_us of those that are named anywhere; and kind,
            subject, name, value, confidence and source of facts.
        """
        n, p, f = entities.c, posts.c, facts.c
        columns = [n.number, n.key.label("id"), n.attributes, *(p[name] for name in _POST)]
        said = [f[name] for name in _FACT]
        wanted = numbers.tolist()
        with self._database.reading() as connection:
            asked = (
                select(*columns)
                .outerjoin_from(entities, posts, p.number == n.number)
                .where(n.kind == int(Kind.POST), within(connection, n.number, wanted))
            )
            schema = pl.Schema({str(column.name): dtype(column.type) for column in columns})
            found = table_frame(connection.execute(asked).all(), schema)
            found = found.with_columns(pl.col("kind").fill_null(defaults("posts")["kind"]))
            sources = [f"post:{key}" for key in found["id"].to_list()]
            own = and_(f.kind == int(Kind.POST), within(connection, f.subject, wanted))
            told = select(*said).where(or_(own, within(connection, f.source, sources)))
            schema = pl.Schema({column.name: dtype(column.type) for column in said})
            return found, table_frame(connection.execute(told).all(), schema)
