import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.graph_filter import GraphFilter, degree_scaled, orthonormal, singular_vectors


def some_rows(seed, shape=(40, 25), density=0.2):
    rng = np.random.default_rng(seed)
    return sparse.csr_array((rng.random(shape) < density).astype(np.float32))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(0.5, 0.5), (0.3, 0.7), (0.0, 0.0)]))
def test_scores_are_those_of_the_formula(seed, powers):
    rows = some_rows(seed)
    dense = rows.toarray().astype(np.float64)
    people, items = np.maximum(dense.sum(1), 1), np.maximum(dense.sum(0), 1)
    scaled = dense / people[:, None] ** powers[0] / items ** powers[1]
    _, values, vt = np.linalg.svd(scaled)
    rank, weight = 5, 0.4
    low = vt[:rank].T @ vt[:rank]
    whole = scaled.T @ scaled + weight * low / np.sqrt(items)[:, None] * np.sqrt(items)
    model = GraphFilter.fit(
        rows, rank=rank, weight=weight, person_power=powers[0], item_power=powers[1]
    )
    if values[rank - 1] - values[rank] > 0.02:  # else the subspace is not determined
        np.testing.assert_allclose(model.scores_rows(rows[:7]), dense[:7] @ whole, atol=2e-3)
    paths = GraphFilter.fit(
        rows, rank=rank, weight=0.0, person_power=powers[0], item_power=powers[1]
    )
    expected = dense[:7] @ scaled.T @ scaled
    np.testing.assert_allclose(paths.scores_rows(rows[:7]), expected, rtol=1e-4, atol=1e-4)


def test_the_strongest_singular_vectors_are_found():
    rng = np.random.default_rng(0)
    left, right = (np.linalg.qr(rng.normal(size=(n, 6)))[0] for n in (300, 200))
    planted = left * np.array([9, 7, 5, 3, 2, 1.0]) @ right.T
    values, vectors = singular_vectors(sparse.csr_array(planted.astype(np.float32)), 4)
    assert values == pytest.approx([9, 7, 5, 3], rel=1e-3)
    assert np.abs(vectors.T @ right[:, :4]) == pytest.approx(np.eye(4), abs=2e-3)
    assert vectors.T @ vectors == pytest.approx(np.eye(4), abs=1e-4)


def test_there_are_no_more_vectors_than_the_matrix_has():
    one = sparse.csr_array(np.outer([1, 2, 0], [1, 1, 0, 0]).astype(np.float32))
    values, vectors = singular_vectors(one, 3)
    assert values == pytest.approx([np.sqrt(10)], rel=1e-4)
    assert vectors.shape == (4, 1)
    nothing = sparse.csr_array((5, 4), dtype=np.float32)
    assert singular_vectors(nothing, 3)[0].size == 0
    assert not GraphFilter.fit(nothing, rank=3).scores_rows(some_rows(0, (2, 4))).any()


def test_a_basis_leaves_out_what_adds_nothing():
    columns = np.array([[1, 2, 0], [0, 0, 3], [0, 0, 0]], np.float32)
    basis = orthonormal(columns)
    kept = basis[:, np.abs(basis).sum(axis=0) > 0]
    assert kept.shape[1] == 2
    assert kept.T @ kept == pytest.approx(np.eye(2), abs=1e-5)


def test_an_item_of_nobody_and_a_person_of_nothing_score_zero():
    rows = sparse.csr_array(np.array([[1, 1, 0], [0, 0, 0], [0, 1, 0]], np.float32))
    model = GraphFilter.fit(rows, rank=2)
    scores = model.scores_rows(rows)
    assert not scores[1].any()
    assert not scores[:, 2].any()
    assert degree_scaled(rows, 0.5, 0.5).dtype == np.float32
