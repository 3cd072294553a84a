from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse

from tests.affinity.test_ease import random_rows
from tests.affinity.test_memory import popular_rows
from zhiyin.affinity import out_of_core
from zhiyin.affinity.out_of_core import OutOfCore, bytes_of_passes, train_out_of_core
from zhiyin.affinity.restricted import restricted_weights
from zhiyin.affinity.row_files import write_rows
from zhiyin.errors import DataError

HERE = {"reg": 2.0, "neighbours": 4, "kept": 6, "workers": 1}


def train(folder, rows, progress=lambda done, n: None, **plan):
    write_rows(folder / "rows", [rows], rows.shape[1])
    plan = OutOfCore(**{**HERE, **plan})
    return train_out_of_core(folder / "rows", folder / "work", plan, progress=progress)


@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_with_all_pairs_kept_it_is_the_restricted_ridge(
    tmp_path_factory, monkeypatch, n_items, neighbours, seed
):
    rows = random_rows(25, n_items, 0.2, seed)
    for name, size in (
        ("_BLOCK", 40),
        ("_SOLVED", 7),
        ("_CHUNK", 30),
        ("_PAIRS", 9),
    ):  # many parts of each pass
        monkeypatch.setattr(out_of_core, name, size)
    found = train(tmp_path_factory.mktemp("run"), rows, neighbours=neighbours, kept=n_items)
    gram = (rows.T.tocsr() @ rows).tocsr()
    gram.sort_indices()
    expected = restricted_weights(gram, reg=2.0, neighbours=neighbours)
    assert_allclose(found.weights.toarray(), expected.toarray(), atol=1e-5, rtol=0)
    assert found.raised == 0


def test_a_pair_that_neither_keeps_counts_nothing(tmp_path):
    # Items 1 and 2 share one person only, and each has stronger pairs: with item 0 and with another.
    rows = np.zeros((30, 5), np.float32)
    rows[:10, [0, 1]] = rows[10:20, [0, 2]] = 1
    rows[10, 1] = 1
    rows[20:25, [1, 3]] = rows[25:, [2, 4]] = 1
    gram = (rows.T @ rows).astype(np.float64)
    assert gram[1, 2] == 1
    near = [1, 2]
    for kept, between in ((2, 0.0), (5, 1.0)):
        small = gram[np.ix_(near, near)]
        small[0, 1] = small[1, 0] = between
        expected = np.linalg.solve(small + 2 * np.eye(2), gram[near, 0])
        found = train(tmp_path / str(kept), sparse.csr_array(rows), neighbours=2, kept=kept)
        assert_allclose(found.weights.toarray()[near, 0], expected, atol=1e-5, rtol=0)


def test_it_goes_on_where_it_was_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(out_of_core, "_BLOCK", 2000)
    monkeypatch.setattr(out_of_core, "_SOLVED", 40)
    rows = popular_rows(200, 300, 2500)
    told = []

    def stop_at(share):
        def progress(done, n):
            told.append(done)
            if done >= share:
                raise KeyboardInterrupt

        return progress

    whole = train(tmp_path / "whole", rows, stop_at(2.0))
    assert told == sorted(told)
    assert told[-1] == 1
    steps = len(told)
    for share in (0.3, 0.8):
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path / "stopped", rows, stop_at(share))
    told.clear()
    again = train(tmp_path / "stopped", rows, stop_at(2.0))
    assert min(told[1:]) > 0.8  # the first one tells that the rows are transposed
    assert len(told) < steps / 2
    assert (again.weights != whole.weights).nnz == 0
    told.clear()
    once_more = train_out_of_core(
        tmp_path / "stopped/rows", tmp_path / "stopped/work", OutOfCore(**HERE)
    )
    assert (once_more.weights != whole.weights).nnz == 0


def test_two_workers_train_what_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr(out_of_core, "_BLOCK", 4000)
    rows = popular_rows(200, 300, 2500)
    one, two = (train(tmp_path / str(n), rows, workers=n) for n in (1, 2))
    assert_array_equal(one.weights.toarray(), two.weights.toarray())
    assert two.peak_bytes > one.peak_bytes


def test_columns_whose_ridge_was_raised_are_counted(tmp_path):
    # 40 items in a ring, taken in runs of 20: of two neighbours of a third that lie far apart, neither keeps the other.
    runs = (np.arange(40)[:, None] + np.arange(20)) % 40
    rows = np.zeros((40, 40), np.float32)
    np.put_along_axis(rows, runs, 1, axis=1)
    found = train(tmp_path, sparse.csr_array(rows), neighbours=8, kept=8, reg=0.5)
    assert found.raised == 40
    assert np.abs(found.weights.data).max() < 1


def test_what_does_not_fit_is_refused_before_it_is_begun(tmp_path):
    rows = popular_rows(200, 300, 2500)
    with pytest.raises(DataError, match=r"GB of memory would be needed.*at most 0\.05 GB.*Next:"):
        train(tmp_path, rows, max_bytes=5 * 10**7)
    assert not (tmp_path / "work").exists()
    passes = bytes_of_passes(OutOfCore(**HERE), rows.shape, rows.nnz)
    enough = max(sum(needed.values()) for needed in passes.values())
    with pytest.raises(DataError, match="GB of memory would be needed"):
        train(tmp_path, rows, max_bytes=enough - 1)
    assert train(tmp_path, rows, max_bytes=enough).peak_bytes == enough


def test_a_folder_holds_the_work_of_one_plan(tmp_path):
    rows = popular_rows(50, 30, 200)
    train(tmp_path, rows)
    with pytest.raises(DataError, match="the work of another plan"):
        train(tmp_path, rows, reg=3.0)


@pytest.mark.parametrize("shape", [(0, 4), (3, 1)])
def test_a_shop_without_pairs_has_no_weights(tmp_path, shape):
    found = train(tmp_path, sparse.csr_array(shape, dtype=np.float32))
    assert found.weights.shape == (shape[1], shape[1])
    assert found.weights.nnz == 0
