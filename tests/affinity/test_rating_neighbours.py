from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.rating_neighbours import nearest_by_residual


def test_an_item_s_neighbours_by_hand():
    rows = sparse.csr_array(np.array([[1.0, 1, -1], [-1, -1, 1], [1, 0, 1]]))
    near = nearest_by_residual(rows, neighbours=2, shrinkage=1.0).toarray()
    expected = 2 / (np.sqrt(3 * 2) + 1)
    assert near == pytest.approx(np.array([[0, expected, 0], [expected, 0, 0], [0, 0, 0]]))


@given(st.integers(0, 10_000), st.integers(1, 4))
@settings(deadline=None, max_examples=25)
def test_neighbours_are_the_best_of_all_positive_ones(seed, neighbours):
    rng = np.random.default_rng(seed)
    dense = rng.normal(size=(6, 7)) * (rng.random((6, 7)) < 0.6)
    near = nearest_by_residual(sparse.csr_array(dense), neighbours=neighbours, shrinkage=2.0)
    unit = np.mean(dense[dense != 0] ** 2)
    norms = np.linalg.norm(dense, axis=0)
    like = dense.T @ dense / (np.outer(norms, norms) + 2 * unit)
    np.fill_diagonal(like, 0)
    for row, found in zip(like, near.toarray(), strict=True):
        best = np.sort(row[row > 0])[::-1][:neighbours]
        assert np.sort(found[found > 0])[::-1] == pytest.approx(best)
