import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease, ridge_inverse
from zhiyin.affinity.erasure import (
    SOLVE_ABOVE,
    PeopleKernel,
    dual_replaced,
    dual_without,
    ease_after,
    ease_product,
    inverse_diagonal,
    kernel_inverse_after,
    neighbours_without,
    people_after,
    rows_replaced,
    sampled_residual,
    ties_without,
)
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.low_rank import rows_of_weights
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.people_weights import PeopleWeights, symmetric
from zhiyin.errors import DataError

SEEDS = st.integers(0, 2**32 - 1)


def world(seed, n_people=40, n_items=25, density=0.2):
    rng = np.random.default_rng(seed)
    eighths = rng.integers(1, 9, (n_people, n_items)) / 8
    taken = rng.random((n_people, n_items)) < density
    rows = sparse.csr_array(np.where(taken, eighths, 0).astype(np.float32))
    return rows, symmetric(sparse.csr_array(rng.random((n_people, n_people)) < 0.04).astype(float))


def emptied(rows, people):
    dense = rows.toarray()
    dense[people] = 0
    return sparse.csr_array(dense)


def without_event(rows, person, seed):
    """Return the person's row without one of its items."""
    row = rows[[person]].toarray()
    stored = np.flatnonzero(row[0])
    row[0, np.random.default_rng(seed).choice(stored, min(1, stored.size))] = 0
    return sparse.csr_array(row)


def primal(rows, reg):
    gram = Evidence.of(rows).gram
    return ease(gram, reg), np.diag(ridge_inverse(gram, reg)).copy()


def same_dual(found, rows, reg):
    expected = DualEase.fit(rows, reg=reg)
    assert_allclose(found.inverse, expected.inverse, atol=1e-5)
    assert_allclose(found.leverages, expected.leverages, atol=1e-5)
    assert np.array_equal(found.rows.toarray(), rows.toarray())
    assert np.array_equal(found.columns.toarray(), rows.toarray().T)
    asked = Asked(np.array([0, 2]), np.ones(2, np.float32), person=3)
    assert_allclose(found.scores(asked), expected.scores(asked), atol=1e-5)


def test_two_people_less_one_by_hand():
    rows = sparse.csr_array(np.array([[1, 1], [1, 0]], np.float32))
    weights, diagonal = primal(rows, 1.0)
    assert_allclose(weights, [[0, 1 / 3], [1 / 2, 0]], atol=1e-6)
    after, left = ease_after(weights, diagonal, rows[[1]], rows[[1]] * 0)
    assert_allclose(after, [[0, 1 / 2], [1 / 2, 0]], atol=1e-6)
    assert_allclose(left, [2 / 3, 2 / 3], atol=1e-6)


@settings(deadline=None, max_examples=25)
@given(SEEDS)
def test_ease_without_a_person_and_an_event_and_with_them_again(seed):
    rows, _ = world(seed)
    weights, diagonal = primal(rows, 3.0)
    people = np.array([4, 7])
    new = sparse.vstack([without_event(rows, 4, seed), rows[[7]] * 0], format="csr")
    after, left = ease_after(weights, diagonal, rows[people], new)
    expected, expected_diagonal = primal(rows_replaced(rows, people, new), 3.0)
    assert_allclose(after, expected, atol=1e-5)
    assert_allclose(left, expected_diagonal, atol=1e-5)
    again, _ = ease_after(after, left, new, rows[people])
    assert_allclose(again, weights, atol=1e-5)


@settings(deadline=None, max_examples=10)
@given(SEEDS, st.sampled_from([0.5, 30.0]))
def test_the_diagonal_is_in_the_weights_and_the_rows(seed, reg):
    rows, _ = world(seed)
    weights, diagonal = primal(rows, reg)
    assert_allclose(inverse_diagonal(weights, rows, reg), diagonal, rtol=1e-4)


def test_a_row_that_was_never_there_is_refused():
    rows, _ = world(1)
    with pytest.raises(DataError, match="take away only what was added"):
        ease_after(*primal(rows, 1.0), 50 * rows[[0]], rows[[0]] * 0)


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.sampled_from([1, 3]))
def test_the_dual_without_people(seed, k):
    rows, _ = world(seed)
    people = np.random.default_rng(seed).permutation(40)[:k]
    model = DualEase.fit(rows, reg=2.0)
    found = dual_without(model, people)
    same_dual(found, emptied(rows, people), 2.0)
    assert np.array_equal(found.inverse[people], np.eye(40, dtype=np.float32)[people] / 2)
    assert model.rows.nnz == rows.nnz


def test_an_item_that_nobody_has_any_more_has_no_leverage():
    rows = sparse.csr_array(np.array([[1, 0, 1], [0, 1, 1]], np.float32))
    assert dual_without(DualEase.fit(rows, reg=1.0), np.array([0])).leverages[0] == 0


@settings(deadline=None, max_examples=10)
@given(SEEDS)
def test_the_dual_after_an_event(seed):
    rows, _ = world(seed)
    person = np.array([5])
    for new in (without_event(rows, 5, seed), rows[[6]], rows[[5]] * 0, rows[[5]]):
        found = dual_replaced(DualEase.fit(rows, reg=2.0), person, new)
        same_dual(found, rows_replaced(rows, person, new), 2.0)


