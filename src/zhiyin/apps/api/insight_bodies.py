"""Bodies of the routes that tell how a shop does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_DID = {"visits": 40, "people": 31, "views": 120, "favourites": 9, "carts": 14, "purchases": 6}
_SERVED: dict[str, Any] = {
    "pages": 60, "shown": 600, "clicked": 48, "carted": 8, "bought": 3,
    "click_rate": 0.08, "click_rate_error": 0.011,
}  # fmt: skip
_EXPOSURE: dict[str, Any] = {"items": 800, "shown": 210, "coverage": 0.2625, "gini": 0.86}
_DAYS: dict[str, Any] = {
    "since": "2026-11-23",
    "until": "2026-11-23",
    "days": 1,
    "first": "2025-11-24",
    "newest": "2026-11-23",
    "time_zone": "Asia/Shanghai",
    "counted": "2026-11-24T02:00:00Z",
}
_OVERVIEW: dict[str, Any] = {
    **_DAYS,
    "surface": "",
    "did": _DID,
    "did_before": _DID,
    "served": _SERVED,
    "served_before": _SERVED,
    "daily": [{"day": "2026-11-23", **_DID, **_SERVED}],
    "surfaces": [{"surface": "home", **_SERVED}],
    "exposure": _EXPOSURE,
    "exposure_before": _EXPOSURE,
    "items": [
        {"item": "tea-7", "title": "Green tea", "shown": 12, "clicked": 2, "carted": 1, "bought": 0}
    ],
    "freshness": {
        "lag_s": 0.0,
        "last_event": "2026-11-24T01:59:58Z",
        "snapshot": 3,
        "trained": "2026-11-24T00:00:00Z",
        "training_s": 41.5,
        "events_since": 120,
    },
    "degraded": [{"surface": "home", "pages": 60, "degraded": 0}],
}
_COUNTS: dict[str, Any] = {"n": 5, "negative": 1, "neutral": 0, "positive": 4, "net": 0.6}
_REVIEWS: dict[str, Any] = {"n": 9, "rating": 4.2, "stars": {"4": 4, "5": 5}}
_OPINIONS: dict[str, Any] = {
    **_DAYS,
    "category": "",
    "aspect": "",
    "reviews": _REVIEWS,
    "aspects": [{"aspect": "price", **_COUNTS}],
    "categories": [{"category": "tea", **_COUNTS}],
    "cells": [{"category": "tea", "aspect": "price", **_COUNTS}],
    "period": "week",
    "periods": [{"period": "2026-11-23", "aspect": "price", **_COUNTS}],
    "week": {
        "since": "2026-11-17",
        "reviews": _REVIEWS,
        "reviews_before": {"n": 0, "rating": None, "stars": {}},
        "aspects": [{"aspect": "price", **_COUNTS, "n_before": 0, "net_before": None}],
    },
    "representative": [
        {
            "post": "review-9",
            "kind": "review",
            "review_title": None,
            "text": "好喝，价格也公道",
            "rating": 5.0,
            "language": "zh",
            "time": "2026-11-20T08:00:00Z",
            "item": "tea-7",
            "title": "Green tea",
            "says": [{"aspect": "price", "polarity": "positive", "span": "价格也公道"}],
        }
    ],
}


class _DaysAnswer(BaseModel):
    """Which days were asked for."""

    since: date = Field(description="The first of the days.")
    until: date = Field(description="The last of them.")
    days: int
    first: date | None = Field(None, description="The day of the oldest there is; null for none.")
    newest: date | None = Field(None, description="The day of the newest there is; null for none.")
    time_zone: str = Field(description="Where days end at midnight.")
    counted: datetime


class DidAnswer(BaseModel):
    """What people did in the shop, wherever it began."""

    visits: int = Field(description="A person's doings without half an hour of rest in between.")
    people: int
    views: int = Field(description="Clicks among them.")
    favourites: int
    carts: int
    purchases: int


class ShownOutcomeAnswer(BaseModel):
    """Items shown on pages, and what was done with them in answer to that page."""

    shown: int
    clicked: int = Field(description="Or opened.")
    carted: int
    bought: int


class ServedAnswer(ShownOutcomeAnswer):
    """Pages, and what came of them."""

    pages: int
    click_rate: float | None = Field(None, description="Of the items shown; null where none was.")
    click_rate_error: float | None = Field(None, description="Its standard error, over pages.")


class DayAnswer(DidAnswer, ServedAnswer):
    """One day."""

    day: date


class SurfaceAnswer(ServedAnswer):
    """One surface."""

    surface: str


class ExposureAnswer(BaseModel):
    """How what is shown is spread over the catalogue."""

    items: int = Field(description="Of the catalogue.")
    shown: int = Field(description="Items that were shown at least once.")
    coverage: float | None = Field(None, description="Their share.")
    gini: float | None = Field(None, description="0: all are shown alike; near 1: a few take all.")


class ShownItemAnswer(ShownOutcomeAnswer):
    """An item, and what came of showing it."""

    item: str
    title: str | None = None


class FreshnessAnswer(BaseModel):
    """How fresh the pages are."""

    lag_s: float = Field(description="For how long something stored has been unknown to pages.")
    last_event: datetime | None = Field(None, description="When the event happened that came last.")
    snapshot: int | None = None
    trained: datetime | None = Field(None, description="When the training began.")
    training_s: float | None = Field(
        None, description="How long it took; null where nobody kept it."
    )
    events_since: int | None = None


class DegradedAnswer(BaseModel):
    """Pages of a surface since the server was started."""

    surface: str
    pages: int
    degraded: int = Field(description="Those that a stage failed or was late for.")


class OverviewAnswer(_DaysAnswer):
    """How the shop did on some days, and on as many before."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OVERVIEW]})

    surface: str
    did: DidAnswer
    did_before: DidAnswer
    served: ServedAnswer
    served_before: ServedAnswer
    daily: list[DayAnswer]
    surfaces: list[SurfaceAnswer] = Field(description="All of them, the busiest first.")
    exposure: ExposureAnswer
    exposure_before: ExposureAnswer
    items: list[ShownItemAnswer] = Field(description="The 200 most shown.")
    freshness: FreshnessAnswer
    degraded: list[DegradedAnswer]


