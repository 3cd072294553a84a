import numpy as np
import pytest

from zhiyin.bench.context_habits import Compared

# Person 0 took item 7 twice in the rain (0) and item 8 once in the sun (1); person 1 took item 7 once, weather unknown.
PERSON, ITEM = np.array([0, 0, 0, 1]), np.array([7, 7, 8, 7])
CODES = np.array([[0, 5], [0, 6], [1, 5], [-1, 5]])
ALL = np.ones(4, bool)


def compared(asked):
    return Compared.of(PERSON, ITEM, CODES, ALL, np.array(asked))


def test_a_row_is_never_held_against_itself():
    found = compared([0])
    assert found.item.tolist() == [7, 8]
    assert found.candidate.tolist() == [0, 1]
    assert compared([3]).item.size == 0


def test_rows_say_in_which_columns_they_are_alike_and_in_which_they_differ():
    found = compared([0])
    assert found.alike.tolist() == [[1, 0, 0, 1], [0, 1, 1, 0]]
    assert found.is_same.tolist() == [False, False]


def test_unknown_values_are_neither_alike_nor_different():
    person, codes = np.array([0, 0]), np.array([[-1, 5], [0, 5]])
    found = Compared.of(person, np.array([1, 2]), codes, np.ones(2, bool), np.array([0]))
    assert found.alike.tolist() == [[0, 1, 0, 0]]


def test_scores_by_hand():
    found = compared([2])  # asked: sun, 5; item 7 was taken in (rain, 5) and in (rain, 6)
    weights = np.array([0.0, np.log(3), 0.0, 0.0, 0.0])
    assert np.exp(found.scores(weights)).tolist() == pytest.approx([3 + 1])
    assert np.exp(found.scores(np.zeros(5))).tolist() == pytest.approx([2])


def test_the_very_same_situation_has_a_weight_of_its_own():
    person, codes = np.zeros(3, np.int64), np.array([[0], [0], [1]])
    found = Compared.of(person, np.array([1, 2, 3]), codes, np.ones(3, bool), np.array([0]))
    assert found.is_same.tolist() == [True, False]
    scores = found.scores(np.array([0.0, 0.0, -2.0]))
    assert scores.tolist() == pytest.approx([-2, 0])


def test_what_counts_is_learned():
    rng = np.random.default_rng(0)
    person = np.repeat(np.arange(100), 12)
    weather, noise = rng.integers(0, 2, person.size), rng.integers(0, 5, person.size)
    item = weather * 3 + rng.integers(0, 3, person.size)
    codes = np.stack([weather, noise], axis=1)
    rows = np.arange(person.size)
    found = Compared.of(person, item, codes, np.ones(rows.size, bool), rows)
    weights = found.fitted(item)
    assert weights[0] - weights[2] > max(1, 3 * abs(weights[1] - weights[3]))
