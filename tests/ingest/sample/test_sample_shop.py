"""The sample shop keeps its promises: records of the right shape, in an order of time that can be."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import numpy as np
import polars as pl
import pytest

from zhiyin.core.records import RECORDS
from zhiyin.errors import DataError
from zhiyin.ingest.sample import SAMPLE_VERSION, SampleShop, make
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.tasks import numbers
from zhiyin.ingest.sample.vocabulary_shop import CATEGORIES
from zhiyin.store.frames import schema

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def equal(one: SampleShop, two: SampleShop) -> bool:
    frames = all(one.frames[kind].equals(two.frames[kind]) for kind in RECORDS)
    names = [f.name for f in fields(one.truth) if f.name != "pieces"]
    truth = all(getattr(one.truth, n).tobytes() == getattr(two.truth, n).tobytes() for n in names)
    return frames and truth


def test_the_same_seed_makes_the_same_bytes_and_another_seed_does_not() -> None:
    first = make(5, people=120, products=96)
    assert equal(first, make(5, people=120, products=96))
    assert not equal(first, make(6, people=120, products=96))


def test_a_part_draws_the_same_whatever_was_drawn_before() -> None:
    generator(7, "people").random(1000)
    assert generator(7, "ties").integers(1 << 30) == generator(7, "ties").integers(1 << 30)
    assert generator(7, "ties").integers(1 << 30) != generator(7, "people").integers(1 << 30)


def test_a_shop_too_small_is_refused() -> None:
    with pytest.raises(DataError, match="too few"):
        make(1, people=5, products=5)


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_columns_and_types_are_the_fields_of_the_noun(shop: SampleShop, kind: str) -> None:
    frame = shop.frames[kind]
    assert frame.columns == [f.name for f in fields(RECORDS[kind])]
    assert dict(frame.schema) == schema(kind)
    assert frame.height > 0


def test_schema_by_hand() -> None:
    assert schema("events")["value"] == pl.Float64()
    assert schema("items")["price_minor"] == pl.Int64()
    assert schema("items")["attributes"] == pl.String()
    assert schema("ties")["time"] == pl.Datetime("us", "UTC")


def test_ids_are_unique_and_known(shop: SampleShop) -> None:
    users, items = shop.frames["users"]["id"], shop.frames["items"]["id"]
    assert users.n_unique() == len(users) == 700
    assert items.n_unique() == len(items) == 400
    for kind in ("events", "interactions", "posts", "chats"):
        frame = shop.frames[kind]
        assert frame["user"].drop_nulls().is_in(users.implode()).all()
        assert frame["item"].drop_nulls().is_in(items.implode()).all()
    assert shop.frames["facts"]["subject"].is_in(items.implode()).all()
    for kind in ("events", "interactions", "chats"):
        assert shop.frames[kind]["event_id"].is_unique().all()


def test_nothing_happens_before_the_person_or_the_item_is_there(shop: SampleShop) -> None:
    made = shop.frames["users"].select(user="id", user_created="created")
    listed = shop.frames["items"].select(item="id", item_created="created")
    for kind in ("events", "interactions", "posts"):
        frame = shop.frames[kind].filter(pl.col("user").is_not_null())
        joined = frame.join(made, on="user").join(listed, on="item", how="left")
        assert joined.height == frame.height
        assert (joined["time"] >= joined["user_created"]).all()
        with_item = joined.filter(pl.col("item").is_not_null())
        assert (with_item["time"] >= with_item["item_created"]).all()


def test_time_runs_forward_through_one_year(shop: SampleShop) -> None:
    times = shop.frames["events"]["time"]
    assert times.is_sorted()
    assert (times.max() - times.min()).days in (363, 364)
    late = shop.frames["items"].filter(pl.col("created") > times.min())
    assert 0.05 < late.height / 400 < 0.3


def test_the_funnel_narrows(shop: SampleShop) -> None:
    counts = dict(shop.frames["events"]["type"].value_counts().iter_rows())
    assert counts["view"] > 3 * counts["cart"] > 3 * counts["purchase"] > 3 * counts["rating"]
    assert counts["redeem"] < counts["purchase"]
    viewed = shop.frames["events"].filter(pl.col("type") == "view").select("user", "item").unique()
    bought = shop.frames["events"].filter(pl.col("type") == "purchase")
    assert bought.join(viewed, on=["user", "item"], how="anti").is_empty()


def test_orders_quantities_and_coupons_fit_together(shop: SampleShop) -> None:
    events = shop.frames["events"]
    bought = events.filter(pl.col("type") == "purchase")["context"].map_elements(
        lambda text: json.loads(text)["order_id"], return_dtype=pl.String
    )
    coupons = {json.loads(v)["code"]: json.loads(v) for v in shop.frames["facts"]["value"]}
    of_item = dict(
        zip(
            (json.loads(v)["code"] for v in shop.frames["facts"]["value"]),
            shop.frames["facts"]["subject"],
            strict=True,
        )
    )
    redeemed = events.filter(pl.col("type") == "redeem")
    for row in redeemed.iter_rows(named=True):
        context = json.loads(row["context"])
        assert context["order_id"] in set(bought)
        assert of_item[context["code"]] == row["item"]
        when = row["time"].strftime("%Y-%m-%dT%H:%M:%SZ")
        assert coupons[context["code"]]["valid_from"] <= when
        assert when <= coupons[context["code"]]["valid_to"]


def test_out_of_stock_goods_are_never_bought(shop: SampleShop) -> None:
    gone = shop.frames["items"].filter(pl.col("stock") == 0)["id"]
    assert len(gone) > 0
    assert not shop.frames["events"]["item"].is_in(gone.implode()).any()


def test_every_text_is_there_in_its_language(shop: SampleShop) -> None:
    items = shop.frames["items"]
    english = [json.loads(text)["en"] for text in items["translations"]]
    for column in ("title", "description"):
        assert all(CHINESE.search(text) for text in items[column])
        assert not any(CHINESE.search(one[column]) for one in english)
        assert all(len(one[column]) > 10 for one in english)
    assert set(items["category"]) == {category.name.zh for category in CATEGORIES}
    posts = shop.frames["posts"]
    for language, text in posts.select("language", "text").iter_rows():
        assert text.strip()
        assert (CHINESE.search(text) is not None) == (language == "zh"), text
        assert "{" not in text
    assert not any("{" in text or not text.strip() for text in shop.frames["chats"]["text"])
    assert posts.filter(pl.col("kind") == "faq")["title"].is_not_null().all()
    assert posts.filter(pl.col("kind") == "faq")["user"].is_null().all()


def test_texts_vary(shop: SampleShop) -> None:
    reviews = shop.frames["posts"].filter(pl.col("kind") == "review")["text"]
    assert reviews.n_unique() / len(reviews) > 0.9
    assert shop.frames["items"]["title"].n_unique() / 400 > 0.9


def test_friends_are_more_alike_than_strangers(shop: SampleShop) -> None:
    ties, events = shop.frames["ties"], shop.frames["events"]
    touched = np.zeros((700, 400), bool)
    liked = events.filter(pl.col("type") != "view")
    touched[numbers(liked["user"]), numbers(liked["item"])] = True
    one, two = numbers(ties["user"]), numbers(ties["other"])

    def likeness(left: np.ndarray, right: np.ndarray) -> float:
        both = (touched[left] & touched[right]).sum(1)
        either = (touched[left] | touched[right]).sum(1)
        return float((both[either > 0] / either[either > 0]).mean())

    strangers = np.random.default_rng(0).permutation(two)
    assert likeness(one, two) > 1.5 * likeness(one, strangers)


def test_ties_are_mostly_mutual_and_their_strength_is_not_told(shop: SampleShop) -> None:
    ties = shop.frames["ties"]
    assert ties["strength"].is_null().all()
    assert set(ties["kind"]) == {"friend", "family", "colleague"}
    back = ties.join(ties, left_on=["user", "other"], right_on=["other", "user"])
    assert 0.85 < back.height / ties.height < 1
    assert (ties["user"] != ties["other"]).all()
    degree = np.bincount(numbers(ties["user"]))
    assert degree.max() > 4 * np.median(degree)


def test_version_is_stated() -> None:
    assert SAMPLE_VERSION == 1
