from dataclasses import replace

import numpy as np

from zhiyin.affinity.training import train
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.ranking.tuning import GRID, choose_weights


def interactions(seed, follows_taste):
    """People of two tastes, or people who take what everybody takes."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(120), 8)
    popular = (rng.random(person.size) ** 3 * 20).astype(np.int64)
    item = popular + np.where(person % 2, 20, 0) if follows_taste else popular
    ones = np.ones(person.size, np.float32)
    return Interactions(person, item, ones, np.full(person.size, NO_TIME))


def chosen(follows_taste):
    table = interactions(0, follows_taste)
    training = train(table, n_people=120, n_items=40, k=5)
    return choose_weights(training)


def test_popularity_weighs_more_where_taste_says_nothing():
    by_taste, _ = chosen(follows_taste=True)
    by_crowd, report = chosen(follows_taste=False)
    assert by_crowd.popularity >= by_taste.popularity
    assert set(report["figures"]) == {f"popularity={w:g}" for w in GRID}


def test_with_nobody_to_judge_the_middle_is_taken():
    table = interactions(0, follows_taste=True)
    training = train(table, n_people=120, n_items=40)
    weights, report = choose_weights(replace(training, held_out_scores=None))
    assert weights.popularity == GRID[2]
    assert report["people"] == 0


def test_the_model_is_one_that_has_not_seen_the_hidden_part():
    table = interactions(1, follows_taste=True)
    training = train(table, n_people=120, n_items=40, k=5)
    held = training.held_out
    honest = held.ndcg(training.held_out_scores, 5)
    cheating = held.ndcg(training.fitted, 5)
    assert honest.mean() < cheating.mean()
