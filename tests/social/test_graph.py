import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.social.graph import adamic_adar, adjacency, katz, sizes, walks

# 0 and 3 have 1 and 2 in common; 1 has three ties, 2 has two.
ONE, TWO = np.array([0, 0, 1, 2, 1]), np.array([1, 2, 3, 3, 4])
GRAPH = adjacency(ONE, TWO, 5)


def test_ties_count_for_both_and_once():
    graph = adjacency(np.array([0, 1, 0, 2, 0]), np.array([1, 0, 1, 2, 9]), 3)
    assert graph.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    directed = adjacency(np.array([0, 0]), np.array([1, 1]), 2, is_directed=True)
    assert directed.toarray().tolist() == [[0, 1], [0, 0]]
    assert sizes(GRAPH).tolist() == [2, 3, 2, 2, 1]


def test_adamic_adar_by_hand():
    pairs = np.array([[0, 3], [0, 4], [3, 4]])
    expected = [1 / np.log(3) + 1 / np.log(2), 1 / np.log(3), 1 / np.log(3)]
    assert adamic_adar(GRAPH, pairs) == pytest.approx(expected)


def test_katz_by_hand():
    # 0 to 1: one tie; no walk of two steps; of three: 0-1-0-1, 0-1-3-1, 0-1-4-1, 0-2-0-1, 0-2-3-1.
    assert katz(GRAPH, np.array([[0, 1]]), 0.1) == pytest.approx([0.1 + 5 * 0.001])
    # 0 to 3: two walks of two steps, none of one or three.
    assert katz(GRAPH, np.array([[0, 3]]), 0.1) == pytest.approx([0.02])


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_walks_are_powers_of_the_matrix(seed, n):
    rng = np.random.default_rng(seed)
    dense = (rng.random((n, n)) < 0.3).astype(np.float32) * rng.random((n, n), np.float32)
    graph = sparse.csr_array(dense)
    pairs = rng.integers(0, n, (30, 2))
    expected = np.linalg.matrix_power(dense, 3)[pairs[:, 0], pairs[:, 1]]
    assert walks(graph, pairs, graph.T.tocsr()) == pytest.approx(expected, rel=1e-4, abs=1e-6)
