from __future__ import annotations

import numpy as np
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
