from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.dual import DualEase, leverage
from zhiyin.affinity.ease import ease, ridge_inverse
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.errors import DataError

SHOP = np.array([[1, 1], [0, 1], [1, 0]], np.float32)  # 3 people, 2 items


def random_rows(n_people, n_items, density, seed):
    rng = np.random.default_rng(seed)
    eighths = rng.integers(1, 9, (n_people, n_items)) / 8
    taken = rng.random((n_people, n_items)) < density
    return sparse.csr_array(np.where(taken, eighths, 0).astype(np.float32))


@pytest.mark.parametrize(
    ("reg", "weight", "scores"),
    [
        (1e-6, 1 / 2, [[1 / 2, 1 / 2], [1 / 2, 0], [0, 1 / 2]]),
        (1.0, 1 / 3, [[1 / 3, 1 / 3], [1 / 3, 0], [0, 1 / 3]]),
    ],
)
def test_a_shop_of_three_people_and_two_items(reg, weight, scores):
    rows = sparse.csr_array(SHOP)
    weights = ease(Evidence.of(rows).gram, reg)
    assert_allclose(weights, np.array([[0, weight], [weight, 0]]), atol=1e-5, rtol=0)
    model = ItemWeights("ease", weights)
    assert_allclose(model.scores_rows(rows), np.array(scores), atol=1e-5, rtol=0)
    if reg == 1:
        assert_allclose(
            DualEase.fit(rows, reg=reg).scores_rows(rows), np.array(scores), atol=1e-5, rtol=0
        )


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_the_inverse_is_the_inverse(n, seed):
    gram = Evidence.of(random_rows(50, n, 0.3, seed)).gram
    before = gram.copy()
    inverse = ridge_inverse(gram, 2.0)
    assert np.array_equal(gram, before)
    assert np.array_equal(inverse, inverse.T)
    assert_allclose(inverse @ (gram + 2 * np.eye(n)), np.eye(n), atol=1e-4, rtol=0)
    assert np.array_equal(ridge_inverse(gram, 2.0, overwrite=True), inverse)
    assert np.shares_memory(ridge_inverse(before, 2.0, overwrite=True), before)


def test_blocks_are_mirrored_beyond_the_first():
    gram = Evidence.of(random_rows(300, 600, 0.02, 5)).gram
    inverse = ridge_inverse(gram, 10.0)
    assert np.array_equal(inverse, inverse.T)
    reference = np.linalg.inv(gram.astype(np.float64) + 10 * np.eye(600))
    assert np.abs(inverse - reference).max() < 1e-6


@pytest.mark.parametrize("reg", [-2.0, float("nan")])
def test_what_cannot_be_solved_says_so(reg):
    with pytest.raises(DataError, match=r"not positive definite.*Next: raise reg"):
        ease(np.ones((3, 3), np.float32), reg)


def test_an_empty_shop_has_weights_too():
    assert ease(np.zeros((0, 0), np.float32), 1.0).shape == (0, 0)
    nobody = DualEase.fit(sparse.csr_array((0, 4), dtype=np.float32), reg=1.0)
    assert nobody.scores(Asked.of([1])).tolist() == [0, 0, 0, 0]


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 40),
    st.integers(1, 60),
    st.sampled_from([0.05, 0.4]),
    st.sampled_from([1.0, 30.0]),
    st.integers(0, 2**32 - 1),
)
def test_both_sides_give_the_same_scores(n_people, n_items, density, reg, seed):
    rows = random_rows(n_people, n_items, density, seed)
    primal = ItemWeights("ease", ease(Evidence.of(rows).gram, reg))
    dual = DualEase.fit(rows, reg=reg)
    newcomers = random_rows(7, n_items, 0.3, seed + 1)
    for asked in (rows, newcomers):
        assert_allclose(dual.scores_rows(asked), primal.scores_rows(asked), atol=1e-4, rtol=0)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 60), st.sampled_from([0.02, 0.3, 0.9]), st.integers(0, 2**32 - 1))
def test_leverage_is_the_quadratic_form(n_people, density, seed):
    rows = random_rows(n_people, 30, density, seed)
    inverse = ridge_inverse(Evidence.of(rows.T.tocsr()).gram, 1.5)
    x = rows.toarray()
    expected = np.einsum("uj,uv,vj->j", x, inverse, x)
    assert_allclose(leverage(inverse, rows.T.tocsr()), expected, atol=1e-5, rtol=0)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_a_known_person_takes_a_shorter_way_to_the_same_scores(seed):
    rng = np.random.default_rng(seed)
    rows = random_rows(30, 50, 0.2, seed)
    model = DualEase.fit(rows, reg=3.0)
    person = int(rng.integers(30))
    changed = rows[[person]].toarray()[0]
    for place in rng.integers(0, 50, rng.integers(0, 6)):
        changed[place] = rng.integers(0, 9) / 8  # some new, some gone, some stronger
    items = rng.permutation(np.flatnonzero(changed))
    weights = changed[items]
    slow = model.scores(Asked(items, weights))
    assert_allclose(model.scores(Asked(items, weights, person)), slow, atol=1e-5, rtol=0)
    assert_allclose(model.scores(Asked(items, weights, person=30)), slow, atol=1e-6, rtol=0)
