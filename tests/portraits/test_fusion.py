"""Sources joined by attention: weights that show, and no source that drowns the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portraits.shops import DAY, NOW
from zhiyin.core import NO_TIME
from zhiyin.portraits.fusion import Told, friends_mean, fuse

DIM = 3
EVENT = st.tuples(
    st.integers(0, DIM), st.integers(0, 200), st.sampled_from([1.0, 8.0, -4.0, 0.0]), st.booleans()
)
SOURCES = st.dictionaries(
    st.sampled_from(["purchases", "reviews", "posts", "views", "friends"]),
    st.lists(EVENT, max_size=6),
    max_size=5,
)


def source(events):
    """Return what is told by events of (direction, days ago, strength, whether it is dated); direction DIM is nothing."""
    vectors = np.array([np.eye(DIM + 1)[way][:DIM] for way, *_ in events], np.float32)
    when = [NOW - days * DAY if dated else NO_TIME for _, days, _, dated in events]
    strength = np.array([strength for *_, strength, _ in events], float)
    return Told(vectors.reshape(-1, DIM), np.array(when, np.int64), strength)


def told(**events):
    return {name: source([(*one, True) for one in some]) for name, some in events.items()}


def test_reliability_decides_between_equals():
    fused = fuse(told(purchases=[(0, 0, 1)], views=[(1, 0, 1)]), DIM, NOW)
    assert fused.sources == pytest.approx({"purchases": 1 / 1.4, "views": 0.4 / 1.4})
    assert fused.vector[:2] == pytest.approx(np.array([1, 0.4]) / np.hypot(1, 0.4))


def test_what_is_old_counts_for_less():
    fused = fuse(told(purchases=[(0, 60, 1)], views=[(1, 0, 1)]), DIM, NOW)
    assert fused.sources == pytest.approx({"purchases": 0.25 / 0.65, "views": 0.4 / 0.65})


def test_what_agrees_with_the_question_counts_for_more():
    sources = told(purchases=[(0, 0, 1)], posts=[(1, 0, 1)])
    query = np.eye(DIM, dtype=np.float32)[1]
    assert fuse(sources, DIM, NOW).sources["posts"] < 0.5
    assert fuse(sources, DIM, NOW, query=query).sources["posts"] > 0.9


def test_what_was_said_against_something_points_away_from_it():
    fused = fuse(told(reviews=[(0, 0, -12)], purchases=[(1, 0, 8)]), DIM, NOW)
    assert fused.vector[0] < 0 < fused.vector[1]


@settings(deadline=None, max_examples=50)
@given(SOURCES, st.one_of(st.none(), st.integers(0, DIM - 1)))
def test_weights_sum_to_one_and_empty_sources_have_none(sources, asked):
    query = None if asked is None else np.eye(DIM, dtype=np.float32)[asked]
    fused = fuse({name: source(events) for name, events in sources.items()}, DIM, NOW, query=query)
    says = {n for n, some in sources.items() if any(way < DIM and at for way, _, at, _ in some)}
    assert sum(fused.sources.values()) == pytest.approx(1 if says else 0)
    for name, weight in fused.sources.items():
        assert (weight > 0) == (name in says)
        assert fused.events[name].sum() == pytest.approx(weight)
        assert (fused.events[name] >= 0).all()
    assert np.linalg.norm(fused.vector) == pytest.approx(1) or not fused.vector.any()


@settings(deadline=None, max_examples=25)
@given(SOURCES, st.integers(2, 50))
def test_saying_it_again_does_not_drown_the_others(sources, times):
    once = fuse({name: source(events) for name, events in sources.items()}, DIM, NOW)
    again = fuse(
        {
            name: source(events * (times if name == "views" else 1))
            for name, events in sources.items()
        },
        DIM,
        NOW,
    )
    assert again.sources == pytest.approx(once.sources)
    assert again.vector == pytest.approx(once.vector, abs=1e-5)


def test_the_closer_a_friend_the_more_it_counts():
    friends = friends_mean(np.eye(DIM, dtype=np.float32), np.array([0.9, 0.1, 0.0]), NOW)
    assert friends.vectors[0] == pytest.approx(np.array([9, 1, 0]) / np.hypot(9, 1))
    assert fuse({"friends": friends}, DIM, NOW).sources == {"friends": 1.0}
    nobody = friends_mean(np.empty((0, DIM), np.float32), np.empty(0), NOW)
    assert fuse({"friends": nobody}, DIM, NOW).sources == {"friends": 0.0}


def test_nothing_told_is_no_vector():
    assert fuse({}, DIM, NOW).vector.tolist() == [0, 0, 0]
