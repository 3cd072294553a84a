from dataclasses import replace

import numpy as np
import pytest

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


@pytest.mark.parametrize("follows_taste", [True, False])
def test_the_best_of_the_grid_is_taken_in_units_of_a_high_affinity(follows_taste):
    training = train(interactions(0, follows_taste), n_people=120, n_items=40, k=5)
    weights, report = choose_weights(training)
    figures = {float(name.split("=")[1]): mean for name, (mean, *_) in report["figures"].items()}
    assert set(figures) == set(GRID)
    best = max(figures, key=figures.__getitem__)
    highest = training.held_out_scores(training.held_out.people).max(axis=1)
    assert weights.popularity == pytest.approx(best * np.median(highest), rel=1e-5)
    assert 0 < weights.freshness < weights.popularity


def test_with_nobody_to_judge_the_middle_is_taken():
    table = interactions(0, follows_taste=True)
    training = train(table, n_people=120, n_items=40)
    weights, report = choose_weights(replace(training, held_out_scores=None))
    assert weights.popularity == GRID[2]
    assert report["people"] == 0
