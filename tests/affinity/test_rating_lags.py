from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.affinity.rating_lags import DAY_US, LAG_DAYS, Past
from zhiyin.core.history import NO_TIME


def past_of(rows, n_groups=3):
    """Return the past of (group, day, value)."""
    group, day, value = (np.array(column) for column in zip(*rows, strict=True))
    return Past.of(group, (day * DAY_US).astype(np.int64), value.astype(float), n_groups)


def asked(past, group, day, **more):
    return past.lags(np.array([group]), np.array([int(day * DAY_US)]), **more)


ONE = [(0, 0, 5), (0, 23, 3), (0, 29, 4)]


def test_lags_as_of_day_30_by_hand():
    lags = asked(past_of(ONE), 0, 30)
    assert LAG_DAYS == (1, 7, 30)
    assert lags.value.tolist() == [[4, 3, 5]]
    assert lags.count.tolist() == [[1, 2, 3]]
    assert lags.total.tolist() == [[4, 7, 12]]
    assert lags.mean.tolist() == [[4, 3.5, 4]]


def test_a_lag_is_the_newest_rating_at_or_before_so_many_days_ago():
    lags = asked(past_of(ONE), 0, 29.5)
    assert lags.value.tolist()[0][:2] == [3, 5]
    assert np.isnan(lags.value[0, 2])
    assert lags.count.tolist() == [[1, 2, 3]]
    later = asked(past_of(ONE), 0, 100)
    assert later.value.tolist() == [[4, 4, 4]]
    assert later.count.tolist() == [[0, 0, 0]]
    assert np.isnan(later.mean).all()


def test_the_rating_that_is_predicted_is_never_a_feature():
    told = [asked(past_of([*ONE, (0, 30, value), (0, 31, value)]), 0, 30) for value in (1, 5)]
    for one in (*told, asked(past_of(ONE), 0, 30)):
        assert one.value.tolist() == told[0].value.tolist()
        assert one.total.tolist() == told[0].total.tolist()
        assert one.count.tolist() == [[1, 2, 3]]


def test_ratings_of_one_moment_count_together_in_any_order():
    rows = [(0, 5, 2), (0, 5, 4), (0, 1, 1)]
    for order in (rows, rows[::-1]):
        lags = asked(past_of(order), 0, 6, days=(1,))
        assert (lags.value.tolist(), lags.count.tolist()) == ([[3]], [[2]])


def test_without_a_time_nothing_is_told_and_nothing_counts():
    past = Past.of(np.zeros(2, np.int64), np.array([NO_TIME, 0]), np.array([1.0, 5.0]), 1)
    lags = past.lags(np.zeros(2, np.int64), np.array([DAY_US, NO_TIME]), days=(1,))
    assert lags.count.tolist() == [[1], [0]]
    assert lags.total.tolist() == [[5], [0]]
    assert np.isnan(lags.value).tolist() == [[False], [True]]
    empty = Past.of(*np.empty((2, 0), np.int64), np.empty(0), 2)
    assert empty.lags(np.array([1]), np.array([0])).count.tolist() == [[0, 0, 0]]


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(deadline=None, max_examples=25)
def test_they_are_those_of_a_plain_loop(seed, size):
    rng = np.random.default_rng(seed)
    group, value = rng.integers(0, 3, size), rng.integers(1, 6, size).astype(float)
    time_us = rng.integers(0, 80, size) * (DAY_US // 2)
    past = Past.of(group, time_us, value, 4)
    who, now = rng.integers(0, 4, 15), rng.integers(-2, 90, 15) * (DAY_US // 2)
    lags = past.lags(who, now)
    for row, (one, moment) in enumerate(zip(who, now, strict=True)):
        for column, days in enumerate(LAG_DAYS):
            then = moment - days * DAY_US
            inside = (group == one) & (time_us >= then) & (time_us < moment)
            assert lags.count[row, column] == inside.sum()
            assert lags.total[row, column] == value[inside].sum()
            before = (group == one) & (time_us <= then)
            newest = time_us == time_us[before].max(initial=NO_TIME)
            known = value[before & newest].mean() if before.any() else np.nan
            assert lags.value[row, column] == pytest.approx(known, nan_ok=True)
