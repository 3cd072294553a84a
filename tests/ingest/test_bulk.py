from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.bulk import RejectedRecord, receive
from zhiyin.ingest.checking import checked
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        yield store


def test_each_record_is_judged_alone(store):
    sent = [{"id": "a", "price": "12.5", "currency": "CNY"}, {"id": "b", "stock": -1}, {"id": "c"}]
    received = receive("items", sent, store)
    assert received.written.accepted == {"items": 2}
    assert received.rejected == [RejectedRecord(1, "stock", "stock: -1 is negative")]
    assert store.entity(Kind.ITEM, "a")["price_minor"] == 1250
    assert store.entity(Kind.ITEM, "b") is None


MARKED = st.fixed_dictionaries(
    {"price": st.sampled_from(["1.299", "3,50", "1,299", "9.99", "1.299,00", "12 €"])},
    optional={"created": st.sampled_from(["1/5/2024", "13/5/2024", "5/13/2024", "2024-05-01"])},
)


def test_a_neighbour_does_not_move_the_decimal_mark(store):
    sent = [
        {"id": "d", "price": "1.299", "currency": "EUR", "created": "1/5/2024"},
        {"id": "e", "price": "3,50", "currency": "EUR", "created": "5/13/2024"},
        {"id": "f", "created": "13/5/2024"},
        {"id": "g", "created": "14/5/2024"},
    ]
    received = receive("items", sent, store)
    told = [store.entity(Kind.ITEM, name) for name in "de"]
    assert [one["price_minor"] for one in told] == [130, 350]
    assert told[0]["created"] == datetime(2024, 1, 5, tzinfo=UTC)
    assert [(one.index, one.field) for one in received.rejected] == [(2, "created"), (3, "created")]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(MARKED, min_size=2, max_size=5))
def test_a_record_means_the_same_alone_and_beside_others(store, sent):
    def told(name):
        entity = store.entity(Kind.ITEM, name)
        return entity and (entity["price_minor"], entity["currency"], entity["created"])

    names = [uuid4().hex for _ in sent]
    receive("items", [{"id": n, **one} for n, one in zip(names, sent, strict=True)], store)
    for name, record in zip(names, sent, strict=True):
        receive("items", [{"id": f"{name} alone", **record}], store)
        assert told(name) == told(f"{name} alone")


def test_where_none_can_be_taken_nothing_is_written(store):
    received = receive("users", [{"id": 1}, 2], store)
    assert received.written is None
    assert [one.index for one in received.rejected] == [0, 1]
    assert store.count(Kind.PERSON) == 0


def test_an_unknown_kind_is_refused(store):
    with pytest.raises(InvalidRecord, match='no kind of record is called "item"'):
        receive("item", [{"id": "a"}], store)


@pytest.mark.parametrize("price", ["12.5", "¥12", "12元", "-1", "free", 12.5, 7, -0.5, 1e300])
def test_a_price_means_what_it_means_in_a_file(store, price):
    rows, [reason] = checked("items", pl.DataFrame({"id": ["a"], "price": [str(price)]}))
    received = receive("items", [{"id": "a", "price": price}], store)
    assert [one.reason for one in received.rejected] == ([] if reason is None else [reason])
    if reason is None:
        assert store.entity(Kind.ITEM, "a")["price_minor"] == rows["price_minor"][0]


@pytest.mark.parametrize(
    ("said", "hour"),
    [("2026-05-01T09:00:00", 9), ("2026-05-01T09:00:00Z", 9), ("2026-05-01T09:00:00+08:00", 1)],
)
def test_a_time_without_a_zone_is_utc(store, said, hour):
    receive("users", [{"id": "a", "created": said}], store)
    assert store.entity(Kind.PERSON, "a")["created"] == datetime(2026, 5, 1, hour, tzinfo=UTC)


def test_of_several_records_of_an_entity_the_last_value_of_each_field_counts(store):
    sent = [
        {"user": "a", "other": "b", "strength": 0.1, "time": "2026-05-01"},
        {"user": "a", "other": "b", "kind": "friend", "strength": 0.9},
        {"user": "a", "other": "b", "kind": "family"},
    ]
    received = receive("ties", sent, store)
    assert (received.written.accepted["ties"], received.written.duplicates) == (2, 1)
    [ties] = store.ties()
    told = {row["kind"]: (row["strength"], row["time_us"]) for row in ties.to_dicts()}
    assert told == {"friend": (0.9, 1777593600_000000), "family": (None, None)}


def test_posts_without_an_id_stay_apart(store):
    sent = [
        {"text": "one"},
        {"id": "p", "text": "two"},
        {"text": "three"},
        {"id": "p", "rating": 4},
    ]
    assert receive("posts", sent, store).written.accepted == {"posts": 3}
    [posts] = store.posts()
    assert sorted(posts["text"]) == ["one", "three", "two"]
    assert posts["rating"].drop_nulls().to_list() == [4.0]


ITEMS = st.fixed_dictionaries(
    {"id": st.sampled_from("abc")},
    optional={
        "title": st.sampled_from(["x", "y", "", None]),
        "stock": st.sampled_from([0, 5, 7.5, None]),
        "attributes": st.sampled_from([{"a": 1}, {"a": 2, "b": None}, {}, []]),
    },
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ITEMS, min_size=1, max_size=6))
def test_a_list_again_changes_nothing_and_every_record_is_accounted_for(store, sent):
    first = receive("items", sent, store)
    if first.written is None:
        assert len(first.rejected) == len(sent)
        return
    told = sum(first.written.accepted.values()) + first.written.duplicates
    assert told + len(first.rejected) == len(sent)
    before = store.entities_since(Kind.ITEM, -1)
    again = receive("items", sent, store)
    assert again.written.accepted == {}
    assert again.rejected == first.rejected
    assert store.entities_since(Kind.ITEM, -1).equals(before)
