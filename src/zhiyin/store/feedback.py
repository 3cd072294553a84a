"""What people did with items, told, corrected and taken back by type, user and item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Text,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)  # fmt: skip

from zhiyin.core.entity import Kind
from zhiyin.core.records import Event
from zhiyin.core.times import to_us
from zhiyin.store.engine import Database
from zhiyin.store.frames import json_text
from zhiyin.store.numbering import known_numbers
from zhiyin.store.schema import entities, events

_LONG_AGO = 0
_ANY = -1
_PERSON: BindParameter[int] = bindparam("person", type_=BigInteger)
_ITEM: BindParameter[int] = bindparam("item", type_=BigInteger)
_TYPE: BindParameter[str] = bindparam("type", type_=Text)
_LIMIT: BindParameter[int] = bindparam("limit", type_=BigInteger)


class Done(NamedTuple):
    """Something a person did with an item, with the shop's ids; ``time_us`` is None where it is not known."""

    id: int
    user: str
    item: str
    type: str
    value: float | None
    time_us: int | None
    context: str | None


class Feedback:
    """Reads and changes events by who did what with which item.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        e, person, item = events.c, entities.alias("someone"), entities.alias("something")
        is_due = func.coalesce(e.time_us, _LONG_AGO) <= bindparam("now_us", type_=BigInteger)
        told = (
            select(e.id, person.c.key, item.c.key, e.type, e.value, e.time_us, e.context)
            .join(person, and_(person.c.kind == int(Kind.PERSON), person.c.number == e.person))
            .join(item, and_(item.c.kind == e.kind, item.c.number == e.item))
            .where(e.kind == int(Kind.ITEM), is_due, or_(_TYPE == "", e.type == _TYPE))
            .limit(_LIMIT)
        )
        self._after = database.prepare(
            told.where(e.id > bindparam("after", type_=BigInteger)).order_by(e.id)
        )
        own = told.where(e.person == _PERSON, or_(_ITEM == _ANY, e.item == _ITEM))
        self._own = database.prepare(own.order_by(e.time_us.desc().nulls_last(), e.id.desc()))

    def after(self, id: int, limit: int, *, type: str = "", now_us: int) -> list[Done]:
        """Return the first few of all people with an id above one, in the order they came.

        Args:
            id: 0 for the first.
            limit: how many, at most.
            type: of one type alone, unless empty.
            now_us: what is to happen later is left out.
        """
        rows = self._after.rows(after=id, limit=limit, type=type, now_us=now_us)
        return self._shown(rows)

    def of(
        self, person: int, item: int = _ANY, *, type: str = "", now_us: int, limit: int = 10_000
    ) -> list[Done]:
        """Return what a person did, newest first, with one item alone unless it is -1; see `after`."""
        return self._shown(
            self._own.rows(person=person, item=item, limit=limit, type=type, now_us=now_us)
        )

    def _shown(self, rows: Iterable[tuple[Any, ...]]) -> list[Done]:
        show = self._database.pseudonyms.show
        return [Done(id_, show(user), *rest) for id_, user, *rest in rows]

    def correct(self, said: Sequence[Event]) -> None:
        """Give stored events the value, time and context of those of the same type, user and item; others say nothing.

        Raises:
            StoreUnavailable: the database does not answer; nothing is changed.
        """
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            people = known_numbers(connection, Kind.PERSON, {one.user for one in said})
            items = known_numbers(connection, Kind.ITEM, {one.item for one in said})
            rows = [
                {
                    "its_person": people[one.user],
                    "its_item": items[one.item],
                    "its_type": one.type,
                    "new_value": one.value,
                    "new_time_us": to_us(one.time or now),
                    "new_context": json_text(one.context) if one.context else None,
                }
                for one in said
                if one.user in people and one.item in items
            ]
            if rows:
                connection.execute(_CORRECTION, rows)

    def withdraw(self, person: int, item: int, type: str = "") -> int:
        """Remove what a person did with an item, of one type alone unless it is empty; return how much that was.

        The person's next list does without it; what was learned of everybody does from the next training on.

        Raises:
            StoreUnavailable: the database does not answer; nothing is changed.
        """
        e = events.c
        which = [e.person == person, e.kind == int(Kind.ITEM), e.item == item]
        which += [e.type == type] if type else []
        with self._database.writing() as connection:
            return connection.execute(delete(events).where(*which)).rowcount


_CORRECTION = (
    update(events)
    .where(
        events.c.person == bindparam("its_person"),
        events.c.kind == int(Kind.ITEM),
        events.c.item == bindparam("its_item"),
        events.c.type == bindparam("its_type"),
    )
    .values(
        value=bindparam("new_value"),
        time_us=bindparam("new_time_us"),
        context=bindparam("new_context"),
    )
)
