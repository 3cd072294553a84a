"""What reviews say of goods: by aspect and category, over time, this week, and in the words of a few that stand for many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import polars as pl

from zhiyin.core.times import from_us
from zhiyin.insights.days import Days, day
from zhiyin.store.ranges import RangesRead

POLARITIES = ("negative", "neutral", "positive")
_WEEK, _WEEKS_BEFORE = 7, 28
_LONG_DAYS = 120
_REPRESENTATIVE = 6
_SAID_AGAIN = 0.3
"""What it is worth to show what a chosen review said already, for each time it was said."""
_POST = "post:"
_NO_CATEGORY = pl.col("category").fill_null("")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said on some days, and in the weeks before the last.

    Attributes:
        days: which.
        opinions: as ``RangesRead.opinions`` has them, and ``day``.
        reviews: as ``RangesRead.reviews`` has them, and ``day``.
    """

    days: Days
    opinions: pl.DataFrame
    reviews: pl.DataFrame

    def told(self, ranges: RangesRead, category: str, aspect: str) -> dict[str, Any]:
        """Return what was said of a category, or of all goods.

        Args:
            ranges: reads the texts of the few that are shown.
            category: of the goods; empty for all.
            aspect: that representative reviews are about; empty for any.
        Returns: ``reviews`` (``n``, mean ``rating``, ``stars``), ``aspects``, ``categories``, ``cells`` (category by
            aspect), ``periods`` (aspect by week, or by month of a long range), ``week`` and ``representative``.
        """
        opinions, reviews = self._within(self.days)
        of_goods, own = _of(opinions, category), _of(reviews, category)
        is_long = self.days.n > _LONG_DAYS
        period = pl.col("day").dt.truncate("1mo" if is_long else "1w")
        chosen = of_goods.filter(aspect=aspect) if aspect else of_goods
        return {
            "category": category,
            "aspect": aspect,
            "reviews": _rated(own),
            "aspects": _counts(of_goods, "aspect"),
            "categories": _counts(opinions, "category"),
            "cells": _counts(opinions, "category", "aspect"),
            "period": "month" if is_long else "week",
            "periods": _counts(of_goods.with_columns(period=period.cast(pl.String)), "period", "aspect"),
            "week": self._week(category),
            "representative": representative(ranges, chosen, _REPRESENTATIVE),
        }  # fmt: skip

    def _week(self, category: str) -> dict[str, Any]:
        """Return what the last seven days said, beside the four weeks before."""
        week = Days.up_to(self.days.last, _WEEK, self.days.zone)
        earlier = Days.up_to(week.first - timedelta(days=1), _WEEKS_BEFORE, self.days.zone)
        opinions, reviews = (_of(rows, category) for rows in self._within(week))
        before, reviews_before = (_of(rows, category) for rows in self._within(earlier))
        known = {one["aspect"]: one for one in _counts(before, "aspect")}
        aspects = [
            {**one, "n_before": was.get("n", 0), "net_before": was.get("net")}
            for one in _counts(opinions, "aspect")
            for was in [known.get(one["aspect"], {})]
        ]
        return {
            "since": week.first.isoformat(),
            "reviews": _rated(reviews),
            "reviews_before": _rated(reviews_before),
            "aspects": aspects,
        }

    def _within(self, days: Days) -> tuple[pl.DataFrame, pl.DataFrame]:
        is_within = pl.col("day").is_between(days.first, days.last)
        return self.opinions.filter(is_within), self.reviews.filter(is_within)


def said(ranges: RangesRead, days: Days) -> Said:
    """Read what was said on some days, and in the five weeks up to the last."""
    weeks = Days.up_to(days.last, max(days.n, _WEEK + _WEEKS_BEFORE), days.zone)
    opinions = ranges.opinions(weeks.from_us, weeks.until_us)
    reviews = ranges.reviews(weeks.from_us, weeks.until_us)
    known = [day(days.zone).alias("day"), _NO_CATEGORY]
    return Said(days, opinions.with_columns(known), reviews.with_columns(known))


def representative(ranges: RangesRead, opinions: pl.DataFrame, n: int) -> list[dict[str, Any]]:
    """Return the reviews that together say most of what all say.

    One after the other is chosen that adds most: what it says counts as often as all say it, and little once it was said.

    Args:
        ranges: reads the texts.
        opinions: as ``RangesRead.opinions`` has them.
        n: how many at most.
    Returns: ``post``, ``item`` (number), ``text``, ``title``, ``rating``, ``language``, ``time``, and ``says``: aspect,
        polarity and span.
    References: Nemhauser, Wolsey & Fisher, Mathematical Programming 1978, for the greedy choice.
    """
    posts = opinions.filter(pl.col("source").str.starts_with(_POST))
    weight = Counter(posts.select("aspect", "polarity").iter_rows())
    by_post: dict[str, list[dict[str, Any]]] = {}
    for row in posts.sort("source", "aspect").iter_rows(named=True):
        by_post.setdefault(row["source"].removeprefix(_POST), []).append(row)
    is_said: Counter[tuple[str, str]] = Counter()
    chosen: list[str] = []

    def adds(post: str) -> tuple[float, float, str]:
        pairs = {(one["aspect"], one["polarity"]) for one in by_post[post]}
        sure = min(one["confidence"] for one in by_post[post])
        return sum(weight[pair] * _SAID_AGAIN ** is_said[pair] for pair in pairs), sure, post

    while by_post.keys() - set(chosen) and len(chosen) < n:
        best = max((post for post in by_post if post not in chosen), key=adds)
        chosen.append(best)
        is_said.update({(one["aspect"], one["polarity"]) for one in by_post[best]})
    texts = ranges.texts(chosen)
    return [_worded(post, texts[post], by_post[post]) for post in chosen if post in texts]


def _worded(post: str, text: dict[str, Any], says: list[dict[str, Any]]) -> dict[str, Any]:
    time_us = text.pop("time_us")
    return {
        "post": post,
        **text,
        "time": None if time_us is None else from_us(time_us),
        "says": [{name: one[name] for name in ("aspect", "polarity", "span")} for one in says],
    }


def _of(rows: pl.DataFrame, category: str) -> pl.DataFrame:
    return rows.filter(category=category) if category else rows


def _rated(reviews: pl.DataFrame) -> dict[str, Any]:
    ratings = reviews["rating"].drop_nulls()
    stars = Counter(round(one) for one in ratings)
    return {
        "n": reviews.height,
        "rating": None if ratings.is_empty() else float(ratings.mean()),  # type: ignore[arg-type]
        "stars": {str(one): stars[one] for one in sorted(stars)},
    }


def _counts(opinions: pl.DataFrame, *by: str) -> list[dict[str, Any]]:
    """Return how often what was said, and ``net``: positive less negative, by all."""
    counts = opinions.group_by(by).agg(
        n=pl.len().cast(pl.Int64),
        **{one: (pl.col("polarity") == one).sum().cast(pl.Int64) for one in POLARITIES},
    )
    net = (pl.col("positive") - pl.col("negative")) / pl.col("n")
    return list(counts.with_columns(net=net).sort(-pl.col("n"), *by).iter_rows(named=True))
