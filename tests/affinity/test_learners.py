"""The learners beside the baselines, on a planted world of circles of friends with a taste each."""

import pytest

from tests.affinity.circles import circles_task
from zhiyin.affinity.baselines import POPULARITY
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.task import TrainingData

N_PEOPLE, N_ITEMS, CIRCLES = 240, 120, 8


@pytest.fixture(scope="module")
def task():
    return circles_task(N_PEOPLE, N_ITEMS, CIRCLES, events=7, share=0.7, ties=5, seed=3)


def test_all_beat_popularity_and_ties_add_to_people(task):
    entered = [POPULARITY, GRAPH_FILTER, *people_learners()]
    judged = compete(task, entered, 10, Budget(trials=4))
    mean = {one.name: float(one.figures["ndcg@10"].mean()) for one in judged}
    assert min(mean["graph-filter"], mean["people"]) > 1.5 * mean["popularity"]
    assert mean["people and ties"] > mean["people"]


def test_people_weights_refuse_what_they_cannot_solve(task):
    plain, tied = people_learners(dense_limit=100)
    assert "240 people are above 100" in plain.refuses(task.data)
    plain, tied = people_learners()
    assert plain.refuses(task.data) == tied.refuses(task.data) == ""
    untied = TrainingData(task.data.interactions, N_PEOPLE, N_ITEMS)
    assert tied.refuses(untied) == "no ties are known"
