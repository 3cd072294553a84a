import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.social import following
from zhiyin.social.following import PeopleToFollow
from zhiyin.social.graph import adjacency, sizes
from zhiyin.social.links import graph_of, hidden, tie_pairs


def directed(n, *pairs):
    one, two = np.array(pairs).T
    return adjacency(one, two, n, is_directed=True)


def alone(follows, person=0, k=10, **known):
    [found] = PeopleToFollow(follows, **known).suggested(np.array([person]), k)
    return {each.person: each for each in found}


# 0 follows 1 and 2; both follow 3, 1 follows 4 and 5 too; 6 and 7 follow 0.
FOLLOWS = directed(8, (0, 1), (0, 2), (1, 3), (2, 3), (1, 4), (1, 5), (6, 0), (7, 0), (7, 6))


def test_who_is_two_steps_away_and_why():
    found = alone(FOLLOWS)
    assert list(found) == [3, 4, 5, 6, 7]
    assert found[3].score == pytest.approx(np.sqrt((1 / np.log(3) + 1 / np.log(2)) / 2))
    assert found[3].reasons == ({"kind": "common_friends", "people": (2, 1), "count": 2},)
    assert found[4].score == pytest.approx(np.sqrt(1 / np.log(3)))
    assert found[6].reasons == ({"kind": "follows_you"},)
    assert list(alone(FOLLOWS, k=1)) == [3]
    assert alone(FOLLOWS, person=99) == {}
    assert PeopleToFollow(FOLLOWS).suggested(np.empty(0, np.int64)) == []


def test_who_is_blocked_or_wants_not_to_be_is_neither_suggested_nor_named():
    assert 3 not in alone(FOLLOWS, against=directed(8, (0, 3)))
    assert 3 not in alone(FOLLOWS, against=directed(8, (3, 0)))
    assert 6 not in alone(FOLLOWS, against=directed(8, (6, 0)))
    # 1 was followed once and is blocked now: whom it follows is not near any more.
    assert list(alone(FOLLOWS, against=directed(8, (0, 1)))) == [3, 6, 7]
    assert alone(FOLLOWS, against=directed(8, (0, 1)))[3].reasons[0]["people"] == (2,)
    hidden = np.isin(np.arange(8), [2, 4])
    found = alone(FOLLOWS, is_hidden=hidden)
    assert 4 not in found
    assert found[3].reasons == ({"kind": "common_friends", "people": (1,), "count": 2},)


