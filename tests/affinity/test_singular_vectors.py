import numpy as np
import pytest
from scipy import sparse

from zhiyin.affinity.singular_vectors import orthonormal, singular_vectors


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


def test_a_basis_leaves_out_what_adds_nothing():
    columns = np.array([[1, 2, 0], [0, 0, 3], [0, 0, 0]], np.float32)
    basis = orthonormal(columns)
    kept = basis[:, np.abs(basis).sum(axis=0) > 0]
    assert kept.shape[1] == 2
    assert kept.T @ kept == pytest.approx(np.eye(2), abs=1e-5)
