import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.random_walk import random_walk


def some_rows(seed, shape=(30, 40), density=0.2):
    rng = np.random.default_rng(seed)
    rows = (rng.random(shape) < density) * rng.integers(1, 9, shape) / 8
    return sparse.csr_array(rows.astype(np.float32))


def test_chances_of_a_walk_by_hand():
    rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    # From item 0 to the one person who has it, and on to item 1 with chance 1/2; from item 1 to either person first.
    plain = random_walk(rows, alpha=1.0, beta=0.0).weights.toarray()
    assert plain == pytest.approx(np.array([[0, 0.5, 0], [0.25, 0, 0.25], [0, 0.5, 0]]))
    held_back = random_walk(rows, alpha=1.0, beta=1.0).weights.toarray()
    assert held_back == pytest.approx(np.array([[0, 0.25, 0], [0.25, 0, 0.25], [0, 0.25, 0]]))
    squared = random_walk(rows, alpha=2.0, beta=0.0).weights.toarray()
    assert squared == pytest.approx(np.array([[0, 0.25, 0], [1 / 16, 0, 1 / 16], [0, 0.25, 0]]))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 5, 50]), st.sampled_from([1, 300, 10**6]))
def test_the_heaviest_weights_are_those_of_brute_force(seed, neighbours, pairs):
    rows = some_rows(seed)
    x = rows.toarray().astype(np.float64)
    items, people = np.maximum(x.sum(0), 1e-9), np.maximum(x.sum(1), 1e-9)
    walk = (x.T / items[:, None]) ** 0.8 @ ((x / people[:, None]) ** 0.8 / items**0.3)
    np.fill_diagonal(walk, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhiyin.affinity.random_walk._PAIRS", pairs)
        found = random_walk(rows, alpha=0.8, beta=0.3, neighbours=neighbours).weights.toarray()
    kept = -np.sort(-walk, axis=1)[:, :neighbours]
    assert -np.sort(-found, axis=1)[:, :neighbours] == pytest.approx(kept, abs=1e-5)
    assert (np.count_nonzero(found, axis=1) <= neighbours).all()
    assert found[found > 0] == pytest.approx(walk[found > 0], abs=1e-5)


def test_of_equal_weights_those_to_lower_numbers_are_kept():
    found = random_walk(sparse.csr_array(np.ones((2, 4), np.float32)), neighbours=2).weights
    kept = [np.flatnonzero(row).tolist() for row in found.toarray()]
    assert kept == [[1, 2], [0, 2], [0, 1], [0, 1]]


def test_it_serves_and_explains():
    model = random_walk(some_rows(1), neighbours=10)
    asked, ids = Asked.of([2, 4, 99]), np.arange(model.n_items)
    (given_,) = model.explain(asked, ids)
    assert model.name == "random-walk"
    assert given_.amounts.sum(axis=0) == pytest.approx(model.scores(asked), abs=1e-6)


def test_no_events_give_no_weights():
    nothing = random_walk(sparse.csr_array((3, 4), dtype=np.float32))
    assert nothing.weights.shape == (4, 4)
    assert nothing.weights.nnz == 0
