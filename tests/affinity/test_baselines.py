from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest
from scipy import sparse

from zhiyin.affinity.baselines import (
    FRIENDS,
    ITEM_KNN,
    POPULARITY,
    RANDOM,
    RECENT_POPULARITY,
    REPEAT,
    baselines,
    ease_learner,
)
from zhiyin.affinity.model import fit, mean_square
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.intervals import paired_difference
from zhiyin.evaluation.task import Task, TrainingData

DAY = 86_400_000_000


def events(rows):
    """(person, item, strength, time) rows as a table."""
    person, item, strength, time_us = zip(*rows, strict=True)
    return Interactions(
        np.array(person, np.int64),
        np.array(item, np.int64),
        np.array(strength, np.float32),
        np.array(time_us, np.int64),
    )


def of(dense, **side):
    dense = np.array(dense, np.float32)
    person, item = np.nonzero(dense)
    unknown = np.full(person.size, NO_TIME)
    table = Interactions(person, item, dense[person, item], unknown)
    return TrainingData(table, *dense.shape, MappingProxyType(side))


def scores(learner, data, people=None, **params):
    defaults = {name: dimension.default for name, dimension in learner.space.items()}
    people = np.arange(data.n_people) if people is None else np.array(people)
    return np.array(learner.prepare(data)(defaults | params)(people))


def checkerboard(n):
    """Even people like even items and odd people odd ones; the diagonal is withheld."""
    likes = (np.add.outer(np.arange(n), np.arange(n)) % 2 == 0).astype(np.float32)
    np.fill_diagonal(likes, 0)
    return Task.hiding(of(likes), sparse.csr_array(np.eye(n, dtype=np.float32)), "checkerboard")


@pytest.mark.parametrize("learner", [ITEM_KNN, ease_learner()], ids=lambda one: one.name)
def test_on_the_checkerboard_what_was_withheld_comes_back(learner):
    task, n = checkerboard(20), 20
    defaults = {name: dimension.default for name, dimension in learner.space.items()}
    lists = task.lists(learner.prepare(task.data)(defaults), 1)
    assert lists[:, 0].tolist() == list(range(n))


@pytest.mark.parametrize("learner", [POPULARITY, RANDOM], ids=lambda one: one.name)
def test_on_the_checkerboard_who_knows_no_taste_finds_little(learner):
    task = checkerboard(20)
    assert task.ndcg(learner.prepare(task.data)({}), 1).mean() < 0.3


def test_a_person_s_random_order_is_the_same_each_time_and_another_s_is_another():
    data = of(np.ones((6, 50)))
    whole = scores(RANDOM, data)
    np.testing.assert_array_equal(scores(RANDOM, data, [4, 1]), whole[[4, 1]])
    np.testing.assert_array_equal(scores(RANDOM, data), whole)
    orders = {tuple(np.argsort(row)) for row in whole}
    assert len(orders) == 6
    assert scores(RANDOM, data, np.empty(0, np.int64)).shape == (0, 50)


def test_random_lists_beat_nothing():
    rng = np.random.default_rng(0)
    appeal = np.linspace(0, 0.8, 30)
    dense = rng.random((200, 30)) < appeal
    hidden = sparse.csr_array((rng.random((200, 30)) < appeal).astype(np.float32))
    task = Task.hiding(of(dense), hidden, "planted")
    by_chance, popular = (task.ndcg(one.prepare(task.data)({}), 5) for one in (RANDOM, POPULARITY))
    assert paired_difference(popular, by_chance).low > 0.1


def test_popularity_adds_up_each_person_s_strongest_event():
    table = events([(0, 1, 0.25, 0), (0, 1, 1.0, 0), (1, 1, 0.5, 0), (1, 0, 1.0, 0), (2, 2, -1, 0)])
    assert scores(POPULARITY, TrainingData(table, 3, 4)).tolist() == [[1, 1.5, 0, 0]] * 3


def test_what_is_popular_lately_is_counted_in_the_last_days_alone():
    table = events(
        [
            (0, 0, 1, 10 * DAY),
            (1, 1, 0.5, 9 * DAY),
            (0, 1, 0.5, 9 * DAY),
            (1, 2, 1, 7 * DAY),
            (2, 3, 1, NO_TIME),
            (2, 0, -1, 10 * DAY),
        ]
    )
    data = TrainingData(table, 3, 4)
    for days, expected in ((1, [1, 0, 0, 0]), (3, [1, 1, 0, 0]), (7, [1, 1, 1, 0])):
        assert scores(RECENT_POPULARITY, data, days=days).tolist() == [expected] * 3
    assert RECENT_POPULARITY.refuses(data) == ""


def test_the_last_days_are_before_the_latest_event_also_where_that_is_long_ago():
    early = TrainingData(events([(0, 0, 1, -50 * DAY), (0, 1, 1, -60 * DAY)]), 1, 2)
    assert scores(RECENT_POPULARITY, early, days=7).tolist() == [[1, 0]]
    assert scores(REPEAT, early, half_life_days=10.0).tolist() == [[1, 0.5]]


def test_data_without_times_have_no_last_days():
    assert RECENT_POPULARITY.refuses(of([[1, 1]])) == "no event has a time"


