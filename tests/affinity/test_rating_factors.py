from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.rating_factors import factors
from zhiyin.evaluation.predictions import rmse


def test_factors_find_a_planted_matrix_and_a_large_ridge_leaves_nothing():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=(40, 2)) @ rng.normal(size=(2, 30))
    seen = sparse.csr_array(np.where(rng.random(truth.shape) < 0.6, truth, 0))
    of_person, of_item = factors(seen, rank=2, reg=0.001, seed=0)
    assert rmse(of_person @ of_item.T, truth) < 0.1
    assert abs(factors(seen, rank=2, reg=50.0, seed=0)[0]).max() < 1e-6


def test_factors_are_a_minimum():
    rng = np.random.default_rng(2)
    seen = sparse.random_array((20, 15), density=0.5, rng=rng, format="csr")
    count = [np.diff(seen.indptr), np.diff(seen.T.tocsr().indptr)]
    ridge = 0.5 * seen.data.std()

    def loss(parts):
        left = seen.toarray() - (parts[0] @ parts[1].T) * (seen.toarray() != 0)
        size = sum(n @ (part**2).sum(axis=1) for n, part in zip(count, parts, strict=True))
        return (left**2).sum() + ridge * size

    parts = factors(seen, rank=2, reg=0.5, seed=0)
    for _ in range(10):
        nudged = [parts[0], parts[1] + rng.normal(scale=0.01, size=parts[1].shape)]
        assert loss(nudged) > loss(parts)


@given(st.integers(0, 10_000), st.sampled_from([0.1, 2.0]))
@settings(deadline=None, max_examples=25)
def test_each_item_s_factors_are_the_ridge_solution_for_those_of_its_people(seed, reg):
    rng = np.random.default_rng(seed)
    density = np.where(np.arange(9) < 2, 0.9, rng.choice([0, 0.1, 0.4], 9))  # long, short and empty
    dense = rng.normal(size=(40, 9)) * (rng.random((40, 9)) < density)
    of_person, of_item = factors(sparse.csr_array(dense), rank=3, reg=reg, seed=seed)
    for column, found in zip(dense.T, of_item, strict=True):
        near, value = of_person[column != 0], column[column != 0]
        ridge = reg * dense[dense != 0].std() * value.size + 1e-12
        expected = np.linalg.solve(near.T @ near + ridge * np.eye(3), near.T @ value)
        assert found == pytest.approx(expected, rel=1e-4, abs=1e-6)
