"""Orders as the shop tells them, line by line, and what is sent back of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

STATUSES = (
    "placed", "paid", "packed", "shipped", "delivered", "cancelled", "returning", "returned", "refunded",
)  # fmt: skip
"""What an order's line can have come to, in the order in which it mostly does."""

RETURN_REASONS = ("damaged", "wrong_item", "not_as_described", "size", "changed_mind", "other")
"""Why something is sent back."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One item of an order, with where it stands; a shop tells it again when that changes.

    ``time`` is when the order was placed, ``price_minor`` what one piece cost, and ``total_minor`` what was paid for the
    whole order, freight and coupons included; both count the currency's smallest unit. Of the address there is the city.
    """

    order_id: str
    user: str
    item: str
    status: str
    quantity: int | None = None
    price_minor: int | None = None
    currency: str | None = None
    total_minor: int | None = None
    time: datetime | None = None
    paid: datetime | None = None
    shipped: datetime | None = None
    delivered: datetime | None = None
    carrier: str | None = None
    tracking: str | None = None
    city: str | None = None
    coupon: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What one person ordered at once; at least one line.

    >>> order = Order("o1", "an", (OrderLine("o1", "an", "tea", "shipped", 2, 990), OrderLine("o1", "an", "pot", "paid")))
    >>> order.status, order.total_minor
    ('paid', None)
    """

    id: str
    user: str
    lines: tuple[OrderLine, ...]

    @property
    def status(self) -> str:
        """Where that line stands that has come least far."""
        return min((line.status for line in self.lines), key=STATUSES.index)

    @property
    def total_minor(self) -> int | None:
        """What was paid for all, else what the lines cost, None where a price is not known."""
        told = next((one.total_minor for one in self.lines if one.total_minor is not None), None)
        if told is not None:
            return told
        prices = [line.price_minor for line in self.lines]
        if None in prices:
            return None
        return sum((line.price_minor or 0) * (line.quantity or 1) for line in self.lines)

    def line(self, item: str) -> OrderLine | None:
        """Return the line of an item, None where the order holds none."""
        return next((line for line in self.lines if line.item == item), None)


@dataclass(frozen=True, slots=True)
class Return:
    """That a person sends an item of an order back; ``reason`` is one of ``RETURN_REASONS``.

    >>> Return("R7", "o1", "tea", "damaged").status
    'open'
    """

    id: str
    order_id: str
    item: str
    reason: str
    status: str = "open"
    time: datetime | None = None
