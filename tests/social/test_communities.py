import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.social.communities import communities, modularity
from zhiyin.social.graph import adjacency


def planted(seed=0, n=300, circles=5):
    rng = np.random.default_rng(seed)
    circle = rng.integers(0, circles, n)
    chance = np.where(circle[:, None] == circle, 0.25, 0.01)
    return adjacency(*np.nonzero(rng.random((n, n)) < chance), n), circle


def adjusted_rand(one, two):
    """Share of pairs put alike by both, 0 by chance, 1 when the two say the same (Hubert & Arabie, 1985)."""
    table = np.zeros((one.max() + 1, two.max() + 1))
    np.add.at(table, (one, two), 1)
    both, first, second, all_ = (
        (x * (x - 1) / 2).sum()
        for x in (table, table.sum(axis=1), table.sum(axis=0), np.array([one.size]))
    )
    expected = first * second / all_
    return (both - expected) / ((first + second) / 2 - expected)


def test_two_triangles_and_somebody_alone():
    one, two = np.array([0, 1, 2, 3, 4, 5, 2]), np.array([1, 2, 0, 4, 5, 3, 3])
    community, modularity = communities(adjacency(one, two, 7))
    assert community.tolist() == [0, 0, 0, 1, 1, 1, -1]
    assert modularity == pytest.approx(2 * (3 / 7 - (7 / 14) ** 2))


def test_weights_and_both_directions_count():
    # A square whose sides 0-1 and 2-3 are strong.
    one, two = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 0])
    graph = sparse.csr_array((np.array([9.0, 1, 9, 1]), (one, two)), shape=(4, 4))
    assert communities(graph)[0].tolist() == [0, 0, 1, 1]
    assert communities(graph.T.tocsr())[0].tolist() == [0, 0, 1, 1]


def test_the_largest_comes_first_and_nobody_is_fine():
    one, two = np.array([0, 2, 3, 4]), np.array([1, 3, 4, 2])
    assert communities(adjacency(one, two, 5))[0].tolist() == [1, 1, 0, 0, 0]
    community, modularity = communities(adjacency(one[:0], two[:0], 2))
    assert (community.tolist(), modularity) == ([-1, -1], 0.0)


def test_planted_circles_are_found_and_chance_has_none():
    graph, circle = planted()
    community, modularity = communities(graph)
    assert adjusted_rand(community, circle) > 0.95
    assert modularity > 0.5
    # The same number of ties for each, ends paired anew.
    rng = np.random.default_rng(0)
    one, _ = graph.nonzero()
    shuffled = adjacency(one, rng.permutation(one), graph.shape[0])
    found, by_chance = communities(shuffled)
    assert by_chance < modularity / 2
    assert abs(adjusted_rand(found, circle)) < 0.1


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_everybody_with_a_tie_has_one_community_and_the_seed_decides(seed, n):
    rng = np.random.default_rng(seed)
    graph = adjacency(*rng.integers(0, n, (2, n)), n)
    community, modularity = communities(graph, seed=seed)
    assert ((community >= 0) == (graph.sum(axis=1) > 0)).all()
    sizes = np.bincount(community[community >= 0])
    assert (np.diff(sizes) <= 0).all()
    again = communities(graph, seed=seed)
    assert (again[0] == community).all()
    assert again[1] == modularity


def test_modularity_of_two_triangles_and_of_no_split():
    one, two = np.array([0, 1, 2, 3, 4, 5, 2]), np.array([1, 2, 0, 4, 5, 3, 3])
    graph = adjacency(one, two, 7)
    assert modularity(graph, np.array([0, 0, 0, 1, 1, 1, -1])) == pytest.approx(6 / 7 - 2 * 0.25)
    assert modularity(graph, np.zeros(7, np.int64)) == pytest.approx(0)
    assert modularity(graph, np.full(7, -1)) == 0
    assert modularity(adjacency(one[:0], two[:0], 3), np.full(3, -1)) == 0


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=20)
def test_modularity_is_that_of_the_search(seed):
    rng = np.random.default_rng(seed)
    graph = sparse.csr_array(rng.random((12, 12)) * (rng.random((12, 12)) < 0.3))
    community, found = communities(graph)
    assert modularity(graph, community) == pytest.approx(found, abs=1e-9)