class CountsAnswer(BaseModel):
    """How often something was said."""

    n: int
    negative: int
    neutral: int
    positive: int
    net: float = Field(description="Positive less negative, by all: from -1 to 1.")


class AspectCountsAnswer(CountsAnswer):
    """What was said of an aspect."""

    aspect: str


class CategoryCountsAnswer(CountsAnswer):
    """What was said of a category."""

    category: str = Field(description="Empty for goods without one.")


class CellAnswer(AspectCountsAnswer, CategoryCountsAnswer):
    """What was said of an aspect of a category."""


class PeriodAnswer(AspectCountsAnswer):
    """What was said of an aspect in a week or a month."""

    period: date = Field(description="Its first day.")


class WeekAspectAnswer(AspectCountsAnswer):
    """What was said of an aspect in seven days, beside the four weeks before."""

    n_before: int
    net_before: float | None = None


class ReviewsAnswer(BaseModel):
    """How many reviews, and how they rate."""

    n: int
    rating: float | None = None
    stars: dict[str, int]


class WeekAnswer(BaseModel):
    """The last seven of the days."""

    since: date
    reviews: ReviewsAnswer
    reviews_before: ReviewsAnswer = Field(description="Of the four weeks before.")
    aspects: list[WeekAspectAnswer]


class SaysAnswer(BaseModel):
    """What a review says."""

    aspect: str
    polarity: Literal["negative", "neutral", "positive"]
    span: str | None = None


class RepresentativeAnswer(BaseModel):
    """A review that stands for many."""

    post: str
    kind: str | None = None
    review_title: str | None = None
    text: str | None = None
    rating: float | None = None
    language: str | None = None
    time: datetime | None = None
    item: str | None = None
    title: str | None = Field(None, description="Of the item.")
    says: list[SaysAnswer]


class OpinionsOverTimeAnswer(_DaysAnswer):
    """What reviews say of goods."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OPINIONS]})

    category: str
    aspect: str
    reviews: ReviewsAnswer
    aspects: list[AspectCountsAnswer]
    categories: list[CategoryCountsAnswer]
    cells: list[CellAnswer]
    period: Literal["week", "month"] = Field(description="What `periods` are.")
    periods: list[PeriodAnswer]
    week: WeekAnswer
    representative: list[RepresentativeAnswer]
