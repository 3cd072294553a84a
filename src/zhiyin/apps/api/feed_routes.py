"""The route of the feed: goods, places, posts and people on one page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, JsonValue

from zhiyin.apps.api.bodies import AskedAlike, Id, StageAnswer, Word
from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.wording import language_for
from zhiyin.core import Context
from zhiyin.shop import Shop


class AskedFeed(AskedAlike):
    """For whom a feed is wanted, and in what situation."""

    user: Id = Field(description="The user's id.", examples=["u1"])
    place: Word | None = Field(None, description="Where the person is, such as office.")
    weather: Word | None = Field(None, description="Such as rain: then places outdoors fall.")
    latitude: float | None = Field(
        None, ge=-90, le=90, description="For places nearby, in degrees."
    )
    longitude: float | None = Field(None, ge=-180, le=180, description="Likewise.")


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
    data: dict[str, JsonValue]
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
    degraded: bool
    trace: list[StageAnswer]


def feed_routes(shop: Shop) -> APIRouter:
    """Return the route of a shop's feed."""
    router = APIRouter(prefix="/v1", tags=["people"])

    @router.get("/feed", response_model=FeedAnswer)
    def feed(asked: Annotated[AskedFeed, Query()]) -> Any:
        """Return goods, places, posts of people one knows, and people to follow, with reasons.

        Who hides is not there, also when this was said a moment ago; people are counted, and named only where both let
        themselves be named.
        """
        where = asked.latitude, asked.longitude
        context = Context(
            place=asked.place,
            weather=asked.weather,
            location=None if None in where else (where[0] or 0.0, where[1] or 0.0),
        )
        page = shop.recommend(asked.user, n=asked.n, surface="feed", context=context)
        spoken = language_for(asked.language, shop.settings.language)
        return JSONResponse(feed_document(shop, page, spoken))

    return router
