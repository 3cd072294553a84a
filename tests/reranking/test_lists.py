"""The four ways to choose a list, against what they are defined by, written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.reranking.calibrated import calibrated
from zhiyin.reranking.dpp import greedy_dpp
from zhiyin.reranking.mmr import mmr
from zhiyin.reranking.xquad import xquad


def drawn(seed, n=10, dim=4, groups=3):
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, dim))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    one_hot = np.eye(groups)[rng.integers(0, groups, n)]
    return rng.random(n), vectors, one_hot, rng.dirichlet(np.ones(groups))


def greedily(n, k, gain):
    """Choose one by one what gains most, by a function of the list so far and a candidate."""
    chosen = []
    for _ in range(min(k, n)):
        left = [i for i in range(n) if i not in chosen]
        chosen.append(max(left, key=lambda i: (gain(chosen, i), -i)))
    return chosen


WAYS = {
    "mmr": lambda r, v, c, t, k, dial: mmr(r, v, k, relevance_weight=1 - dial),
    "dpp": lambda r, v, c, t, k, dial: greedy_dpp(np.exp((1 - dial) / max(2 * dial, 0.02) * (r - 1)), v, k),
    "xquad": lambda r, v, c, t, k, dial: xquad(r, c, t, k, diversity=dial),
    "calibrated": lambda r, v, c, t, k, dial: calibrated(r, c, t, k, diversity=dial),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@given(seed=st.integers(0, 500), k=st.integers(0, 14), dial=st.sampled_from([0.0, 0.3, 1.0]))
def test_as_many_as_asked_for_and_none_twice(way, seed, k, dial):
    chosen = WAYS[way](*drawn(seed), k, dial).tolist()
    assert len(chosen) == min(k, 10)
    assert len(set(chosen)) == len(chosen)


@pytest.mark.parametrize("way", WAYS)
def test_at_0_the_order_of_relevance_stays(way):
    relevance, *others = drawn(1)
    assert WAYS[way](relevance, *others, 10, 0.0).tolist() == np.argsort(-relevance).tolist()


@pytest.mark.parametrize("way", WAYS)
def test_what_must_not_be_chosen_is_not(way):
    relevance, *others = drawn(2)
    relevance[[3, 7]] = -np.inf
    with np.errstate(invalid="ignore"):
        chosen = WAYS[way](relevance, *others, 10, 0.3).tolist()
    assert set(chosen) == set(range(10)) - {3, 7}


@pytest.mark.parametrize("seed", range(5))
def test_mmr_is_relevance_less_the_nearest(seed):
    relevance, vectors, _, _ = drawn(seed)

    def gain(chosen, i):
        nearest = max([0, *(vectors[i] @ vectors[j] for j in chosen)])
        return 0.6 * relevance[i] - 0.4 * nearest

    assert mmr(relevance, vectors, 6, relevance_weight=0.6).tolist() == greedily(10, 6, gain)


@pytest.mark.parametrize("seed", range(5))
def test_dpp_takes_what_makes_the_determinant_largest(seed):
    relevance, vectors, _, _ = drawn(seed)
    quality = np.exp(relevance)
    kernel = quality[:, None] * quality * (1 + vectors @ vectors.T) / 2

    def determinant(chosen, i):
        rows = [*chosen, i]
        return np.linalg.det(kernel[np.ix_(rows, rows)])

    assert greedy_dpp(quality, vectors, 5).tolist() == greedily(10, 5, determinant)


def test_dpp_goes_on_by_quality_when_what_is_left_is_spanned():
    quality = np.array([1.0, 1.3, 1.2, 1.1])
    assert greedy_dpp(quality, np.ones((4, 1)), 4).tolist() == [1, 2, 3, 0]


@pytest.mark.parametrize("seed", range(5))
def test_xquad_covers_what_is_wanted(seed):
    relevance, _, covers, wanted = drawn(seed)

    def gain(chosen, i):
        still = wanted * np.prod(1 - covers[chosen], axis=0)
        return 0.5 * relevance[i] + 0.5 * covers[i] @ still

    assert xquad(relevance, covers, wanted, 6, diversity=0.5).tolist() == greedily(10, 6, gain)


@pytest.mark.parametrize("seed", range(5))
def test_calibrated_is_steps_towards_the_least_divergence(seed):
    relevance, _, categories, target = drawn(seed)

    def gain(chosen, i):
        shares = categories[[*chosen, i]].mean(axis=0)
        mixed = 0.99 * shares + 0.01 * target
        return 0.5 * relevance[i] - 0.5 * np.sum(target * np.log(target / mixed))

    assert calibrated(relevance, categories, target, 6, diversity=0.5).tolist() == greedily(
        10, 6, gain
    )


def test_a_calibrated_list_has_the_shares_that_are_asked_for():
    categories = np.repeat(np.eye(2), 10, axis=0)
    relevance = np.linspace(1, 0, 20)  # all of the first category before any of the second
    chosen = calibrated(relevance, categories, np.array([0.7, 0.3]), 10, diversity=0.99)
    assert categories[chosen].sum(axis=0).tolist() == [7, 3]
