"""Shares that are shown sum to what they are together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhiyin.apps.numerals import whole_percents


@given(st.lists(st.floats(0.001, 10.0), min_size=1, max_size=20))
def test_percents_of_a_whole_sum_to_a_hundred_and_are_off_by_less_than_one(
    parts: list[float],
) -> None:
    shares = [part / sum(parts) for part in parts]
    told = whole_percents(shares)
    assert sum(told) == 100
    assert all(abs(one - 100 * share) < 1 for one, share in zip(told, shares, strict=True))


def test_what_is_left_out_stays_left_out() -> None:
    assert whole_percents([0.5, 0.3]) == [50, 30]
    assert whole_percents([]) == []
