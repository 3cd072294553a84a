"""The JSON in which an endpoint tells orders and returns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from zhiyin.core.order import Order, OrderLine, Return

_Id = Annotated[str, Field(min_length=1, max_length=512)]
_Text = Annotated[str, Field(max_length=512)]
_Amount = Annotated[int, Field(ge=0, le=10**12)]
_Status = Literal[
    "placed", "paid", "packed", "shipped", "delivered", "cancelled", "returning", "returned", "refunded",
]  # fmt: skip


class LineDocument(BaseModel):
    """A line of an order."""

    item: _Id
    status: _Status
    quantity: Annotated[int, Field(ge=1)] | None = None
    price_minor: _Amount | None = None


class OrderDocument(BaseModel):
    """An order with its lines; what its lines share stands once."""

    id: _Id
    user: _Id
    lines: Annotated[list[LineDocument], Field(min_length=1, max_length=1000)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    total_minor: _Amount | None = None
    time: AwareDatetime | None = None
    paid: AwareDatetime | None = None
    shipped: AwareDatetime | None = None
    delivered: AwareDatetime | None = None
    carrier: _Text | None = None
    tracking: _Text | None = None
    city: _Text | None = None
    coupon: _Text | None = None

    def order(self) -> Order:
        """Return it as the noun."""
        shared: dict[str, Any] = self.model_dump(exclude={"id", "user", "lines"})
        lines = (
            OrderLine(order_id=self.id, user=self.user, **line.model_dump(), **shared)
            for line in self.lines
        )
        return Order(self.id, self.user, tuple(lines))


class OrdersDocument(BaseModel):
    """Some orders of a person."""

    orders: Annotated[list[OrderDocument], Field(max_length=1000)]


class ReturnDocument(BaseModel):
    """A return that was opened."""

    id: _Id
    order_id: _Id
    item: _Id
    reason: _Text
    status: _Text = "open"
    time: AwareDatetime | None = None

    def opened(self) -> Return:
        """Return it as the noun."""
        return Return(**self.model_dump())
