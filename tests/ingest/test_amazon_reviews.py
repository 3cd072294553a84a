from __future__ import annotations

import gzip
import json

import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.amazon_reviews import AmazonReviews
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store

TEXT = "Tom &amp; I like it.<br />So do <b>cats</b>, &lt;3"
REVIEWS_2018 = (
    {
        "overall": 5.0,
        "verified": True,
        "reviewerID": "A1",
        "asin": "B1",
        "reviewText": TEXT,
        "summary": "Good &#34;tea&#34;",
        "unixReviewTime": 1406764800,
        "vote": "1,033",
    },
    {"overall": "five", "reviewerID": "A2", "asin": "B1", "unixReviewTime": 1406764800},
    {"overall": 3.0, "reviewerID": "A2", "asin": "B2", "unixReviewTime": 1406764800},
)
REVIEWS_2023 = (
    {
        "user_id": "A1",
        "asin": "B1-green",
        "parent_asin": "B1",
        "rating": 5.0,
        "text": TEXT,
        "title": "Good &#34;tea&#34;",
        "timestamp": 1406764800000,
        "helpful_vote": 1033,
        "verified_purchase": True,
    },
    {"user_id": "A2", "asin": "B1", "parent_asin": "B1", "rating": "five", "timestamp": 1406764800},
    {"user_id": "A2", "asin": "B2", "parent_asin": "B2", "rating": 3.0, "timestamp": 1406764800000},
)
METADATA = (
    {
        "asin": "B1",
        "title": "Green &amp; fine",
        "brand": "Leaf",
        "category": ["Food &amp; Drink", "Tea"],
        "description": ["Fresh <i>leaves</i>.", "", "From the hills."],
        "price": "$12.99",
        "also_buy": ["B2", "B3"],
        "also_view": [],
    },
    {
        "asin": "B2",
        "title": '<span class="a-size-medium"',
        "brand": "Kiln",
        "category": ["Home", "Cups"],
        "description": [],
        "price": ".a-box-inner{width:100%}",
    },
    {"asin": "B3", "title": "", "price": "$1,000.50 - $2,000.00", "main_cat": "Jars"},
    {"title": "nobody's"},
)


def written(path, rows):
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("reviews", [REVIEWS_2018, REVIEWS_2023], ids=["2018", "2023"])
def test_a_review_is_a_post_and_a_rating(tmp_path, reviews):
    path = written(tmp_path / "reviews.jsonl", reviews)
    with Store.open(tmp_path / "shop.db") as store:
        report = run_import(AmazonReviews(), [path], store, tmp_path / "quarantine")
        [events] = store.events()
        posts = next(iter(store.posts()))
    assert report.accepted["events"] == report.accepted["posts"] == 2
    assert events["type"].to_list() == ["rating", "rating"]
    assert events["value"].to_list() == [5.0, 3.0]
    assert events["time_us"].to_list() == [1406764800_000000] * 2
    assert posts["text"][0] == "Tom & I like it.\nSo do cats, <3"
    assert posts["title"][0] == 'Good "tea"'
    reasons = [json.loads(line)["reason"] for line in report.quarantine.read_text().splitlines()]
    assert reasons == ["rating: five is not a number", "value: five is not a number"]


def test_a_post_and_its_rating_have_one_id_and_the_rating_its_circumstances(tmp_path):
    path = written(tmp_path / "reviews.jsonl", REVIEWS_2018)
    posts, events = AmazonReviews().batches([path])
    assert (posts.kind, events.kind) == ("posts", "events")
    assert posts.rows["kind"].unique().to_list() == ["review"]
    assert posts.rows["id"].to_list() == events.rows["event_id"].to_list()
    assert posts.rows["id"].n_unique() == 3
    assert events.rows["context"][0] == {"is_verified": True, "votes": 1033}


