import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.federation import federated, private_evidence
from zhiyin.errors import DataError
from zhiyin.privacy.noise import Ledger


def dealt(n_silos, n_items=12, seed=0):
    rng = np.random.default_rng(seed)
    rows = [rng.random((20 + 5 * silo, n_items)) for silo in range(n_silos)]
    return {
        f"silo {silo}": sparse.csr_array(np.where(one < 0.4, one, 0).astype(np.float32))
        for silo, one in enumerate(rows)
    }


def central(silos, dropped=()):
    return Evidence.of(sparse.vstack([rows for name, rows in silos.items() if name not in dropped]))


def two_circles(n_people):
    """Even people like even items, odd people odd ones."""
    rng = np.random.default_rng(0)
    alike = np.arange(n_people)[:, None] % 2 == np.arange(12) % 2
    return sparse.csr_array((alike & (rng.random((n_people, 12)) < 0.5)).astype(np.float32))


def test_two_silos_of_one_person_each_by_hand():
    one = sparse.csr_array(np.array([[1, 1, 0]], np.float32))
    two = sparse.csr_array(np.array([[0, 0.5, 1]], np.float32))
    evidence = federated({"one": one, "two": two})
    assert evidence.gram.tolist() == [[1, 1, 0], [1, 1.25, 0.5], [0, 0.5, 1]]
    assert evidence.degrees.tolist() == [1, 1.5, 1]
    assert evidence.n_rows == 2


@settings(deadline=None, max_examples=10)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1), st.data())
def test_the_model_is_the_central_one_of_the_silos_that_remain(n_silos, seed, data):
    silos = dealt(n_silos, seed=seed)
    dropped = data.draw(st.sets(st.sampled_from(sorted(silos)), max_size=n_silos - 2))
    together, apart = central(silos, dropped), federated(silos, dropped=dropped)
    assert_allclose(apart.gram, together.gram, atol=1e-5)
    assert_allclose(apart.degrees, together.degrees, atol=1e-5)
    assert apart.n_rows == together.n_rows
    assert_allclose(ease(apart.gram, 1.0), ease(together.gram, 1.0), atol=1e-5)


def test_silos_must_number_items_alike_and_two_must_remain():
    silos = dealt(2)
    with pytest.raises(DataError, match=r"silos know \[12, 13\] items"):
        federated({**silos, "wide": sparse.csr_array((1, 13), dtype=np.float32)})
    with pytest.raises(DataError, match="two uploads or more"):
        federated(silos, dropped=["silo 1"])


@pytest.fixture
def ledger():
    pytest.importorskip("dp_accounting", reason="pip install 'zhiyin[privacy]'")
    return Ledger(3.0, 1e-5)


def test_a_private_model_of_many_people_still_tells_two_circles_apart(ledger):
    evidence = private_evidence(two_circles(3000), ledger, "circles", seed=b"seed")
    weights = ease(evidence.gram, evidence.reg)
    alike = np.arange(12)[:, None] % 2 == np.arange(12) % 2
    np.fill_diagonal(weights, np.nan)
    assert np.nanmin(weights[alike]) > np.nanmax(weights[~alike])


def test_each_private_release_is_paid_for_and_new(ledger):
    rows = two_circles(200)
    first = private_evidence(rows, ledger, "first", share=0.5)
    second = private_evidence(rows, ledger, "second", share=0.5)
    assert not np.array_equal(first.gram, second.gram)
    assert ledger.shares == {"first": 0.5, "second": 0.5}
    with pytest.raises(DataError, match="cannot take 1 of the privacy budget"):
        private_evidence(rows, ledger, "third")


def test_of_few_people_the_ridge_leaves_hardly_any_weight(ledger):
    evidence = private_evidence(two_circles(4), ledger, "few", seed=b"seed")
    assert np.abs(ease(evidence.gram, evidence.reg)).max() < 0.1
