from __future__ import annotations

import numpy as np
import pytest

from zhiyin.affinity.ratings import Ratings, biases, comes_later
from zhiyin.core.history import NO_TIME

PAIRS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
FOUR = Ratings.of(*PAIRS.T, np.array([5.0, 3.0, 3.0, 1.0]), 3, 3)


def test_biases_add_up_and_damping_pulls_them_to_the_mean():
    mean, of_person, of_item = biases(FOUR, 0.0001, 0.0001)
    assert mean == 3
    assert of_person == pytest.approx([1, -1, 0], abs=0.001)
    assert of_item == pytest.approx([1, -1, 0], abs=0.001)
    _, of_person, of_item = biases(FOUR, 2.0, 2.0)
    assert of_person == pytest.approx([0.5, -0.5, 0])
    assert of_item == pytest.approx([0.5, -0.5, 0])


def test_who_has_no_rating_has_no_bias_even_undamped():
    mean, of_person, of_item = biases(FOUR, 0.0, 0.0)
    assert (mean, of_person.tolist(), of_item.tolist()) == (3, [1, -1, 0], [1, -1, 0])


def test_of_several_ratings_of_a_pair_the_mean_counts_at_the_latest_time():
    person, item = np.array([0, 0, 0, 1]), np.array([1, 0, 1, 0])
    value, time_us = np.array([1.0, 2.0, 5.0, 4.0]), np.array([30, 10, 20, NO_TIME])
    known = Ratings.of(person, item, value, 2, 2, time_us)
    assert (known.person.tolist(), known.item.tolist()) == ([0, 0, 1], [0, 1, 0])
    assert (known.value.tolist(), known.time_us.tolist()) == ([2, 3, 4], [10, 30, NO_TIME])
    assert (Ratings.of(person, item, value, 2, 2).time_us == NO_TIME).all()


def test_predictions_are_cut_to_the_range_of_the_ratings():
    assert FOUR.clipped(np.array([0.0, 2.5, 9.0])).tolist() == [1, 2.5, 5]


@pytest.mark.parametrize(
    ("asked", "is_later"),
    [
        (np.arange(100, 110), True),
        (np.append(np.arange(100, 118), [0, 1]), True),
        (np.append(np.arange(100, 117), [0, 1, 2]), False),
        (np.arange(0, 100, 10), False),
        (np.full(9, NO_TIME), False),
        (np.empty(0, np.int64), False),
    ],
)
def test_what_is_asked_comes_later_when_nearly_all_of_it_is(asked, is_later):
    assert comes_later(asked, np.arange(100)) is is_later
    assert not comes_later(asked, np.full(100, NO_TIME))
