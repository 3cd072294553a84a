from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core import RECORDS
from zhiyin.ingest.checking import checked
from zhiyin.store.frames import required, schema


def reason(kind, **fields):
    """Why a row with these fields and otherwise good ones cannot be taken."""
    good = {name: "shopper" if name == "role" else "x" for name in required(kind)}
    row = {name: [value] for name, value in {**good, **fields}.items()}
    rows, reasons = checked(kind, pl.DataFrame(row))
    assert rows.schema == schema(kind)
    return reasons[0]


soon = datetime.now(UTC) + timedelta(days=3)


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("events", {"user": ""}, "user is missing"),
        ("events", {"item": " \t"}, "item is missing"),
        ("events", {"user": None, "item": None}, "user is missing"),
        ("events", {"value": "many"}, "value: many is not a number"),
        ("events", {"value": "NaN"}, "value: NaN is not a number"),
        ("events", {"value": "inf"}, "value: inf is not a number"),
        ("events", {"value": float("nan")}, "value: nan is not a number"),
        ("events", {"value": float("-inf")}, "value: -inf is not a number"),
        ("events", {"time": "soon"}, "time: soon is not a time"),
        ("events", {"time": "1956-01-01"}, "time: 1956-01-01 is too long ago"),
        ("events", {"time": "2999-01-01"}, "time: 2999-01-01 is in the future"),
        ("events", {"target": "shop"}, "target: shop is none of item, post"),
        ("events", {"context": "rain"}, "context: rain is not a JSON object"),
        ("events", {"context": "[1]"}, "context: [1] is not a JSON object"),
        ("events", {"context": '{"a":NaN}'}, 'context: {"a":NaN} is not a JSON object'),
        ("events", {"context": r'{"a":"\ud800"}'}, r'context: {"a":"\ud800"} is not a JSON object'),
        ("events", {"user": "a\0b"}, "user holds a NUL"),
        ("events", {"item": "i" * 513}, f"item: {'i' * 40}… is longer than 512 characters"),
        ("items", {"stock": "-1"}, "stock: -1 is negative"),
        ("items", {"stock": "a few"}, "stock: a few is not a whole number"),
        ("items", {"stock": 2.5}, "stock: 2.5 is not a whole number"),
        ("items", {"price_minor": "-5"}, "price_minor: -5 is negative"),
        ("items", {"price_minor": "1e99"}, "price_minor: 1e99 is not a whole number"),
        ("items", {"price": "ask"}, "price: ask is not a price"),
        ("items", {"price": "nan"}, "price: nan is not a price"),
        ("items", {"price": float("nan")}, "price: nan is not a price"),
        ("items", {"price": "-0.5"}, "price: -0.5 is negative"),
        ("items", {"price": "1e300"}, "price: 1e300 is too much"),
        ("items", {"created": "{}"}, "created: {} is not a time"),
        ("chats", {"role": "robot"}, "role: robot is none of shopper, agent"),
        ("facts", {"subject_kind": "cart"}, "subject_kind: cart is none of item, post, person"),
        ("facts", {"confidence": "sure"}, "confidence: sure is not a number"),
    ],
)
def test_each_reason(kind, fields, why):
    assert reason(kind, **fields) == why


@pytest.mark.parametrize(
    ("kind", "fields", "field", "value"),
    [
        ("events", {"user": " an "}, "user", "an"),
        ("events", {"user": 12}, "user", "12"),
        ("events", {"user": "12.0"}, "user", "12.0"),
        ("events", {"item": "茶 🍵\n2"}, "item", "茶 🍵\n2"),
        ("events", {"item": "i" * 512}, "item", "i" * 512),
        ("events", {"value": "1e3"}, "value", 1000.0),
        ("events", {"value": 3}, "value", 3.0),
        ("events", {"value": ""}, "value", None),
        ("events", {"context": '{ "b":1, "a":null }'}, "context", '{"b":1}'),
        ("events", {"context": '{"b":"茶","a":[1]}'}, "context", '{"a":[1],"b":"茶"}'),
        ("items", {"stock": "12.0"}, "stock", 12),
        ("items", {"stock": 12.0}, "stock", 12),
        ("items", {"price": "12.3"}, "price_minor", 1230),
        ("items", {"price": 0.29}, "price_minor", 29),
        ("items", {"price": "980", "currency": "jpy"}, "price_minor", 980),
        ("items", {"price": "1.5", "currency": "KWD"}, "price_minor", 1500),
        ("items", {"price": "1.5", "currency": "CNY"}, "price_minor", 150),
        ("items", {"price": "12", "price_minor": "5"}, "price_minor", 5),
        ("items", {"price": None}, "price_minor", None),
        ("events", {"time": datetime(2024, 5, 1)}, "time", datetime(2024, 5, 1, tzinfo=UTC)),
        ("events", {"time": datetime.now(UTC).isoformat()}, "type", None),
    ],
)
def test_good_values_keep_their_meaning(kind, fields, field, value):
    good = dict.fromkeys(required(kind), "x")
    row = {name: [cell] for name, cell in {**good, **fields}.items()}
    rows, reasons = checked(kind, pl.DataFrame(row))
    assert reasons.to_list() == [None]
    assert rows[field].to_list() == [value]


