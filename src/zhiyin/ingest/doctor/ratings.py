"""Ratings: one scale, and not the same thing as a purchase."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged, passed
from zhiyin.ingest.doctor.shop_data import ShopData
from zhiyin.ingest.doctor.times import DAY_US

RATED = ("rating", "review")
SCALES = (5.0, 10.0, 100.0)
WITHIN = 0.95
"""Share of ratings that a scale must hold to be theirs."""
FEWEST_IN_A_BLOCK = 50
BLOCKS = 20
LEAK_SHARE = 0.8
LEAK_RATINGS = 50


def rating_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about ratings."""
    yield scales(data)
    yield leak(data)
    yield written(data)


def _ratings(data: ShopData) -> pl.DataFrame:
    return data.item_events.filter(data.is_type(*RATED))


def scales(data: ShopData) -> Finding:
    """Find ratings on another scale than most.

    Imports follow one another, so ratings are looked at in blocks of the order they came: a block's scale is the
    smallest of 5, 10 and 100 that holds 95 % of it. Ratings of blocks on another scale than most, and ratings above
    the scale of most, are not alike.
    """
    rated = _ratings(data).filter(pl.col("value").is_not_null())
    value = rated["value"].to_numpy()
    if not len(value):
        return passed("ratings.scales", 0, 0, "ratings on another scale than most")
    parts = np.array_split(value, min(max(len(value) // FEWEST_IN_A_BLOCK, 1), BLOCKS))
    scale = np.repeat([_scale(part) for part in parts], [len(part) for part in parts])
    name, count = np.unique(scale, return_counts=True)
    most = float(name[np.argmax(count)])
    rows = rated.filter((scale != most) | (value > most) | (value < 0))
    return judged(
        "ratings.scales",
        rows.height,
        len(value),
        f"ratings that are not on the scale of most, which ends at {most:g}",
        "likes and dislikes are told apart by one threshold",
        "Bring all ratings to one scale, and set train.rating_threshold to fit it.",
        lambda: data.examples(rows.drop("kind")),
        warn_above=0.001,
    )


def _scale(values: np.typing.NDArray[np.float32]) -> float:
    return next((s for s in SCALES if np.mean(values <= s) >= WITHIN), float("inf"))


def leak(data: ShopData) -> Finding:
    """Find out whether nearly every rating comes on the day that person bought that item."""
    day = pl.col("time_us") // DAY_US
    key = [pl.col("person"), pl.col("item"), day]
    ratings = _ratings(data)
    bought = data.item_events.filter(data.is_type("purchase"))
    if ratings.height < LEAK_RATINGS or bought.is_empty():
        return passed("ratings.leak", 0, 0, "ratings on the day of the purchase")
    # The seeds of the hash are the same for both frames, so equal rows have equal hashes.
    is_both = np.isin(
        ratings.select(key).hash_rows().to_numpy(), bought.select(key).hash_rows().to_numpy()
    )
    rows = ratings.filter(is_both)
    return judged(
        "ratings.leak",
        rows.height,
        ratings.height,
        "ratings on the day that person bought that item",
        "one is a copy of the other, so a model that sees one when asked for the other is told the answer",
        "Import one of the two, or hold both out together when measuring.",
        lambda: data.examples(rows.drop("kind")),
        warn_above=LEAK_SHARE,
    )


def written(data: ShopData) -> Finding:
    """Count the reviews that are also stored as a rating; that is as it should be."""
    key = ["person", "item", "time_us"]
    reviews = data.posts.filter(
        (pl.col("kind") == "review") & pl.col("person").is_not_null() & pl.col("item").is_not_null()
    ).select(key)
    rated = _ratings(data).select(key).cast(pl.Int64).unique()
    both = reviews.join(rated, on=key, how="semi", nulls_equal=True)
    told = "reviews that are also stored as a rating, which is fine"
    return passed("ratings.written", both.height, reviews.height, told)
