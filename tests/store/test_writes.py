from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.entity import Kind
from zhiyin.core.records import Event, Interaction, Item, Tie
from zhiyin.errors import InvalidRecord
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=3
)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.tuples(names, names), min_size=1, max_size=6), max_size=4))
def test_numbers_are_dense_stable_and_each_event_is_kept_once(batches):
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.db") as store:
        given_so_far: dict[str, int] = {}
        for n, pairs in enumerate(batches):
            rows = [Event(u, i, event_id=f"{n}/{k}") for k, (u, i) in enumerate(pairs)]
            assert store.write("events", frame(rows)).accepted["events"] == len(rows)
            assert store.write("events", frame(rows)).duplicates == len(rows)
            for user, _ in pairs:
                given_so_far.setdefault(user, len(given_so_far))
        assert store.count(Kind.PERSON) == len(given_so_far)
        assert store.numbers(Kind.PERSON, given_so_far).tolist() == list(given_so_far.values())
        found = [row for chunk in store.events(chunk_rows=3) for row in chunk.iter_rows(named=True)]
        pairs = [pair for batch in batches for pair in batch]
        assert store.keys(Kind.PERSON, [row["person"] for row in found]) == [u for u, _ in pairs]
        assert store.keys(Kind.ITEM, [row["item"] for row in found]) == [i for _, i in pairs]


def test_more_ids_than_one_question_takes(store_url: str):
    ids = [f"i{n}" for n in range(12_345)]
    with Store.open(store_url) as store:
        assert store.write("items", pl.DataFrame({"id": ids})).accepted == {"items": 12_345}
        assert store.write("items", pl.DataFrame({"id": ids})).duplicates == 12_345
        assert store.numbers(Kind.ITEM, ids[::-1]).tolist() == list(range(12_345))[::-1]
        assert store.keys(Kind.ITEM, range(12_345)) == ids


def test_the_same_id_is_another_entity_in_another_kind(store_url: str):
    rows = [Event("x", "x"), Event("x", "x", target="post"), Event("x", "x", target="person")]
    with Store.open(store_url) as store:
        written = store.write("events", frame([*rows, Event("y", "x", target="post")]))
        assert written.accepted == {"events": 4, "users": 2, "items": 1, "posts": 1}
        (chunk,) = store.events()
        assert chunk["kind"].to_list() == [Kind.ITEM, Kind.POST, Kind.PERSON, Kind.POST]


def test_an_entity_first_named_by_an_event_is_filled_later(store_url: str):
    with Store.open(store_url) as store:
        store.write("events", frame([Event("an", "tea")]))
        assert store.write("items", frame([Item("tea")])).duplicates == 1
        written = store.write("items", frame([Item("tea", title="Tea")]))
        assert (written.accepted, store.number(Kind.ITEM, "tea")) == ({"items": 1}, 0)


def test_empty_mappings_and_nan_say_nothing(store_url: str):
    with Store.open(store_url) as store:
        store.write("items", frame([Item("a", attributes={"x": 1})]))
        told = pl.DataFrame({"id": ["a"], "attributes": ["{}"]})
        assert store.write("items", told).duplicates == 1
        store.write("ties", frame([Tie("an", "bo", strength=0.5)]))
        assert store.write("ties", frame([Tie("an", "bo", strength=float("nan"))])).duplicates == 1


def test_a_refusal_names_row_and_field(store_url: str):
    batch = pl.DataFrame({"user": ["a", "b", None], "item": ["x"] * 3})
    with Store.open(store_url) as store:
        with pytest.raises(InvalidRecord, match="events, row 2 of the batch: user is None"):
            store.write("events", batch)
        with pytest.raises(InvalidRecord, match='did you mean "item"'):
            store.write("events", batch.rename({"item": "itm"}))


def test_an_id_of_another_event_is_told_and_makes_nobody(store_url: str):
    first = [
        Event("an", "tea", "view", 1.0, event_id="a"),
        Event("an", "x", target="post", event_id="p"),
    ]
    others = [
        Event("an", "tea", "view", 2.0, event_id="a"),
        Event("bo", "tea", "view", event_id="a"),
        Event("an", "pot", "view", event_id="a"),
        Event("an", "tea", "like", event_id="a"),
        Event("an", "x", event_id="p"),
        Event("cy", "new", event_id="n"),
        Event("cy", "newer", event_id="n"),
    ]
    with Store.open(store_url) as store:
        store.write("events", frame(first))
        written = store.write("events", frame(others))
        assert written.reused == (1, 2, 3, 4, 6)
        assert (written.accepted, written.duplicates) == ({"events": 1, "users": 1, "items": 1}, 1)
        (chunk,) = store.events()
        assert chunk["value"].to_list() == [1.0, None, None]
        assert store.numbers(Kind.PERSON, ["bo"]).tolist() == [-1]
        gift = Interaction("an", "bo", "gift", "tea", event_id="g")
        store.write("interactions", frame([gift]))
        again = [
            gift,
            Interaction("an", "bo", "gift", event_id="g"),
            Interaction("bo", "an", "gift", "tea", event_id="g"),
        ]
        assert store.write("interactions", frame(again)).reused == (1, 2)
