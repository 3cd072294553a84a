from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from tests.affinity.test_ease import random_rows
from zhiyin.affinity.touched import touched_list


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 300),
    st.sampled_from([0.01, 0.5]),
    st.integers(1, 12),
    st.integers(0, 2**32 - 1),
)
def test_it_is_the_list_of_all_scores(n_items, density, n, seed):
    rng = np.random.default_rng(seed)
    weights = random_rows(n_items, n_items, density, seed)
    weights.data *= rng.choice([-1, 1], weights.nnz).astype(np.float32)
    items = rng.choice(n_items, rng.integers(0, n_items + 1), replace=False)
    amounts = (rng.integers(1, 5, items.size) / 4).astype(np.float32)
    row = np.zeros(n_items, np.float32)
    row[items] = amounts
    scores = weights.T @ row
    scores[items] = 0
    expected = np.argsort(-scores, kind="stable")[:n]
    expected = expected[scores[expected] > 0]
    found, score = touched_list(weights, items, amounts, n)
    assert found.tolist() == expected.tolist()
    assert_allclose(score, scores[expected], rtol=1e-6)


def test_an_item_that_many_give_to_takes_one_place():
    dense = np.zeros((200, 200), np.float32)
    dense[:150, 199] = 1  # 150 entries of one item are above all others
    dense[0, 198] = 0.5
    items = np.arange(150)
    found, score = touched_list(sparse.csr_array(dense), items, np.ones(150, np.float32), 2)
    assert found.tolist() == [199, 198]
    assert score.tolist() == [150, 0.5]


def test_items_newer_than_the_weights_are_ignored():
    weights = sparse.csr_array(np.array([[0, 1], [1, 0]], np.float32))
    found, _ = touched_list(weights, np.array([0, 7]), np.ones(2, np.float32), 5)
    assert found.tolist() == [1]
