"""What is bought again: rates and gaps by hand."""

import numpy as np
import pytest

from zhiyin.core import NO_TIME
from zhiyin.portraits.rebuying import Rebuying
from zhiyin.portraits.sums import DAY_US


def test_rates_are_shrunk_to_the_category_and_gaps_are_medians():
    person = np.array([0, 0, 0, 1, 1, 2])
    item = np.array([0, 0, 0, 0, 0, 1])
    days = np.array([0, 10, 30, 0, 7, 3])
    found = Rebuying.of(person, item, days * DAY_US, np.array([4, 4, -1]))
    overall = 2 / 3  # two of three buyers came back
    usual = (2 + 5 * overall) / (3 + 5)
    assert found.rate.tolist() == pytest.approx([(2 + 5 * usual) / 7, 5 * usual / 6, overall])
    assert found.gap_days.tolist() == [11, 11, 11], (
        "15 and 7 days; the others have the category's and the shop's"
    )


def test_two_purchases_of_a_day_are_one_and_those_without_a_time_are_once():
    person, item = np.zeros(4, np.int64), np.array([0, 0, 1, 1])
    times = np.array([5, 9, NO_TIME, NO_TIME])
    found = Rebuying.of(person, item, times, np.array([-1, -1]))
    assert (found.rate == 0).all()
    assert np.isnan(found.gap_days).all()


def test_what_a_person_bought_fades_and_the_future_has_not_happened():
    rebuying = Rebuying(np.zeros(2, np.float32), np.zeros(2, np.float32))
    now = 100 * DAY_US
    times = np.array([100, 100, 40, 200, NO_TIME]) * DAY_US
    times[4] = NO_TIME
    bought = rebuying.bought(np.array([0, 0, 0, 0, 1]), times, now, 60.0)
    assert bought.item.tolist() == [0, 1]
    assert bought.times.tolist() == [2, 1]
    assert bought.weight.tolist() == [1.5, 0.5]
    assert bought.gap_days[0] == 60
    assert np.isnan(bought.gap_days[1])
    nothing = rebuying.bought(times[:0], times[:0], now, 60.0)
    assert nothing.item.size == nothing.gap_days.size == 0
