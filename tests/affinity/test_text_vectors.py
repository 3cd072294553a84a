from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.text_vectors import text_vectors, weighted_attributes, whitened

HAS = np.array([[3, 1, 0], [1, 1, 1], [1, 0, 1], [1, 0, 0]])


def random_attributes(n_items, n_attributes, seed):
    rng = np.random.default_rng(seed)
    return sparse.csr_array(rng.poisson(0.4, (n_items, n_attributes)).astype(np.float32))


def test_a_rare_attribute_tells_more_one_of_all_nothing_and_a_count_by_its_logarithm():
    weighted = weighted_attributes(sparse.csr_array(HAS)).toarray()
    assert not weighted[:, 0].any()
    assert_allclose(weighted[1], [0, np.log(2) ** 2, np.log(2) ** 2], rtol=1e-6)
    often = weighted_attributes(sparse.csr_array([[7, 0], [1, 0], [0, 1], [0, 1]])).toarray()
    assert often[0, 0] / often[1, 0] == pytest.approx(3)


def test_lengths_are_kept_or_made_alike():
    attributes = random_attributes(30, 12, 0)
    kept = sparse.linalg.norm(weighted_attributes(attributes), axis=1)
    alike = sparse.linalg.norm(weighted_attributes(attributes, length_power=0), axis=1)
    half = sparse.linalg.norm(weighted_attributes(attributes, length_power=0.5), axis=1)
    assert_allclose(alike, kept > 0, atol=1e-6)
    assert_allclose(half, np.sqrt(kept), rtol=1e-5)


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 40), st.integers(2, 30), st.integers(0, 2**32 - 1))
@example(20, 5, 303140319)
def test_all_directions_unwhitened_keep_every_likeness(n_items, n_attributes, seed):
    attributes = random_attributes(n_items, n_attributes, seed)
    exact = weighted_attributes(attributes).toarray()
    vectors = text_vectors(attributes, n_attributes, whitening=0.0, seed=seed)
    square = (exact**2).sum() / n_items
    assert_allclose(vectors @ vectors.T * square, exact @ exact.T, atol=1e-3 * max(square, 1))
    assert_allclose((vectors**2).sum() / n_items, 1 if square > 0 else 0, rtol=1e-4)


def test_few_directions_are_the_main_ones():
    attributes = random_attributes(80, 40, 1)
    exact = weighted_attributes(attributes).toarray()
    vectors = text_vectors(attributes, 5, whitening=0.0).astype(np.float64)
    main = np.linalg.svd(exact, full_matrices=False)[0][:, :5]
    along, _ = np.linalg.qr(vectors)
    assert np.linalg.svd(main.T @ along)[1].min() > 0.95


def test_whitening_makes_directions_alike_and_the_seed_does_not_matter_much():
    attributes = random_attributes(60, 10, 2)
    vectors = text_vectors(attributes, 8, whitening=1.0)
    assert_allclose(vectors.T @ vectors, 60 / 8 * np.eye(8), atol=1e-3)
    other = text_vectors(attributes, 8, whitening=1.0, seed=5)
    assert_allclose(vectors @ vectors.T, other @ other.T, atol=1e-2)
    assert np.array_equal(vectors, text_vectors(attributes, 8, whitening=1.0))


def test_who_has_nothing_stays_nothing():
    attributes = random_attributes(20, 8, 3).toarray()
    attributes[[4, 9]] = 0
    assert not text_vectors(sparse.csr_array(attributes), 5)[[4, 9]].any()
    dense = np.random.default_rng(0).normal(5, 1, (20, 6)).astype(np.float32)
    dense[4] = 0
    done = whitened(dense, 6)
    assert not done[4].any()
    assert np.abs(done[np.arange(20) != 4]).max(axis=1).min() > 0
    assert text_vectors(sparse.csr_array((3, 2)), 2).shape == (3, 0)
    assert whitened(np.zeros((3, 2), np.float32), 2).shape == (3, 0)


@pytest.mark.parametrize("block", [7, 200, 2**13])
def test_dense_vectors_lose_what_they_all_share(block, monkeypatch):
    monkeypatch.setattr("zhiyin.affinity.text_vectors._BLOCK", block)
    rng = np.random.default_rng(0)
    dense = (10 + rng.normal(0, 1, (200, 4)) * [1, 2, 4, 8]).astype(np.float32)
    done = whitened(dense, 4)
    assert_allclose(done.mean(axis=0), 0, atol=1e-5)
    assert_allclose(done.T @ done, 200 / 4 * np.eye(4), atol=1e-2)
    plain = whitened(dense, 2, whitening=0.0)
    centred = dense - dense.mean(axis=0)
    values = np.linalg.svd(centred, compute_uv=False)[:2]
    assert_allclose(
        np.linalg.norm(plain, axis=0), values / np.linalg.norm(values) * np.sqrt(200), rtol=1e-4
    )
