"""Friends are asked one by one, in a batch and for reasons alike, and close ones count more."""

import numpy as np
import pytest

from tests.affinity.test_people_weights import asked_by, world
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.friends import Friends
from zhiyin.core.ties import Ties


def test_the_mean_of_friends_is_weighted_by_their_ties():
    rows, _ = world(1)
    ties = Ties(np.array([0, 0]), np.array([3, 4]), np.array([3.0, 1.0], np.float32)).matrix(30)
    model = Friends.from_arrays(Friends(rows, ties).arrays())
    expected = (3 * rows[[3]].toarray()[0] + rows[[4]].toarray()[0]) / 4
    np.testing.assert_allclose(model.scores(asked_by(0, rows)), expected, rtol=1e-6)
    np.testing.assert_allclose(model.scores_people(np.array([0]))[0], expected, rtol=1e-6)
    [given] = model.explain(asked_by(0, rows), np.array([1, 2, 99]))
    assert sorted(given.ids.tolist()) == [3, 4]
    total = given.amounts.sum(axis=0)
    assert total == pytest.approx([expected[1], expected[2], 0], abs=1e-6)


def test_a_newcomer_tells_friends_and_who_has_none_gets_nothing():
    rows, ties = world(2)
    model = Friends(rows, ties)
    told = Asked(np.empty(0, np.int64), np.empty(0, np.float32), 77, friends=np.array([5, 6, 300]))
    expected = (rows[[5]].toarray()[0] + rows[[6]].toarray()[0]) / 2
    np.testing.assert_allclose(model.scores(told), expected)
    assert not model.scores(Asked.of([1])).any()
