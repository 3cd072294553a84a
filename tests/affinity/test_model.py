from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import sparse

from tests.affinity.test_ease import random_rows
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.model import fit
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.opening import opened
from zhiyin.errors import NotFound

ROWS = {
    "ease": random_rows(60, 25, 0.2, 1),
    "ease-dual": random_rows(25, 60, 0.2, 1),
    "item-knn": random_rows(30, 40, 0.2, 1),
}


def model_called(name):
    model = fit(ROWS[name], reg=5.0, dense_limit=28, neighbours=8)
    assert model.name == name
    return model


every_model = pytest.mark.parametrize("name", list(ROWS))


@every_model
def test_contributions_add_up_to_the_scores(name):
    model, rng = model_called(name), np.random.default_rng(3)
    items = rng.permutation(model.n_items)[:9]
    weights = (rng.integers(1, 9, 9) / 8).astype(np.float32)
    ids = rng.permutation(model.n_items)[:12]  # some of them in the row
    asked = Asked(items, weights)
    [given] = model.explain(asked, ids)
    assert given.kind == "item"
    assert np.array_equal(given.ids, items)
    assert given.amounts.shape == (9, 12)
    assert given.amounts.dtype == np.float32
    assert np.abs(given.amounts).max() > 0.01
    assert given.amounts.sum(axis=0) == pytest.approx(model.scores(asked)[ids], abs=1e-5)
    assert not given.amounts[items[:, None] == ids].any()  # nothing speaks for itself


@every_model
def test_one_row_and_a_batch_of_rows_agree(name):
    model = model_called(name)
    rows = random_rows(5, model.n_items, 0.3, 8)
    batch = model.scores_rows(rows)
    assert batch.shape == (5, model.n_items)
    for place in range(5):
        row = rows[[place]]
        one = model.scores(Asked(row.indices.astype(np.int64), row.data))
        assert one.dtype == batch.dtype == np.float32
        assert one == pytest.approx(batch[place], abs=1e-5)


@every_model
def test_items_newer_than_the_model_are_ignored_and_score_nothing(name):
    model = model_called(name)
    n, one, two = model.n_items, np.ones(1, np.float32), np.ones(2, np.float32)
    items = np.array([n + 3, 2])
    scores = model.scores(Asked(items, two))
    assert scores.shape == (n,)
    assert np.array_equal(scores, model.scores(Asked(items[1:], one)))
    ids = np.array([4, n, n + 7])
    [given] = model.explain(Asked(items, two), ids)
    assert given.ids.tolist() == [2]
    assert not given.amounts[:, 1:].any()
    nobody = Asked.of([])
    assert not model.scores(nobody).any()
    assert model.explain(nobody, ids)[0].amounts.shape == (0, 3)
    newer = sparse.csr_array((np.ones(1, np.float32), ([0], [n])), shape=(1, n + 1))
    assert model.scores_rows(newer).shape == (1, n)


@every_model
def test_a_snapshot_opens_read_only_and_memory_mapped(name, tmp_path):
    model = model_called(name)
    mapped = {}
    for key, array in model.arrays().items():
        np.save(tmp_path / f"{key}.npy", array)
        mapped[key] = np.load(tmp_path / f"{key}.npy", mmap_mode="r")
    again = opened(model.name, mapped)
    items, weights = np.array([1, 5, 7]), np.array([1, 0.5, 0.25], np.float32)
    ids = np.array([0, 1, 3])
    for asked in (Asked(items, weights), Asked(items, weights, person=4)):
        assert np.array_equal(again.scores(asked), model.scores(asked))
        [one], [two] = again.explain(asked, ids), model.explain(asked, ids)
        assert np.array_equal(one.amounts, two.amounts)


def test_an_unknown_model_is_named():
    with pytest.raises(NotFound, match=r'no affinity model is called "eas".*"ease"'):
        opened("eas", {})


def test_the_dual_side_never_holds_items_times_items():
    n_people, n_items = 300, 60_000  # items x items would be 14.4 GB
    rng = np.random.default_rng(1)
    person = np.repeat(np.arange(n_people), 40)
    item = np.minimum((n_items * rng.random(person.size) ** 3).astype(np.int64), n_items - 1)
    rows = sparse.csr_array((np.ones(person.size, np.float32), (person, item)), (n_people, n_items))
    tracemalloc.start()
    model = fit(rows, reg=10.0)
    asked = Asked(item[:40], np.ones(40, np.float32), person=0)
    scores = model.scores(asked)
    model.explain(asked, np.arange(10))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert model.name == "ease-dual"
    assert scores.any()
    assert peak < 40e6


@pytest.mark.parametrize("pairs", [1, 500, 10**6])
def test_item_knn_equals_brute_force(pairs, monkeypatch):
    monkeypatch.setattr("zhiyin.affinity.neighbours._PAIRS", pairs)
    rows = random_rows(30, 40, 0.2, 6)
    x = rows.toarray().astype(np.float64)
    norm = np.sqrt((x**2).sum(axis=0))
    near = x.T @ x / (norm[:, None] * norm + 10.0)
    np.fill_diagonal(near, 0)
    for neighbours in (1, 5, 50):
        found = nearest_items(rows, neighbours=neighbours, shrinkage=10.0).toarray()
        kept = -np.sort(-near, axis=1)[:, :neighbours]
        assert_allclose(-np.sort(-found, axis=1)[:, :neighbours], kept, atol=1e-6)
        assert (np.count_nonzero(found, axis=1) <= neighbours).all()
        where = found > 0
        assert_allclose(found[where], near[where], atol=1e-6)


def test_of_equally_near_items_the_lower_numbers_are_kept():
    rows = sparse.csr_array(np.ones((2, 5), np.float32))
    found = nearest_items(rows, neighbours=2).toarray()
    assert [np.flatnonzero(row).tolist() for row in found] == [
        [1, 2],
        [0, 2],
        [0, 1],
        [0, 1],
        [0, 1],
    ]


@pytest.mark.parametrize("shape", [(40, 20), (20, 40)])
def test_a_withheld_checkerboard_comes_back(shape):
    person, item = np.indices(shape)
    board = ((person + item) % 2 == 0).astype(np.float32)
    withheld = (np.arange(min(shape)), np.arange(min(shape)))
    board[withheld] = 0
    rows = sparse.csr_array(board)
    for dense_limit in (1000, 0):
        scores = fit(rows, reg=1.0, dense_limit=dense_limit).scores_rows(rows)
        scores[board > 0] = -np.inf
        assert np.array_equal(scores[: min(shape)].argmax(axis=1), withheld[1])