def test_when_most_change_the_dual_is_solved_anew():
    rows, _ = world(3)
    people = np.arange(20)
    found = dual_replaced(DualEase.fit(rows, reg=2.0), people, rows[people + 20])
    same_dual(found, rows_replaced(rows, people, rows[people + 20]), 2.0)


@settings(deadline=None, max_examples=10)
@given(SEEDS, st.sampled_from([(0.0, 0.0), (1.5, 0.0), (1.0, 3.0)]))
def test_people_weights_without_a_person_an_event_and_a_tie(seed, kernel_weights):
    rows, tied = world(seed)
    tie_weight, common_weight = kernel_weights
    named = {"reg": 30.0, "tie_weight": tie_weight, "common_weight": common_weight}
    model = PeopleWeights.fit(rows, tied, **named)
    kernel = PeopleKernel.of(model)
    fewer = tied.toarray()
    fewer[2, 9] = fewer[9, 2] = 0
    untied = PeopleKernel(rows, 30.0, sparse.csr_array(fewer), tie_weight, common_weight)
    event = kernel.replaced(np.array([3]), without_event(rows, 3, seed))
    for new in (kernel.without(np.array([5])), event, untied):
        found = people_after(model, new)
        expected = PeopleWeights.fit(new.rows, new.tied, **named)
        assert_allclose(found.inverse, expected.inverse, atol=1e-6)
        asked = Asked(np.array([0, 2]), np.ones(2, np.float32), person=3)
        assert_allclose(found.scores(asked), expected.scores(asked), atol=1e-5)
    gone = kernel.without(np.array([5]))
    assert not gone.rows[[5]].nnz
    assert not gone.tied[[5]].nnz + gone.tied[:, [5]].nnz
    alone = people_after(model, gone).inverse[5]
    assert alone[5] == pytest.approx(1 / 30)
    assert np.count_nonzero(alone) == 1


@settings(deadline=None, max_examples=10)
@given(SEEDS)
def test_parts_and_products_of_the_kernel_are_those_of_the_solved_one(seed):
    rows, tied = world(seed)
    kernel = PeopleKernel(rows, 30.0, tied, 1.0, 3.0)
    matrix = np.linalg.inv(kernel.inverse().astype(np.float64))
    people = np.array([7, 1, 30])
    ridge = 30 * np.eye(40)
    assert_allclose(kernel.part(people).toarray(), (matrix - ridge)[people], atol=1e-3)
    vectors = np.random.default_rng(seed).normal(size=(40, 3))
    assert_allclose(kernel.product(vectors), matrix @ vectors, atol=1e-2)


def test_ties_of_some_are_gone_in_both_directions():
    tied = symmetric(sparse.csr_array(np.ones((3, 3))))
    assert ties_without(tied, np.array([1])).toarray().tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.sampled_from([1, 4, 100]), st.booleans())
def test_neighbours_are_those_of_training_without_to_the_bit(seed, neighbours, is_whole):
    rows, _ = world(seed, n_people=30, n_items=40)
    rows.data[:] = np.maximum(rows.data, 0.5) if seed % 2 else 1  # many are equally near, too
    near = nearest_items(rows, neighbours=neighbours, shrinkage=2.0)
    person = np.array([11])
    new = rows[person] * 0 if is_whole else without_event(rows, 11, seed)
    left = rows_replaced(rows, person, new)
    left.eliminate_zeros()
    lost = rows[person].indices.astype(np.int64)
    found = neighbours_without(near, left, lost, neighbours=neighbours, shrinkage=2.0)
    expected = nearest_items(left, neighbours=neighbours, shrinkage=2.0)
    assert np.array_equal(found.indptr, expected.indptr)
    assert np.array_equal(found.indices, expected.indices)
    assert np.array_equal(found.data, expected.data)


def test_many_erasures_drift_less_than_what_calls_for_solving():
    rows, tied = world(0, n_people=90, n_items=60)
    kernel = PeopleKernel(rows, 40.0, tied, 1.0, 2.0)
    inverse = kernel.inverse()
    weights, diagonal = primal(rows, 5.0)
    for person in range(30):
        gone = np.array([person])
        old, kernel = kernel, kernel.without(gone)
        inverse = kernel_inverse_after(inverse, old, kernel)
        weights, diagonal = ease_after(weights, diagonal, old.rows[gone], kernel.rows[gone])
    assert_allclose(inverse, kernel.inverse(), atol=1e-7)
    assert_allclose(weights, primal(kernel.rows, 5.0)[0], atol=1e-5)
    of_items = rows_of_weights(weights, diagonal)
    assert sampled_residual(of_items, ease_product(kernel.rows, 5.0), 60) < SOLVE_ABOVE
    assert sampled_residual(lambda people: inverse[people], kernel.product, 90) < SOLVE_ABOVE
    inverse *= np.float32(1.001)
    assert sampled_residual(lambda people: inverse[people], kernel.product, 90) > SOLVE_ABOVE
