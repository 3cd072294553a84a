from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scipy import sparse

from zhiyin.affinity import memory, neighbours, restricted, text_weights
from zhiyin.affinity.baselines import ITEM_KNN, POPULARITY
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.factor_learners import IMPLICIT_FACTORS
from zhiyin.affinity.learners import GRAPH_FILTER
from zhiyin.affinity.memory import (
    dense_side,
    dual_bytes,
    ease_bytes,
    gram_row_entries,
    pairs_of_items,
    refuse,
    restricted_bytes,
    too_large,
)
from zhiyin.affinity.restricted import restricted_weights
from zhiyin.affinity.sequence_learners import TRANSITIONS
from zhiyin.affinity.text_learners import TEXT
from zhiyin.core.interactions import Interactions
from zhiyin.errors import DataError
from zhiyin.evaluation.task import TrainingData


def popular_rows(n_people, n_items, events, seed=0):
    """Few items are taken by many."""
    rng = np.random.default_rng(seed)
    person = rng.integers(0, n_people, events)
    item = (n_items * rng.random(events) ** 3).astype(np.int64)
    rows = sparse.csr_array((np.ones(events, np.float32), (person, item)), (n_people, n_items))
    rows.sum_duplicates()
    return rows


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_dense_solves_hold_what_is_predicted():
    rows = popular_rows(700, 800, 3000)
    peak = peak_of(lambda: ease(Evidence.of(rows).gram, 1.0, overwrite=True))
    assert peak == pytest.approx(ease_bytes(800), rel=0.2)
    peak = peak_of(lambda: DualEase.fit(rows, reg=1.0))
    assert peak == pytest.approx(dual_bytes(700, rows.nnz), rel=0.2)


@pytest.mark.parametrize("cells", [2**14, 2**18])
def test_the_restricted_solve_holds_what_is_predicted(monkeypatch, cells):
    rows = popular_rows(300, 500, 2500)
    gram = (rows.T.tocsr() @ rows).tocsr()
    for module in (memory, restricted):
        monkeypatch.setattr(module, "CELLS", cells)
    peak = peak_of(lambda: restricted_weights(gram, reg=1.0, neighbours=20))
    predicted = restricted_bytes(gram.nnz, 500, 20) - 8 * gram.nnz  # which was there before
    assert peak == pytest.approx(predicted, rel=0.2)


def test_the_entries_of_the_gram_matrix_are_predicted():
    rows = popular_rows(3000, 5000, 40_000)
    columns = rows.T.tocsr()
    gram = columns @ rows
    assert gram_row_entries(rows, columns).sum() == pytest.approx(gram.nnz, rel=0.05)
    few = popular_rows(40, 30, 200)
    predicted = gram_row_entries(few, few.T.tocsr())
    assert predicted.sum() == pytest.approx((few.T.tocsr() @ few).nnz, rel=0.05)


def test_pairs_are_the_lengths_of_the_rows_an_item_stands_in(monkeypatch):
    monkeypatch.setattr(memory, "_CHUNK", 3)
    rows = sparse.csr_array(np.array([[1, 1, 1, 0, 0], [0, 1, 0, 0, 1], [0, 1, 0, 0, 0]]))
    assert pairs_of_items(rows, rows.T.tocsr()).tolist() == [3, 6, 3, 0, 2]


def test_a_shop_without_events_needs_no_pairs():
    for shape in ((0, 0), (4, 3)):
        rows = sparse.csr_array(shape, dtype=np.float32)
        assert gram_row_entries(rows, rows.T.tocsr()).tolist() == [0.0] * shape[1]


def test_what_is_too_large_is_refused_with_its_parts():
    refuse({"rows": 60, "weights": 40}, 100, next_step="never said")
    with pytest.raises(DataError, match=r"rows 6, weights 4\.5\..*at most 10 GB.*Next: buy"):
        refuse({"rows": 6 * 10**9, "weights": 45 * 10**8}, 10**10, next_step="buy more")


@pytest.mark.parametrize("side", [2000, 12_000])
def test_the_dense_side_is_the_largest_that_fits(side):
    limit = ease_bytes(side) + 4 * side**2
    assert dense_side(limit) == side
    assert dense_side(limit - 10**5) < side
    assert dense_side(0) == 0


@pytest.fixture(scope="module")
def timed():
    rows = popular_rows(1200, 1500, 12_000).tocoo()
    who, what = rows.row.astype(np.int64), rows.col.astype(np.int64)
    times = np.random.default_rng(1).permutation(rows.nnz) + 1
    words = sparse.random_array((1500, 400), density=0.02, rng=1, format="csr", dtype=np.float32)
    side = {"attributes": words}
    return TrainingData(Interactions(who, what, rows.data, times), 1200, 1500, side)


@pytest.mark.parametrize(
    "part",
    [ITEM_KNN, GRAPH_FILTER, IMPLICIT_FACTORS, TRANSITIONS, TEXT],
    ids=lambda part: part.name,
)
def test_a_part_is_refused_where_it_would_take_more_than_it_may(timed, part, monkeypatch):
    monkeypatch.setattr(neighbours, "_PAIRS", 2**16)
    monkeypatch.setattr(text_weights, "_BLOCK", 2**6)
    defaults = {name: dimension.default for name, dimension in part.space.items()}
    peak = peak_of(lambda: part.prepare(timed)(defaults))
    needed = {part.name: part.peak_bytes(timed)}
    assert too_large(needed, int(3 * peak)) == ""
    why = too_large(needed, int(0.7 * peak))
    assert part.name in why
    assert "Next: raise memory_gb" in why


def test_a_part_of_which_nothing_is_predicted_is_not_refused(timed):
    assert too_large({"popularity": POPULARITY.peak_bytes(timed)}, 0) == ""
