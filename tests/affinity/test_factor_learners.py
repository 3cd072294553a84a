"""Learners of factors, walks and spectra, on a planted world of circles with a taste each."""

import numpy as np
import pytest

from tests.affinity.circles import circles_task
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import POPULARITY
from zhiyin.affinity.factor_learners import IMPLICIT_FACTORS, RANDOM_WALK
from zhiyin.evaluation.contest import Budget, compete


@pytest.fixture(scope="module")
def task():
    return circles_task(240, 120, 8, events=7, share=0.7, ties=5, seed=3)


def test_all_beat_popularity(task):
    entered = [POPULARITY, IMPLICIT_FACTORS, RANDOM_WALK]
    judged = compete(task, entered, 10, Budget(trials=2))
    mean = {one.name: float(one.figures["ndcg@10"].mean()) for one in judged}
    popular = mean.pop("popularity")
    assert min(mean.values()) > 1.5 * popular


@pytest.mark.parametrize("learner", [IMPLICIT_FACTORS, RANDOM_WALK])
def test_what_was_fitted_serves_one_person_at_a_time(task, learner):
    fitted = learner.prepare(task.data)({n: d.default for n, d in learner.space.items()})
    row = task.data.histories[[7]]
    alone = fitted.model.scores(Asked(row.indices.astype(np.int64), row.data))
    assert fitted(np.array([7]))[0] == pytest.approx(alone, abs=1e-5)
    assert fitted.model.name == learner.name