def test_one_bad_row_leaves_the_others_and_their_order():
    rows = pl.DataFrame({"user": ["a", "b", "c"], "item": ["1", "2", "3"], "value": ["1", "x", ""]})
    typed, reasons = checked("events", rows)
    assert reasons.to_list() == [None, "value: x is not a number", None]
    assert typed["user"].to_list() == ["a", "b", "c"]
    assert typed["value"].to_list() == [1.0, None, None]


@pytest.mark.parametrize("kind", RECORDS)
def test_no_rows_are_no_rows(kind):
    for columns in ({}, {required(kind)[0]: []} if required(kind) else {}):
        rows, reasons = checked(kind, pl.DataFrame(columns))
        assert (rows.height, len(reasons), rows.schema) == (0, 0, schema(kind))


def test_a_price_in_text_fills_the_currency_where_the_row_gives_none_and_says_so():
    rows = pl.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "price": ["¥1,299.00", "€12", "€12", "7.50"],
            "currency": [None, None, "usd", None],
            "attributes": [None, '{"colour":"red","age":3}', None, None],
        }
    )
    items, reasons = checked("items", rows)
    assert reasons.null_count() == 4
    assert items["currency"].to_list() == ["CNY", "EUR", "USD", None]
    assert items["price_minor"].to_list() == [129900, 1200, 1200, 750]
    assert items["attributes"].to_list() == [
        '{"currency_from":"price"}',
        '{"age":3,"colour":"red","currency_from":"price"}',
        None,
        None,
    ]


def test_a_currency_from_the_price_does_not_hide_attributes_that_are_none():
    assert reason("items", price="€12", attributes="red") == "attributes: red is not a JSON object"


def test_structs_and_texts_are_the_same_mapping():
    structs = pl.DataFrame({"user": "u", "item": "i", "context": [{"b": 1.0, "a": "茶"}, {}, None]})
    texts = pl.DataFrame(
        {"user": "u", "item": "i", "context": ['{"b": 1.0, "a": "茶"}', "{}", None]}
    )
    assert checked("events", structs)[0].equals(checked("events", texts)[0])
    assert checked("events", structs)[0]["context"].to_list() == ['{"a":"茶","b":1.0}', None, None]
    assert checked("events", structs)[1].null_count() == 3


def test_tags_and_codes_come_in_one_spelling():
    post = checked("posts", pl.DataFrame({"text": ["好"], "language": ["zh_CN"]}))[0]
    assert post["language"].to_list() == ["zh-CN"]


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(list(RECORDS)),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=5
    ),
)
def test_any_text_in_any_field_is_taken_or_has_a_reason(kind, texts):
    fields = [*schema(kind), "price"] if kind == "items" else schema(kind)
    rows, reasons = checked(kind, pl.DataFrame(dict.fromkeys(fields, texts)))
    assert (rows.height, len(reasons)) == (len(texts), len(texts))
    good = rows.filter(reasons.is_null())
    assert all(good[name].null_count() == 0 for name in required(kind))
    again, none = checked(kind, good)
    assert again.equals(good)
    assert none.null_count() == good.height


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=3), st.floats(), st.datetimes()), min_size=1, max_size=4)
)
def test_what_passed_once_passes_unchanged(told):
    rows = pl.DataFrame(
        {
            "user": [user.encode("utf-8", "replace").decode() for user, _, _ in told],
            "item": ["tea"] * len(told),
            "value": [value for _, value, _ in told],
            "time": [time for _, _, time in told],
        }
    )
    typed, reasons = checked("events", rows)
    good = typed.filter(reasons.is_null())
    again, none = checked("events", good)
    assert again.equals(good)
    assert none.null_count() == good.height


def test_types_of_events_get_one_name_whatever_the_shop_calls_them():
    rows = pl.DataFrame({"user": "u", "item": "i", "type": ["购买", "AddToCart", "pv", "redeem"]})
    assert checked("events", rows)[0]["type"].to_list() == ["purchase", "cart", "view", "redeem"]


def test_numbers_as_ids_are_those_of_other_files_and_none_is_missing():
    rows = pl.DataFrame({"user": [2.0, float("nan"), 2.5], "item": ["a", "b", "c"]})
    records, reasons = checked("events", rows)
    assert records["user"].to_list() == ["2", None, "2.5"]
    assert reasons.to_list() == [None, "user is missing", None]


def test_who_was_blocked_is_no_friend_however_the_shop_calls_it():
    kinds = [
        "Block",
        "blocked",
        "拉黑",
        "屏蔽",
        "MUTED",
        "不信任",
        "Trusts",
        "Best friend",
        "friend",
        None,
    ]
    rows = pl.DataFrame({"user": ["an"] * 10, "other": [f"u{n}" for n in range(10)], "kind": kinds})
    records, reasons = checked("ties", rows)
    assert records["kind"].to_list() == [
        "block", "block", "block", "block", "mute", "distrust", "trust", "Best friend", "friend", None
    ]  # fmt: skip
    assert not reasons.drop_nulls().len()
