"""Whitening takes away what all vectors share, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhiyin.errors import DataError
from zhiyin.language.whitening import Whitening

SQUARE = np.array([[5.0, 1.0], [5.0, -1.0], [7.0, 0.0], [3.0, 0.0]])


def test_the_mean_and_the_directions_of_a_small_example() -> None:
    fitted = Whitening.fit(SQUARE, strength=1.0)
    assert fitted.mean.tolist() == [5.0, 0.0]
    # Spread √2 along the first axis and √½ along the second.
    assert np.allclose(np.abs(fitted.turn), [[0.5**0.5, 0], [0, 2**0.5]])
    turned = fitted.of(SQUARE)
    assert np.allclose(np.abs(turned), [[0, 1], [0, 1], [1, 0], [1, 0]])
    assert np.allclose(turned[0], -turned[1])


def test_strength_0_only_centres_and_turns() -> None:
    vectors = np.random.default_rng(0).normal(3.0, [1.0, 2.0, 5.0], (50, 3))
    centred = vectors - vectors.mean(axis=0)
    angles = centred @ centred.T
    length = np.sqrt(np.diag(angles))
    turned = Whitening.fit(vectors, strength=0.0).of(vectors)
    assert np.allclose(turned @ turned.T, angles / np.outer(length, length), atol=1e-5)


def test_full_strength_makes_all_directions_alike() -> None:
    vectors = np.random.default_rng(0).normal(3.0, [1.0, 2.0, 50.0], (5_000, 3))
    fitted = Whitening.fit(vectors, strength=1.0)
    turned = (vectors - fitted.mean) @ fitted.turn
    assert np.allclose(np.cov(turned.T), np.eye(3), atol=1e-3)


def test_the_widest_directions_are_kept() -> None:
    fitted = Whitening.fit(SQUARE, dim=1)
    assert np.allclose(np.abs(fitted.of(SQUARE)).ravel(), [0, 0, 1, 1])


def test_what_says_nothing_does_not_count_and_stays_nothing() -> None:
    with_nothing = np.vstack([SQUARE, np.zeros((9, 2))])
    fitted = Whitening.fit(with_nothing)
    assert fitted.version == Whitening.fit(SQUARE).version
    assert not fitted.of(with_nothing)[4:].any()


def test_vectors_that_do_not_differ_are_refused() -> None:
    for vectors in (np.zeros((0, 3)), np.zeros((2, 3)), np.ones((4, 3))):
        with pytest.raises(DataError, match="do not differ"):
            Whitening.fit(vectors)


def test_it_is_kept_as_arrays_and_versioned_by_them() -> None:
    fitted = Whitening.fit(SQUARE)
    again = Whitening.from_arrays(fitted.arrays())
    assert again.version == fitted.version
    assert np.array_equal(again.of(SQUARE), fitted.of(SQUARE))
    assert Whitening.fit(SQUARE + 1).version != fitted.version


@settings(max_examples=25, deadline=None)
@given(arrays(np.float32, (6, 4), elements=st.floats(-1, 1, width=16)), st.floats(0, 1))
def test_rows_have_length_1_or_0(vectors: np.ndarray, strength: float) -> None:
    try:
        turned = Whitening.fit(vectors, strength=strength).of(vectors)
    except DataError:
        assert (
            len(np.unique(vectors[np.any(vectors, axis=1)], axis=0)) < 2
            or np.ptp(vectors, axis=0).max() < 1e-2
        )
        return
    length = np.linalg.norm(turned, axis=1)
    assert np.all((np.abs(length - 1) < 1e-4) | (length == 0))
