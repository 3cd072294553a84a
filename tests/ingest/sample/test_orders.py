"""The sample shop's orders are its purchases, as far on their way as they are old."""

from __future__ import annotations

import json

import polars as pl

from zhiyin.ingest.sample import SampleShop


def test_a_line_for_each_purchase_under_the_order_its_event_names(shop: SampleShop) -> None:
    bought = shop.frames["events"].filter(pl.col("type") == "purchase")
    named = bought.select(
        "user", "item", order_id=pl.col("context").map_elements(lambda text: json.loads(text)["order_id"], return_dtype=pl.String)
    )  # fmt: skip
    lines = shop.frames["orders"]
    keys = ["order_id", "user", "item"]
    assert not lines.select(keys).is_duplicated().any()
    assert lines.select(keys).sort(keys).equals(named.select(keys).unique().sort(keys))


def test_an_order_is_one_persons_and_goes_forward(shop: SampleShop) -> None:
    lines = shop.frames["orders"]
    assert lines["time"].is_sorted()
    assert lines.group_by("order_id").agg(pl.col("user").n_unique())["user"].max() == 1
    for before, after in (("time", "paid"), ("paid", "shipped"), ("shipped", "delivered")):
        both = lines.filter(pl.col(after).is_not_null())
        assert (both[before] < both[after]).all()
    sent = lines.filter(pl.col("shipped").is_not_null())
    assert sent["tracking"].null_count() == 0
    assert lines.filter(pl.col("status") == "delivered")["delivered"].null_count() == 0
    counts = dict(lines["status"].value_counts().iter_rows())
    assert {"delivered", "shipped", "cancelled", "refunded"} <= set(counts)
    assert counts["delivered"] > 0.85 * lines.height


def test_what_was_paid_is_less_with_a_coupon(shop: SampleShop) -> None:
    cost = pl.col("quantity") * pl.col("price_minor")
    orders = shop.frames["orders"].group_by("order_id").agg(
        cost.sum().alias("cost"), pl.first("total_minor"), pl.col("coupon").is_not_null().any()
    )  # fmt: skip
    assert (orders["total_minor"] < orders["cost"]).equals(orders["coupon"])
    assert (orders["total_minor"] <= orders["cost"]).all()
