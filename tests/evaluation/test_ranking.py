from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.evaluation.metrics import ndcg, recall
from zhiyin.evaluation.ranking import rank_all, rank_lists

SCORES = np.array([[1, 5, 3, 3], [2, 0, 0, 2]], np.float32)
BOTH = np.array([0, 1])


def score_rows(people):
    return SCORES[people]


def test_lists_by_hand():
    seen = sparse.csr_array(np.array([[0, 1, 0, 0], [0, 0, 0, 0]]))
    assert rank_lists(score_rows, BOTH, None, 3).tolist() == [[1, 2, 3], [0, 3, 1]]
    assert rank_lists(score_rows, BOTH, seen, 3).tolist() == [[2, 3, 0], [0, 3, 1]]
    assert rank_lists(score_rows, np.array([1]), seen, 1).tolist() == [[0]]
    assert rank_lists(score_rows, np.array([], np.int64), seen, 2).shape == (0, 2)


def test_what_is_not_on_offer_or_never_wanted_leaves_places_empty():
    offered = np.array([True, True, False, False])
    assert rank_lists(score_rows, BOTH, None, 3, offered=offered).tolist() == [
        [1, 0, -1],
        [0, 1, -1],
    ]
    unwanted = np.array([[0, -np.inf, 0, -np.inf]], np.float32)
    assert rank_lists(lambda _: unwanted, BOTH[:1], None, 3).tolist() == [[0, 2, -1]]
    assert rank_lists(
        lambda _: unwanted, BOTH[:1], None, 3, order=np.array([3, 2, 1, 0])
    ).tolist() == [[2, 0, -1]]


def test_an_order_decides_among_equal_scores_only():
    order = np.array([3, 2, 1, 0])
    assert rank_lists(score_rows, BOTH, None, 4, order=order).tolist() == [
        [1, 3, 2, 0],
        [3, 0, 2, 1],
    ]


def test_the_scores_that_were_given_stay_as_they_are():
    given_scores = SCORES.copy()
    seen = sparse.csr_array(np.ones((2, 4)))
    lists = rank_lists(lambda _: given_scores, BOTH, seen, 2, offered=np.zeros(4, bool))
    assert (lists == -1).all()
    np.testing.assert_array_equal(given_scores, SCORES)
    shared = np.broadcast_to(np.float32(1), (2, 4))  # read-only
    assert rank_lists(lambda _: shared, BOTH, seen, 2).tolist() == [[-1, -1], [-1, -1]]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 9), st.booleans(), st.booleans())
def test_it_is_a_sort_of_all_items_whatever_the_batch(seed, k, has_order, has_offer):
    rng = np.random.default_rng(seed)
    n_people, n_items = 7, 8
    scores = rng.integers(0, 3, (n_people, n_items)).astype(np.float32)
    seen = sparse.csr_array((rng.random((n_people, n_items)) < 0.3).astype(np.float32))
    offered = rng.random(n_items) < 0.7 if has_offer else None
    order = rng.permutation(n_items) if has_order else None
    people = rng.permutation(n_people)[:5]
    place = np.argsort(np.arange(n_items) if order is None else order)
    expected = []
    for who in people:
        may = [i for i in range(n_items) if not seen[who, i] and (offered is None or offered[i])]
        best = sorted(may, key=lambda i, who=who: (-scores[who, i], place[i]))[:k]
        expected.append(best + [-1] * (k - len(best)))
    for batch in (1, 2, 256):
        lists = rank_lists(
            lambda part: scores[part], people, seen, k, offered=offered, order=order, batch=batch
        )
        assert lists.dtype == np.int64
        assert lists.tolist() == expected


@pytest.mark.parametrize("batch", [1, 256])
def test_judging_at_once_is_judging_the_lists(batch):
    relevant = sparse.csr_array(np.array([[0, 0, 1, 1], [0, 1, 0, 0]]))
    figures = rank_all(score_rows, BOTH, None, relevant, 2, batch)
    assert figures["recall@2"].tolist() == [0.5, 0]
    lists = rank_lists(score_rows, BOTH, None, 2)
    np.testing.assert_array_equal(figures["recall@2"], recall(lists, relevant))
    np.testing.assert_array_equal(figures["ndcg@2"], ndcg(lists, relevant))
