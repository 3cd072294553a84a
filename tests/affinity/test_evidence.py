from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.evidence import Evidence

row_sets = st.tuples(st.integers(0, 6), st.integers(1, 9), st.integers(0, 2**32 - 1))
dense = pytest.mark.parametrize("dense", [True, False])


def random_rows(n, n_items, seed):
    rng = np.random.default_rng(seed)
    eighths = rng.integers(1, 9, (n, n_items)) / 8
    return sparse.csr_array(np.where(rng.random((n, n_items)) < 0.4, eighths, 0).astype(np.float32))


def same(one, two):
    """To the last bit."""
    return (
        one.n_rows == two.n_rows
        and np.array_equal(one.degrees, two.degrees)
        and np.array_equal(array(one), array(two))
    )


def array(evidence):
    return evidence.gram if isinstance(evidence.gram, np.ndarray) else evidence.gram.toarray()


@dense
def test_it_is_the_sum_of_outer_products(dense):
    rows = random_rows(40, 15, 3)
    evidence = Evidence.of(rows, dense=dense)
    x = rows.toarray()
    assert np.array_equal(array(evidence), sum(np.outer(r, r) for r in x))
    assert np.array_equal(evidence.degrees, x.sum(axis=0))
    assert evidence.n_rows == 40
    assert array(evidence).dtype == np.float32


@dense
@settings(deadline=None, max_examples=25)
@given(one=row_sets, two=row_sets)
def test_add_then_subtract_is_the_identity(dense, one, two):
    first, second = random_rows(*one), random_rows(two[0], one[1], two[2])
    evidence = Evidence.of(first, dense=dense)
    evidence.add(second)
    evidence.subtract(second)
    assert same(evidence, Evidence.of(first, dense=dense))


@dense
@settings(deadline=None, max_examples=25)
@given(one=row_sets, two=row_sets)
def test_silos_add_up_to_the_centre_even_when_one_knows_newer_items(dense, one, two):
    first, second = random_rows(*one), random_rows(*two)
    central = Evidence.of(first, dense=dense)
    central.add(second)
    merged = Evidence.of(first, dense=dense) + Evidence.of(second, dense=dense)
    assert merged.n_items == max(one[1], two[1])
    assert same(merged, central)
    swapped = Evidence.of(second, dense=dense) + Evidence.of(first, dense=dense)
    assert same(merged, swapped)


@dense
@settings(deadline=None, max_examples=25)
@given(n=st.integers(1, 6), old=st.integers(0, 99), new=st.integers(0, 99))
def test_replace_is_subtract_then_add(dense, n, old, new):
    base, before, after = random_rows(5, 8, 1), random_rows(n, 8, old), random_rows(n, 8, new)
    replaced = Evidence.of(base, dense=dense)
    replaced.add(before)
    replaced.replace(before, after)
    expected = Evidence.of(base, dense=dense)
    expected.add(after)
    assert same(replaced, expected)


@dense
def test_merging_leaves_the_parts_alone(dense):
    one, two = Evidence.of(random_rows(3, 4, 1), dense=dense), Evidence.empty(4, dense=dense)
    merged = one + two
    merged.add(random_rows(2, 4, 2))
    assert same(one, Evidence.of(random_rows(3, 4, 1), dense=dense))
    assert two.n_rows == 0
    assert not array(two).any()


def test_erasing_a_person_leaves_no_trace_in_a_large_sum():
    rows = random_rows(2000, 30, 7)
    evidence = Evidence.of(rows)
    evidence.subtract(rows[[1234]])
    keep = np.delete(np.arange(2000), 1234)
    assert same(evidence, Evidence.of(rows[keep]))
