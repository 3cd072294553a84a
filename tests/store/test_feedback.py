"""Feedback is told, corrected and taken back by type, user and item."""

from datetime import UTC, datetime

import pytest

from zhiyin.core import Event, Kind
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

T1, T2, T3 = (datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2, 3))
NOW_US = int(T2.timestamp()) * 1_000_000
DONE = [
    Event("an", "tea", "star", 2.0, T1, event_id="a"),
    Event("an", "tea", "read", time=T2, event_id="b", context={"comment": "好"}),
    Event("bo", "tea", "star", event_id="c"),
    Event("an", "pot", "star", time=T3, event_id="d"),
    Event("an", "tea", "like", event_id="e", target="post"),
]


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        store.write("events", frame(DONE))
        yield store


def told(found):
    return [(one.user, one.item, one.type, one.value) for one in found]


def test_what_is_due_and_done_with_items_comes_in_parts(store):
    first = store.feedback.after(0, 2, now_us=NOW_US)
    assert told(first) == [("an", "tea", "star", 2.0), ("an", "tea", "read", None)]
    assert first[1].context == '{"comment":"好"}'
    assert told(store.feedback.after(first[-1].id, 2, now_us=NOW_US)) == [
        ("bo", "tea", "star", None)
    ]
    later = store.feedback.after(0, 9, type="star", now_us=2 * NOW_US)
    assert told(later) == [
        ("an", "tea", "star", 2.0),
        ("bo", "tea", "star", None),
        ("an", "pot", "star", None),
    ]


def test_a_person_s_own_comes_newest_first(store):
    an, tea = store.number(Kind.PERSON, "an"), store.number(Kind.ITEM, "tea")
    assert [one.type for one in store.feedback.of(an, now_us=NOW_US)] == ["read", "star"]
    assert [one.item for one in store.feedback.of(an, now_us=2 * NOW_US)] == ["pot", "tea", "tea"]
    assert [one.item for one in store.feedback.of(an, tea, type="star", now_us=2 * NOW_US)] == [
        "tea"
    ]
    assert len(store.feedback.of(an, now_us=2 * NOW_US, limit=1)) == 1


def test_a_correction_changes_only_its_own_type_user_and_item(store):
    right = Event("an", "tea", "star", 5.0, T2, context={"comment": "x"})
    store.feedback.correct([right, Event("nobody", "tea", "star"), Event("bo", "pot")])
    found = store.feedback.after(0, 9, now_us=2 * NOW_US)
    assert [one.value for one in found] == [5.0, None, None, None]
    assert (found[0].time_us, found[0].context) == (NOW_US, '{"comment":"x"}')
    assert found[0].id < found[1].id


def test_what_is_withdrawn_is_gone_and_may_come_again(store):
    an, tea = store.number(Kind.PERSON, "an"), store.number(Kind.ITEM, "tea")
    assert store.feedback.withdraw(an, tea, "read") == 1
    assert store.feedback.withdraw(an, tea) == 1
    assert store.feedback.withdraw(an, tea) == 0
    assert store.history(an).items.tolist() == [store.number(Kind.ITEM, "pot")]
    assert sum(chunk.height for chunk in store.events()) == 3  # what was done with the post, too
    assert store.write("events", frame(DONE[:1])).accepted == {"events": 1}
