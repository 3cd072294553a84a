"""What is solved when somebody asks is what the dense solve gives, as long as nobody is left out."""

import numpy as np
import pytest

from tests.affinity.test_people_weights import asked_by, world
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import PeopleWeights
from zhiyin.affinity.restricted import restricted_weights

TIES = {"tie_weight": 1.5, "common_weight": 3.0}


@pytest.mark.parametrize("ties", [{}, TIES])
def test_with_all_people_as_neighbours_it_is_the_dense_solve(ties):
    rows, tied = world(2)
    rows = rows.tolil()
    rows[:, 0] = 1  # so that everybody is near everybody
    rows = rows.tocsr()
    dense = PeopleWeights.fit(rows, tied, reg=60.0, **ties)
    near = PeopleNeighbours.of(rows, tied, reg=60.0, neighbours=30, **ties)
    for person in (0, 12, 29):
        asked = asked_by(person, rows)
        np.testing.assert_allclose(near.scores(asked), dense.scores(asked), atol=1e-4)
        stranger = Asked(asked.items[:3], asked.weights[:3], friends=np.array([1, 2]))
        np.testing.assert_allclose(near.scores(stranger), dense.scores(stranger), atol=1e-4)


def test_it_is_the_restricted_ridge_of_everybody():
    rows, _ = world(3, n_people=60)
    kernel = (rows @ rows.T.tocsr()).tocsr()
    kernel.sort_indices()
    whole = restricted_weights(kernel, reg=5.0, neighbours=12).T @ rows
    near = PeopleNeighbours.of(rows, reg=5.0, neighbours=12)
    for person in range(0, 60, 11):
        expected = whole[[person]].toarray()[0]
        np.testing.assert_allclose(near.scores(asked_by(person, rows)), expected, atol=1e-4)


def test_friends_and_people_alike_give_the_whole_score_and_a_snapshot_opens_alike():
    rows, tied = world(5)
    near = PeopleNeighbours.of(rows, tied, reg=10.0, neighbours=8, **TIES)
    again = PeopleNeighbours.from_arrays(near.arrays())
    asked, ids = asked_by(7, rows), np.array([0, 5, 19, 40])
    friends, others = again.explain(asked, ids)
    total = friends.amounts.sum(axis=0) + others.amounts.sum(axis=0)
    np.testing.assert_allclose(total, [*near.scores(asked)[ids[:3]], 0], atol=1e-5)
    assert friends.ids.size + others.ids.size <= 8
    assert not near.scores(Asked.of([])).any()
