from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.ties import Ties


def ties(*pairs):
    one, two = np.array(pairs, np.int64).reshape(-1, 2).T
    return Ties(one, two)


def test_a_tie_leads_one_way_and_counts_once():
    matrix = ties((0, 1), (0, 1), (2, 0)).matrix(3)
    assert matrix.toarray().tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0]]
    assert matrix.dtype == np.float32
    assert matrix.format == "csr"


def test_nobody_is_tied_to_themselves_or_to_who_is_not_there():
    assert ties((0, 0), (0, 2), (2, 0), (1, 0)).matrix(2).toarray().tolist() == [[0, 0], [1, 0]]
    assert ties((1, 1)).matrix(2).nnz == 0
    assert ties().matrix(2).nnz == 0


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30), st.integers(1, 7))
def test_it_holds_the_distinct_pairs(pairs, n_people):
    matrix = ties(*pairs).matrix(n_people)
    entries = matrix.tocoo()
    held = sorted(zip(entries.row.tolist(), entries.col.tolist(), strict=True))
    assert held == sorted({(a, b) for a, b in pairs if a != b and max(a, b) < n_people})
    assert (matrix.data == 1).all()


ONE, TWO = np.array([0, 0, 1, 2, 0, 7]), np.array([1, 2, 0, 2, 1, 0])


def test_strengths_are_in_units_of_their_median_and_the_strongest_of_several_counts():
    strength = np.array([1, 4, np.nan, 1, 2, 1], np.float32)
    matrix = Ties(ONE, TWO, strength).matrix(3).toarray()
    assert matrix[0].tolist() == pytest.approx([0, 2, 4])
    assert matrix[1, 0] == 1  # of unknown strength


def test_a_strength_out_of_all_proportion_counts_as_ten():
    strength = np.array([1, 1e30, 1, 1, 1, 1], np.float32)
    matrix = Ties(ONE, TWO, strength).matrix(3)
    assert (matrix.max(), np.median(matrix.data)) == (10, 1)


@pytest.mark.parametrize("strength", [0.0, -2.0])
def test_a_tie_without_strength_above_zero_is_none(strength):
    given = np.full(6, strength, np.float32)
    assert Ties(ONE, TWO, given).matrix(3).nnz == 0
