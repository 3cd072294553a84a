import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse, special

from zhiyin.errors import DataError, SettingsError
from zhiyin.privacy.noise import (
    Ledger,
    gaussian,
    gaussian_sigma,
    noise_edge,
    noisy_gram,
    shrunk,
    unit_rows,
)

UNIT = 2**16


@pytest.fixture
def accountant():
    return pytest.importorskip("dp_accounting", reason="pip install 'zhiyin[privacy]'")


def delta_of(sigma, epsilon):
    """Theorem 8 of Balle & Wang, by another way than the library's."""
    above, below = 0.5 / sigma - epsilon * sigma, -0.5 / sigma - epsilon * sigma
    return special.ndtr(above) - np.exp(epsilon) * special.ndtr(below)


@st.composite
def some_rows(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, 8)), draw(st.integers(1, 9)))
    return sparse.csr_array((rng.random(shape) * (rng.random(shape) < 0.5)).astype(np.float32))


@pytest.mark.parametrize("epsilon", [0.3, 1.0, 3.0, 10.0])
def test_sigma_is_the_least_that_keeps_delta(accountant, epsilon):
    sigma = gaussian_sigma(epsilon, 1e-5)
    assert_allclose(delta_of(sigma, epsilon), 1e-5, rtol=1e-6)
    assert gaussian_sigma(epsilon, 1e-5, sensitivity=2.0) == 2 * sigma


def test_a_ledger_adds_releases_up_and_stops_at_its_budget(accountant):
    ledger = Ledger(3.0, 1e-5)
    assert ledger.spent == 0
    first = ledger.spend("May", 0.25)
    assert first == 2 * gaussian_sigma(3.0, 1e-5)
    assert_allclose(delta_of(first, ledger.spent), 1e-5, rtol=1e-6)
    assert 0 < ledger.spent < 3
    second = ledger.spend("June", 0.75)
    assert_allclose(ledger.spent, 3.0)
    assert_allclose(delta_of((first**-2 + second**-2) ** -0.5, 3.0), 1e-5, rtol=1e-6)
    with pytest.raises(DataError, match=r'"July" cannot take 0\.1 of the privacy budget'):
        ledger.spend("July", 0.1)
    assert ledger.shares == {"May": 0.25, "June": 0.75}


def test_a_release_is_written_down_once(accountant):
    ledger = Ledger(1.0, 1e-5)
    ledger.spend("May", 0.1)
    with pytest.raises(DataError, match="a name not among"):
        ledger.spend("May", 0.1)


@pytest.mark.parametrize(("epsilon", "delta"), [(0, 0.1), (-1, 0.1), (np.nan, 0.1), (1, 0), (1, 1)])
def test_no_budget_makes_no_noise(epsilon, delta):
    with pytest.raises(DataError, match="epsilon above 0 and delta between 0 and 1"):
        gaussian_sigma(epsilon, delta)


def test_a_missing_accountant_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "dp_accounting", None)
    ledger = Ledger(1.0, 1e-5)
    with pytest.raises(SettingsError, match=r"pip install 'zhiyin\[privacy\]'"):
        ledger.spend("May")
    assert ledger.shares == {}


def test_the_strongest_items_stay_and_rows_have_length_one():
    rows = sparse.csr_array(np.array([[0.5, 0.25, 1, 0.75], [0, 1, 0, 0]], np.float32))
    units = unit_rows(rows, 2).toarray() / UNIT
    assert_allclose(units, [[0, 0, 0.8, 0.6], [0, 1, 0, 0]], atol=2 / UNIT)


@settings(deadline=None, max_examples=25)
@given(some_rows(), st.integers(1, 9), st.data())
def test_one_person_changes_the_sum_by_at_most_one(rows, most, data):
    units = unit_rows(rows, most)
    gone = data.draw(st.integers(0, rows.shape[0] - 1))
    others = np.delete(np.arange(rows.shape[0]), gone)
    without = unit_rows(rows[others], most)
    assert np.array_equal(units[others].toarray(), without.toarray())
    change = (units.T @ units - without.T @ without).toarray() / UNIT**2
    assert np.linalg.norm(change) <= 1
    assert np.diff(units.indptr).max() <= most


def test_what_is_clipped_differs_between_people_with_different_rows():
    rows = np.ones((2, 40), np.float32)
    rows[1, 0] = 0
    kept = unit_rows(sparse.csr_array(rows), 5).toarray() > 0
    assert kept.sum(axis=1).tolist() == [5, 5]
    assert not np.array_equal(kept[0], kept[1])


def test_noise_is_gaussian_of_that_size_and_new_each_time():
    noise = gaussian(200_000, 3.0, b"seed")
    assert_allclose([noise.mean(), noise.std()], [0, 3], atol=0.03)
    assert_allclose(np.mean(np.abs(noise) < 3), 0.6827, atol=0.005)
    assert np.array_equal(noise[:9], gaussian(9, 3.0, b"seed"))
    assert not np.array_equal(gaussian(9, 3.0), gaussian(9, 3.0))


def test_a_noisy_gram_is_symmetric_on_a_grid_and_without_noise_exact():
    rows = sparse.csr_array(np.array([[1, 0, 0], [3, 4, 0]], np.float32))
    units = unit_rows(rows, 3)
    assert_allclose(
        noisy_gram(units, 0.0), [[1.36, 0.48, 0], [0.48, 0.64, 0], [0, 0, 0]], atol=1e-4
    )
    noisy = noisy_gram(units, 0.5)
    assert np.array_equal(noisy, noisy.T)
    assert np.array_equal(np.rint(noisy * UNIT**2), noisy * UNIT**2)


def test_noise_beside_the_diagonal_is_smaller_by_root_two():
    noise = noisy_gram(sparse.csr_array((400, 400), dtype=np.int64), 2.0, b"seed")
    assert_allclose(np.diagonal(noise).std(), 2, rtol=0.1)
    assert_allclose(noise[np.triu_indices(400, 1)].std(), np.sqrt(2), rtol=0.02)
    assert_allclose(np.linalg.eigvalsh(noise)[-1], noise_edge(400, 2.0), rtol=0.05)


def test_shrinking_brings_a_release_of_few_tastes_nearer_to_the_truth():
    tastes = np.arange(2000)[:, None] % 5 == np.arange(60) % 5
    units = unit_rows(sparse.csr_array(tastes.astype(np.float32)), 20)
    truth, noisy = noisy_gram(units, 0.0), noisy_gram(units, 4.0, b"seed")
    near = shrunk(noisy, 4.0)
    assert np.linalg.norm(near - truth) < 0.7 * np.linalg.norm(noisy - truth)
    assert np.linalg.eigvalsh(near.astype(np.float64))[0] > -1e-3
    assert np.array_equal(shrunk(noisy, 1e6), np.zeros((60, 60)))
