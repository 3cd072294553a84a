from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.text_weights import (
    EaseAndText,
    FusedDual,
    TextWeights,
    ease_times,
    fused_ease,
    semantic_ease,
    text_to_weights,
)

N_PEOPLE, N_ITEMS, DIM = 15, 30, 4


def world(seed):
    """People, some items of whom nobody has, and what all items are like."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(1, 9, (N_PEOPLE, N_ITEMS)) / 8 * (rng.random((N_PEOPLE, N_ITEMS)) < 0.2)
    rows[:, -3:] = 0
    vectors = rng.normal(0, 1, (N_ITEMS, DIM)).astype(np.float32)
    return sparse.csr_array(rows.astype(np.float32)), vectors


def dense(text):
    """The items × items weights, which the model itself never forms."""
    weights = text.left.astype(np.float64) @ text.right.T
    np.fill_diagonal(weights, 0)
    return weights


def brute_ease(gram, reg):
    inverse = np.linalg.inv(gram + reg * np.eye(len(gram)))
    return np.eye(len(gram)) - inverse / np.diag(inverse)


seeds = given(st.integers(0, 2**32 - 1))


def test_rows_of_both_factors_lie_together_however_they_were_given():
    _, vectors = world(0)
    text = TextWeights.of(np.asfortranarray(vectors), np.asfortranarray(vectors))
    assert text.left.flags.c_contiguous
    assert text.right.flags.c_contiguous
    assert np.array_equal(text.left, vectors)


def test_two_alike_and_one_unlike():
    text = semantic_ease(np.array([[1, 0], [1, 0], [0, 1]], np.float32), reg=1.0)
    assert_allclose(dense(text), [[0, 0.5, 0], [0.5, 0, 0], [0, 0, 0]], atol=1e-6)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([7, 10, 2**13]))
def test_semantic_ease_is_ease_of_the_full_gram_matrix_of_text(seed, block):
    _, vectors = world(seed)
    exact = vectors.astype(np.float64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhiyin.affinity.text_weights._BLOCK", block)
        weights = dense(semantic_ease(vectors, reg=2.0))
    assert_allclose(weights, brute_ease(exact @ exact.T, 2.0), atol=1e-5, rtol=0)
    one_less = np.delete(exact, 3, axis=0)
    without = one_less @ np.linalg.inv(one_less.T @ one_less + 2 * np.eye(DIM)) @ exact[3]
    assert_allclose(np.delete(weights[:, 3], 3), without, atol=1e-5, rtol=0)


@settings(deadline=None, max_examples=25)
@seeds
def test_both_sides_of_the_fusion_are_the_least_of_what_it_minimises(seed):
    rows, vectors = world(seed)
    text = semantic_ease(vectors, reg=2.0)
    reg, pull = 3.0, 7.0
    x = rows.toarray().astype(np.float64)
    expected = np.zeros((N_ITEMS, N_ITEMS))
    for j in range(
        N_ITEMS
    ):  # each column by itself: a ridge around the weights of text, item j left out
        others = np.arange(N_ITEMS) != j
        part = x[:, others]
        target = part.T @ x[:, j] + pull * dense(text)[others, j]
        expected[others, j] = np.linalg.solve(part.T @ part + reg * np.eye(N_ITEMS - 1), target)
    primal = fused_ease(Evidence.of(rows).gram, text, reg=reg, pull=pull)
    assert_allclose(primal, expected, atol=1e-5, rtol=0)
    dual = FusedDual.fit(DualEase.fit(rows, reg=reg), text, pull=pull)
    newcomers, _ = world(seed + 1)
    for asked in (rows, newcomers):
        assert_allclose(dual.scores_rows(asked), asked @ expected, atol=1e-5, rtol=0)


def test_without_a_pull_the_fusion_is_ease():
    rows, vectors = world(0)
    gram = Evidence.of(rows).gram
    fused = fused_ease(gram, semantic_ease(vectors, reg=1.0), reg=2.0, pull=0.0)
    assert_allclose(fused, ease(gram, 2.0), atol=1e-6)


@settings(deadline=None, max_examples=25)
@seeds
def test_a_ridge_reads_columns_of_weights_from_text(seed):
    rows, vectors = world(seed)
    known = np.asarray(rows.sum(axis=0)) > 0
    weights = brute_ease((rows.T @ rows).toarray().astype(np.float64), 2.0)
    exact = vectors.astype(np.float64)
    some = exact[known]
    ridge = np.linalg.solve(some.T @ some + 5 * np.eye(DIM), some.T @ weights[:, known].T)
    expected = (exact @ ridge).T
    np.fill_diagonal(expected, 0)
    dual = DualEase.fit(rows, reg=2.0)
    for model in (dual, ItemWeights("ease", ease(Evidence.of(rows).gram, 2.0))):
        text = text_to_weights(vectors, known, 5.0, ease_times(model))
        assert_allclose(dense(text), expected, atol=1e-5, rtol=0)


def asked_of(rows, person):
    row = rows[[person]]
    return Asked(row.indices.astype(np.int64), row.data, person)


def models():
    rows, vectors = world(7)
    text = semantic_ease(vectors, reg=2.0).louder(np.linspace(0, 2, N_ITEMS))
    primal = ItemWeights("ease", ease(Evidence.of(rows).gram, 2.0))
    dual = DualEase.fit(rows, reg=2.0)
    return rows, [text, EaseAndText(primal, text), EaseAndText(dual, text)]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_one_by_one_in_rows_explained_and_opened_again_are_the_same(which):
    rows, every = models()
    model = every[which]
    assert model.n_items == N_ITEMS
    together = model.scores_rows(rows)
    opened = type(model).from_arrays(model.arrays())
    ids = np.array([2, N_ITEMS - 1, 5, N_ITEMS + 4])
    for person in range(N_PEOPLE):
        asked = asked_of(rows, person)
        scores = model.scores(asked)
        assert_allclose(scores, together[person], atol=1e-5)
        assert_allclose(opened.scores(asked), scores, atol=1e-6)
        given = model.explain(asked, ids)
        assert {part.kind for part in given} <= {"item", "text"}
        total = np.sum([part.amounts.sum(axis=0) for part in given], axis=0)
        assert_allclose(total, [*scores[ids[:3]], 0], atol=1e-5)


def test_newer_items_are_ignored_and_nobody_gets_nothing():
    _, (text, both, _) = models()
    for model in (text, both):
        known = model.scores(Asked.of([3, 6]))
        assert np.array_equal(model.scores(Asked.of([3, 6, N_ITEMS + 1])), known)
        assert not model.scores(Asked.of([])).any()


def test_an_item_without_events_is_found_by_text_alone():
    rows, vectors = world(3)
    vectors[-1] = vectors[4]
    base = DualEase.fit(rows, reg=2.0)
    both = EaseAndText(base, semantic_ease(vectors, reg=2.0))
    asked = Asked.of([4])
    assert base.scores(asked)[-1] == 0
    assert both.scores(asked)[-1] == both.scores(asked)[-3:].max() > 0


def test_a_louder_column_is_louder_by_just_that():
    _, vectors = world(1)
    text = semantic_ease(vectors, reg=2.0)
    volume = np.arange(N_ITEMS) / 10
    assert_allclose(dense(text.louder(volume)), dense(text) * volume, atol=1e-5)
    asked = Asked.of([0, 4])
    assert_allclose(text.louder(volume).scores(asked), text.scores(asked) * volume, atol=1e-5)
    assert isinstance(text.louder(volume), TextWeights)
