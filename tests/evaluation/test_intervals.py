from __future__ import annotations

import numpy as np
import pytest

from zhiyin.evaluation.intervals import bootstrap, paired_difference


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
