"""Bodies of the route of the feed."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, Field, model_validator

from zhiyin.apps.api.bodies import NEXT, AskedPage, Id, StageAnswer, Word


class AskedFeed(AskedPage):
    """For whom a feed is wanted, and in what situation."""

    user: Id = Field(description="The user's id.", examples=["u1"])
    place: Word | None = Field(None, description="Where the person is, such as office.")
    weather: Word | None = Field(None, description="Such as rain: then places outdoors fall.")
    latitude: float | None = Field(
        None, ge=-90, le=90, description="For places nearby, in degrees."
    )
    longitude: float | None = Field(None, ge=-180, le=180, description="Likewise.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude are expected together")
        return self

    @property
    def location(self) -> tuple[float, float] | None:
        """Where the person is, in degrees."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class FeedProof(BaseModel):
    """What speaks for an entry."""

    kind: str
    id: str
    title: str | None
    share: float


class FeedReason(BaseModel):
    """Why an entry is on the page."""

    kind: str
    text: str
    language: str
    share: float
    data: dict[str, Any] = Field(description="Figures of the reason, such as how many people.")
    evidence: list[FeedProof]


class FeedEntry(BaseModel):
    """An item, a post or a person; a post has its words, and an author where both let themselves be named."""

    kind: str = Field(description="item, post or person.")
    id: str
    title: str | None = None
    text: str | None = None
    rating: float | None = None
    author: str | None = None
    score: float
    reasons: list[FeedReason]
    sources: list[str]
    backfill: bool


class FeedAnswer(BaseModel):
    """A page of several kinds."""

    request_id: str
    items: list[FeedEntry]
    next: str | None = Field(description=NEXT)
    degraded: bool
    trace: list[StageAnswer]
