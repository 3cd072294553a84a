"""Bodies of the routes of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

_PORTRAIT: dict[str, JsonValue] = {
    "user": "u1",
    "language": "en",
    "weights": {"long": 42.2, "short": 0.3},
    "sources": {"purchases": 0.6, "views": 0.4},
    "statements": [
        {
            "id": "2e976941728c8510",
            "kind": "leaning",
            "about": "brand:Lu",
            "text": "You choose the brand “Lu” about 2.0 times as often as others do",
            "evidence": [{"type": "purchase", "item": "tea-7", "title": "Green tea"}],
        }
    ],
}


class ProofAnswer(BaseModel):
    """One thing that a statement stands on; what is not known is left out."""

    type: str = Field(description="Of the event, `post` for something written.")
    item: str | None = None
    title: str | None = None
    source: str | None = Field(None, description="Where it was written.", examples=["post:p7"])
    time: datetime | None = None


class StatementAnswer(BaseModel):
    """Something that is said of a person, with the figures it was made of."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(description="Stays the same when the figures change; to remove it by.")
    kind: str = Field(
        description="leaning, price, hours, aspect, keyword, interest, life_event, intent, occasion, place, mood, ties, "
        "closest or community. Prices are in whole units of their currency, a lift is a natural logarithm."
    )
    about: str = Field(description="What tells it from others of its kind.")
    text: str = Field(description="The statement in words.")
    evidence: list[ProofAnswer] = Field(description="Three things at most.")


class PortraitAnswer(BaseModel):
    """Who a person is, as far as the shop can tell."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PORTRAIT]})

    user: str
    language: str
    weights: dict[str, float] = Field(
        description="How much stands behind the long and the short part, in looks at an item."
    )
    sources: dict[str, float] = Field(description="What it was learned from, in shares.")
    statements: list[StatementAnswer]


class RemovedAnswer(BaseModel):
    """What will not be said again."""

    user: str
    removed: str


class TieAnswer(BaseModel):
    """Somebody the person knows."""

    user: str
    strength: float = Field(description="From 0 to 1.")
    kind: str | None = Field(description="What the other is to the person, where known.")
    declared: bool = Field(description="Whether the shop was told of the tie.")
    exchanges: dict[str, int] = Field(
        description="How often the person turned to the other, by type, and `all`."
    )
    last: datetime | None = Field(description="When last.")


class TiesAnswer(BaseModel):
    """People whom somebody knows, the closest first."""

    user: str
    ties: list[TieAnswer]


class WhyAnswer(BaseModel):
    """Why somebody is suggested."""

    kind: str = Field(description="common_friends, taste or follows_you.")
    text: str = Field(description="The reason in words.")
    people: list[str] | None = Field(None, description="Friends in common, three at most.")
    count: int | None = Field(None, description="How many friends in common.")
    likeness: float | None = Field(None, description="Of tastes, a cosine.")


class SuggestionAnswer(BaseModel):
    """Somebody to follow."""

    user: str
    score: float = Field(description="Higher is better.")
    reasons: list[WhyAnswer]


class ToFollowAnswer(BaseModel):
    """People whom somebody could follow, the best first."""

    user: str
    language: str
    people: list[SuggestionAnswer]


class TrustedPersonAnswer(BaseModel):
    """Somebody the person trusts."""

    user: str
    trust: float = Field(
        description="Above 0 to 1; whom the person trusts most stands as high as its own word and deeds say."
    )
    path: list[str] | None = Field(
        description="From the person to the other, each vouching for the next. Null where nobody does within three steps, "
        "or where the person or one of those between does not let itself be named.",
        examples=[["u1", "u2", "u9"]],
    )


class TrustedAnswer(BaseModel):
    """People whom somebody trusts, the most trusted first."""

    user: str
    people: list[TrustedPersonAnswer]


class NetworkTiesAnswer(BaseModel):
    """The ties that the shop was told of."""

    declared: int = Field(description="How many, each direction for itself.")
    reciprocity: float | None = Field(description="The share that goes both ways.")
    against: int = Field(description="Of distrust, blocking and muting.")


class NetworkTrustAnswer(BaseModel):
    """Who trusts whom, by word or by votes."""

    people: int = Field(description="Who trust somebody.")
    ties: int


class PreferenceAnswer(BaseModel):
    """Something a community chooses more often than everybody does."""

    facet: str = Field(examples=["brand"])
    value: str = Field(examples=["Lu"])
    times: float = Field(description="How many times as often.")


class CommunityAnswer(BaseModel):
    """People with more ties among themselves than by chance."""

    people: int
    prefers: list[PreferenceAnswer] = Field(description="Three at most, that ten people chose.")


class CommunitiesAnswer(BaseModel):
    """The communities of the network."""

    number: int
    people: int = Field(description="In any; the others are tied to nobody.")
    modularity: float = Field(description="Above that by chance the communities say something.")
    by_chance: float = Field(description="The modularity found with the ends of ties shuffled.")
    largest: list[CommunityAnswer]


class ExpertAnswer(BaseModel):
    """Somebody whose posts in a category are found helpful."""

    user: str
    score: float = Field(description="From 0 to 1.")


class ExpertsAnswer(BaseModel):
    """Who knows a category best."""

    category: str
    people: list[ExpertAnswer]


class NetworkAnswer(BaseModel):
    """The network of people as of the last training."""

    people: int
    ties: NetworkTiesAnswer
    trust: NetworkTrustAnswer
    communities: CommunitiesAnswer
    experts: list[ExpertsAnswer]


_LINE: dict[str, Any] = {
    "item": "pot", "status": "shipped", "quantity": 1, "price_minor": 24900, "currency": "CNY", "total_minor": None,
    "time": "2026-05-01T09:30:00Z", "paid": "2026-05-01T09:31:00Z", "shipped": "2026-05-02T10:00:00Z", "delivered": None,
    "carrier": "SF", "tracking": "SF1234567890", "city": "杭州", "coupon": None,
}  # fmt: skip


class OrderLineAnswer(BaseModel):
    """One item of an order, and where it stands."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LINE]})

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


class OrderAnswer(BaseModel):
    """What one person ordered at once."""

    order_id: str
    status: str
    total_minor: int | None = None
    currency: str | None = None
    time: datetime | None = None
    lines: list[OrderLineAnswer]


class OrdersAnswer(BaseModel):
    """A person's orders, the newest first."""

    user: str
    orders: list[OrderAnswer]
