from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.affinity.test_ease import random_rows
from zhiyin.affinity import row_files
from zhiyin.affinity.row_files import (
    bounds,
    chunks_of,
    is_written,
    open_rows,
    thinned,
    write_rows,
    write_transposed,
)
from zhiyin.errors import DataError, NotFound


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 30),
    st.integers(1, 20),
    st.sampled_from([0.0, 0.3]),
    st.integers(1, 40),
    st.integers(0, 2**32 - 1),
)
def test_rows_come_back_and_so_does_their_transpose(tmp_path_factory, n, width, share, most, seed):
    folder = tmp_path_factory.mktemp("rows")
    rows = random_rows(n, width, share, seed)
    stored = write_rows(folder / "a", chunks_of(rows, most), width)
    assert stored.shape == rows.shape
    assert (stored != rows).nnz == 0
    turned = write_transposed(folder / "b", lambda: chunks_of(stored, most), stored.shape)
    assert turned.shape == rows.T.shape
    assert (turned != rows.T.tocsr()).nnz == 0
    assert all(np.all(np.diff(turned[[i]].indices) > 0) for i in range(width))


def test_what_was_not_finished_is_not_opened(tmp_path):
    rows = random_rows(6, 5, 0.5, 0)
    write_rows(tmp_path, [rows], 5)
    assert is_written(tmp_path)

    def stopped():
        yield rows
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(tmp_path, stopped(), 5)
    with pytest.raises(NotFound, match="no rows are stored"):
        open_rows(tmp_path)


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    rows = sparse.csr_array(np.ones((3, 3), np.float32))
    monkeypatch.setattr(row_files, "MOST_ENTRIES", 8)
    with pytest.raises(DataError, match="9 entries are too many"):
        write_rows(tmp_path, [rows], 3)
    with pytest.raises(DataError, match="9 entries are too many"):
        write_transposed(tmp_path, lambda: iter([rows]), (3, 3))


def test_only_long_rows_are_thinned():
    rows = sparse.csr_array(np.arange(1, 301, dtype=np.float32).reshape(3, 100))
    rows.data[100:195] = 0
    rows.eliminate_zeros()  # lengths 100, 5, 100
    short = thinned(rows, 10, np.random.default_rng(0))
    assert np.diff(short.indptr).tolist() == [10, 5, 10]
    assert (short.multiply(short != rows)).nnz == 0
    assert (short[[1]] != rows[[1]]).nnz == 0
    assert short[[0]].indices.tolist() != short[[2]].indices.tolist()


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 12))
def test_runs_hold_at_most_what_is_allowed(sizes, most):
    cuts = bounds(np.array(sizes, np.int64), most)
    assert cuts[0] == 0
    assert cuts[-1] == len(sizes)
    for start, stop in pairwise(cuts):
        assert sum(sizes[start:stop]) <= most or stop == start + 1
