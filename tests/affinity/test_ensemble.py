"""Weights are never worse than a part, and the pool of proposals stands for all items."""

import numpy as np
import pytest

from tests.affinity.circles import circles_task
from zhiyin.affinity import ensemble
from zhiyin.affinity.ensemble import Pool

K = 5


@pytest.fixture(scope="module")
def task():
    return circles_task(300, 80, 6, events=12, share=0.6, ties=4, seed=5)


def noisy(task, noise, seed):
    """The truth of each person, and noise."""
    truth = task.relevant.toarray()
    scores = (truth + np.random.default_rng(seed).normal(0, noise, truth.shape)).astype(np.float32)
    return lambda people: scores[people]


def test_two_views_of_one_truth_are_added_and_noise_gets_little(task):
    parts = [noisy(task, 1.0, 1), noisy(task, 0.8, 2)]
    nothing = np.random.default_rng(3).normal(0, 1, task.relevant.shape).astype(np.float32)
    parts.append(lambda people: nothing[people])
    pool = Pool.of(parts, task, task.people, K)
    weights, value = pool.weights(pool.scale)
    assert weights.sum() == pytest.approx(1)
    alone = [float(task.ndcg(part, K).mean()) for part in parts]
    assert value > max(alone)
    assert weights[2] < 0.1 < min(weights[:2])


def test_the_figure_is_that_of_ranking_all_items(task):
    parts = [noisy(task, 1.0, 1), noisy(task, 0.8, 2)]
    pool = Pool.of(parts, task, task.people, K)
    weights, value = pool.weights(pool.scale)
    shares = (weights / pool.scale).astype(np.float32)
    whole = task.ndcg(lambda people: shares[0] * parts[0](people) + shares[1] * parts[1](people), K)
    assert value == pytest.approx(float(whole.mean()), abs=2e-3)


def test_parts_are_on_one_scale_whatever_their_units(task):
    big = noisy(task, 1.0, 1)
    parts = [lambda people: 1000 * big(people), noisy(task, 0.8, 2)]
    flat = np.zeros(task.relevant.shape, np.float32)
    pool = Pool.of([*parts, lambda people: flat[people]], task, task.people, K)
    assert pool.scale[0] > 500 * pool.scale[1]
    assert pool.scale[2] == 1
    weights, _ = pool.weights(pool.scale)
    assert weights[0] > 0.2
    assert weights[2] == 0


def test_of_equal_scores_the_popular_item_is_first(task):
    flat = np.zeros(task.relevant.shape, np.float32)
    pool = Pool.of([lambda people: flat[people]], task, task.people, K)
    by_popularity = task.data.rows.sum(axis=0)
    popular = task.ndcg(lambda people: np.tile(by_popularity, (people.size, 1)), K)
    assert pool.weights(pool.scale)[1] == pytest.approx(float(popular.mean()), abs=1e-9)


def test_a_part_that_scores_nothing_is_not_taken_for_the_popularity_that_breaks_its_ties(task):
    flat = np.zeros(task.relevant.shape, np.float32)
    unpopular = -task.data.rows.sum(axis=0, dtype=np.float32)
    parts = [lambda people: flat[people], lambda people: np.tile(unpopular, (people.size, 1))]
    weights, _ = Pool.of(parts, task, task.people, K).weights(np.ones(2))
    assert weights.tolist() == [0, 1]


def test_few_scores_are_held_at_a_time_and_change_nothing(task, monkeypatch):
    parts, asked = [noisy(task, 1.0, 1), noisy(task, 0.8, 2)], []

    def heard(people):
        asked.append(people.size)
        return parts[0](people)

    whole = Pool.of([heard, parts[1]], task, task.people, K)
    monkeypatch.setattr(ensemble, "_CELLS", 2 * 80 * 7)
    asked.clear()
    pool = Pool.of([heard, parts[1]], task, task.people, K)
    assert max(asked[:-1]) <= 7  # the last call is for the scale
    for name in ("items", "scores", "scale"):
        np.testing.assert_array_equal(getattr(pool, name), getattr(whole, name))
