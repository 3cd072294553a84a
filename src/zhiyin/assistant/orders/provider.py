"""The seam between service and a shop's orders."""

from __future__ import annotations

from typing import Protocol

from zhiyin import registry
from zhiyin.core.order import Order, Return
from zhiyin.settings.section import Part
from zhiyin.store.store import Store


class OrderProvider(Protocol):
    """Answers with the orders of the one who asks, and with nobody else's.

    Every call names the person who speaks. An order of somebody else is answered like one that does not exist, so that
    no id can be tried.
    """

    name: str

    def orders(self, user: str, limit: int = 10) -> list[Order]:
        """Return a person's orders, newest first; none for somebody unknown.

        Raises:
            StoreUnavailable: where they are kept does not answer.
        """

    def order(self, user: str, order_id: str) -> Order | None:
        """Return a person's order, None where that person has none with that id.

        Raises:
            StoreUnavailable: where they are kept does not answer.
        """

    def open_return(self, user: str, order_id: str, item: str, reason: str, key: str) -> Return:
        """Open a return of a line; the same key, or a line that is being returned, gives the return there is.

        Args:
            user: whose order it is.
            order_id: of the order.
            item: of the line.
            reason: one of ``core.order.RETURN_REASONS``.
            key: tells this wish from others; at most 200 characters.
        Raises:
            NotFound: the person has no such line.
            Conflict: the key was used for another line, or the line was not delivered, or the shop refuses.
            StoreUnavailable: where they are kept does not answer.
        """


def order_provider(part: Part, store: Store) -> OrderProvider:
    """Return the provider that ``assistant.orders`` of the settings names.

    Raises:
        SettingsError: there is no such provider, or an option of it is wrong.
    """
    made: OrderProvider = registry.build(
        "orders", part.type, part.options, where="assistant.orders", services={"store": store}
    )
    return made
