import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.low_rank import (
    LowRank,
    cut_change,
    inverse_change,
    isolate,
    residual,
    rows_change,
    rows_of_weights,
    supported_change,
)
from zhiyin.errors import DataError


def positive(n, seed):
    """Return a random positive definite matrix, float64."""
    factor = np.random.default_rng(seed).normal(size=(n, n))
    return factor @ factor.T + n * np.eye(n)


def inverse_of(matrix):
    return np.linalg.inv(matrix).astype(np.float32)


def weights_of(inverse):
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def changed(inverse, basis, core):
    return inverse_change(lambda rows: inverse[rows], basis, core).added_to(inverse)


def csr(*rows):
    return sparse.csr_array(np.array(rows, np.float32))


def test_a_row_that_comes_and_goes_by_hand():
    before = np.eye(2, dtype=np.float32) / 2
    row, none = csr([1, 1]), csr([0, 0])
    with_row = changed(before, *rows_change(none, row))
    assert_allclose(with_row, np.array([[3, -1], [-1, 3]]) / 8, atol=1e-7)
    assert_allclose(changed(with_row, *rows_change(row, none)), before, atol=1e-7)


def test_the_change_of_one_row_has_rank_one_when_it_goes_and_two_when_it_is_replaced():
    inverse = inverse_of(positive(5, 0) + np.diag([9.0, 9, 0, 0, 0]))
    old, none, new = csr([1, 2, 0, 0, 0]), csr([0] * 5), csr([1, 0, 0, 1, 0])
    for after, rank in ((none, 1), (new, 2), (old, 0)):
        change = inverse_change(lambda rows: inverse[rows], *rows_change(old, after))
        assert change.signs.size == rank


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_change_is_that_of_inverting_anew(n, rank, seed):
    rng = np.random.default_rng(seed)
    basis = rng.normal(size=(n, rank)) * (rng.random((n, 1)) < 0.6)
    core = rng.normal(size=(rank, rank))
    core = core + core.T
    core[0] = core[:, 0] = 0  # singular, and of either sign
    moved = basis @ core @ basis.T
    matrix = positive(n, seed) + max(0.0, -np.linalg.eigvalsh(moved)[0]) * np.eye(n)
    inverse = inverse_of(matrix)
    after = changed(inverse, sparse.csr_array(basis), core)
    assert_allclose(after, np.linalg.inv(matrix + moved), atol=1e-5)
    assert_allclose(after, after.T, atol=1e-7)
    assert np.array_equal(inverse, inverse_of(matrix))


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 30), st.integers(0, 2**32 - 1))
def test_weights_change_without_their_inverse(n, seed):
    rng = np.random.default_rng(seed)
    old, new = (sparse.csr_array((rng.random((3, n)) < 0.3).astype(np.float32)) for _ in range(2))
    rest = positive(n, seed)
    inverse = inverse_of(rest + (old.T @ old).toarray())
    weights, diagonal = weights_of(inverse), np.diag(inverse).copy()
    change = inverse_change(rows_of_weights(weights, diagonal), *rows_change(old, new))
    expected = inverse_of(rest + (new.T @ new).toarray())
    found, after = change.added_to_weights(weights, diagonal)
    assert_allclose(found, weights_of(expected), atol=1e-5)
    assert_allclose(after, np.diag(expected), atol=1e-6)
    assert change.added_to_weights(weights, diagonal, overwrite=True)[0] is weights
    assert np.array_equal(weights, found)


@settings(deadline=None, max_examples=25)
@given(st.integers(3, 30), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_a_change_of_some_rows_and_columns(n, t, seed):
    rng = np.random.default_rng(seed)
    touched = rng.permutation(n)[:t]
    moved = np.zeros((n, n))
    moved[touched] = rng.normal(size=(t, n)) / 2
    moved[:, touched] = moved[touched].T
    moved[np.ix_(touched, touched)] = np.eye(t)
    basis, core = supported_change(touched, sparse.csr_array(moved[touched]))
    assert_allclose(basis @ core @ basis.T, moved, atol=1e-12)
    matrix = positive(n, seed) + 2 * n * np.eye(n)
    assert_allclose(
        changed(inverse_of(matrix), basis, core), np.linalg.inv(matrix + moved), atol=1e-5
    )


@settings(deadline=None, max_examples=25)
@given(st.integers(3, 30), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_cutting_leaves_the_inverse_of_the_others(n, g, seed):
    matrix = positive(n, seed)
    gone = np.random.default_rng(seed).permutation(n)[:g]
    left = np.setdiff1d(np.arange(n), gone)
    inverse = inverse_of(matrix)
    after = cut_change(lambda rows: inverse[rows], gone).added_to(inverse, overwrite=True)
    assert after is inverse
    assert_allclose(after[np.ix_(left, left)], inverse_of(matrix[np.ix_(left, left)]), atol=1e-5)
    assert_allclose(after[gone], 0, atol=1e-5)
    isolate(after, gone, 0.5)
    assert_allclose(after[gone], 0.5 * np.eye(n)[gone])
    assert_allclose(after[:, gone], 0.5 * np.eye(n)[:, gone])


def test_forms_and_diagonal_by_hand():
    change = LowRank(np.array([[1, 0], [2, 1]], np.float32), np.array([1, -1], np.float32))
    assert change.diagonal().tolist() == [1, 3]  # of [[1, 2], [2, 3]]
    assert change.of_rows(csr([1, 1], [0, 2], [0, 0])).tolist() == [8, 12, 0]


def test_what_was_never_added_cannot_be_taken_away():
    inverse = np.eye(3, dtype=np.float32)
    for row in ([1, 0, 0], [2, 0, 0]):  # nothing would be left, or less than nothing
        with pytest.raises(DataError, match="not positive definite"):
            changed(inverse, *rows_change(csr(row), csr([0, 0, 0])))


def test_the_residual_sees_a_wrong_column_and_no_other():
    matrix = positive(6, 1)
    inverse = inverse_of(matrix)
    good = residual(lambda rows: inverse[rows], matrix.__matmul__, np.arange(6))
    assert good < 1e-5
    wrong = inverse.copy()
    wrong[2, 2] += 1
    off = residual(lambda rows: wrong[rows], matrix.__matmul__, np.arange(6))
    assert off == pytest.approx(np.abs(matrix[:, 2]).max(), rel=1e-4)
    assert residual(lambda rows: wrong[rows], matrix.__matmul__, np.array([0, 1, 3])) < 1e-5
    assert residual(lambda rows: wrong[rows], matrix.__matmul__, np.empty(0, np.int64)) == 0
