import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.ranking.context import Vocabulary
from zhiyin.ranking.context_lifts import ContextLifts

WORDS = Vocabulary(np.array(["place=home", "weather=rain", "weather=sun"]))


def lifts_of(events, n_items=2, shrink=1.0):
    """Events are pairs of an item and the features it was taken with."""
    rows = WORDS.rows([names for _, names in events])
    items = np.array([item for item, _ in events], np.int64)
    return ContextLifts.of(WORDS, rows, items, n_items, shrink=shrink)


EVENTS = [(0, ["weather=rain"])] * 3 + [(1, ["weather=sun"])] * 3


def test_by_hand():
    """Half of all events are in the rain: ln (3 + .5)/(4 · .5) = .560, ln .5/(4 · .5) = −1.386."""
    lifts = lifts_of(EVENTS)
    both = np.array([0, 1])
    np.testing.assert_allclose(lifts.scores(["weather=rain"], both), [0.560, -1.386], atol=1e-3)
    np.testing.assert_allclose(lifts.scores(["weather=sun"], both), [-1.386, 0.560], atol=1e-3)


def test_what_is_not_known_scores_nothing():
    lifts = lifts_of(EVENTS, n_items=3)
    assert lifts.scores([], np.array([0, 1])).tolist() == [0, 0]
    assert lifts.scores(["weather=hail"], np.array([0, 1])).tolist() == [0, 0]
    assert lifts.scores(["place=home"], np.array([0, 1])).tolist() == [0, 0]  # never counted
    assert lifts.scores(["weather=rain"], np.array([2, 9])).tolist() == [0, 0]  # no events; newer


def test_few_events_say_little():
    one = lifts_of([(0, ["weather=rain"]), *EVENTS], shrink=300.0)
    assert 0 < one.scores(["weather=rain"], np.array([0]))[0] < 0.02


def test_features_add_up_and_the_table_says_the_same():
    lifts = lifts_of([*EVENTS, (0, ["place=home", "weather=rain"]), (1, ["place=home"])])
    both, names = np.array([0, 1]), ["place=home", "weather=rain"]
    summed = sum(lifts.scores([name], both) for name in names)
    np.testing.assert_allclose(lifts.scores(names, both), summed, rtol=1e-5)
    np.testing.assert_allclose(WORDS.rows([names]) @ lifts.table(), [summed], rtol=1e-5)


event = st.tuples(
    st.integers(0, 1), st.lists(st.sampled_from(WORDS.names.tolist()), unique=True, max_size=3)
)


@given(st.lists(event), st.lists(event))
def test_adding_events_and_taking_them_out_is_the_identity(some, more):
    before = lifts_of(some)
    rows = WORDS.rows([names for _, names in more])
    items = np.array([item for item, _ in more], np.int64)
    after = before.changed(rows, items)
    np.testing.assert_array_equal(after.counts, lifts_of([*some, *more]).counts)
    np.testing.assert_array_equal(after.changed(rows, items, -1).counts, before.counts)


def test_order_of_items_changes_with_the_situation():
    lifts = lifts_of(EVENTS)
    rain, sun = (lifts.scores([f"weather={w}"], np.array([0, 1])) for w in ("rain", "sun"))
    assert rain[0] > rain[1]
    assert sun[0] < sun[1]
    assert rain[0] == pytest.approx(sun[1])
