"""What came since a place, on both engines."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.records import Event, Fact, Item, Post
from zhiyin.store.frames import frame
from zhiyin.store.since import Marks
from zhiyin.store.store import Store

TIME = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def rows(chunks):
    return [row[1:] for chunk in chunks for row in zip(*(c.tolist() for c in chunk), strict=True)]


def test_an_empty_store_has_come_nowhere(store):
    assert store.since.marks() == Marks(0, 0, 0)
    assert list(store.since.events(0, 0)) == []


def test_marks_move_with_what_is_stored_and_with_nothing_else(store):
    store.write("events", frame([Event("an", "tea", event_id="1"), Event("an", "pot")]))
    first = store.since.marks()
    assert first.event == 2
    store.write("events", frame([Event("an", "tea", event_id="1")]))
    assert store.since.marks() == first
    store.write("items", frame([Item("tea", title="Tea")]))
    second = store.since.marks()
    assert (second.event, second.fact) == (first.event, first.fact)
    assert second.revision > first.revision
    store.write("facts", frame([Fact("tea", "colour", "green")]))
    assert store.since.marks() == second._replace(fact=1)


def test_events_with_items_come_in_order_without_private_ones(store):
    store.write("events", frame([Event("an", "old")]))
    mark = store.since.marks().event
    said = [
        Event("an", "tea", "rating", 4.0, TIME),
        Event("bo", "post", "like", target="post"),
        Event("bo", "tea", context={"visibility": "private"}),
        Event("bo", "pot", context={"visibility": "public"}),
    ]
    store.write("events", frame(said))
    an, bo = store.numbers(Kind.PERSON, ["an", "bo"])
    tea, pot = store.numbers(Kind.ITEM, ["tea", "pot"])
    now = store.since.marks().event
    when = int(TIME.timestamp() * 1e6)
    assert rows(store.since.events(mark, now)) == [
        (an, tea, "rating", 4.0, when),
        (bo, pot, "view", pytest.approx(np.nan, nan_ok=True), NO_TIME),
    ]
    assert rows(store.since.events(mark, mark + 1)) == [(an, tea, "rating", 4.0, when)]


def test_events_come_in_chunks(store, monkeypatch):
    monkeypatch.setattr("zhiyin.store.since._CHUNK", 2)
    store.write("events", frame([Event("an", f"i{n}") for n in range(5)]))
    chunks = list(store.since.events(0, 5))
    assert [chunk.id.tolist() for chunk in chunks] == [[1, 2], [3, 4], [5]]


def test_the_first_judgment_of_an_item_is_known(store):
    private = {"visibility": "private"}
    types = [("view", {}), ("review", private), ("rating", {}), ("review", {})]
    said = [Event("an", "tea", name, context=context) for name, context in types]
    store.write("events", frame([*said, Event("an", "pot")]))
    tea, pot = (int(number) for number in store.numbers(Kind.ITEM, ["tea", "pot"]))
    assert store.since.first_judgment(0, tea) == 3
    assert store.since.first_judgment(0, pot) is None


def test_posts_come_with_what_was_read_in_them(store):
    store.write("posts", frame([Post("p", "an", "tea", rating=4.0, time=TIME), Post("q", "bo")]))
    store.write("events", frame([Event("an", "named", "like", target="post")]))
    told = {"source": "post:p", "method": "rule"}
    said = [
        Fact("p", "sentiment", "positive", subject_kind="post", **told),
        Fact("tea", "opinion.price", "negative", **told),
        Fact("tea", "colour", "green"),
    ]
    store.write("facts", frame(said))
    p, named = store.numbers(Kind.POST, ["p", "named"])
    posts, facts = store.since.posts(np.array([p, named]))
    kept = posts.sort("id").select("id", "kind", "rating").rows()
    assert kept == [("named", "review", None), ("p", "review", 4.0)]
    assert sorted(facts["name"]) == ["opinion.price", "sentiment"]
    assert store.since.changed_posts(0).tolist() == sorted(
        store.numbers(Kind.POST, ["p", "q", "named"])
    )
    assert store.since.changed_posts(store.revision()).tolist() == []
    assert store.since.read_posts(0) == ["p"]
    assert store.since.read_posts(store.since.marks().fact) == []
    assert json.loads(posts["attributes"][0] or "{}") == {}
