import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.item_weights import highest_of_rows
from zhiyin.affinity.session_neighbours import SESSION_NEIGHBOURS, latest_places
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.task import TrainingData


def told(*sequences, n_items=6):
    """Return the data of people 0, 1, … in the order of their items."""
    person = np.repeat(np.arange(len(sequences)), [len(items) for items in sequences])
    item = np.array([i for items in sequences for i in items], np.int64)
    place = np.concatenate([np.arange(len(items)) for items in sequences])
    events = Interactions(person, item, np.ones(item.size, np.float32), place)
    return TrainingData(events, len(sequences), n_items)


def scores(data, person, **params):
    settled = {"neighbours": 10, "reach": 2, "rarity": 0.0, **params}
    return SESSION_NEIGHBOURS.prepare(data)(settled)(np.array([person]))[0]


def test_by_hand():
    data = told([0, 1], [1, 2], [0, 3], [4, 5])
    # Person 0 had 1 last (weight 1) and 0 before (weight 1/2): session 1 shares the former, session 2 the latter,
    # each likeness times the weight of the latest item that is shared.
    found = scores(data, 0)
    assert found.tolist() == [1.5 + 0.25, 1.5 + 1.0, 1.0, 0.25, 0.0, 0.0]


def test_only_the_likest_sessions_and_the_latest_places_speak():
    data = told([0, 1], [1, 2], [0, 3], [4, 5])
    assert scores(data, 0, neighbours=1).tolist() == [1.5, 1.5, 0, 0, 0, 0]
    assert scores(data, 0, reach=1)[3] == 0


def test_what_few_have_counts_more_when_rarity_does():
    data = told([0], [0, 1], [0, 2], [2, 3], [2, 4])
    plain, rare = (scores(data, 0, rarity=power) for power in (0.0, 1.0))
    assert plain[1] == plain[2]
    assert rare[1] / rare[2] == pytest.approx(np.log(5 / 1) / np.log(5 / 3))


def test_places_are_counted_from_the_newest():
    newest, before = latest_places(told([3, 1], [2]), 2)
    assert newest.toarray().argmax(axis=1).tolist() == [1, 2]
    assert before.toarray()[0].tolist() == [0, 0, 0, 1, 0, 0]
    assert before[[1]].nnz == 0


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=4),
    st.integers(1, 6),
)
def test_the_highest_of_a_row_are_kept_and_of_equals_the_first(rows, neighbours):
    dense = np.array(rows, np.float32)
    kept = highest_of_rows(sparse.csr_array(dense), neighbours).toarray()
    for row, found in zip(dense, kept, strict=True):
        expected = np.zeros(5, np.float32)
        best = np.argsort(-row, kind="stable")[:neighbours]
        expected[best] = row[best]
        assert found.tolist() == expected.tolist()
