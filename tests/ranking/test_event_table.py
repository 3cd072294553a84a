from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin.affinity.rows import EventStrength
from zhiyin.core import NO_TIME, Event, Item, Kind, Person
from zhiyin.ranking.event_table import read_events
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

MAY = datetime(2024, 5, 1, tzinfo=UTC)
TYPES = ["view", "purchase", "impression", "rating", "dislike", "unheard-of"]
PEOPLE, ITEMS = 8, 6


def random_events(seed, n=300):
    """Events in few moments, so that many tie, some without a time and some with posts."""
    rng = np.random.default_rng(seed)
    return [
        Event(
            f"u{rng.integers(PEOPLE - 1)}",  # the last has no history
            f"i{rng.integers(ITEMS)}",
            str(rng.choice(TYPES)),
            value=float(rng.integers(1, 6)) if rng.random() < 0.5 else None,
            time=None if rng.random() < 0.2 else MAY + timedelta(hours=int(rng.integers(12))),
            event_id=f"e{seed}-{place}",
            target="post" if rng.random() < 0.1 else "item",
        )
        for place in range(n)
    ]


def stored(path, events):
    store = Store.open(f"sqlite:///{path}")
    store.write("users", frame([Person(f"u{n}") for n in range(PEOPLE)]))
    store.write("items", frame([Item(f"i{n}") for n in range(ITEMS)]))
    for start in range(0, len(events), 100):
        store.write("events", frame(events[start : start + 100]))
    return store


def told(history):
    values = [None if np.isnan(value) else value for value in history.values.tolist()]
    columns = (history.items.tolist(), history.types.tolist(), values, history.time_us.tolist())
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("seed", [0, 1])
def test_with_all_events_chosen_histories_are_those_of_the_store(tmp_path, seed):
    with stored(tmp_path / "a.db", random_events(seed)) as store:
        table = read_events(store, EventStrength())
        history = table.histories(np.ones(table.types.size, bool))
        ties = 0
        for person in range(PEOPLE + 1):
            for limit in (0, 1, 5, 1000):
                own, expected = history(person, limit), store.history(person, limit)
                assert told(own) == told(expected)
            times = own.time_us[own.time_us != NO_TIME]
            ties += times.size - np.unique(times).size
            assert (own.items.dtype, own.time_us.dtype) == (np.int64, np.int64)
        assert ties > 50
        assert len(history(0, 5).items) == 5


def test_with_some_chosen_they_are_those_of_a_store_that_holds_no_others(tmp_path):
    events = [event for event in random_events(3) if event.target == "item"]
    chosen = np.random.default_rng(0).random(len(events)) < 0.5
    some = [event for event, is_in in zip(events, chosen, strict=True) if is_in]
    with (
        stored(tmp_path / "a.db", events) as store,
        stored(tmp_path / "b.db", some) as other,
    ):
        history = read_events(store, EventStrength()).histories(chosen)
        for person in range(PEOPLE):
            assert told(history(person, 20)) == told(other.history(person, 20))


def test_the_table_holds_the_events_with_items_in_the_order_they_came(tmp_path):
    events = random_events(4)
    with stored(tmp_path / "a.db", events) as store:
        table = read_events(store, EventStrength())
        lean = read_events(store, EventStrength(), values=False)
    own = [event for event in events if event.target == "item"]
    assert table.interactions.person.tolist() == [int(event.user[1:]) for event in own]
    assert table.interactions.item.tolist() == [int(event.item[1:]) for event in own]
    assert table.names[table.types].tolist() == [event.type for event in own]
    values = [np.nan if event.value is None else event.value for event in own]
    np.testing.assert_array_equal(table.values, values)
    strength = EventStrength().of(table.names[table.types], table.values)
    assert table.interactions.strength.tolist() == strength.tolist()
    times = [NO_TIME if event.time is None else int(event.time.timestamp() * 1e6) for event in own]
    assert table.interactions.time_us.tolist() == times
    assert lean.types.size == lean.values.size == 0
    assert lean.interactions.strength.tolist() == strength.tolist()


def test_a_store_without_events_has_an_empty_table(tmp_path):
    with stored(tmp_path / "a.db", []) as store:
        table = read_events(store, EventStrength())
        assert table.interactions.person.size == table.types.size == 0
        history = table.histories(np.ones(0, bool))(0, 10)
        assert told(history) == []
        assert store.count(Kind.ITEM) == ITEMS
