from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.sequence_learners import (
    TRANSITIONS,
    TRANSITIONS_AND_ATTRIBUTES,
    automatic_sequence_learner,
    sequence_learners,
)
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.search import trial
from zhiyin.evaluation.task import Task, TrainingData

DEFAULTS = trial(TRANSITIONS.space, 0, 0)


def data_of(sequences, n_items, later=None, **side):
    person = np.repeat(np.arange(len(sequences)), [len(items) for items in sequences])
    item = np.array([i for items in sequences for i in items], np.int64)
    place = np.concatenate([np.arange(len(items)) for items in sequences])
    events = Interactions(person, item, np.ones(item.size, np.float32), place)
    return TrainingData(events, len(sequences), n_items, side, later)


def rings(n_people, seed=0):
    """People who go on from item to item of 20 in a ring."""
    starts = np.random.default_rng(seed).integers(0, 20, n_people)
    return [((start + np.arange(4)) % 20).tolist() for start in starts]


def asked_next(sequences, **side):
    """Return a task that asks for what comes after."""
    data = data_of(sequences, 20, **side)
    people = np.arange(len(sequences))
    last = np.array([(items[-1] + 1) % 20 for items in sequences])
    hidden = sparse.csr_array((np.ones(people.size, np.float32), (people, last)), data.rows.shape)
    return Task.hiding(data, hidden, "leave_one_out")


def test_what_is_fitted_scores_people_as_the_model_scores_their_latest_items():
    later = Interactions(*(np.array([x]) for x in (0, 3)), np.ones(1, np.float32), np.array([9]))
    sequences = [[0, 1, 2], [1, 3, 0, 4], list(range(30))]
    data = data_of(sequences, 30, later)
    fitted = TRANSITIONS.prepare(data)(DEFAULTS)
    found = fitted(np.arange(3))
    recent = [[3, 2, 1, 0], [4, 0, 3, 1], list(range(29, -1, -1))]
    for row, items in zip(found, recent, strict=True):
        asked = Asked(np.empty(0, np.int64), np.empty(0, np.float32), recent=np.array(items))
        np.testing.assert_allclose(row, fitted.model.scores(asked), rtol=1e-5, atol=1e-6)


def test_transitions_find_what_comes_next_and_without_order_they_do_not():
    task = asked_next(rings(200))
    learners = {one.name: one for one in sequence_learners(0)}
    found = {
        name: float(task.ndcg(learners[name].prepare(task.data)(DEFAULTS), 1).mean())
        for name in ("transitions", "transitions, shuffled order")
    }
    assert found["transitions"] == 1
    assert found["transitions, shuffled order"] < 0.8
    assert learners["transitions, shuffled order"].control_of == "transitions"


@pytest.mark.parametrize("has_attributes", [True, False])
def test_the_automatic_choice_takes_the_parts_that_there_are(has_attributes):
    attributes = sparse.csr_array(np.repeat(np.eye(5, dtype=np.float32), 4, axis=0))
    task = asked_next(rings(60), **({"attributes": attributes} if has_attributes else {}))
    learner = automatic_sequence_learner("all")
    params, trials, value = learner.tune(task, 3, Budget(trials=2), {}, lambda *_: None)
    assert set(params["parts"]) == {"item-knn", "transitions"} | (
        {"attributes"} if has_attributes else set()
    )
    assert trials == 2 * len(params["parts"])
    scores = learner.prepare(task.data)(params)
    assert task.ndcg(scores, 3).mean() == pytest.approx(value) == 1
    assert bool(TRANSITIONS_AND_ATTRIBUTES.refuses(task.data)) != has_attributes


def test_without_any_time_there_is_no_order_to_learn():
    data = data_of([[0, 1]], 2)
    events = replace(data.interactions, time_us=np.full(2, NO_TIME))
    assert "no event has a time" in TRANSITIONS.refuses(replace(data, interactions=events))
    assert not TRANSITIONS.refuses(data)
