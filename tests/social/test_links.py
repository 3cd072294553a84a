import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.evaluation.predictions import auc
from zhiyin.social.graph import adjacency, sizes
from zhiyin.social.links import LinkFeatures, LinkPredictor, graph_of, hidden, matched, tie_pairs


def circles(seed=0, n=200, *, is_directed=False):
    """Four circles of people, tied within and seldom across."""
    rng = np.random.default_rng(seed)
    circle = rng.integers(0, 4, n)
    chance = np.where(circle[:, None] == circle, 0.18, 0.01) * rng.lognormal(0, 0.6, n)
    one, two = np.nonzero(rng.random((n, n)) < chance)
    return adjacency(one, two, n, is_directed=is_directed), circle


def judged(graph, *, is_symmetric, seed=1, **known):
    rng = np.random.default_rng(seed)
    kept, gone = hidden(tie_pairs(graph, is_symmetric=is_symmetric), 0.1, rng)
    part = graph_of(kept, graph.shape[0], is_symmetric=is_symmetric)
    none = matched(gone, part, graph, rng)
    model = LinkPredictor.learned(part, **known)
    labels = np.repeat([True, False], [len(gone), len(none)])
    return auc(model.chances(np.concatenate([gone, none])), labels), model


def test_pairs_that_are_no_ties_are_as_well_connected():
    graph, _ = circles()
    pairs = tie_pairs(graph, is_symmetric=True)
    none = matched(pairs, graph, graph, np.random.default_rng(0))
    assert len(none) > 0.95 * len(pairs)
    assert not graph[none[:, 0], none[:, 1]].any()
    assert (none[:, 0] != none[:, 1]).all()
    degree = sizes(graph)
    assert degree[none].mean() == pytest.approx(degree[pairs].mean(), rel=0.03)
    labels = np.repeat([True, False], [len(pairs), len(none)])
    asked = np.concatenate([pairs, none])
    assert auc(degree[asked].sum(axis=1), labels) == pytest.approx(0.5, abs=0.03)


def test_circles_are_found_where_they_are_and_nowhere_else():
    graph, _ = circles()
    found, _ = judged(graph, is_symmetric=True)
    assert found > 0.7
    rng = np.random.default_rng(0)
    one, two = np.nonzero(rng.random((200, 200)) < 0.03)
    by_chance, _ = judged(adjacency(one, two, 200), is_symmetric=True)
    assert by_chance == pytest.approx(0.5, abs=0.08)


def test_who_is_trusted_is_told_in_its_direction():
    graph, _ = circles(3, is_directed=True)
    found, model = judged(graph, is_symmetric=False)
    assert found > 0.7
    assert {"tied_back", "named_after", "named_by_both"} <= set(model.names)


def test_what_people_take_helps_where_ties_say_little():
    rng = np.random.default_rng(5)
    circle = rng.integers(0, 20, 300)
    same = circle[:, None] == circle
    graph = adjacency(*np.nonzero(rng.random((300, 300)) < np.where(same, 0.12, 0.004)), 300)
    rows = np.zeros((300, 60), np.float32)
    for person in range(300):
        rows[person, circle[person] * 3 + rng.integers(0, 3, 3)] = 1
    from scipy import sparse

    alone, _ = judged(graph, is_symmetric=True)
    beside, model = judged(graph, is_symmetric=True, rows=sparse.csr_array(rows))
    assert beside > alone + 0.05
    assert {"taste", "taste_latent"} <= set(model.names)


def test_each_feature_speaks_for_a_tie_or_not_at_all_and_the_parts_sum_up():
    graph, _ = circles()
    _, model = judged(graph, is_symmetric=True)
    assert (model.weights >= 0).all()
    pairs = np.array([[0, 1], [2, 3]])
    odds = model.parts(pairs).sum(axis=1) + model.bias
    assert model.chances(pairs) == pytest.approx(1 / (1 + np.exp(-odds)))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(4, 40), st.booleans())
def test_what_is_prepared_once_is_what_dense_products_give(seed, n, is_directed):
    rng = np.random.default_rng(seed)
    graph = adjacency(*rng.integers(0, n, (2, 3 * n)), n, is_directed=is_directed)
    features = LinkFeatures.of(graph)
    pairs = rng.integers(0, n, (30, 2))
    found = features.columns(pairs)
    ties = graph.toarray()
    roots = [np.sqrt(np.maximum(ties.sum(axis=axis), 1)) for axis in (1, 0)]
    fair = ties / roots[0][:, None] / roots[1]
    dense = {"common": fair @ fair, "walks": fair @ fair @ fair}
    if features.is_directed:
        dense |= {"tied_back": ties.T, "named_by_both": fair.T @ fair, "named_after": fair @ fair.T}
    assert features.is_directed == (ties != ties.T).any()
    for name, expected in dense.items():
        assert found[name] == pytest.approx(expected[pairs[:, 0], pairs[:, 1]], abs=1e-6), name
    alone = np.concatenate([features.table(pairs[row : row + 1]) for row in range(len(pairs))])
    assert alone == pytest.approx(features.table(pairs), abs=1e-5)


def test_a_few_ties_are_not_enough():
    with pytest.raises(DataError, match="only 1 ties"):
        LinkPredictor.learned(adjacency(np.array([0]), np.array([1]), 3))
