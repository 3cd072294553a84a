"""Bodies of the routes of items' portraits."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue

_PORTRAIT: dict[str, JsonValue] = {
    "item": "tea-7",
    "language": "en",
    "title": "Green tea",
    "brand": "Lu",
    "category": "Food > Tea",
    "listed": "2026-03-01T00:00:00Z",
    "age_days": 61,
    "newer_than": 0.42,
    "known_by": "people",
    "people": 84,
    "price": {"amount": 59.0, "currency": "CNY", "position": 0.31},
    "facets": [{"facet": "origin", "value": "Fujian"}],
    "opinions": [{"aspect": "taste", "negative": 2, "neutral": 1, "positive": 9}],
    "audience": [{"group": "age", "value": "25-34", "times": 1.4}],
    "related": [{"item": "pot-1", "title": "Teapot"}],
    "sentences": [{"kind": "opinion", "text": "On taste: praise 9, complaints 2, neither 1"}],
}


class ItemPrice(BaseModel):
    """What an item costs, and where that is among its category."""

    amount: float = Field(description="In whole units of the currency.")
    currency: str | None
    position: float | None = Field(
        description="Share of the category that is cheaper; null where that is not known."
    )


class ItemFacet(BaseModel):
    """Something an item shares with others."""

    facet: str
    value: str


class ItemOpinion(BaseModel):
    """How often one side of an item was praised and blamed, when the shop last learned."""

    aspect: str
    negative: int
    neutral: int
    positive: int


class AudienceAnswer(BaseModel):
    """A group of ten people or more that chooses an item more often than chance would bring."""

    group: str = Field(description="age, gender, city or region, as people declared them.")
    value: str
    times: float = Field(description="As often as everybody.")


class RelatedAnswer(BaseModel):
    """An item that goes with it."""

    item: str
    title: str | None


class SentenceAnswer(BaseModel):
    """What is known in words."""

    kind: str = Field(
        description="category, brand, price, listed, facet, people, neighbours, catalogue, opinion, audience or related."
    )
    text: str


class ItemPortraitAnswer(BaseModel):
    """Who an item is, as of the last training."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PORTRAIT]})

    item: str
    language: str
    title: str | None
    brand: str | None
    category: str | None = Field(description="The whole path.")
    listed: datetime | None
    age_days: int | None = Field(description="Until the newest event that was learned from.")
    newer_than: float | None = Field(description="Share of the items whose listing is dated.")
    known_by: str = Field(
        description="`people`; `neighbours` where nobody chose it yet, so that its audience, and without own ones its "
        "opinions, are those of its related items; `catalogue` where it came after the last training."
    )
    people: int | None = Field(description="How many chose or looked at it.")
    price: ItemPrice | None
    facets: list[ItemFacet]
    opinions: list[ItemOpinion] = Field(description="The most discussed first.")
    audience: list[AudienceAnswer]
    related: list[RelatedAnswer] = Field(
        description="By the people who chose both, then by text; ten at most."
    )
    sentences: list[SentenceAnswer]
