"""The records that a shop's programs send and read, as the OpenAPI description says them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from zhiyin.apps.api.bodies import Id, RejectedAnswer

MOST_RECORDS = 1000
_Record = TypeVar("_Record", bound=BaseModel)

Records = Annotated[
    list[Annotated[_Record, SkipValidation]], Field(min_length=1, max_length=MOST_RECORDS)
]
"""A list of records as they were sent: the shop judges each alone, so that good ones are not lost with bad ones."""

Time = Annotated[datetime, Field(description="ISO 8601; without a zone: UTC.")]

EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "items": [
        {
            "id": "tea-7",
            "title": "绿茶",
            "category": "tea",
            "price": 39.9,
            "currency": "CNY",
            "stock": 12,
            "created": "2026-05-01T09:30:00Z",
            "attributes": {"origin": "Hangzhou"},
            "translations": {"en": {"title": "Green tea"}},
        },
        {"id": "pot-3", "stock": 0},
    ],
    "users": [{"id": "u1", "created": "2026-04-01", "attributes": {"city": "杭州"}}],
    "ties": [{"user": "u1", "other": "u2", "kind": "friend", "strength": 0.8}],
    "interactions": [
        {
            "event_id": "message-77",
            "user": "u1",
            "other": "u2",
            "type": "share",
            "item": "tea-7",
            "time": "2026-05-01T09:30:00+08:00",
        }
    ],
    "posts": [
        {
            "id": "review-9",
            "user": "u1",
            "item": "tea-7",
            "text": "Fresh, and a little sweet.",
            "rating": 5,
            "language": "en",
        }
    ],
    "orders": [
        {
            "order_id": "o-1001",
            "user": "u1",
            "item": "tea-7",
            "status": "shipped",
            "quantity": 2,
            "price": 39.9,
            "currency": "CNY",
            "time": "2026-05-01T09:30:00+08:00",
            "shipped": "2026-05-02T10:00:00+08:00",
            "carrier": "SF Express",
            "tracking": "SF1234567890",
            "city": "杭州",
        }
    ],
}
_ITEM_ANSWER: dict[str, Any] = {
    "id": "tea-7",
    "title": "绿茶",
    "price_minor": 3990,
    "currency": "CNY",
    "created": "2026-05-01T09:30:00Z",
    "translations": {"en": {"title": "Green tea"}},
}
_USER_ANSWER: dict[str, Any] = {
    "id": "u1",
    "attributes": {"city": "杭州"},
    "event_count": 1,
    "events": [
        {
            "item": "tea-7",
            "title": "绿茶",
            "type": "purchase",
            "value": 1.0,
            "time": "2026-05-01T09:30:00Z",
        }
    ],
}


_POST_ANSWER: dict[str, Any] = {
    "id": "review-9",
    "user": "u1",
    "item": "tea-7",
    "text": "Fresh, and a little sweet.",
    "rating": 5.0,
}


class _Known(BaseModel):
    """What can be told of an item, whoever tells it."""

    id: Id = Field(description="The shop's own id.")
    title: str | None = None
    description: str | None = None
    category: str | None = None
    brand: str | None = None
    price_minor: int | None = Field(None, ge=0, description="In the currency's smallest unit.")
    currency: str | None = Field(None, description="ISO 4217, such as CNY.")
    stock: int | None = Field(
        None, ge=0, description="Not counted, and so available, unless given."
    )
    created: Time | None = None
    attributes: dict[str, Any] | None = Field(None, description="Whatever else is known.")
    translations: dict[str, dict[str, str]] | None = Field(
        None, description="A language to the fields it has."
    )


class ItemBody(_Known):
    """Something the shop offers. What is left out, or null, stays as it was."""

    model_config = ConfigDict(extra="forbid")

    price: float | str | None = Field(
        None, description="In whole units, such as 39.9; give this or `price_minor`."
    )


class UserBody(BaseModel):
    """Someone who shops."""

    model_config = ConfigDict(extra="forbid")

    id: Id = Field(description="The shop's own id.")
    created: Time | None = None
    attributes: dict[str, Any] | None = Field(None, description="Whatever else is known.")


class TieBody(BaseModel):
    """A person is tied to another; a friendship is two ties."""

    model_config = ConfigDict(extra="forbid")

    user: Id = Field(description="From whom.")
    other: Id = Field(description="To whom.")
    kind: str | None = Field(None, description="friend unless given; follow, family …")
    strength: float | None = None
    time: Time | None = None


class InteractionBody(BaseModel):
    """A person did something toward another."""

    model_config = ConfigDict(extra="forbid")

    user: Id = Field(description="Who did it.")
    other: Id = Field(description="Toward whom.")
    type: str | None = Field(None, description="message unless given; comment, like, share, gift …")
    item: Id | None = Field(None, description="About which item.")
    value: float | None = None
    text: str | None = None
    time: Time | None = None
    event_id: Id | None = Field(None, description="What tells it apart; its content unless given.")


class PostBody(BaseModel):
    """A text someone published."""

    model_config = ConfigDict(extra="forbid")

    id: Id | None = Field(None, description="What tells it apart; its content unless given.")
    user: Id | None = Field(None, description="Who wrote it.")
    item: Id | None = Field(None, description="About which item.")
    kind: str | None = Field(None, description="review unless given; share, question, faq …")
    text: str | None = None
    title: str | None = None
    rating: float | None = None
    language: str | None = Field(None, description="Such as zh or en.")
    time: Time | None = None


class OrderBody(BaseModel):
    """A line of an order. What is left out, or null, stays as it was."""

    model_config = ConfigDict(extra="forbid")

    order_id: Id = Field(description="Of the order; its other lines share it.")
    user: Id = Field(description="Who ordered.")
    item: Id = Field(description="What.")
    status: str = Field(
        description="placed, paid, packed, shipped, delivered, cancelled, returning, returned or refunded."
    )
    quantity: int | None = Field(None, ge=1, description="One unless given.")
    price: float | str | None = Field(
        None, description="Of one piece, in whole units; give this or `price_minor`."
    )
    price_minor: int | None = Field(None, ge=0, description="In the currency's smallest unit.")
    currency: str | None = Field(None, description="ISO 4217, such as CNY.")
    total_minor: int | None = Field(
        None, ge=0, description="Paid for the whole order, freight and coupons included."
    )
    time: Time | None = Field(None, description="When it was placed.")
    paid: Time | None = None
    shipped: Time | None = None
    delivered: Time | None = None
    carrier: str | None = None
    tracking: str | None = None
    city: str | None = Field(None, description="Of the address; no more of it is kept.")
    coupon: str | None = Field(None, description="The code that was used.")


class PutAnswer(BaseModel):
    """What became of the records: everything accepted is on the disk."""

    accepted: dict[str, int] = Field(
        description="Records by kind that are new or changed, entities that they name for the first time included.",
        examples=[{"items": 2}],
    )
    duplicates: int = Field(
        description="Records that said nothing new, or were joined with another of the list about the same.",
        examples=[0],
    )
    refused: int = Field(
        0, description="Rows about people who were forgotten, from before that.", examples=[0]
    )
    rejected: list[RejectedAnswer]


class ItemFields(_Known):
    """An item; what is not known is left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ITEM_ANSWER]})


