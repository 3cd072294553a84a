import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.people_weights import PeopleWeights, symmetric, tie_likeness
from zhiyin.errors import DataError


def world(seed, n_people=30, n_items=20):
    rng = np.random.default_rng(seed)
    rows = sparse.csr_array((rng.random((n_people, n_items)) < 0.25).astype(np.float32))
    ties = sparse.csr_array((rng.random((n_people, n_people)) < 0.1).astype(np.float32))
    return rows, ties


def by_hand(rows, tied, reg, tie_weight, common_weight):
    dense, ties = rows.toarray().astype(np.float64), tied.astype(np.float64)
    degree = np.maximum(ties.sum(1), 1)
    likeness = (ties @ ties.T) / np.sqrt(np.outer(degree, degree))
    np.fill_diagonal(likeness, 0)
    kernel = dense @ dense.T + tie_weight * ties + common_weight * likeness
    inverse = np.linalg.inv(kernel + reg * np.eye(len(kernel)))
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0)
    return weights @ dense


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(0.0, 0.0), (1.5, 0.0), (1.0, 3.0)]))
def test_scores_are_those_of_the_formula(seed, weights):
    rows, ties = world(seed)
    tied = symmetric(ties)
    model = PeopleWeights.fit(rows, ties, reg=30.0, tie_weight=weights[0], common_weight=weights[1])
    expected = by_hand(rows, tied.toarray(), 30.0, *weights)
    np.testing.assert_allclose(model.scores_of(np.arange(30)), expected, atol=1e-4)
    assert not np.diag(model.weights).any()


def test_ties_count_in_both_directions_and_once_and_not_to_oneself():
    ties = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 1], [0, 0, 0]], np.float32))
    assert symmetric(ties).toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_likeness_of_ties_by_hand():
    square = np.zeros((5, 5), np.float32)
    for one, two in ((0, 2), (0, 3), (1, 2), (1, 3), (1, 4)):
        square[one, two] = square[two, one] = 1
    likeness = tie_likeness(sparse.csr_array(square)).toarray()
    assert likeness[0, 1] == pytest.approx(2 / np.sqrt(6))
    assert likeness[2, 4] == pytest.approx(1 / np.sqrt(2))
    assert not np.diag(likeness).any()
    assert likeness[0, 4] == 0


def test_a_friend_without_a_common_item_counts_through_the_tie():
    rows = sparse.csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32))
    ties = sparse.csr_array(np.array([[0, 1, 0], [0, 0, 0], [0, 0, 0]], np.float32))
    assert not PeopleWeights.fit(rows, ties, reg=2.0).scores_of(np.array([0])).any()
    scores = PeopleWeights.fit(rows, ties, reg=2.0, tie_weight=1.0).scores_of(np.array([0, 1]))
    assert scores[0, 1] > 0 == scores[0, 2]
    assert scores[1, 0] > 0 == scores[1, 2]


def test_ties_that_weigh_too_much_are_refused():
    rows, ties = world(1)
    with pytest.raises(DataError, match="not positive definite"):
        PeopleWeights.fit(rows, ties, reg=1.0, tie_weight=50.0)