def test_metadata_are_items(tmp_path):
    path = written(tmp_path / "meta.jsonl.gz", METADATA)
    with Store.open(tmp_path / "shop.db") as store:
        report = run_import(AmazonReviews(), [path], store, tmp_path / "quarantine")
        items = store.entities_since(Kind.ITEM, 0)
    columns = ("id", "title", "brand", "category", "description", "price_minor", "currency")
    assert items.select(columns).rows() == [
        (
            "B1",
            "Green & fine",
            "Leaf",
            "Food & Drink > Tea",
            "Fresh leaves.\nFrom the hills.",
            1299,
            "USD",
        ),
        ("B2", "Kiln Cups", "Kiln", "Home > Cups", None, None, None),
        ("B3", "Jars", None, "Jars", None, 100050, "USD"),
    ]
    assert [json.loads(said) for said in items["attributes"]] == [
        {"also_buy": ["B2", "B3"]},
        {"title_from": "brand and category"},
        {"main_cat": "Jars", "title_from": "brand and category"},
    ]
    assert report.rejected == 1
    assert "id is missing" in report.quarantine.read_text()


def test_metadata_of_2014_and_2023(tmp_path):
    rows = (
        {"asin": "B1", "title": "Tea", "categories": [["Food", "Tea"], ["Gifts"]], "price": 4.5},
        {
            "parent_asin": "B2",
            "title": "Cup",
            "store": "Kiln",
            "main_category": "Home",
            "categories": [],
            "features": ["Blue"],
            "price": None,
        },
    )
    [batch] = AmazonReviews().batches([written(tmp_path / "meta.jsonl", rows)])
    assert batch.rows.select("id", "brand", "category", "description", "price").rows() == [
        ("B1", "", "Food > Tea", "", "4.5"),
        ("B2", "Kiln", "Home", "Blue", None),
    ]


def test_items_come_before_reviews_and_a_second_import_adds_nothing(tmp_path):
    paths = [
        written(tmp_path / "reviews.jsonl", REVIEWS_2018 + REVIEWS_2018[:1]),
        written(tmp_path / "meta.jsonl", METADATA),
    ]
    assert [batch.kind for batch in AmazonReviews().batches(paths)] == ["items", "posts", "events"]
    with Store.open(tmp_path / "shop.db") as store:
        first = run_import(AmazonReviews(), paths, store, tmp_path / "quarantine")
        again = run_import(AmazonReviews(), paths[::-1], store, tmp_path / "quarantine")
    assert first.accepted["events"] == first.accepted["posts"] == 2
    assert not any(again.accepted.values())


def test_a_missing_file_and_other_tables_are_refused(tmp_path):
    with pytest.raises(InvalidRecord, match=r"no such file.*check the path"):
        next(AmazonReviews().batches([tmp_path / "reviews.jsonl"]))
    other = written(tmp_path / "other.jsonl", [{"user_id": "A1", "song": "S1"}])
    with pytest.raises(InvalidRecord, match=r"no column parent_asin or asin.*Amazon's.*check"):
        next(AmazonReviews().batches([other]))
    other = written(tmp_path / "other.jsonl", [{"user_id": "A1", "asin": "B1"}])
    with pytest.raises(InvalidRecord, match="no column overall or rating"):
        next(AmazonReviews().batches([other]))


@pytest.mark.slow
def test_the_real_data_come_in(shared_data, tmp_path):
    folder = shared_data / "amazon_magazines"
    paths = [folder / "reviews.jsonl.gz", folder / "metadata.jsonl.gz"]
    with Store.open(tmp_path / "shop.db") as store:
        report = run_import(AmazonReviews(), paths, store, tmp_path / "quarantine")
        again = run_import(AmazonReviews(), paths, store, tmp_path / "quarantine")
        items = store.entities_since(Kind.ITEM, 0)
    assert report.rejected == 0
    assert report.accepted["events"] == report.accepted["posts"] == 2_333
    assert report.accepted["items"] == 2_326
    assert not any(again.accepted.values())
    assert not items["title"].str.contains("<|/>").any()


def test_another_encoding_is_said_once(tmp_path):
    review = {"user_id": "小安", "asin": "好茶", "rating": 5, "timestamp": 1406764800}
    text = json.dumps(review, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_bytes(text.encode("gb18030"))
    notes = [
        note for batch in AmazonReviews().batches([tmp_path / "a.jsonl"]) for note in batch.notes
    ]
    assert notes == ["a.jsonl: read as GB18030 (it is not UTF-8)"]
