from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from zhiyin.errors import SettingsError
from zhiyin.evaluation.metrics import recall
from zhiyin.evaluation.slices import history_slices, popularity_slices, restricted

N_ITEMS = 7
held_out = hnp.arrays(
    np.float32, st.tuples(st.integers(0, 5), st.just(N_ITEMS)), elements=st.sampled_from([0, 1, 2])
)
masks = hnp.arrays(np.bool_, N_ITEMS)
counts = hnp.arrays(np.int64, N_ITEMS, elements=st.integers(0, 6))  # many ties and zeros


def test_people_are_named_by_the_length_of_their_history():
    length = np.array([0, 1, 2, 3, 7, 8, 31, 32, 500])
    slices = history_slices(length)
    assert {name: length[who].tolist() for name, who in slices.items()} == {
        "history 0": [0],
        "history 1-2": [1, 2],
        "history 3-7": [3, 7],
        "history 8-31": [8, 31],
        "history 32+": [32, 500],
    }
    assert list(history_slices(np.array([40, 1]))) == ["history 1-2", "history 32+"]
    assert list(history_slices(np.array([40, 1]), bounds=(0,))) == ["history 0+"]
    assert history_slices(np.empty(0, np.int64)) == {}


@settings(deadline=None, max_examples=25)
@given(
    hnp.arrays(np.int64, st.integers(1, 20), elements=st.integers(0, 60)),
    st.sets(st.integers(1, 50), max_size=5),
)
def test_histories_are_a_partition_into_runs_of_lengths(length, above):
    slices = history_slices(length, bounds=(0, *sorted(above)))
    assert (np.sum(list(slices.values()), axis=0) == 1).all()
    assert all(who.any() for who in slices.values())
    runs = [length[who] for who in slices.values()]
    assert all(one.max() < other.min() for one, other in pairwise(runs))


@pytest.mark.parametrize("bounds", [(), (1, 3), (0, 3, 3), (0, 8, 3)])
def test_bounds_that_are_no_partition_are_refused(bounds):
    with pytest.raises(SettingsError, match="ascend from 0"):
        history_slices(np.array([1]), bounds)


def test_head_and_tail_by_hand():
    relevant = sparse.csr_array(np.array([[1, 1, 0, 1], [0, 0, 1, 0]]))
    # of 12 interactions items 1 and 3 hold 7; item 1 alone holds 4, which is not half
    parts = popularity_slices(relevant, np.array([2, 4, 3, 3]))
    assert parts["head"].toarray().tolist() == [[0, 1, 0, 0], [0, 0, 1, 0]]
    assert parts["tail"].toarray().tolist() == [[1, 0, 0, 1], [0, 0, 0, 0]]
    # exactly half is enough
    assert popularity_slices(relevant, np.array([1, 3, 1, 1]))["head"].nnz == 1


def test_the_same_list_is_judged_on_the_tail_alone():
    relevant = sparse.csr_array(np.array([[1, 1, 1], [1, 0, 0]]))
    lists = np.array([[0, 1], [0, 1]])
    parts = popularity_slices(relevant, np.array([9, 1, 1]))
    assert recall(lists, relevant).tolist() == [pytest.approx(2 / 3), 1]
    on_tail = recall(lists, parts["tail"])
    assert on_tail[0] == 0.5
    assert np.isnan(on_tail[1])  # nothing of theirs is in the tail


@settings(deadline=None, max_examples=25)
@given(counts, st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]))
def test_the_head_is_the_fewest_items_that_hold_the_share(popularity, share):
    every = sparse.csr_array(np.ones((1, N_ITEMS)))
    parts = popularity_slices(every, popularity, share)
    head = parts["head"].toarray()[0] > 0
    assert (parts["tail"].toarray()[0] > 0).tolist() == (~head).tolist()
    needed = share * popularity.sum()
    assert popularity[head].sum() >= needed
    if head.any():
        assert popularity[head].sum() - popularity[head].min() < needed
        assert popularity[head].min() >= popularity[~head].max(initial=0)
        assert popularity[head].min() > 0


@settings(deadline=None, max_examples=25)
@given(held_out, masks)
def test_restricting_keeps_those_columns_and_nothing_else(dense, items):
    relevant = sparse.csr_array(dense)
    kept = restricted(relevant, items)
    np.testing.assert_array_equal(kept.toarray(), dense * items)
    assert kept.dtype == relevant.dtype
    np.testing.assert_array_equal(relevant.toarray(), dense)  # what came in is as it was
    np.testing.assert_array_equal((kept + restricted(relevant, ~items)).toarray(), dense)
