"""What was seen lately."""

import threading
import time

import numpy as np
import pytest

from zhiyin.core.impression import Impression
from zhiyin.store.exposure import Exposure

DAY = 86_400_000_000


def page(*items, at=0):
    return Impression("r", None, "home", at, items, tuple(0.0 for _ in items))


def test_the_first_place_counts_one_and_the_third_half():
    exposure = Exposure()
    exposure.add(page(3, 0, 1))
    exposure.add(page(1))
    assert exposure.of_items(5).tolist() == pytest.approx([1 / np.log2(3), 1.5, 0, 1, 0])


def test_it_halves_in_a_half_life_however_often_it_is_added_to():
    once, often = Exposure(half_life_days=2), Exposure(half_life_days=2)
    for exposure in (once, often):
        exposure.add(page(0, at=0))
    for hour in range(48):
        often.add(page(at=hour * DAY // 24))
    for exposure in (once, often):
        exposure.add(page(1, at=2 * DAY))
        assert exposure.of_items(2).tolist() == pytest.approx([0.5, 1.0])


def test_a_page_that_comes_late_does_not_turn_time_back():
    exposure = Exposure()
    for item, at in ((0, DAY), (1, 0), (2, DAY)):
        exposure.add(page(item, at=at))
    assert exposure.of_items(3).tolist() == [1, 1, 1]


def test_a_page_as_of_the_future_does_not_run_ahead():
    now, exposure = time.time_ns() // 1000, Exposure()
    for item, at in ((0, now), (1, now + 9 * DAY)):
        exposure.add(page(item, at=at))
    assert exposure.of_items(2).tolist() == pytest.approx([1, 1], abs=0.01)


def test_pages_without_items():
    exposure = Exposure()
    exposure.add(page())
    assert exposure.of_items(0).size == 0
    assert exposure.of_items(2).tolist() == [0, 0]


def test_threads_lose_nothing():
    exposure = Exposure()

    def show():
        for number in range(200):
            exposure.add(page(number))

    threads = [threading.Thread(target=show) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (exposure.of_items(200) == 4).all()
