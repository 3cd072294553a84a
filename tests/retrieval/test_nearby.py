"""Places (part of X1): near ones, those that are planned first, and in rain the park falls."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.retrieval.feeds import NOON, FeedOf, ago, filled
from zhiyin.core import Context, Kind, Query
from zhiyin.core.records import Event, Fact, Item, Person
from zhiyin.portraits.places import Places, distances_km, location_of
from zhiyin.retrieval.nearby import Here, Nearby
from zhiyin.store.frames import frame

HERE = (31.23, 121.47)


def place(name, title, **attributes):
    return Item(name, title=title, attributes={"lat": 31.24, "lon": 121.47, **attributes})


ITEMS = [
    place("park", "世纪公园门票"),
    place("cinema", "大光明电影院", lat=31.235),
    place("books", "Corner bookstore", location="31.235,121.47", lat=None, lon=None),
    place("beijing", "北京的公园", lat=39.9, lon=116.4),
    Item("cup", title="公园图案的杯子"),
]
WANTS_PARK = [
    Fact("an", "intent", "park", "person", "an", method="rule", time=ago(0.1), expires=ago(-0.5)),
    Fact("an", "weather", "fair", "person", "an", method="rule", time=ago(0.1), expires=ago(-0.5)),
    Fact("bo", "intent", "park", "person", "bo", method="rule", time=ago(3), expires=ago(2)),
]


@pytest.fixture
def store(tmp_path):
    people = [Person("an"), Person("bo", attributes={"latitude": HERE[0], "longitude": HERE[1]})]
    with filled(tmp_path, items=ITEMS, users=people, facts=WANTS_PARK) as store:
        yield store


def nearby(store, user=None, **context):
    """Return the ids of places in order, and their scores."""
    facts = lambda person: store.mined.of(Kind.PERSON, person)  # noqa: E731
    here = Here(Here.Config(), Places(store), store.people.attributes, facts)
    person = None if user is None else store.number(Kind.PERSON, user)
    query = Query(person=person, time=NOON, context=Context(**context))
    found = Nearby().retrieve(query.with_fields(here.hydrate_query(query)), 10)
    return store.keys(Kind.ITEM, found.ids), found.scores.tolist()


def test_who_wants_to_go_to_the_park_gets_it_first_and_not_that_of_another_town(store):
    names, _ = nearby(store, "an", location=HERE)
    assert names == ["park", "cinema", "books"]


def test_in_rain_the_park_falls(store):
    dry, wet = (dict(zip(*nearby(store, "an", location=HERE, weather=w), strict=True)) for w in ("sunny", "rain"))  # fmt: skip
    assert max(dry, key=dry.get) == "park"
    assert min(wet, key=wet.get) == "park"
    assert wet["park"] < 0.3 * dry["park"]
    assert wet["cinema"] == dry["cinema"]


def test_weather_that_the_person_told_counts_until_it_is_over(store):
    dry = dict(zip(*nearby(store, "bo"), strict=True))
    rain = {"subject_kind": "person", "user": "bo", "method": "rule", "time": ago(1)}
    store.write("facts", frame([Fact("bo", "weather", "rain", **rain, expires=ago(0.5))]))
    assert dict(zip(*nearby(store, "bo"), strict=True)) == dry
    store.write(
        "facts", frame([Fact("bo", "weather", "rain", **rain, span="又下雨", expires=ago(-0.5))])
    )
    assert nearby(store, "bo")[1][0] == pytest.approx(dry["cinema"])
    assert dict(zip(*nearby(store, "bo"), strict=True))["park"] < dry["park"]


def test_a_plan_that_is_over_moves_nothing(store):
    assert nearby(store, "bo")[0][0] == "cinema"


def test_nobody_knows_where_an_is(store):
    assert nearby(store, "an") == ([], [])
    assert nearby(store) == ([], [])


def test_new_places_are_seen_at_once_and_closed_ones_are_not_lost(store):
    places = Places(store)
    assert places.table().item.tolist() == [0, 1, 2, 3]
    store.write("items", frame([place("zoo", "动物园", outdoor=False), Item("cup", stock=0)]))
    table = places.table()
    assert table.item.tolist() == [0, 1, 2, 3, 5]
    assert (table.kind[-1], bool(table.is_outdoor[-1])) == ("zoo", False)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"lat": 1, "lon": "2.5"}, (1.0, 2.5)),
        ({"location": [1, 2]}, (1.0, 2.0)),
        ({"location": {"latitude": 1, "lng": 2}}, (1.0, 2.0)),
        ({"location": "somewhere"}, None),
        ({"location": {"location": {}}}, None),
        ({"lat": float("nan"), "lon": 2}, None),
        ({"lat": 91, "lon": 2}, None),
        ({"lat": 1}, None),
        ({}, None),
    ],
)
def test_where_attributes_say_a_thing_is(attributes, expected):
    assert location_of(attributes) == expected


def test_a_degree_of_latitude_is_111_km():
    km = distances_km(np.array([32.0, 31.0]), np.array([121.0, 121.0]), (31.0, 121.0))
    assert km[0] == pytest.approx(111.19, abs=0.01)
    assert km[1] == 0


@settings(deadline=None, max_examples=25)
@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_the_way_there_is_as_long_as_the_way_back(one, two):
    there, back = (
        float(distances_km(np.array([a[0]]), np.array([a[1]]), b)[0])
        for a, b in ((one, two), (two, one))
    )
    assert there == pytest.approx(back, abs=1e-3)
    assert 0 <= there <= math.pi * 6372


def test_a_place_is_on_the_feed_with_its_distance(tmp_path):
    events = [Event("an", "cup", "purchase", time=ago(1)), Event("bo", "park", "view", time=ago(1))]
    with filled(tmp_path, items=ITEMS, events=events, facts=WANTS_PARK) as store:
        feed = FeedOf(store)
        page = feed.page("an", n=3, location=HERE)
        reason = feed.reasons(page, Kind.ITEM, "park")["nearby"]
        assert reason.data == {"km": 1.1, "planned": True}
        wet = feed.page("an", n=4, location=HERE, weather="暴雨")
        assert feed.ids(wet, Kind.ITEM).index("cinema") < feed.ids(wet, Kind.ITEM).index("park")
