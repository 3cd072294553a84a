"""The route of the feed: goods, places, posts and people on one page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.feed_bodies import AskedFeed, FeedAnswer
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import OF_NEXT_PAGES, OF_PAGES
from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.wording import language_for
from zhiyin.core import Context
from zhiyin.shop import Shop


def feed_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the route of a shop's feed."""
    router = APIRouter(prefix="/v1", tags=["people"], responses=dict(OF_PAGES))

    @router.get("/feed", response_model=FeedAnswer, responses=dict(OF_NEXT_PAGES))
    def feed(asked: Annotated[AskedFeed, Query()]) -> Any:
        """Return goods, places, posts of people one knows or trusts, and people to follow, with reasons.

        Who hides is not there, also when this was said a moment ago; people are counted, and named only where both let
        themselves be named.
        """
        context = Context(place=asked.place, weather=asked.weather, location=asked.location)
        shop.people.ready()
        page = shop.recommend(
            asked.user, n=asked.n, surface="feed", context=context, after=asked.after
        )
        metrics.count_page("feed", page)
        spoken = language_for(asked.language, shop.settings.language)
        return JSONResponse(feed_document(shop, page, spoken))

    return router
