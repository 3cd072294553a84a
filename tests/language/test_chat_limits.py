"""Limits by hand, with clocks that stand still until they are told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import ModelError, RateLimited
from zhiyin.language.chat.breaker import Breaker
from zhiyin.language.chat.limits import Pace, Purse


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_minute_s_worth_goes_at_once_and_the_rest_as_it_comes_back():
    clock = Clock()
    pace = Pace("requests", 60, clock=clock)
    assert pace.take(50, at_most_s=0.0) == 0.0
    assert pace.take(13, at_most_s=5.0) == 3.0
    with pytest.raises(RateLimited, match=r"60 requests a minute .*again in 6\.0 s"):
        pace.take(3, at_most_s=5.0)
    clock.now = 3.0
    assert pace.take(3, at_most_s=5.0) == 3.0
    clock.now = 1e6
    assert pace.take(60, at_most_s=0.0) == 0.0
    assert pace.take(1, at_most_s=5.0) == 1.0


def test_what_was_not_used_can_be_given_back():
    pace = Pace("tokens", 60, clock=Clock())
    pace.take(60, at_most_s=0.0)
    pace.give_back(10)
    assert pace.take(10, at_most_s=0.0) == 0.0
    pace.give_back(-5)
    assert pace.take(0, at_most_s=9.0) == 5.0


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 1000),
    st.lists(st.tuples(st.floats(0, 50), st.integers(0, 50)), min_size=1, max_size=30),
)
def test_no_minute_sees_more_than_two_minutes_worth(per_minute, steps):
    clock = Clock()
    pace = Pace("tokens", per_minute, clock=clock)
    used = []
    for pause, units in steps:
        clock.now += pause
        if units <= per_minute:
            used.append((clock.now + pace.take(units, at_most_s=1e9), units))
    for begin, _ in used:
        within = sum(units for at, units in used if begin <= at < begin + 60)
        assert within <= 2 * per_minute + 1e-6


def test_without_a_limit_nothing_waits():
    assert Pace("tokens", None).take(1e12, at_most_s=0.0) == 0.0


def test_a_purse_counts_and_opens_again_the_next_day():
    clock = Clock()
    purse = Purse(100, 1.0, 4.0, clock=clock)
    purse.check(100)
    purse.pay(60, 30)
    with pytest.raises(RateLimited, match="90 of the 100 tokens of the day"):
        purse.check(11)
    purse.check(10)
    clock.now = 86_400.0
    purse.check(100)
    purse.pay(10, 0)
    spent = purse.spent
    assert (spent.requests, spent.prompt_tokens, spent.completion_tokens) == (2, 70, 30)
    assert spent.cost == pytest.approx((70 * 1.0 + 30 * 4.0) / 1e6)


def test_a_breaker_opens_rests_and_lets_one_through():
    clock = Clock()
    breaker = Breaker(2, 30.0, clock=clock)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    breaker.check()
    breaker.failed()
    clock.now = 29.0
    with pytest.raises(ModelError, match=r"failed 2 times in a row.*again in 1 s"):
        breaker.check()
    clock.now = 30.0
    breaker.check()
    with pytest.raises(ModelError):
        breaker.check()  # one only
    breaker.failed()
    clock.now = 59.0
    with pytest.raises(ModelError):
        breaker.check()
    clock.now = 60.0
    breaker.check()
    breaker.succeeded()
    for _ in range(3):
        breaker.check()
