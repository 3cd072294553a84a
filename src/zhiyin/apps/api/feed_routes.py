"""The route of the feed: goods, places, posts and people on one page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.feed_bodies import AskedFeed, FeedAnswer
from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.wording import language_for
from zhiyin.core import Context
from zhiyin.shop import Shop


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
        shop.people.ready()
        page = shop.recommend(asked.user, n=asked.n, surface="feed", context=context)
        spoken = language_for(asked.language, shop.settings.language)
        return JSONResponse(feed_document(shop, page, spoken))

    return router
