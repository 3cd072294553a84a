from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.sequence_baselines import (
    ATTRIBUTES,
    ITEM_KNN,
    MARKOV,
    attribute_learners,
    idf_vectors,
    in_sequence,
    recency_rows,
    sequence_baselines,
    shuffled_attributes,
    shuffled_order,
    transitions,
)
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.task import TrainingData


def told(*sequences):
    """Return events of people 0, 1, … in the order of their items."""
    person = np.repeat(np.arange(len(sequences)), [len(items) for items in sequences])
    item = np.array([i for items in sequences for i in items], np.int64)
    place = np.concatenate([np.arange(len(items)) for items in sequences])
    return Interactions(person, item, np.ones(item.size, np.float32), place)


def data(events, n_items, later=None, **side):
    return TrainingData(events, int(events.person.max()) + 1, n_items, side, later)


def test_events_come_by_person_and_time_whatever_their_order():
    events = told([3, 1, 2], [0])
    mixed = events.where(np.array([2, 3, 0, 1]))
    ordered, after = in_sequence(mixed)
    assert ordered.item.tolist() == [3, 1, 2, 0]
    assert after.tolist() == [2, 1, 0, 0]


def test_what_speaks_against_an_item_is_no_part_of_the_sequence():
    events = told([3, 1, 2])
    against = Interactions(
        events.person, events.item, np.array([1, -1, 1], np.float32), events.time_us
    )
    assert transitions(against, 4)[3, 2] == 1


def test_the_later_an_item_the_more_it_counts():
    later = Interactions(*(np.array([x]) for x in (0, 2)), np.ones(1, np.float32), np.array([2]))
    rows = recency_rows(data(told([0, 1], [1, 1]), 3, later))
    assert rows(0.5).toarray().tolist() == [[0.25, 0.5, 1.0], [0.0, 1.5, 0.0]]
    assert rows(1.0).toarray().tolist() == [[1, 1, 1], [0, 2, 0]]


def test_only_the_latest_places_are_listened_to_where_that_is_said():
    rows = recency_rows(data(told([0, 1, 2, 1]), 3), 2)
    assert rows(0.5).toarray().tolist() == [[0, 1.0, 0.5]]


@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=8), min_size=1, max_size=5))
@settings(deadline=None, max_examples=25)
def test_shuffled_order_keeps_who_had_what_and_what_is_fitted(sequences):
    later = Interactions(*(np.array([x]) for x in (0, 6)), np.ones(1, np.float32), np.array([99]))
    whole = data(told(*sequences), 7, later)
    mixed = shuffled_order(whole, 0)
    assert (mixed.rows != whole.rows).nnz == (mixed.histories != whole.histories).nnz == 0
    assert mixed.later.item.tolist() == [6]
    _, after = in_sequence(mixed.interactions.joined(mixed.later))
    lengths = [len(items) + (person == 0) for person, items in enumerate(sequences)]
    assert after.tolist() == [place for length in lengths for place in range(length)[::-1]]
    again = shuffled_order(whole, 0)
    assert again.interactions.time_us.tolist() == mixed.interactions.time_us.tolist()


def test_in_shuffled_order_any_item_may_be_the_last():
    later = Interactions(*(np.array([x]) for x in (0, 3)), np.ones(1, np.float32), np.array([99]))
    whole = data(told([0, 1, 2]), 4, later)
    last = {
        int(recency_rows(shuffled_order(whole, seed))(0.0).toarray().argmax()) for seed in range(40)
    }
    assert last == {0, 1, 2, 3}


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=8), min_size=1, max_size=5))
@settings(deadline=None, max_examples=25)
def test_there_is_one_transition_less_than_a_person_has_items(sequences):
    counts = transitions(told(*sequences), 6)
    assert counts.sum() == sum(len(items) - 1 for items in sequences)
    expected = np.zeros((6, 6))
    for items in sequences:
        for one, next_ in itertools.pairwise(items):
            expected[one, next_] += 1
    assert np.array_equal(counts.toarray(), expected)


def test_markov_asks_what_followed_the_last_item():
    task_data = data(told([0, 1, 2], [3, 1, 2], [2, 1, 0], [0, 1]), 4)
    scores = MARKOV.prepare(task_data)({})(np.array([3, 0]))
    assert scores.tolist() == [[1, 0, 2, 0], [0, 1, 0, 0]]


def test_item_knn_listens_to_the_last_item_first():
    pairs = [[0, 1], [1, 0], [2, 3], [3, 2]] * 3
    task_data = data(told(*pairs, [0, 2]), 4)
    params = {"neighbours": 2, "shrinkage": 0.1}
    fit = ITEM_KNN.prepare(task_data)
    scores = fit({**params, "decay": 0.3})(np.array([12]))[0]
    assert scores[3] > scores[1] > 0
    alike = fit({**params, "decay": 1.0})(np.array([12]))[0]
    assert alike[3] == pytest.approx(alike[1])


def test_a_rare_attribute_tells_more_and_one_of_all_tells_nothing():
    has = sparse.csr_array(np.array([[1, 1, 0], [1, 1, 1], [1, 0, 1], [1, 0, 1]]))
    vectors = idf_vectors(has).toarray()
    assert not vectors[:, 0].any()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[1, 1] / vectors[1, 2] == pytest.approx(np.log(4 / 2) / np.log(4 / 3))
    assert not idf_vectors(sparse.csr_array(np.ones((2, 2)))).toarray().any()


def test_attributes_find_items_like_the_last_ones_and_their_control_deals_them_out_anew():
    has = sparse.csr_array(np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]))
    task_data = data(told([4, 0]), 5, attributes=has)
    scores = ATTRIBUTES.prepare(task_data)({"decay": 0.5})(np.array([0]))[0]
    assert scores.tolist() == pytest.approx([1, 1, 0, 0, 0.5])
    other = shuffled_attributes(task_data, 0).side["attributes"]
    assert sorted(other.toarray().tolist()) == sorted(has.toarray().tolist())
    assert task_data.side["attributes"] is has
    assert "no attributes" in ATTRIBUTES.refuses(data(told([0]), 5))


def test_the_seed_decides_how_the_control_deals():
    has = sparse.csr_array(np.repeat(np.eye(10), 3, axis=0))
    task_data = data(told([4, 0]), 30, attributes=has)
    scores = [
        attribute_learners(seed)[1].prepare(task_data)({"decay": 0.5})(np.array([0]))[0].tolist()
        for seed in (0, 0, 1)
    ]
    own = ATTRIBUTES.prepare(task_data)({"decay": 0.5})(np.array([0]))[0].tolist()
    assert scores[0] == scores[1] != scores[2]
    assert own not in scores


def test_the_names_of_the_baselines():
    names = [learner.name for learner in sequence_baselines()]
    assert names == ["random", "popularity", "item-knn", "ease", "markov"]
