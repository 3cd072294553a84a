from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from zhiyin.core import Event
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.feedback import as_batch, judged
from zhiyin.store.frames import schema


def test_what_is_not_said_is_filled_in():
    before = datetime.now(UTC)
    rows = as_batch([Event("an", "tea", "like"), Event("an", "tea", "like")])
    assert rows.schema == schema("events")
    assert all(before <= time <= datetime.now(UTC) for time in rows["time"])
    assert rows["event_id"].n_unique() == 2


def test_new_ids_are_in_the_order_of_time():
    before = int(datetime.now(UTC).timestamp())
    ids = as_batch([Event("an", "tea"), Event("an", "tea", event_id=" ")])["event_id"]
    assert ids.str.len_chars().to_list() == [32, 32]
    assert ids.n_unique() == 2
    seconds = [int(made[:8], 16) for made in ids]
    assert all(before <= second <= datetime.now(UTC).timestamp() for second in seconds)


def test_what_is_said_is_kept():
    noon = datetime(2024, 5, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    context = {"weather": "雨", "temperature_c": 21.5}
    told = Event("an", "tea", "purchase", 2.0, noon, context, "r1", "e1", "post")
    [row] = as_batch([told]).to_dicts()
    assert row == {
        "user": "an",
        "item": "tea",
        "type": "purchase",
        "value": 2.0,
        "time": datetime(2024, 5, 1, 12, tzinfo=UTC),
        "context": '{"temperature_c":21.5,"weather":"雨"}',
        "request_id": "r1",
        "event_id": "e1",
        "target": "post",
    }


def test_no_events_are_an_empty_batch():
    assert as_batch([]).schema == schema("events")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event("an", ""), "item is missing"),
        (Event("an", "tea", value=float("nan")), "value: nan is not a number"),
        (Event("an", "tea", time=datetime(2024, 5, 1)), "time: a time without a time zone"),
        (Event("an", "tea", time=datetime(2999, 5, 1, tzinfo=UTC)), "in the future"),
        (Event("an", "tea", time=datetime(1956, 5, 1, tzinfo=UTC)), "too long ago"),
        (Event("an", "tea", target="cart"), "target: cart is none of item, post"),
        (Event(5, "tea"), "String"),
        (Event("an", "tea", value="x"), "Float64"),
        (Event("an", "tea", context={"a": object()}), "not JSON serializable"),
        (Event("an", "tea", context={"a": float("nan")}), "is not a JSON object"),
        (Event("an\ud800", "tea"), "surrogates"),
        (Event("an\0", "tea"), "user holds a NUL"),
    ],
)
def test_a_bad_event_is_named_by_its_position(event, words):
    with pytest.raises(InvalidRecord, match=words) as caught:
        as_batch([Event("an", "tea"), event, Event("bo", "pot")])
    assert caught.value.where == "events[1]"
    assert caught.value.expected
    assert caught.value.next_step


def test_those_that_can_be_taken_are_told_from_the_others():
    later = datetime(2199, 1, 1, tzinfo=UTC)
    events = [
        Event("an", "tea"),
        Event("an", "tea", time=datetime(2026, 5, 1)),
        Event("bo", "pot", time=later),
        Event("bo", "pot"),
    ]
    rows, refused = judged(events)
    assert rows["user"].to_list() == ["an", "bo"]
    assert set(refused) == {1, 2}
    assert "time zone" in refused[1]
    assert "future" in refused[2]
    assert judged([])[1] == {}
