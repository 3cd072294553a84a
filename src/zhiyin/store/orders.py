"""Orders by whose they are, and what is sent back of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Text, and_, bindparam, case, select

from zhiyin.core.entity import Kind
from zhiyin.core.order import Order, OrderLine, Return
from zhiyin.core.times import from_us
from zhiyin.errors import Conflict, NotFound
from zhiyin.store.by_key import ByKey
from zhiyin.store.engine import Database, insert
from zhiyin.store.numbering import known_numbers
from zhiyin.store.schema import entities, orders, returns

_FIELDS = (
    "quantity", "price_minor", "currency", "total_minor", "time_us", "paid_us", "shipped_us",
    "delivered_us", "carrier", "tracking", "city", "coupon",
)  # fmt: skip


_OF_LINE = and_(*(orders.c[name] == returns.c[name] for name in ("person", "order_id", "item")))
_IS_BACK = and_(orders.c.status == "delivered", returns.c.id.is_not(None))
_STANDS = case((_IS_BACK, "returning"), else_=orders.c.status).label("status")


class Orders:
    """Reads a person's own orders and opens returns of them; somebody else's are as if they were not there.

    What a shop tells of an order stays as it was told. A line that was delivered and of which there is a return reads as
    ``returning``, until the shop tells that it came back.

    Args:
        database: where they are.
        by_key: finds people.
    """

    def __init__(self, database: Database, by_key: ByKey) -> None:
        self._database, self._by_key = database, by_key
        o, item = orders.c, entities.alias("item")
        own = (
            select(o.order_id, item.c.key, _STANDS, *(o[name] for name in _FIELDS))
            .outerjoin(returns, _OF_LINE)
            .join(item, and_(item.c.kind == int(Kind.ITEM), item.c.number == o.item))
            .where(o.person == bindparam("person", type_=BigInteger))
        )
        newest = (o.time_us.desc().nulls_last(), o.id.desc())
        self._own = database.prepare(own.order_by(*newest))
        is_it = o.order_id == bindparam("order_id", type_=Text)
        self._one = database.prepare(own.where(is_it).order_by(o.id))

    def of(self, user: str, limit: int) -> list[Order]:
        """Return a person's orders, newest first, those of unknown time last.

        Complexity: O(lines that the person ever ordered).
        """
        person = self._by_key.number(Kind.PERSON, user)
        if person is None:
            return []
        lines: dict[str, list[OrderLine]] = {}
        for row in self._own.rows(person=person):
            lines.setdefault(row[0], []).append(_line(user, row))
        return [Order(key, user, tuple(told[::-1])) for key, told in list(lines.items())[:limit]]

    def one(self, user: str, order_id: str) -> Order | None:
        """Return a person's order, None where that person has none with that id."""
        person = self._by_key.number(Kind.PERSON, user)
        if person is None or not _is_text(order_id):
            return None
        rows = self._one.rows(person=person, order_id=order_id)
        return Order(order_id, user, tuple(_line(user, row) for row in rows)) if rows else None

    def open_return(
        self, user: str, order_id: str, item: str, reason: str, key: str, time_us: int
    ) -> Return:
        """Open a return of a line that was delivered; one that there is already is given as it is.

        Args:
            user: whose order it is.
            order_id: of the order.
            item: of the line.
            reason: one of ``core.order.RETURN_REASONS``.
            key: of the request; the same again opens nothing more.
            time_us: when.
        Raises:
            NotFound: the person has no such line.
            Conflict: the key was used for another line, or the line was not delivered, or is back already.
        """
        if not all(map(_is_text, (user, order_id, item, key))):
            raise _no_line()
        r = returns.c
        with self._database.writing() as connection:
            person = known_numbers(connection, Kind.PERSON, [user]).get(user)
            number = known_numbers(connection, Kind.ITEM, [item]).get(item)
            line = {"person": person, "order_id": order_id, "item": number}
            own = [orders.c[name] == value for name, value in line.items()]
            stands = None if None in line.values() else _status(connection, own)
            if stands is None:
                raise _no_line()
            said = select(r.id, r.order_id, r.item, r.reason, r.status, r.time_us)
            found = connection.execute(said.where(r.person == person, r.key == key)).first()
            if found and (found.order_id, found.item) != (order_id, number):
                raise _conflict("this key opened another return", "a key for each return")
            if not found:
                same = [r[name] == value for name, value in line.items()]
                found = connection.execute(said.where(*same)).first()
            if not found:
                if stands != "delivered":
                    raise _conflict(f"the line is {stands}", "one that was delivered")
                row = {**line, "reason": reason, "status": "open", "key": key, "time_us": time_us}
                connection.execute(insert(connection, returns).values(row))
                found = connection.execute(said.where(r.person == person, r.key == key)).one()
        time = from_us(found.time_us)
        return Return(f"R{found.id:06d}", order_id, item, found.reason, found.status, time)


def _status(connection: Connection, own: list[ColumnElement[bool]]) -> str | None:
    return connection.execute(select(orders.c.status).where(*own)).scalar()


def _no_line() -> NotFound:
    return NotFound(
        "there is no such line",
        where="return",
        expected="an item of an order of one's own",
        next_step="look at one's orders",
    )


def _conflict(what: str, expected: str) -> Conflict:
    return Conflict(what, where="return", expected=expected, next_step="look at one's orders")


def _line(user: str, row: tuple[Any, ...]) -> OrderLine:
    order_id, item, status, *values = row
    told = dict(zip(_FIELDS, values, strict=True))
    for name in ("time", "paid", "shipped", "delivered"):
        at_us = told.pop(f"{name}_us")
        told[name] = None if at_us is None else from_us(at_us)
    return OrderLine(order_id=order_id, user=user, item=item, status=status, **told)


def _is_text(said: str) -> bool:
    """Return whether a database can be asked for it: it holds no NUL and no half of a surrogate pair."""
    return not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in said)
