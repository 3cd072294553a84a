from __future__ import annotations

import numpy as np
import pytest

from zhiyin.affinity.popularity import popularity
from zhiyin.core.history import NO_TIME

DAY = 86_400_000_000


def test_a_half_life_by_hand():
    item = np.array([0, 0, 1, 2, 9])
    strength = np.array([1, 0.5, 1, -1, 1], np.float32)
    time_us = np.array([100, 90, 80, 100, 100]) * DAY
    # item 0: 1 + .5/2; item 1: 1/4; item 2 only against; item 9 is newer than the answer
    answer = popularity(item, strength, time_us, 4, half_life_days=10)
    assert answer.dtype == np.float32
    assert answer.tolist() == [1.25, 0.25, 0, 0]


def test_the_present_can_be_given_and_what_comes_after_has_not_happened():
    item, strength = np.array([0, 1, 2]), np.ones(3, np.float32)
    time_us = np.array([0, 10, 20]) * DAY
    answer = popularity(item, strength, time_us, 3, half_life_days=10, as_of_us=10 * DAY)
    assert answer.tolist() == [0.5, 1, 0]


def test_an_unknown_time_weighs_as_the_mean_of_the_known():
    item, strength = np.array([0, 1, 2]), np.ones(3, np.float32)
    time_us = np.array([0, 10 * DAY, NO_TIME])
    answer = popularity(item, strength, time_us, 3, half_life_days=10)
    assert answer.tolist() == [0.5, 1, 0.75]
    nothing_known = np.full(3, NO_TIME)
    assert popularity(item, strength, nothing_known, 3).tolist() == [1, 1, 1]


def test_empty():
    none = np.empty(0, np.int64)
    assert popularity(none, np.empty(0), none, 2).tolist() == pytest.approx([0, 0])