def test_friends_give_what_they_have_each_alike_and_nothing_of_one_s_own():
    have = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0.5, 1, 0]]
    ties = Ties(np.array([0, 0, 1, 2]), np.array([1, 2, 0, 2]))
    assert scores(FRIENDS, of(have, ties=ties)).tolist() == [
        [0, 0.75, 0.5, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
    ]


def test_friends_share_what_they_had_lately_too():
    table, later = events([(1, 0, 1, 0)]), events([(1, 2, 1, 1)])
    side = {"ties": Ties(np.array([0]), np.array([1]))}
    data = TrainingData(table, 2, 3, side, later)
    assert scores(FRIENDS, data, [0]).tolist() == [[1, 0, 1]]


def test_without_ties_friends_refuse():
    assert FRIENDS.refuses(of([[1]])) == "no ties are known"
    assert FRIENDS.refuses(of([[1]], ties=Ties(np.array([0]), np.array([0])))) == ""


def friendly_world(seed=0, n_people=160, n_items=40, circles=8):
    """Friends are of one circle, and a circle likes items of its own."""
    rng = np.random.default_rng(seed)
    circle = np.arange(n_people) % circles
    liked = (np.arange(n_items) % circles == circle[:, None]) | (
        rng.random((n_people, n_items)) < 0.05
    )
    train = liked & (rng.random(liked.shape) < 0.5)
    pairs = {
        (p, int(q))
        for p in range(n_people)
        for q in rng.choice(np.flatnonzero(circle == circle[p]), 6)
    }
    one, two = np.array(sorted((p, q) for p, q in pairs if p != q)).T
    hidden = sparse.csr_array((liked & ~train).astype(np.float32))
    return Task.hiding(of(train, ties=Ties(one, two)), hidden, "planted")


def test_friends_of_one_taste_help_and_shuffled_ties_do_not():
    task = friendly_world()
    ties = task.data.side["ties"]
    one, two = shuffled_ties(ties.one, ties.two, rng=np.random.default_rng(0))
    shuffled = task.data.beside(ties=Ties(one, two))
    friends = task.ndcg(FRIENDS.prepare(task.data)({}), 5)
    strangers = task.ndcg(FRIENDS.prepare(shuffled)({}), 5)
    popular = task.ndcg(POPULARITY.prepare(task.data)({}), 5)
    assert paired_difference(friends, popular).low > 0.2
    assert paired_difference(strangers, popular).low <= 0


def test_what_was_had_lately_and_often_comes_again():
    table = events(
        [
            (0, 0, 1, 10 * DAY),
            (0, 1, 1, 0),
            (0, 1, 0.5, 0),
            (0, 2, 1, NO_TIME),
            (0, 3, -1, 10 * DAY),
            (1, 3, 0.5, 5 * DAY),
        ]
    )
    data = TrainingData(table, 2, 5)
    half = scores(REPEAT, data, half_life_days=10.0)
    np.testing.assert_allclose(half, [[1, 0.75, 1, 0, 0], [0, 0, 0, 0.5**1.5, 0]])
    short = scores(REPEAT, data, half_life_days=5.0)
    np.testing.assert_allclose(short, [[1, 0.375, 1, 0, 0], [0, 0, 0, 0.25, 0]])


def test_what_came_later_counts_as_had():
    data = TrainingData(events([(0, 0, 1, 0)]), 1, 2, later=events([(0, 1, 1, 30 * DAY)]))
    np.testing.assert_allclose(scores(REPEAT, data, half_life_days=30.0), [[0.5, 1]])


@pytest.mark.parametrize("shape", [(40, 15), (15, 40)])
def test_ease_scores_as_the_shop_s_own_model_in_units_of_the_strengths(shape):
    rng = np.random.default_rng(1)
    data = of(np.where(rng.random(shape) < 0.3, 0.25 * rng.integers(1, 5, shape), 0))
    model = fit(data.rows, reg=30.0 * mean_square(data.rows))
    np.testing.assert_allclose(
        scores(ease_learner(), data, reg=30.0), model.scores_rows(data.rows), atol=1e-5
    )


@pytest.mark.parametrize("learner", [ITEM_KNN, ease_learner()], ids=lambda one: one.name)
def test_what_came_later_is_scored_from_and_not_fitted_on(learner):
    rng = np.random.default_rng(2)
    data = of(rng.random((30, 12)) < 0.4)
    later = events([(0, int(item), 1, 0) for item in range(12)])
    whole = TrainingData(data.interactions, 30, 12, later=later)
    defaults = {name: dimension.default for name, dimension in learner.space.items()}
    before, after = (scores(learner, one, **defaults) for one in (data, whole))
    np.testing.assert_array_equal(before[1:], after[1:])
    assert (after[0] >= before[0]).any()
    assert not np.array_equal(after[0], before[0])


def test_ease_refuses_what_is_too_large_on_both_sides():
    data = of(np.ones((5, 7)))
    assert ease_learner(5).refuses(data) == ""
    assert ease_learner(4).refuses(data) == "the smaller side is 5, above 4 for a dense solve"
    assert [one.name for one in baselines(4) if one.refuses(data)] == [
        "popularity of the last days",
        "ease",
    ]


def test_all_of_them_can_compete():
    task = friendly_world(1)
    entered = [one for one in [*baselines(), FRIENDS, REPEAT] if not one.refuses(task.data)]
    judged = {one.name: one for one in compete(task, entered, 5, Budget(2))}
    assert set(judged) == {"random", "popularity", "item-knn", "ease", "friends", "repeat"}
    ndcg = {name: one.figures["ndcg@5"].mean() for name, one in judged.items()}
    assert ndcg["random"] < ndcg["ease"]
    assert ndcg["popularity"] < ndcg["friends"]
