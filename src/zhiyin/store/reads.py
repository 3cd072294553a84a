"""The reads: what a person did, what changed, and whole tables in chunks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from zhiyin.core.entity import Kind
from zhiyin.core.history import NO_TIME, History
from zhiyin.core.ties import AGAINST
from zhiyin.privacy.consent import is_private
from zhiyin.store.columns import dtype, table_frame
from zhiyin.store.engine import Database, Prepared, within
from zhiyin.store.frames import TIME
from zhiyin.store.pseudonymity import shown_people
from zhiyin.store.schema import entities, events, posts, ties, tombstones

_LEAST = 10_000
"""Chunks of fewer rows are asked for by who wants a few."""
_LONG = 250_000
"""From so many rows on it pays to start what reads faster."""


class HistoryRead:
    """The last things a person did with items."""

    def __init__(self, database: Database) -> None:
        limit: BindParameter[int] = bindparam("limit")
        own = select(events).where(
            events.c.person == bindparam("person"), events.c.kind == int(Kind.ITEM)
        )
        if database.backend.NULLS_ARE_SMALLEST:
            c = own.subquery().c
        else:
            # Each half is read backwards along the index; the whole would be sorted for each question.
            halves = (events.c.time_us.is_not(None), events.c.time_us.is_(None))
            newest = (events.c.time_us.desc(), events.c.id.desc())
            parts = [own.where(half).order_by(*newest).limit(limit).subquery() for half in halves]
            c = union_all(*(select(part) for part in parts)).subquery().c
        self._read = database.prepare(
            select(c.item, c.type, c.value, func.coalesce(c.time_us, NO_TIME))
            .order_by(c.time_us.desc().nulls_last(), c.id.desc())
            .limit(limit)
        )

    def __call__(self, person: int, limit: int) -> History:
        """Return at most ``limit`` events, newest first, those of unknown time last."""
        rows = self._read.rows(person=person, limit=limit)
        if not rows:
            return History.empty()
        items, types, values, times = zip(*rows, strict=True)
        return History(
            np.array(items, np.int64),
            np.array(types),
            np.array(values, np.float64),
            np.array(times, np.int64),
        )


def _is_against(tie: Any) -> Any:
    """Return the condition that a row of ties is no friendship but its contrary, and was not taken back."""
    is_kept = or_(tie.c.strength.is_(None), tie.c.strength != 0)
    is_kind = or_(*(tie.c.kind == against for against in AGAINST))
    return or_(and_(is_kind, is_kept), tie.c.strength < 0)


class FriendsRead:
    """To whom a person is tied by a tie that is not against, and neither is against the other."""

    def __init__(self, database: Database) -> None:
        c, shut = ties.c, ties.alias("shut")
        own = and_(shut.c.person == c.person, shut.c.other == c.other)
        theirs = and_(shut.c.person == c.other, shut.c.other == c.person)
        self._read = database.prepare(
            select(c.other)
            .distinct()
            .where(
                c.person == bindparam("person"),
                c.other != c.person,
                *(c.kind != against for against in AGAINST),
                or_(c.strength.is_(None), c.strength > 0),
                ~exists().where(own, _is_against(shut)),
                ~exists().where(theirs, _is_against(shut)),
            )
            .order_by(c.other)
        )

    def __call__(self, person: int) -> NDArray[np.int64]:
        """Return their numbers, (f,) int64 ascending."""
        return np.array([other for (other,) in self._read.rows(person=person)], np.int64)


_WRITTEN = ("person", "item", "kind", "text", "title", "rating", "language", "time_us")


class PeopleRead:
    """What is known of some people, what they let others see of their doings, and what they wrote: one question for all."""

    _DOINGS = ("person", "item", "type", "value", "time_us", "context")

    def __init__(self, database: Database) -> None:
        self._database = database
        c = entities.c
        is_person = c.kind == int(Kind.PERSON)
        self._last = database.prepare(select(func.max(c.revision)).where(is_person))
        said = select(c.number, c.revision, c.attributes).where(is_person)
        self._spoken = database.prepare(said.where(c.attributes.contains("social")))
        self._changed = database.prepare(said.where(c.revision > bindparam("revision")))
        self._doings = {undated: self._did(undated=undated) for undated in (False, True)}
        me: BindParameter[int] = bindparam("person")
        c = ties.c
        theirs = database.backend.within(c.person, bindparam("others"))
        own = select(c.other).where(c.person == me, _is_against(ties))
        turned = select(c.person).where(theirs, c.other == me, _is_against(ties))
        self._against = database.prepare(union_all(own, turned))

    def said_since(self, revision: int) -> tuple[dict[int, str | None], int]:
        """Return number → attributes as JSON of people who changed after a revision, and up to which revision that holds.

        Args:
            revision: -1 for all; then only of those whose attributes may speak of ``social``.
        Complexity: a look-up and the rows that changed; with -1 the people there are.
        """
        if revision < 0:
            until = self._last.rows()[0][0] or 0
            rows = self._spoken.rows()
        else:
            rows = self._changed.rows(revision=revision)
            until = max((changed for _, changed, _ in rows), default=revision)
        return {number: attributes for number, _, attributes in rows}, until

    def attributes(self, people: Iterable[int]) -> list[dict[str, Any]]:
        """Return the attributes of n people, in their order; empty where there are none."""
        c, wanted = entities.c, np.fromiter(people, np.int64).tolist()
        with self._database.reading() as connection:
            own = within(connection, c.number, wanted)
            asked = select(c.number, c.attributes).where(c.kind == int(Kind.PERSON), own)
            known = {number: said for number, said in connection.execute(asked) if said}
        return [json.loads(known.get(number, "{}")) for number in wanted]

    def doings(
        self,
        people: Iterable[int],
        types: Sequence[str],
        since_us: int,
        limit: int = 5000,
        *,
        undated: bool = False,
    ) -> pl.DataFrame:
        """Return what people did with items, newest first, without what they keep private.

        Args:
            people: numbers.
            types: of events that are wanted.
            since_us: the earliest.
            limit: how many events are looked at, at most.
            undated: whether what has no time is wanted too; it comes last.
        Returns: columns person, item, type, value, time_us.
        """
        listed = self._database.backend.listed
        rows = self._doings[undated].rows(
            people=listed(np.fromiter(people, np.int64).tolist()),
            types=listed(list(types)),
            since_us=since_us,
            limit=limit,
        )
        schema = pl.Schema({name: dtype(events.c[name].type) for name in self._DOINGS})
        shown = [row for row in rows if not (row[-1] and is_private(json.loads(row[-1])))]
        return table_frame(shown, schema).drop("context")

    def situations(self, chunk_rows: int = 500_000) -> Iterator[pl.DataFrame]:
        """Yield all events that are not kept private, as ``Store.events`` does, with ``context``: JSON text, or null."""
        return event_chunks(self._database, chunk_rows, 0, private=False, context=True)

    def opposed(self, person: int, others: Iterable[int]) -> NDArray[np.int64]:
        """Return who of some people blocks, mutes or distrusts a person now or the other way round, (m,) int64 ascending.

        Complexity: a look-up for each of the others, and as many rows as the person is against people.
        """
        wanted = np.unique(np.fromiter(others, np.int64))
        listed = self._database.backend.listed(wanted.tolist())
        found = [number for (number,) in self._against.rows(person=person, others=listed)]
        return np.intersect1d(wanted, np.array(found, np.int64))

    def _did(self, *, undated: bool) -> Prepared:
        """Return the read of what people did, the newest first."""
        c, backend = events.c, self._database.backend
        is_late = c.time_us >= bindparam("since_us")
        limit: BindParameter[int] = bindparam("limit")
        return self._database.prepare(
            select(*(c[name] for name in self._DOINGS))
            .where(
                backend.within(c.person, bindparam("people")),
                backend.within(c.type, bindparam("types")),
                c.kind == int(Kind.ITEM),
                or_(is_late, c.time_us.is_(None)) if undated else is_late,
            )
            .order_by(c.time_us.desc().nulls_last(), c.id.desc())
            .limit(limit)
        )

    def goods(self, items: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return number → ``title``, ``category``, and ``translations`` as JSON, of items, of those there are."""
        c, names = entities.c, ("title", "category", "translations")
        with self._database.reading() as connection:
            own = within(connection, c.number, np.fromiter(items, np.int64).tolist())
            asked = select(c.number, *(c[name] for name in names))
            rows = connection.execute(asked.where(c.kind == int(Kind.ITEM), own))
            return {number: dict(zip(names, told, strict=True)) for number, *told in rows}

    def wrote(self, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return number → fields of posts, of those there are: `_WRITTEN`."""
        names = _WRITTEN
        with self._database.reading() as connection:
            own = within(connection, posts.c.number, np.fromiter(numbers, np.int64).tolist())
            rows = connection.execute(
                select(posts.c.number, *(posts.c[n] for n in names)).where(own)
            )
            return {number: dict(zip(names, rest, strict=True)) for number, *rest in rows}


class EntitiesRead:
    """Entities with all that is known of them: those changed since a revision, and those with some numbers."""

    _FIELDS = (
        "title", "description", "category", "brand", "price_minor", "currency", "stock",
        "created_us", "attributes", "translations",
    )  # fmt: skip

    def __init__(self, database: Database) -> None:
        c = entities.c
        columns = [c.number, c.revision, c.key.label("id"), *(c[name] for name in self._FIELDS)]
        self._read = database.prepare(
            select(*columns).where(c.kind == bindparam("kind"), c.revision > bindparam("revision"))
        )
        own = database.backend.within(c.number, bindparam("numbers"))
        self._of = database.prepare(select(*columns).where(c.kind == bindparam("kind"), own))
        forgotten = exists().where(tombstones.c.kind == c.kind, tombstones.c.number == c.number)
        after = select(*columns).where(c.kind == bindparam("kind"), c.number > bindparam("after"))
        after = after.where(~forgotten)
        self._after = database.prepare(after.order_by(c.number).limit(bindparam("limit")))
        self._listed, self._pseudonyms = database.backend.listed, database.pseudonyms
        dtypes = {column.name: dtype(column.type) for column in columns}
        self._schema = pl.Schema(dtypes)
        self._nothing = self._frame([])

    def since(self, kind: Kind, revision: int) -> pl.DataFrame:
        """Return those inserted or changed after a revision, in order of number."""
        return self._shown(kind, self._read.rows(kind=int(kind), revision=revision))

    def of(self, kind: Kind, numbers: Iterable[int]) -> pl.DataFrame:
        """Return those with some numbers, in order of number."""
        listed = self._listed(np.fromiter(numbers, np.int64).tolist())
        return self._shown(kind, self._of.rows(kind=int(kind), numbers=listed))

    def after(self, kind: Kind, number: int, limit: int) -> pl.DataFrame:
        """Return the first few whose number is greater than one, in order of number, but those who were forgotten."""
        return self._shown(kind, self._after.rows(kind=int(kind), after=number, limit=limit))

    def _shown(self, kind: Kind, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
        found = self._sorted(rows)
        return shown_people(self._pseudonyms, found, "id") if kind == Kind.PERSON else found

    def _sorted(self, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
        return self._frame(rows).sort("number") if rows else self._nothing.clone()

    def _frame(self, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
        return table_frame(rows, self._schema).select(
            pl.col("created_us").cast(TIME).alias("created") if n == "created_us" else n
            for n in self._schema
        )


def event_chunks(
    database: Database, chunk_rows: int, after: int, *, private: bool, context: bool = False
) -> Iterator[pl.DataFrame]:
    """Yield the events, see ``Store.events``."""
    columns = ["id", "person", "kind", "item", "type", "value", "time_us"]
    columns += ["context"] if context else []
    where = () if private else (is_shared(),)
    return chunks(database, events, columns, chunk_rows, after, *where)


def is_shared() -> ColumnElement[bool]:
    """Return the condition that an event is not kept private, as ``consent.is_private`` calls it, at least."""
    context = events.c.context
    # A long read takes no further parameters, so the patterns stand in the statement. The first is quick, and for most enough.
    said: ColumnElement[str] = literal_column("'%visibility\"%'")
    public: ColumnElement[str] = literal_column("""'%"visibility":"public"%'""")
    unsaid: ColumnElement[str] = literal_column("""'%"visibility":null%'""")
    told = func.lower(context)
    return or_(context.is_(None), ~context.like(said), told.like(public), told.like(unsaid))


def chunks(
    database: Database,
    table: Table,
    columns: Sequence[str],
    chunk_rows: int,
    after: int,
    *where: ColumnElement[bool],
) -> Iterator[pl.DataFrame]:
    """Yield a table in the order of its key, which is its first column asked for.

    Each chunk is a read of its own, so no lock and no old version of the data is held between chunks.

    Args:
        database: where.
        table: which; its first column is the key.
        columns: which of its columns, the key first.
        chunk_rows: rows in a chunk, at most.
        after: only rows whose key is greater.
        where: further conditions, without parameters.
    """
    wanted = [table.c[name] for name in columns]
    key = wanted[0]
    read = database.prepare(
        select(*wanted)
        .where(key > bindparam("after"), *where)
        .order_by(key)
        .limit(bindparam("limit"))
    )
    schema = pl.Schema({column.name: dtype(column.type) for column in wanted})
    last = database.prepare(select(func.max(key)).where(key > bindparam("after")))
    until = last.rows(after=after)[0][0] or after
    if (
        chunk_rows >= _LEAST
        and until - after > _LONG
        and (long := read.scan(schema, after, until, chunk_rows))
    ):
        yield from long
        after = until
    height = chunk_rows
    while height == chunk_rows:
        chunk = read.frame(schema, after=after, limit=chunk_rows)
        if chunk.is_empty():
            return
        yield chunk
        height, after = chunk.height, chunk[-1, 0]
