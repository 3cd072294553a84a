"""What the catalogue says of items: gaps, doubles, prices."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.mojibake import mojibake
from zhiyin.ingest.doctor.shop_data import ShopData, words

MISSING_WARN = {"title": 0.05, "category": 0.2, "description": 0.5, "price": 0.2}
_MEANS = {
    "title": "lists show their bare ids",
    "category": "lists cannot be kept varied, and prices cannot be compared",
    "description": "search and likeness by text know only their titles",
    "price": "what people can spend cannot be learned",
}
DUPLICATE_WARN = 0.01
FREE_WARN = 0.01
OUTLIER_TIMES = 100
OUTLIER_PRICES = 20
"""Prices in a category from which its median is trusted."""


def catalogue_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about items as the catalogue describes them."""
    yield from (missing(data, field) for field in MISSING_WARN)
    yield duplicates(data)
    yield mojibake(data, "items.mojibake", _described(data).select("item", text="title"), "titles")
    yield free(data)
    yield price_outliers(data)
    yield currencies(data)


def _described(data: ShopData) -> pl.DataFrame:
    """Return the items that the catalogue describes, those only named by events left out."""
    return data.items.rename({"number": "item"}).filter("is_described")


def _priced(data: ShopData) -> pl.DataFrame:
    return _described(data).filter(pl.col("price_minor").is_not_null())


def missing(data: ShopData, field: str) -> Finding:
    """Find items without a title, a category, a description or a price."""
    items = _described(data).with_columns(
        has_category=pl.col("category").is_not_null(), has_price=pl.col("price_minor").is_not_null()
    )
    rows = items.filter(~pl.col(f"has_{field}")).select("item", "title")
    is_all = rows.height == items.height
    return judged(
        f"items.{field}",
        rows.height,
        items.height,
        f"items without a {field}",
        _MEANS[field],
        f"Import it, if the shop has it; a column is named by --map {field}=COLUMN.",
        lambda: () if is_all else data.examples(rows),
        warn_above=MISSING_WARN[field],
    )


def duplicates(data: ShopData) -> Finding:
    """Find items of one brand whose titles are the same but for case, spaces and signs.

    Titles that a format built from brand and category are no names and are left out.
    """
    titled = (
        _described(data)
        .filter(pl.col("title").is_not_null() & ~pl.col("is_title_made"))
        .with_columns(name=words("title"), brand=pl.col("brand").fill_null(""))
        .filter(pl.col("name") != "")
    )
    doubles = titled.with_columns(ids=pl.len().over("name", "brand")).filter(pl.col("ids") > 1)
    rows = doubles.sort("ids", "name", "brand", "item", descending=[True, False, False, False])
    return judged(
        "items.duplicates",
        doubles.height,
        titled.height,
        "items that share title and brand with another id",
        "one product's events are spread over several, and lists show it twice",
        "Give variants of one product one id, or titles that tell them apart.",
        lambda: data.examples(rows.select("item", "ids", "brand", "title")),
        warn_above=DUPLICATE_WARN,
    )


def free(data: ShopData) -> Finding:
    """Find items that cost nothing."""
    priced = _priced(data)
    rows = priced.filter(pl.col("price_minor") <= 0).select("item", "title")
    return judged(
        "items.free",
        rows.height,
        priced.height,
        "items whose price is 0",
        "a price that is not known was written as 0",
        "Leave the price empty where it is not known.",
        lambda: data.examples(rows),
        warn_above=FREE_WARN,
    )


def price_outliers(data: ShopData) -> Finding:
    """Find prices a hundred times above or below the median of their category."""
    group = ["category", "currency"]
    priced = _priced(data).filter((pl.col("price_minor") > 0) & pl.col("category").is_not_null())
    median = pl.col("price_minor").median().over(group)
    compared = priced.with_columns(median=median, prices=pl.len().over(group)).filter(
        pl.col("prices") >= OUTLIER_PRICES
    )
    times = pl.col("price_minor") / pl.col("median")
    rows = compared.filter((times > OUTLIER_TIMES) | (times < 1 / OUTLIER_TIMES))
    return judged(
        "items.price_outliers",
        rows.height,
        compared.height,
        f"prices {OUTLIER_TIMES} times above or below the median of their category",
        "a lost decimal point, or another unit or currency",
        "Look at these prices: price counts whole units, price_minor the smallest.",
        lambda: data.examples(rows.select("item", "price_minor", "median", "category", "title")),
    )


def currencies(data: ShopData) -> Finding:
    """Find prices in another currency than most, or in none where others have one."""
    priced = _priced(data).with_columns(pl.col("currency").str.to_uppercase())
    counts = priced["currency"].drop_nulls().value_counts(sort=True)
    most = str(counts["currency"][0]) if counts.height else None
    rows = priced.filter(pl.col("currency").ne_missing(pl.lit(most, pl.String)))
    return judged(
        "items.currencies",
        rows.height,
        priced.height,
        f"prices not in {most}, the currency of most" if most else "prices in several currencies",
        "prices are compared as numbers, so they do not compare",
        "Give all prices in one currency, and name it with each.",
        lambda: data.examples(rows.select("item", "price_minor", "currency", "title")),
    )
