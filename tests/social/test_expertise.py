import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.social.expertise import experts, wilson_bound


def test_the_bound_by_hand():
    assert wilson_bound(np.array([90, 1, 0, 0]), np.array([100, 1, 10, 0])) == pytest.approx(
        [0.82563, 0.20654, 0, 0], abs=1e-4
    )


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(2, 9))
def test_the_bound_is_below_the_share_and_comes_nearer_with_more_votes(positive, total, times):
    positive = min(positive, total)
    few, many = wilson_bound(positive * np.array([1, times]), total * np.array([1, times]))
    assert 0 <= few <= many + 1e-6
    assert many <= positive / total + 1e-6


def test_experts_by_hand():
    # Category 0: 3 has two reviews found helpful, 4 one, 5 bought much and wrote nothing. Category 1: 4. None in 2.
    person = np.array([3, 3, 4, 5, 5, 5, 4, 6])
    category = np.array([0, 0, 0, 0, 0, 0, 1, -1])
    helpful = np.array([10, 10, 10, 0, 0, 0, 3, 9])
    votes = np.array([10, 10, 10, 0, 0, 0, 3, 9])
    people, scores = experts(person, category, helpful, votes, n_categories=3, k=2)
    assert people.tolist() == [[3, 4], [4, -1], [-1, -1]]
    bound = wilson_bound(np.array([20, 10, 3]), np.array([20, 10, 3]))
    assert scores[0] == pytest.approx(bound[:2] * [2 / 7, 1 / 6])
    assert scores[1] == pytest.approx([bound[2] / 6, 0])
    assert scores[2].tolist() == [0, 0]


def test_purchases_make_more_of_who_is_found_helpful():
    person, category = np.array([0, 0, 0, 1]), np.zeros(4, np.int64)
    votes = np.array([5, 0, 0, 5])
    people, scores = experts(person, category, votes, votes, n_categories=1)
    assert people[0, :3].tolist() == [0, 1, -1]
    assert scores[0, 0] == pytest.approx(3 / 8 / (1 / 6) * scores[0, 1])


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(1, 5))
def test_the_best_come_first_and_once(seed, n, k):
    rng = np.random.default_rng(seed)
    votes = rng.integers(0, 9, n)
    person, category = rng.integers(0, 12, n), rng.integers(-1, 4, n)
    people, scores = experts(
        person, category, rng.integers(0, votes + 1), votes, n_categories=4, k=k
    )
    assert (np.diff(scores, axis=1) <= 0).all()
    assert ((people >= 0) == (scores > 0)).all()
    for kind, row in enumerate(people):
        known = row[row >= 0]
        assert np.unique(known).size == known.size
        assert np.isin(known, person[category == kind]).all()
