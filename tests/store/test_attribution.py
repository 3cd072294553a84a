"""What was shown joined with what was done: by hand, then against a join written plainly."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.impression import Impression
from zhiyin.core.records import Event, Item, Person
from zhiyin.store.attribution import Attribution, SurfaceCounts
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(us: int | None) -> datetime | None:
    return None if us is None else EPOCH + timedelta(microseconds=us)


def tell(store: Store, shown: list[Impression], done: list[Event]) -> None:
    """Tell a store of the people an, bo (0, 1), of the items a to d (0 to 3), and of pages and events."""
    store.write("users", frame([Person("an"), Person("bo")]))
    store.write("items", frame([Item(name) for name in "abcd"]))
    store.record_impressions(shown)
    if done:
        store.write("events", frame(done))


SHOWN = [
    Impression("r1", 0, "home", 5, (2, 0), (0.9, 0.1), {"x": "b"}, (0.5, 1.0), {"place": "家"}),
    Impression("r2", None, "similar", 6, (0,), (7,)),
    Impression("r3", 1, "home", 7, (), ()),
]
DONE = [
    Event("an", "c", "purchase", 2.5, at(9), request_id="r1", event_id="1"),
    Event("an", "c", "view", None, at(8), request_id="r1", event_id="2"),
    Event("an", "c", "like", None, None, request_id="r1", event_id="3"),
    Event("bo", "a", "cart", request_id="r2", event_id="4"),
    Event("bo", "c", "click", request_id="r1", event_id="other person"),
    Event("an", "b", "click", request_id="r1", event_id="not shown"),
    Event("an", "c", "click", request_id="r1", event_id="a post", target="post"),
    Event("an", "c", "click", request_id="r9", event_id="unknown request"),
    Event("an", "c", "click", event_id="no request"),
]


@pytest.mark.parametrize("chunk_pages", [1, 10_000])
def test_each_shown_item_with_what_was_done_with_it(store_url: str, chunk_pages: int) -> None:
    with Store.open(store_url) as store:
        tell(store, SHOWN, DONE)
        shown = pl.concat(store.labelled(chunk_pages=chunk_pages))
        rows = shown.drop("feature_names", "features").rows(named=True)
    page = {
        "impression": 1, "request_id": "r1", "person": 0, "surface": "home", "time_us": 5,
        "arms": '{"x":"b"}', "context": '{"place":"家"}',
    }  # fmt: skip
    done = [
        {"type": "view", "value": None, "time_us": 8},
        {"type": "purchase", "value": 2.5, "time_us": 9},
        {"type": "like", "value": None, "time_us": None},
    ]
    assert rows == [
        page | {"position": 0, "item": 2, "score": 0.9, "propensity": 0.5, "outcomes": done},
        page | {"position": 1, "item": 0, "score": 0.1, "propensity": 1.0, "outcomes": []},
        {
            "impression": 2, "request_id": "r2", "person": None, "surface": "similar", "time_us": 6,
            "position": 0, "item": 0, "score": 7.0, "propensity": None, "arms": "{}",
            "context": "{}", "outcomes": [{"type": "cart", "value": None, "time_us": None}],
        },
    ]  # fmt: skip


def test_the_counts(store_url: str) -> None:
    with Store.open(store_url) as store:
        tell(store, SHOWN, DONE)
        assert store.attribution() == Attribution(
            impressions=3,
            with_outcome=2,
            events=8,
            joined=4,
            unknown_request=1,
            other_person=1,
            not_on_page=2,
            surfaces={
                "home": SurfaceCounts(pages=2, shown=2, clicks=1, carts=0, purchases=1),
                "similar": SurfaceCounts(pages=1, shown=1, clicks=0, carts=1, purchases=0),
            },
        )
        assert store.attribution().surfaces["home"].click_rate == 0.5


def test_only_pages_after_one(store_url: str) -> None:
    with Store.open(store_url) as store:
        tell(store, SHOWN, DONE)
        assert pl.concat(store.labelled(after=1))["request_id"].to_list() == ["r2"]
        assert list(store.labelled(after=3)) == []


def test_nothing_shown_is_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        assert list(store.labelled()) == []
        assert store.attribution() == Attribution()
        store.write("events", frame([Event("an", "a", request_id="r")]))
        assert store.attribution() == Attribution(events=1, unknown_request=1)


def test_a_page_with_fewer_scores_than_items_is_still_read(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        tell(store, [Impression("r", None, "home", 0, (0, 1), (0.5,))], [])
        assert pl.concat(store.labelled())["score"].to_list() == [0.5, None]


requests = st.sampled_from(["r0", "r1", "r2", "r3", "茶"])
pages = st.builds(
    Impression,
    requests,
    st.sampled_from([None, 0, 1]),
    st.sampled_from(["home", "similar"]),
    st.integers(0, 9),
    st.lists(st.integers(0, 3), unique=True, max_size=4).map(tuple),
    st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
)
events = st.builds(
    Event,
    st.sampled_from(["an", "bo", "new"]),
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.sampled_from(["view", "click", "cart", "purchase", "like"]),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.integers(0, 9).map(at),
    request_id=st.none() | requests | st.just("unknown"),
    target=st.sampled_from(["item", "item", "post"]),
)


def joined_plainly(shown: list[Impression], done: list[Event]) -> tuple[list[Any], dict[str, int]]:
    """Return the rows (request, person, position, item, score, outcomes), and the counts of events."""
    people, names = {"an": 0, "bo": 1}, "abcd"
    counts = dict.fromkeys(["joined", "unknown_request", "other_person", "not_on_page"], 0)
    by_request: dict[str, Impression] = {}
    for page in shown:
        by_request.setdefault(page.request_id, page)
    found: dict[tuple[str, int], list[tuple[float, int, Event]]] = {}
    for place, event in enumerate(done):
        if event.request_id is None:
            continue
        page = by_request.get(event.request_id)
        item = names.find(event.item) if event.target == "item" else -1
        if page is None:
            counts["unknown_request"] += 1
        elif page.person is not None and people.get(event.user) != page.person:
            counts["other_person"] += 1
        elif item not in page.items:
            counts["not_on_page"] += 1
        else:
            counts["joined"] += 1
            us = float("inf") if event.time is None else (event.time - EPOCH).microseconds
            found.setdefault((page.request_id, item), []).append((us, place, event))
    rows = [
        (
            page.request_id,
            page.person,
            position,
            item,
            page.scores[position],
            [
                (e.type, e.value, e.time)
                for _, _, e in sorted(found.get((page.request_id, item), []), key=lambda f: f[:2])
            ],
        )
        for page in by_request.values()
        for position, item in enumerate(page.items)
    ]
    return rows, counts


@settings(max_examples=25, deadline=None)
@given(st.lists(pages, max_size=6), st.lists(events, max_size=25), st.integers(1, 4))
def test_it_is_the_join_written_plainly(
    shown: list[Impression], done: list[Event], chunk_pages: int
) -> None:
    named = [
        Event(e.user, e.item, e.type, e.value, e.time, {}, e.request_id, str(n), e.target)
        for n, e in enumerate(done)
    ]
    rows, counts = joined_plainly(shown, named)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.db") as store:
        tell(store, shown, named)
        chunks = list(store.labelled(chunk_pages=chunk_pages))
        counted = store.attribution()
    found = [
        (
            row["request_id"],
            row["person"],
            row["position"],
            row["item"],
            row["score"],
            [(o["type"], o["value"], at(o["time_us"])) for o in row["outcomes"]],
        )
        for chunk in chunks
        for row in chunk.iter_rows(named=True)
    ]
    assert found == rows
    assert {name: getattr(counted, name) for name in counts} == counts
    assert counted.events == sum(counts.values())
    assert counted.impressions == len({page.request_id for page in shown})
    assert counted.with_outcome == len({row[0] for row in rows if row[-1]})
    for surface, told in counted.surfaces.items():
        there = {p.request_id: p for p in reversed(shown)}
        of = [row for row in rows if there[row[0]].surface == surface]
        assert told.shown == len(of)
        for name, wanted in (("clicks", {"click", "view"}), ("purchases", {"purchase"})):
            assert getattr(told, name) == sum(any(o[0] in wanted for o in row[-1]) for row in of)
    assert all(json.loads(chunk["context"][0]) == {} for chunk in chunks if chunk.height)