def test_people_of_like_taste_are_found_within_the_community():
    rng = np.random.default_rng(0)
    likeness = rng.normal(size=(40, 16)).astype(np.float32)
    likeness[[9, 30]] = likeness[0] + 0.1
    likeness[8] = 0
    likeness /= np.maximum(np.linalg.norm(likeness, axis=1, keepdims=True), 1e-9)
    nobody = sparse.csr_array((40, 40), dtype=np.float32)
    found = alone(nobody, likeness=likeness)
    assert list(found)[:2] == [9, 30] or list(found)[:2] == [30, 9]
    [reason] = found[9].reasons
    assert reason == {"kind": "taste", "likeness": pytest.approx(float(likeness[0] @ likeness[9]))}
    assert len(found) < 8
    near = alone(nobody, likeness=likeness, community=np.arange(40) // 20)
    assert 9 in near
    assert 30 not in near
    assert alone(nobody, person=8, likeness=likeness) == {}


def test_nobody_comes_near_by_following():
    # Fifty invented people follow each other, whom 0 follows, and 0.
    ring = [(a, b) for a in range(8, 58) for b in [0, 1, 2, *range(8, 58)] if a != b]
    old = FOLLOWS.nonzero()
    follows = directed(58, *zip(*(each.tolist() for each in old), strict=True), *ring)
    found = alone(follows, k=100)
    assert list(found)[:3] == [3, 4, 5]
    assert all(found[person].score == 0 for person in found if person >= 8)


def test_a_walk_of_three_ties_speaks_for_somebody_and_fame_against():
    # From 0 by 1 and 3 half of the walks of three steps end at 2, whom two follow.
    found = alone(directed(4, (0, 1), (1, 2), (1, 3), (3, 2)))
    assert found[2].score == pytest.approx(np.sqrt(1 / np.log(2) / 2) * (1 + 4 / 2))
    assert found[3].score == pytest.approx(np.sqrt(1 / np.log(2)))
    famous = alone(directed(6, (0, 1), (1, 2), (1, 3), (3, 2), (4, 3), (5, 3)))
    assert famous[3].score == pytest.approx(found[3].score / np.sqrt(3))


def test_of_many_followers_every_so_manyth_is_looked_at(monkeypatch):
    rng = np.random.default_rng(4)
    graph = adjacency(*np.nonzero(rng.random((300, 300)) < 0.2), 300)
    whole = alone(graph, k=20)
    monkeypatch.setattr(following, "_FOLLOWERS", 20)
    some = alone(graph, k=200)
    assert set(whole) <= set(some)
    scores = np.array([(whole[person].score, some[person].score) for person in whole])
    assert not np.array_equal(scores[:, 0], scores[:, 1])
    assert np.abs(np.log(scores[:, 0] / scores[:, 1])).mean() < 0.25


def test_hidden_ties_are_found_more_often_than_by_common_friends_alone_or_by_chance():
    rng = np.random.default_rng(2)
    circle = rng.integers(0, 8, 400)
    chance = np.where(circle[:, None] == circle, 0.12, 0.004) * rng.lognormal(0, 0.8, 400)
    graph = adjacency(*np.nonzero(rng.random((400, 400)) < chance), 400)
    kept, gone = hidden(tie_pairs(graph, is_symmetric=True), 0.1, rng)
    known, asked = (graph_of(pairs, 400, is_symmetric=True) for pairs in (kept, gone))
    everybody = np.arange(400)
    each = PeopleToFollow(known).suggested(everybody, 10)
    found = [
        asked[[person]][:, [one.person for one in own]].sum() for person, own in enumerate(each)
    ]
    common = (known @ sparse.diags_array(1 / np.log(np.maximum(sizes(known), 2))) @ known).toarray()
    common[known.toarray() > 0] = -1
    np.fill_diagonal(common, -1)
    best = np.argsort(-common, axis=1)[:, :10]
    by_common = np.take_along_axis(asked.toarray(), best, axis=1).sum()
    assert sum(found) > 1.1 * by_common
    assert by_common > 3 * asked.sum() * 10 / 400


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 30))
def test_each_is_new_allowed_once_and_has_a_reason(seed, n):
    rng = np.random.default_rng(seed)
    follows, against = (
        adjacency(*rng.integers(0, n, (2, m)), n, is_directed=True) for m in (3 * n, n)
    )
    likeness = rng.normal(size=(n, 4)).astype(np.float32)
    likeness /= np.linalg.norm(likeness, axis=1, keepdims=True)
    hidden = rng.random(n) < 0.2
    known = {"against": against, "likeness": likeness, "is_hidden": hidden}
    people = np.arange(n)
    for person, found in enumerate(PeopleToFollow(follows, **known).suggested(people, 5)):
        numbers = [each.person for each in found]
        assert len(set(numbers)) == len(numbers) <= 5
        assert person not in numbers
        blocks = (against + against.T + follows).toarray()[person]
        assert not blocks[numbers].any()
        assert not hidden[numbers].any()
        for each in found:
            assert each.reasons
            for reason in each.reasons:
                if reason["kind"] == "common_friends":
                    friends = list(reason["people"])
                    assert follows[[person]].toarray()[0, friends].all()
                    assert follows[:, [each.person]].toarray()[friends].all()
                    assert not hidden[friends].any()
                    assert len(friends) <= reason["count"]


def test_who_is_closed_to_a_person_is_neither_suggested_nor_a_common_friend():
    following = PeopleToFollow(FOLLOWS)

    def found(*closed):
        [found] = following.suggested(np.array([0]), closed=np.array(closed, np.int64))
        return {each.person: each.reasons for each in found}

    assert list(found(6)) == [3, 4, 5, 7]
    assert found(2, 99)[3] == ({"kind": "common_friends", "people": (1,), "count": 1},)
    assert list(found(1)) == [3, 6, 7]
    assert list(found(1, 2)) == [6, 7]
    assert following.friends(0).tolist() == [1, 2]
    assert following.friends(99).size == 0
