"""Who is closed to somebody gives nothing to the scores, whatever the training knew of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.affinity.test_people_weights import world
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import Blend, KnowsTies
from zhiyin.affinity.everybody import Everybody
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import PeopleWeights, symmetric

TIES = {"tie_weight": 1.5, "common_weight": 3.0}


def models(rows, ties):
    return [
        Friends(rows, ties),
        PeopleWeights.fit(rows, ties, reg=30.0, **TIES),
        PeopleNeighbours.of(rows, ties, reg=30.0, neighbours=12, **TIES),
    ]


def without(matrix, people):
    left = matrix.tolil()
    left[people] = 0
    return left


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 40), unique=True, min_size=1))
def test_nothing_is_given_by_who_is_closed_and_the_rest_adds_up(seed, people):
    rows, ties = world(seed)
    row, closed = rows[[7]], np.sort(np.array(people))
    asked = Asked(
        row.indices.astype(np.int64), row.data, 7, friends=np.array([3, 9]), closed=closed
    )
    for model in models(rows, ties):
        given = model.explain(asked, np.arange(20))
        assert not np.isin(np.concatenate([one.ids for one in given]), closed).any()
        total = np.sum([one.amounts.sum(axis=0) for one in given], axis=0)
        np.testing.assert_allclose(total, model.scores(asked), atol=1e-5)


def test_neighbours_are_weighted_as_if_the_closed_were_not_there():
    rows, ties = world(4)
    tied = symmetric(ties)
    closed = np.sort(tied[[7]].indices[:2]).astype(np.int64)
    params = {"reg": 30.0, "neighbours": 30, "tie_weight": 1.5}
    row = rows[[7]]
    asked = Asked(row.indices.astype(np.int64), row.data, 7)
    gone = PeopleNeighbours.of(
        without(rows, closed).tocsr(), without(without(tied, closed).T, closed).tocsr(), **params
    )
    scores = PeopleNeighbours.of(rows, tied, **params).scores(replace(asked, closed=closed))
    np.testing.assert_allclose(scores, gone.scores(asked), atol=1e-5)


def test_all_friends_of_somebody_without_a_history_may_be_closed_and_nothing_is_left():
    rows, ties = world(5)
    none = np.empty(0, np.int64)
    for model in models(rows, ties):
        open_ = Asked(none, np.empty(0, np.float32), 7, friends=np.array([3]))
        assert model.scores(open_).any()
        everybody = np.union1d(model.tied_to(7), [3]).astype(np.int64)
        shut = Asked(none, np.empty(0, np.float32), 7, friends=np.array([3]), closed=everybody)
        assert not model.scores(shut).any()


def test_a_blend_knows_the_ties_of_its_parts():
    rows, ties = world(6)
    parts = {"all": Everybody(np.ones(20, np.float32)), "friends": Friends(rows, symmetric(ties)), "people": models(rows, ties)[1]}  # fmt: skip
    blend = Blend(parts, np.array([0]), np.ones((1, 3), np.float32))
    assert isinstance(blend, KnowsTies)
    assert blend.tied_to(7).tolist() == sorted(symmetric(ties)[[7]].indices.tolist())
    assert blend.tied_to(99).size == 0


@pytest.mark.parametrize("closed", [[], [3], [1, 3, 9]])
def test_who_is_open(closed):
    asked = Asked(np.empty(0, np.int64), np.empty(0, np.float32), closed=np.array(closed, np.int64))
    people = np.array([9, 0, 3, 12])
    assert asked.is_open(people).tolist() == [person not in closed for person in people.tolist()]
