"""The learners beside the baselines, on a planted world of circles of friends with a taste each."""

import numpy as np
import pytest

from zhiyin.affinity.baselines import POPULARITY
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.task import Task, TrainingData, hold_out

N_PEOPLE, N_ITEMS, CIRCLES = 240, 120, 8


@pytest.fixture(scope="module")
def task():
    rng = np.random.default_rng(3)
    person = np.repeat(np.arange(N_PEOPLE), 7)
    own = rng.integers(0, N_ITEMS // CIRCLES, person.size) * CIRCLES + person % CIRCLES
    item = np.where(rng.random(person.size) < 0.7, own, rng.integers(0, N_ITEMS, person.size))
    one = np.repeat(np.arange(N_PEOPLE), 5)
    two = (one + CIRCLES * rng.integers(1, N_PEOPLE // CIRCLES, one.size)) % N_PEOPLE
    pairs = np.unique(np.stack([one, two], 1)[one != two], axis=0)
    events = Interactions(
        person, item, np.ones(person.size, np.float32), np.full(person.size, NO_TIME)
    )
    data = TrainingData(events, N_PEOPLE, N_ITEMS, {"ties": Ties(pairs[:, 0], pairs[:, 1])})
    return Task.of(data, hold_out(events, 0))


def test_all_beat_popularity_and_ties_add_to_people(task):
    entered = [POPULARITY, GRAPH_FILTER, *people_learners()]
    judged = compete(task, entered, 10, Budget(trials=4))
    mean = {one.name: float(one.figures["ndcg@10"].mean()) for one in judged}
    assert min(mean["graph-filter"], mean["people"]) > 1.5 * mean["popularity"]
    assert mean["people and ties"] > mean["people"]


def test_a_weight_of_ties_that_cannot_be_solved_is_a_trial_that_failed(task):
    tied = people_learners()[1]
    wild = {**tied.space, "reg": type(tied.space["reg"])(0.001, 0.002, default=0.001)}
    learner = type(tied)("wild", tied.prepare, wild)
    with pytest.raises(Exception, match="not positive definite"):
        compete(task, [learner], 10, Budget(trials=2))


def test_people_weights_refuse_what_they_cannot_solve(task):
    plain, tied = people_learners(dense_limit=100)
    assert "240 people are above 100" in plain.refuses(task.data)
    plain, tied = people_learners()
    assert plain.refuses(task.data) == tied.refuses(task.data) == ""
    untied = TrainingData(task.data.interactions, N_PEOPLE, N_ITEMS)
    assert tied.refuses(untied) == "no ties are known"
    later = TrainingData(untied.interactions, N_PEOPLE, N_ITEMS, later=untied.interactions)
    assert "went on" in plain.refuses(later)
