from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Context
from zhiyin.ranking.context import Vocabulary, features, logged

NIGHT = datetime(2025, 1, 28, 17, 30, tzinfo=UTC)  # in Shanghai the feast has begun


def test_what_is_absent_gives_nothing():
    assert features(Context()) == []
    assert features(Context(weather="", place="  ")) == []


def test_everything_that_is_told_becomes_a_feature():
    context = Context(
        place="home", weather=" Rain ", temperature_c=12.4, device="ios", occasion="qixi",
        extra={"mood": "calm", "guests": 2.0},
    )  # fmt: skip
    assert features(context) == [
        "place=home", "weather=rain", "device=ios", "occasion=qixi", "temperature_c=10", "guests=2",
        "mood=calm",
    ]  # fmt: skip


def test_hours_days_and_holidays_are_those_of_the_shops_zone():
    here = features(Context(), NIGHT, "Asia/Shanghai")
    assert here == [
        "hour=1", "weekday=2", "weekend=no", "season=winter",
        "holiday=chinese new year (spring festival)",
    ]  # fmt: skip
    assert features(Context(), NIGHT)[:2] == ["hour=17", "weekday=1"]


def test_what_the_context_tells_goes_before_the_clock():
    assert "hour=9" in features(Context(extra={"hour": 9}), NIGHT)
    assert "hour=17" not in features(Context(extra={"hour": 9}), NIGHT)


def test_seasons_turn_around_south_of_the_equator():
    assert "season=summer" in features(Context(location=(-33.9, 151.2)), NIGHT)


def test_who_may_see_it_and_what_was_chosen_are_no_features():
    said = {
        "visibility": "private",
        "quantity": 3,
        "latitude": 31.2,
        "list": [1],
        "weather": "rain",
    }
    assert features(logged(said)) == ["weather=rain"]


def test_logged_contexts_that_cannot_be_read_count_as_absent():
    assert features(logged({"temperature_c": "warm", "weather": ["rain"], "place": None})) == []


def test_rare_and_unknown_features_are_zeros():
    words = Vocabulary.of([["a=1", "b=1"], ["a=1"], ["a=2"]], times=[2, 1, 1], least=2)
    assert words.names.tolist() == ["a=1", "b=1"]
    rows = words.rows([["a=1", "b=1"], ["a=2"], [], ["b=1", "c=9"]])
    assert rows.toarray().tolist() == [[1, 1], [0, 0], [0, 0], [0, 1]]
    assert words.fields.tolist() == [0, 1]


def test_of_too_many_features_the_frequent_ones_are_kept():
    words = Vocabulary.of([["a=1"], ["a=2"], ["a=2"], ["a=3"], ["a=3"]], least=1, most=2)
    assert words.names.tolist() == ["a=2", "a=3"]


@given(st.lists(st.lists(st.sampled_from(["a=1", "a=2", "b=1", "c=3"]), unique=True)), st.randoms())
def test_the_vocabulary_does_not_depend_on_the_order(situations, random):
    shuffled = situations[:]
    random.shuffle(shuffled)
    one, two = (Vocabulary.of(some, least=2, most=3) for some in (situations, shuffled))
    np.testing.assert_array_equal(one.names, two.names)


def test_where_an_event_was_logged_tells_its_season():
    south = logged({"latitude": "-33.9", "longitude": 151.2})
    assert south.location == (-33.9, 151.2)
    assert "season=summer" in features(south, NIGHT)
    assert "season=winter" in features(logged({"latitude": -91, "longitude": 0}), NIGHT)