class UserEvent(BaseModel):
    """Something the person did with an item."""

    item: str
    title: str | None = None
    type: str
    value: float | None = None
    time: datetime | None = None


class UserFields(BaseModel):
    """A person; what is not known is left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [_USER_ANSWER]})

    id: str
    created: datetime | None = None
    attributes: dict[str, Any] | None = None
    event_count: int = Field(description="Events with items, counted up to 200.")
    events: list[UserEvent] = Field(description="The last 20, newest first.")


class PostFields(BaseModel):
    """A text that somebody published; what is not known is left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [_POST_ANSWER]})

    id: str
    user: str | None = Field(None, description="Who wrote it.")
    item: str | None = Field(None, description="About which item.")
    kind: str | None = Field(None, description="review, share, question, faq …")
    text: str | None = None
    title: str | None = None
    rating: float | None = None
    language: str | None = None
    time: datetime | None = None


class ItemsAnswer(BaseModel):
    """Some items, in the order in which the shop heard of them."""

    items: list[ItemFields]
    next: int | None = Field(description="Ask with it as `after`; null: there are no more.")


class ListedUser(BaseModel):
    """A person in a list; what is not known is left out."""

    id: str
    created: datetime | None = None
    attributes: dict[str, Any] | None = None


class UsersAnswer(BaseModel):
    """Some people, in the order in which the shop heard of them."""

    users: list[ListedUser]
    next: int | None = Field(description="Ask with it as `after`; null: there are no more.")
