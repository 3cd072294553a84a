"""What rises: the formula by hand, groups of ten, delicate goods, and events since the training."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core import NO_TIME
from zhiyin.portraits.sums import DAY_US
from zhiyin.portraits.trend import Trend, with_communities

REF = 1_000 * DAY_US
EVERYBODY = np.array(["everybody"])


def of(person, item, weight, days, *, groups=EVERYBODY, member=None, delicate=None):
    member = np.ones((4, 1)) if member is None else member
    delicate = np.zeros(3, bool) if delicate is None else delicate
    time_us = np.where(np.isnan(days), NO_TIME, REF - np.nan_to_num(days) * DAY_US).astype(np.int64)
    told = (np.array(person), np.array(item), np.array(weight, float), time_us)
    return Trend.of([told], groups, sparse.csr_array(np.asarray(member, np.float32)), delicate, REF)


def test_share_and_rise_by_hand():
    trend = of([0, 1, 2], [0, 1, 1], [8, 8, 8], np.array([0.0, 60, 0]))
    found = trend.rise(0, REF)
    lately = np.array([8, 8 + 8 * 0.5 ** (60 / 7)])
    past = np.array([8, 8 + 4.0])
    expected = past * lately.sum() / past.sum()
    rise = (lately + 40) / (expected + 40)
    assert found.item.tolist() == [0, 1]
    np.testing.assert_allclose(found.rise, rise, rtol=1e-5)
    np.testing.assert_allclose(found.share, lately / lately.sum() * rise, rtol=1e-5)
    assert found.rise[0] > 1 > found.rise[1]


def test_what_is_against_or_has_no_time_or_is_too_new_counts_for_nothing():
    trend = of([0, 0, 9, 0], [0, 1, 0, 7], [-4, 8, 8, 8], np.array([0, np.nan, 0, 0]))
    assert trend.rise(0, REF).item.size == 0


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_an_event_that_is_added_counts_as_one_that_was_learned(seed):
    rng = np.random.default_rng(seed)
    member = np.column_stack([np.ones(4), rng.random(4) < 0.5])
    groups = np.array(["everybody", "city:Ulm"])
    person, item = rng.integers(0, 4, 30), rng.integers(0, 3, 30)
    weight, days = rng.uniform(0.5, 8, 30), rng.uniform(0, 30, 30)
    whole = of(person, item, weight, days, groups=groups, member=member)
    grown = of(person[:15], item[:15], weight[:15], days[:15], groups=groups, member=member)
    grown = Trend.from_arrays(grown.arrays())
    grown.fold_all(person[15:], item[15:], weight[15:], (REF - days[15:] * DAY_US).astype(np.int64))
    for group in range(2):
        one, other = whole.rise(group, REF), grown.rise(group, REF)
        assert one.item.tolist() == other.item.tolist()
        np.testing.assert_allclose(one.share, other.share, rtol=1e-3)
        np.testing.assert_allclose(one.rise, other.rise, rtol=1e-3)


def test_delicate_goods_rise_for_nobody_in_particular():
    member = np.ones((4, 2))
    groups = np.array(["everybody", "city:Ulm"])
    delicate = np.array([True, False, False])
    trend = of([0, 1], [0, 1], [8, 8], np.zeros(2), groups=groups, member=member, delicate=delicate)
    trend.fold(0, 0, 8.0, REF)
    assert trend._sums(1).any(axis=0).tolist() == [False, True, False]
    assert trend._sums(0).any(axis=0).tolist() == [True, True, False]


@pytest.mark.parametrize("time_us", [NO_TIME + 1, 2**62])
def test_the_ends_of_time_harm_nothing(time_us):
    trend = of([0], [0], [8], np.zeros(1))
    trend.fold(9, 99, 8.0, time_us)
    assert np.isfinite(trend.rise(0, REF).share).all()


def test_communities_of_ten_are_groups_and_smaller_ones_are_not():
    community = np.array([0] * 10 + [1] * 9 + [-1])
    names, member = with_communities(
        EVERYBODY, sparse.csr_array(np.ones((20, 1), np.float32)), community
    )
    assert names.tolist() == ["everybody", "community:0"]
    assert np.flatnonzero(member.toarray()[:, 1]).tolist() == list(range(10))
