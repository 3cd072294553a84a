import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.people_weights import PeopleWeights, symmetric, tie_likeness
from zhiyin.core.ties import Ties
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
    weights = -inverse / np.diag(inverse)[:, None]
    np.fill_diagonal(weights, 0)
    return weights @ dense


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(0.0, 0.0), (1.5, 0.0), (1.0, 3.0)]))
def test_scores_are_those_of_the_formula(seed, weights):
    rows, ties = world(seed)
    tied = symmetric(ties)
    model = PeopleWeights.fit(rows, ties, reg=30.0, tie_weight=weights[0], common_weight=weights[1])
    expected = by_hand(rows, tied.toarray(), 30.0, *weights)
    np.testing.assert_allclose(model.scores_people(np.arange(30), rows), expected, atol=1e-4)
    for person in range(0, 30, 7):
        asked = asked_by(person, rows)
        np.testing.assert_allclose(model.scores(asked), expected[person], atol=1e-4)
        assert model.weights(asked)[person] == 0


def asked_by(person, rows, **known):
    row = rows[[person]]
    return Asked(row.indices.astype(np.int64), row.data, person, **known)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_who_is_new_or_changed_gets_what_training_with_them_would_give(seed):
    """A person's weights only need the others' kernel, and the person's own line of it."""
    rng = np.random.default_rng(seed)
    rows, ties = world(seed)
    tied, person = symmetric(ties), int(rng.integers(30))
    expected = by_hand(rows, tied.toarray(), 30.0, 1.5, 3.0)[person]
    changed = rows.copy().tolil()
    changed[person] = 0
    before = changed.copy()
    before[person, 3] = 1  # the person had something else when the model was trained
    old = PeopleWeights.fit(before.tocsr(), tied, reg=30.0, tie_weight=1.5, common_weight=3.0)
    np.testing.assert_allclose(old.scores(asked_by(person, rows)), expected, atol=1e-4)
    batch = old.scores_people(np.array([person]), rows)
    np.testing.assert_allclose(batch[0], expected, atol=1e-4)


def test_somebody_unseen_is_folded_in_with_friends():
    rows, ties = world(4)
    tied = symmetric(ties)
    lonely = tied.copy().tolil()
    lonely[29] = 0
    lonely[:, 29] = 0
    parts = {"reg": 30.0, "tie_weight": 1.5, "common_weight": 0.0}  # others' likeness would change
    expected = PeopleWeights.fit(rows, tied, **parts).scores_people(np.array([29]), rows)[0]
    others = PeopleWeights.fit(rows[:29], lonely.tocsr()[:29, :29], **parts)
    friends = tied[[29]].indices.astype(np.int64)
    row = asked_by(29, rows, friends=friends)
    stranger = Asked(row.items, row.weights, friends=friends)
    for asked in (row, stranger):  # by a number beyond the model's, and without one
        np.testing.assert_allclose(others.scores(asked), expected, atol=1e-4)
    assert not np.allclose(others.scores(Asked(row.items, row.weights)), expected, atol=1e-3)


def test_friends_and_people_alike_give_the_whole_score():
    rows, ties = world(6)
    model = PeopleWeights.fit(rows, ties, reg=10.0, tie_weight=1.0, common_weight=1.0)
    asked, ids = asked_by(5, rows), np.array([0, 7, 19, 25])
    friends, others = model.explain(asked, ids)
    assert (friends.kind, others.kind) == ("friend", "person")
    assert set(friends.ids) <= set(symmetric(ties)[[5]].indices)
    total = friends.amounts.sum(axis=0) + others.amounts.sum(axis=0)
    np.testing.assert_allclose(total, [*model.scores(asked)[ids[:3]], 0], atol=1e-5)
    assert np.abs(friends.amounts).max() > 0


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
    assert not PeopleWeights.fit(rows, ties, reg=2.0).scores(asked_by(0, rows)).any()
    model = PeopleWeights.fit(rows, ties, reg=2.0, tie_weight=1.0)
    scores = model.scores_people(np.array([0, 1]), rows)
    assert scores[0, 1] > 0 == scores[0, 2]
    assert scores[1, 0] > 0 == scores[1, 2]


def test_where_ties_weigh_too_much_the_ridge_is_raised():
    rows, ties = world(1)
    model = PeopleWeights.fit(rows, ties, reg=1.0, tie_weight=50.0)
    assert model.reg in 2.0 ** np.arange(1, 12)
    assert np.linalg.eigvalsh(model.inverse.astype(np.float64)).min() > 0
    assert PeopleWeights.fit(rows, ties, reg=1.0, tie_weight=0.1).reg == 1.0
    with pytest.raises(DataError, match="not positive definite"):
        PeopleWeights.fit(rows, reg=-100.0)


def test_a_close_friend_counts_more_than_a_distant_one():
    rows = sparse.csr_array(np.array([[0, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32))
    ties = Ties(np.array([0, 0]), np.array([1, 2]), np.array([9.0, 1.0], np.float32)).matrix(3)
    scores = PeopleWeights.fit(rows, ties, reg=5.0, tie_weight=1.0).scores(asked_by(0, rows))
    assert scores[1] > 3 * scores[2] > 0
