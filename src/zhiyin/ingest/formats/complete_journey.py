"""The Complete Journey: a year of groceries, coupons and campaigns of 2,469 households (84.51°, 2019)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from zhiyin.ingest.batch import Batch
from zhiyin.ingest.data_set import Fields, columns_of, files, given, table
from zhiyin.ingest.reading.readers import read

_DATA = "the folder of Complete Journey's seven Parquet files"


class CompleteJourney:
    """Reads the folder of a year of groceries with coupons and campaigns.

    Products become items, households people, and transactions events of type ``purchase`` whose value is the quantity;
    those of a quantity of 0, which cost nothing, are rejected. A product has no name, so its title is built from what
    it is and ``attributes.title_from`` says so. Each product that a coupon is for has a fact ``coupon``; each household
    a fact ``campaign`` for each campaign it was in. Nearly every coupon is for many products and the data do not say
    which was bought with it, so a redemption is a fact ``redeemed`` on the household and no event on a product.
    """

    name = "complete-journey"

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read products, households, transactions, coupons, campaigns and redemptions."""
        for place, folder in enumerate(given(paths, _DATA)):
            found = files(folder, [f"{name}.parquet" for name in _FILES], _DATA)
            with columns_of(folder, _DATA):
                for batch in _folder(*found):
                    yield replace(batch, done=(place + batch.done) / len(paths))


def _folder(
    products: Path,
    households: Path,
    transactions: Path,
    coupons: Path,
    campaigns: Path,
    descriptions: Path,
    redemptions: Path,
) -> Iterator[Batch]:
    yield from table("items", products, read(products), _PRODUCT, (0.0, 0.05))
    yield from table("users", households, read(households), _HOUSEHOLD, (0.05, 0.05))
    yield from table("events", transactions, read(transactions), _PURCHASE, (0.05, 0.95))
    yield from table("facts", coupons, read(coupons), _COUPON, (0.95, 0.99))
    described = pl.concat(chunk.rows for chunk in read(descriptions)).unique("campaign_id")
    joined = (
        replace(
            chunk,
            rows=chunk.rows.join(described, on="campaign_id", how="left", maintain_order="left"),
        )
        for chunk in read(campaigns)
    )
    yield from table("facts", campaigns, joined, _CAMPAIGN, (0.99, 1.0))
    yield from table("facts", redemptions, read(redemptions), _REDEMPTION, (1.0, 1.0))


def _title() -> pl.Expr:
    """Return what a product is: its category where its type does not say it, its type and its size."""
    category, kind, size = "product_category", "product_type", "package_size"
    is_said = pl.col(kind).str.starts_with(pl.col(category)).fill_null(False)
    named = pl.concat_str(
        pl.when(~is_said).then(category), kind, size, separator=" ", ignore_nulls=True
    )
    return pl.when(named != "").then(named).otherwise("department").str.to_titlecase()


def _text(*fields: str | pl.Expr) -> pl.Expr:
    return pl.struct(*fields).struct.json_encode()


def _unless_zero(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != 0).then(name).alias(name)


_FILES = (
    "products", "demographics", "transactions", "coupons", "campaigns", "campaign_descriptions",
    "coupon_redemptions",
)  # fmt: skip
_PRODUCT: Fields = {
    "id": pl.col("product_id"),
    "title": _title(),
    "category": pl.concat_str("department", "product_category", separator=" > ", ignore_nulls=True),
    "brand": pl.col("brand"),
    "attributes": pl.struct(
        "manufacturer_id",
        "product_type",
        "package_size",
        pl.lit("category, type and size").alias("title_from"),
    ),
}
_TOLD = (
    "age", "income", "home_ownership", "marital_status", "household_size", "household_comp", "kids_count",
)  # fmt: skip
_HOUSEHOLD: Fields = {"id": pl.col("household_id"), "attributes": pl.struct(*_TOLD)}
_PURCHASE: Fields = {
    "user": pl.col("household_id"),
    "item": pl.col("product_id"),
    "type": pl.lit("purchase"),
    "value": pl.col("quantity"),
    "time": pl.col("transaction_timestamp"),
    "context": pl.struct(
        "basket_id",
        "store_id",
        "sales_value",
        *map(_unless_zero, ("retail_disc", "coupon_disc", "coupon_match_disc")),
    ),
}
_COUPON: Fields = {
    "subject": pl.col("product_id"),
    "name": pl.lit("coupon"),
    "value": _text("campaign_id", "coupon_upc"),
    "source": pl.lit("coupons.parquet"),
}
_CAMPAIGN: Fields = {
    "subject": pl.col("household_id"),
    "subject_kind": pl.lit("person"),
    "name": pl.lit("campaign"),
    "value": _text("campaign_id", "campaign_type", pl.col("start_date", "end_date").dt.date()),
    "source": pl.lit("campaigns.parquet"),
    "time": pl.col("start_date"),
}
_REDEMPTION: Fields = {
    "subject": pl.col("household_id"),
    "subject_kind": pl.lit("person"),
    "name": pl.lit("redeemed"),
    # Two redemptions of a coupon differ in nothing but their day.
    "value": _text("campaign_id", "coupon_upc", pl.col("redemption_date").dt.date()),
    "source": pl.lit("coupon_redemptions.parquet"),
    "time": pl.col("redemption_date"),
}
