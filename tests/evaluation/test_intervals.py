from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.evaluation import intervals
from zhiyin.evaluation.intervals import (
    MIN_GROUP,
    bootstrap,
    bootstrap_ratio,
    group_bootstrap,
    paired_difference,
)


def test_the_interval_is_that_of_the_normal_law_for_many_people():
    values = np.random.default_rng(1).normal(3.0, 2.0, 4000)
    interval = bootstrap(values, n=2000)
    assert interval.mean == pytest.approx(values.mean())
    half = 1.96 * values.std() / np.sqrt(values.size)
    assert interval.low == pytest.approx(interval.mean - half, abs=half / 8)
    assert interval.high == pytest.approx(interval.mean + half, abs=half / 8)


def test_it_holds_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(2)
    held = 0
    for seed in range(200):
        interval = bootstrap(rng.random(60) < 0.4, n=400, seed=seed)
        held += interval.low <= 0.4 <= interval.high
    assert 180 <= held <= 199


def test_one_value_has_no_spread_and_nobody_has_no_mean():
    assert bootstrap(np.array([2.0])).as_list() == [2, 2, 2]
    assert np.isnan(bootstrap(np.array([np.nan])).as_list()).all()
    assert bootstrap(np.array([1.0, np.nan, 1.0])).as_list() == [1, 1, 1]


def test_the_seed_decides():
    values = np.random.default_rng(3).random(50)
    assert bootstrap(values, seed=1) == bootstrap(values, seed=1)
    assert bootstrap(values, seed=1) != bootstrap(values, seed=2)


def test_pairs_take_away_what_people_have_in_common():
    rng = np.random.default_rng(4)
    person = rng.normal(0, 10, 300)
    better = person + 0.5 + rng.normal(0, 0.1, 300)
    difference = paired_difference(better, person)
    assert 0.45 < difference.low < 0.5 < difference.high < 0.55
    assert bootstrap(better).low < bootstrap(person).mean  # unpaired says nothing


def test_a_small_group_has_no_figure():
    values = np.random.default_rng(5).random(MIN_GROUP)
    assert group_bootstrap(values) == bootstrap(values)
    assert group_bootstrap(values[1:]) is None
    values[3] = np.nan
    assert group_bootstrap(values) is None
    assert group_bootstrap(np.append(values, 0.5)) == bootstrap(np.append(values, 0.5))


def test_a_ratio_is_over_events_and_not_over_people():
    squares, n_events = np.array([4.0, 0.0, 32.0]), np.array([1, 1, 7])
    assert bootstrap_ratio(squares, n_events).mean == 4.0
    rmse = bootstrap_ratio(squares, n_events, transform=np.sqrt)
    assert rmse.mean == 2.0
    plain = bootstrap_ratio(squares, n_events)
    assert (rmse.low**2, rmse.high**2) == pytest.approx((plain.low, plain.high), rel=0.01)


def test_with_one_event_each_a_ratio_is_a_mean():
    values = np.random.default_rng(6).random(40)
    ratio = bootstrap_ratio(values, np.ones(40), seed=3)
    assert ratio.as_list() == pytest.approx(bootstrap(values, seed=3).as_list())


def test_who_has_no_events_is_left_out_of_a_ratio():
    above, below = np.array([1.0, np.nan, 0.0, 3.0, 5.0]), np.array([2.0, 1.0, 0.0, 2.0, np.nan])
    assert bootstrap_ratio(above, below) == bootstrap_ratio(above[[0, 3]], below[[0, 3]])
    assert np.isnan(bootstrap_ratio(above[1:3], below[1:3], transform=np.sqrt).as_list()).all()


def test_events_of_a_person_hang_together():
    rng = np.random.default_rng(7)
    held = 0
    for seed in range(100):
        rate = rng.normal(1.0, 0.5, 50)  # one level a person, the same in all their events
        n_events = rng.integers(1, 30, 50)
        interval = bootstrap_ratio(rate * n_events, n_events, n=300, seed=seed)
        held += interval.low <= 1.0 <= interval.high
    assert 85 <= held <= 99


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 9), st.integers(1, 9)), min_size=1, max_size=30))
def test_the_size_of_a_block_changes_nothing(rows):
    above, below = np.array(rows).T
    whole = bootstrap_ratio(above, below, n=50), bootstrap(above, n=50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "_CELLS", 2 * len(rows))
        parts = bootstrap_ratio(above, below, n=50), bootstrap(above, n=50)
    assert np.allclose([i.as_list() for i in parts], [i.as_list() for i in whole])
    assert whole[0].low - 1e-9 <= whole[0].high
