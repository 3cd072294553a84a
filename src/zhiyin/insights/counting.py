"""Counts what was done and what came of what was shown, by day, surface and item."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from zhiyin.insights.days import Days, day
from zhiyin.store.ranges import RangesRead

_PAUSE_US = 30 * 60 * 1_000_000
"""Whoever does nothing for longer comes for another visit."""
_TYPES = {
    "views": ("view", "click"),
    "favourites": ("favourite",),
    "carts": ("cart",),
    "purchases": ("purchase",),
}
OUTCOMES = ("clicked", "carted", "bought")
_DID = ("visits", "people", *_TYPES)
_SQUARES = ("clicked_clicked", "clicked_shown", "shown_shown")
"""Sums over pages of products of what each page had, for how sure the click rate is."""
_SERVED = {name: pl.Int64() for name in ("pages", "shown", *OUTCOMES, *_SQUARES)}


@dataclass(frozen=True, slots=True)
class Counted:
    """What happened on some days.

    Attributes:
        did: a row for each day: visits, people, views, favourites, carts, purchases of the whole shop.
        people: who did something or was shown a page.
        served: a row for each day and surface: pages, items shown, and how many of them were clicked, carted and bought.
        items: a row for each surface and item, with the same counts.
    """

    did: pl.DataFrame
    people: int
    served: pl.DataFrame
    items: pl.DataFrame

    def done(self) -> dict[str, int]:
        """Return what was done, all days together."""
        totals = {name: int(self.did[name].sum()) for name in _DID}
        return {**totals, "people": self.people}

    def total(self, surface: str = "") -> dict[str, Any]:
        """Return what was shown and what came of it, all days together, on one surface or on all."""
        on = _on(self.served, surface)
        return rated({name: int(on[name].sum()) for name in _SERVED})

    def by_surface(self) -> list[dict[str, Any]]:
        """Return the same by surface, the one with most pages first."""
        summed = self.served.group_by("surface").agg(pl.col(*_SERVED).sum())
        ranked = summed.sort(-pl.col("pages"), "surface")
        return [rated(row) for row in ranked.iter_rows(named=True)]

    def daily(self, days: Days, surface: str = "") -> list[dict[str, Any]]:
        """Return a row for each day, those on which nothing happened among them."""
        on = _on(self.served, surface).group_by("day").agg(pl.col(*_SERVED).sum())
        rows = (
            pl.DataFrame({"day": days.listed()}, schema={"day": pl.Date})
            .join(self.did, on="day", how="left")
            .join(on, on="day", how="left")
            .fill_null(0)
            .sort("day")
        )
        return [rated({**row, "day": row["day"].isoformat()}) for row in rows.iter_rows(named=True)]

    def of_items(self, surface: str = "") -> pl.DataFrame:
        """Return a row for each item that was shown, the most shown first."""
        counts = _on(self.items, surface).group_by("item").agg(pl.col("shown", *OUTCOMES).sum())
        return counts.sort(-pl.col("shown"), "item")


def counted(ranges: RangesRead, days: Days) -> Counted:
    """Count some days. Complexity: O(events and items shown in them) time; memory for the events, and one chunk of pages."""
    acts = ranges.events(days.from_us, days.until_us)
    seen, served, items = [], [], []
    sums = pl.len().alias("shown"), *(pl.col(one).sum() for one in OUTCOMES)
    counts = [one.cast(pl.Int64) for one in sums]
    for rows in ranges.shown(days.from_us, days.until_us):
        dated = rows.with_columns(day=day(days.zone))
        by_page = dated.group_by("impression", "person", "time_us", "day", "surface").agg(counts)
        seen.append(by_page.drop_nulls("person").select("person", type=pl.lit(""), time_us="time_us"))  # fmt: skip
        products = by_page.with_columns(
            (pl.col(one) * pl.col(other)).alias(f"{one}_{other}")
            for one, other in (name.split("_") for name in _SQUARES)
        )
        totals = pl.col("shown", *OUTCOMES, *_SQUARES).sum()
        served.append(products.group_by("day", "surface").agg(pl.len().cast(pl.Int64).alias("pages"), totals))  # fmt: skip
        items.append(dated.group_by("surface", "item").agg(counts))
    here = pl.concat([acts, *seen])
    return Counted(
        _did(here, days),
        here["person"].n_unique(),
        _summed(served, {"day": pl.Date(), "surface": pl.String(), **_SERVED}),
        _summed(items, {"surface": pl.String(), "item": pl.Int64(), **_SERVED}, "pages", *_SQUARES),
    )


def rated(counts: dict[str, Any]) -> dict[str, Any]:
    """Return counts with ``click_rate``, clicks for each item shown, and its standard error; None where nothing was shown.

    Items of a page share its fate, so the error is that of a ratio of sums over pages.

    References: Deng, Knoblich & Lu, KDD 2018, for the delta method.
    """
    shown = counts["shown"]
    rate = counts["clicked"] / shown if shown else None
    error = None
    squares = [counts.pop(name) for name in _SQUARES]
    if rate is not None:
        scatter = squares[0] - 2 * rate * squares[1] + rate * rate * squares[2]
        error = math.sqrt(max(scatter, 0.0)) / shown
    return {**counts, "click_rate": rate, "click_rate_error": error}


def _did(here: pl.DataFrame, days: Days) -> pl.DataFrame:
    ordered = here.sort("person", "time_us")
    is_new = (pl.col("person") != pl.col("person").shift()).fill_null(value=True)
    is_later = (pl.col("time_us").diff() > _PAUSE_US).fill_null(value=True)
    return (
        ordered.with_columns(day=day(days.zone), begins=is_new | is_later)
        .group_by("day")
        .agg(
            visits=pl.col("begins").sum().cast(pl.Int64),
            people=pl.col("person").n_unique().cast(pl.Int64),
            **{
                name: pl.col("type").is_in(types).sum().cast(pl.Int64)
                for name, types in _TYPES.items()
            },
        )
    )


def _summed(
    parts: Sequence[pl.DataFrame], schema: dict[str, pl.DataType], *without: str
) -> pl.DataFrame:
    wanted = {name: kind for name, kind in schema.items() if name not in without}
    whole = pl.concat(parts) if parts else pl.DataFrame(schema=wanted)
    by = [name for name in wanted if name not in _SERVED]
    return whole.group_by(by).agg(pl.col(name).sum() for name in wanted if name in _SERVED)


def _on(rows: pl.DataFrame, surface: str) -> pl.DataFrame:
    return rows.filter(surface=surface) if surface else rows
