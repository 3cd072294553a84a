from __future__ import annotations

import json

import polars as pl
import pytest

from zhiyin.core import RECORDS
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.columns import apply, guess


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [
        (
            "events",
            ["reviewerID", "asin", "overall", "unixReviewTime"],
            {"user": "reviewerID", "item": "asin", "value": "overall", "time": "unixReviewTime"},
        ),
        (
            "events",
            ["userID", "artistID", "weight"],
            {"user": "userID", "item": "artistID", "value": "weight"},
        ),
        (
            "events",
            ["用户", "商品", "行为", "评分", "时间"],
            {"user": "用户", "item": "商品", "type": "行为", "value": "评分", "time": "时间"},
        ),
        (
            "events",
            ["User Id", "Item-Id", "weather", "colour"],
            {"user": "User Id", "item": "Item-Id", "context.weather": "weather"},
        ),
        ("events", ["user", "item", "context"], {"user": "user", "item": "item", "context": "context"}),
        ("items", ["id", "", "标题"], {"id": "id", "title": "标题"}),
        (
            "items",
            ["sku", "name", "Price", "attributes", "Colour", "colour"],
            {
                "id": "sku",
                "title": "name",
                "price": "Price",
                "attributes": "attributes",
                "attributes.colour": "colour",
                "attributes.Colour": "Colour",
            },
        ),
        ("ties", ["truster", "trustee"], {"user": "truster", "other": "trustee"}),
        ("chats", ["session", "speaker", "utterance"], {"conversation": "session", "role": "speaker", "text": "utterance"}),
    ],
)  # fmt: skip
def test_names_tell_which_column_is_which(kind, header, found):
    assert guess(kind, header, {}) == found


def test_what_the_user_says_comes_first():
    header = ["user", "item", "weather", "W", "buyer"]
    said = {"user": "buyer", "context.weather": "W"}
    found = guess("events", header, said)
    assert found == {"user": "buyer", "item": "item", "context.weather": "W"}
    assert guess("items", ["id", "a", "colour"], {"attributes.colour": "a"}) == {
        "id": "id",
        "attributes.colour": "a",
    }


def test_a_mapped_column_is_not_also_guessed_as_something_else():
    assert guess("events", ["user", "item", "time"], {"value": "time"}) == {
        "user": "user",
        "item": "item",
        "value": "time",
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"usr": "user"}, ["no field usr", "--map usr=user", 'did you mean "user"', "Next:"]),
        ({"user": "usr"}, ["no column usr", "--map user=usr", 'did you mean "user"', "Next:"]),
        ({"user.name": "user"}, ["no field user.name", "Next:"]),
        ({"context.": "user"}, ["no field context.", "Next:"]),
    ],
)
def test_unknown_fields_and_columns_name_the_nearest(given, words):
    with pytest.raises(InvalidRecord) as caught:
        guess("events", ["user", "item"], given)
    assert all(word in str(caught.value) for word in words)


def test_a_thousand_columns_make_no_page_of_text():
    with pytest.raises(InvalidRecord) as caught:
        guess("events", [f"column_number_{n}" for n in range(1000)], {"user": "column_numbr_7"})
    assert "column_number_7" in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_a_missing_required_field_says_how_to_give_it():
    with pytest.raises(InvalidRecord) as caught:
        guess("events", ["a", "b"], {})
    assert caught.value.what == "no column for user and item of events"
    assert caught.value.where == "columns a, b"
    assert "user_id" in caught.value.expected
    assert "--map user=COLUMN" in caught.value.next_step


@pytest.mark.parametrize("kind", RECORDS)
def test_the_fields_own_names_are_known(kind):
    fields = list(RECORDS[kind].__dataclass_fields__)
    assert {field: field for field in fields} == guess(kind, fields, {})


def test_columns_take_the_names_of_fields_and_mappings_become_json():
    rows = pl.DataFrame({"u": ["an", "bo"], "w": ["rain", None], "t": [21.5, None]})
    out = apply(
        "events", rows, {"user": "u", "context.weather": "w", "context.t": "t", "item": "x"}
    )
    assert out["user"].to_list() == ["an", "bo"]
    assert out["item"].to_list() == [None, None]
    assert json.loads(out["context"][0]) == {"weather": "rain", "t": 21.5}


def test_one_column_may_serve_two_fields():
    rows = pl.DataFrame({"a": ["x"]})
    mapping = {"id": "a", "title": "a", "attributes.one": "a", "attributes.two": "a"}
    out = apply("items", rows, mapping)
    assert out.select("id", "title").row(0) == ("x", "x")
    assert json.loads(out["attributes"][0]) == {"one": "x", "two": "x"}
    assert apply("items", rows, dict.fromkeys(["id", "title"], "absent"))["id"].to_list() == [None]


def test_a_whole_mapping_and_its_fields_are_joined():
    rows = pl.DataFrame({"c": ['{"place":"home"}', None, "no json"], "w": ["rain", "sun", "fog"]})
    out = apply("events", rows, {"context": "c", "context.weather": "w"})["context"].to_list()
    assert out == ['{"place":"home","weather":"rain"}', '{"weather":"sun"}', "no json"]
