"""Bodies of the routes of people."""

from __future__ import annotations

from datetime import datetime

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
