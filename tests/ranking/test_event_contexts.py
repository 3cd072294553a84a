from datetime import UTC, datetime

import numpy as np

from zhiyin import Event
from zhiyin.core import NO_TIME, Kind
from zhiyin.ranking.event_contexts import read_contexts
from zhiyin.ranking.trained import event_strength
from zhiyin.settings import TrainSettings
from zhiyin.store.frames import frame

STRENGTH = event_strength(TrainSettings())
MORNING = datetime(2025, 3, 12, 0, 30, tzinfo=UTC)


def read(shop, zone="UTC", **options):
    return read_contexts(shop.store, STRENGTH, zone, **options)


def test_events_come_with_what_was_logged_and_the_time(shop):
    rain = {"weather": "rain"}
    shop.record(
        [Event("an", f"i{n % 3}", "purchase", time=MORNING, context=rain) for n in range(30)]
    )
    shop.store.write("events", frame([Event("bo", "i1", "purchase", context=rain)]))
    found = read(shop, "Asia/Shanghai")
    names = found.vocabulary.names.tolist()
    assert {"weather=rain", "hour=8", "weekday=2", "season=spring"} <= set(names)
    rows = found.rows.toarray()
    assert rows.shape == (31, len(names))
    assert rows[:, names.index("weather=rain")].tolist() == [1] * 31
    assert rows[:, names.index("hour=8")].tolist() == [1] * 30 + [0]
    assert found.time_us[-1] == NO_TIME
    assert found.item[:2].tolist() == [shop.store.number(Kind.ITEM, i) for i in ("i0", "i1")]


def test_private_events_and_what_speaks_against_an_item_are_left_out(shop):
    private = {"weather": "rain", "visibility": "private"}
    shop.record(
        [Event("an", "i1", "purchase", time=MORNING) for _ in range(30)]
        + [Event("an", "i2", "purchase", time=MORNING, context=private) for _ in range(30)]
        + [Event("an", "i3", "rating", value=1.0, time=MORNING) for _ in range(30)]
    )
    found = read(shop)
    assert np.unique(found.item).tolist() == [shop.store.number(Kind.ITEM, "i1")]
    assert "weather=rain" not in found.vocabulary.names


def test_of_many_events_the_latest_to_come_are_taken(shop):
    shop.record([Event("an", "old", "purchase", time=MORNING) for _ in range(40)])
    shop.record([Event("an", "new", "purchase", time=MORNING) for _ in range(40)])
    found = read(shop, most=40)
    assert np.unique(found.item).tolist() == [shop.store.number(Kind.ITEM, "new")]


def test_without_events_or_situations_there_is_nothing(shop):
    assert read(shop) is None
    shop.record([Event("an", "i1", "purchase", time=MORNING) for _ in range(3)])
    assert read(shop) is None  # too few to learn from
