"""Routes that tell how a shop does, and what its customers say."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.bodies import WrittenDay
from zhiyin.apps.api.insight_bodies import OpinionsOverTimeAnswer, OverviewAnswer
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import OF_DATA
from zhiyin.apps.insight_document import opinions_document, overview_document
from zhiyin.apps.wording import language_for
from zhiyin.shop import Shop

_Days = Annotated[int, Query(ge=1, le=3660, description="How many days.")]
_Until = Annotated[
    WrittenDay | None,
    Query(ge=date(1970, 1, 1), le=date(2200, 1, 1), description="The last of them; the newest unless given."),
]  # fmt: skip
_Language = Annotated[
    str, Query(max_length=35, description="Of titles: zh or en; the shop's own unless given.")
]


def insight_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that tell how a shop does."""
    router = APIRouter(prefix="/v1", tags=["insights"], responses=dict(OF_DATA))
    insights = shop.telemetry.insights

    @router.get("/overview", response_model=OverviewAnswer)
    def overview(
        days: _Days = 28,
        until: _Until = None,
        surface: Annotated[
            str, Query(max_length=128, description="Of what was shown; all unless given.")
        ] = "",
        language: _Language = "",
    ) -> Any:
        """Return how the shop did on some days, and on as many before: what was done, shown, and came of it.

        What came of a page is what names its `request_id`. `degraded` counts since the server was started.
        """
        told = insights.overview(days, until, surface)
        document = overview_document(shop, told, language_for(language, shop.settings.language))
        return JSONResponse({**document, "degraded": metrics.degraded()})

    @router.get("/opinions", response_model=OpinionsOverTimeAnswer)
    def opinions(
        days: _Days = 90,
        until: _Until = None,
        category: Annotated[
            str, Query(max_length=512, description="Of the goods; all unless given.")
        ] = "",
        aspect: Annotated[
            str,
            Query(
                max_length=128,
                description="That the representative reviews are about; any unless given.",
            ),
        ] = "",
        language: _Language = "",
    ) -> Any:
        """Return what reviews say by aspect and category, over time and in the last seven days, and a few that stand for many.

        Mining reads this out of texts: `zhiyin mine`.
        """
        told = insights.opinions(days, until, category, aspect)
        spoken = language_for(language, shop.settings.language)
        return JSONResponse(opinions_document(shop, told, spoken))

    return router
