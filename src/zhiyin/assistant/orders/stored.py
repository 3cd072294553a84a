"""Orders as they were imported into the shop's own store."""

from __future__ import annotations

from datetime import UTC, datetime

from zhiyin.core.order import Order, Return
from zhiyin.core.times import to_us
from zhiyin.store.store import Store


class Stored:
    """Answers from the store: what ``zhiyin import --kind orders`` or ``PUT /v1/orders`` brought in.

    A return that was opened here is read by ``zhiyin export`` or ``GET /v1/export/returns``.
    """

    name = "stored"

    def __init__(self, store: Store) -> None:
        self._orders = store.orders

    def orders(self, user: str, limit: int = 10) -> list[Order]:
        """Return a person's orders, newest first."""
        return self._orders.of(user, limit)

    def order(self, user: str, order_id: str) -> Order | None:
        """Return a person's order, None where that person has none with that id."""
        return self._orders.one(user, order_id)

    def open_return(self, user: str, order_id: str, item: str, reason: str, key: str) -> Return:
        """Open a return of a line; see ``Orders.open_return``."""
        now_us = to_us(datetime.now(UTC))
        return self._orders.open_return(user, order_id, item, reason, key, now_us)
