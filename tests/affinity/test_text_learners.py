"""Learners of text, on a planted world: people of circles, and items that say of which circle they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.affinity.circles import circles_task
from zhiyin.affinity.baselines import ease_learner
from zhiyin.affinity.sequence_baselines import ATTRIBUTES
from zhiyin.affinity.text_learners import (
    EASE_AND_TEXT,
    TAG_POPULARITY,
    TAG_POPULARITY_SUM,
    TEXT,
    TEXT_TO_WEIGHTS,
    VOLUMES,
    shuffled_text,
    size_ratio,
    text_learners,
    vectors_of,
    volumes,
)
from zhiyin.affinity.text_weights import TextWeights
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.cold_start import cold_items
from zhiyin.evaluation.contest import Budget, compete, judge
from zhiyin.evaluation.task import Task, TrainingData

N_PEOPLE, N_ITEMS, CIRCLES = 200, 160, 8


@pytest.fixture(scope="module")
def tasks():
    """Hidden plays of items with events, and hidden items; each item has three words of its circle's six."""
    rng = np.random.default_rng(0)
    own = np.arange(N_ITEMS)[:, None] % CIRCLES * 6
    words = own + rng.permuted(np.tile(np.arange(6), (N_ITEMS, 1)), axis=1)[:, :3]
    has = np.zeros((N_ITEMS, 6 * CIRCLES + 1), np.float32)
    np.put_along_axis(has, words, 1, axis=1)
    whole = circles_task(N_PEOPLE, N_ITEMS, CIRCLES, events=8, share=0.8, ties=1, seed=1)
    events = whole.data.interactions
    parts = cold_items(events.item, 0.15, 0)
    side = {"attributes": sparse.csr_array(has)}
    data = TrainingData(events.where(parts.train), N_PEOPLE, N_ITEMS, side)
    lost = events.where(parts.test)
    is_cold = np.bincount(lost.item, minlength=N_ITEMS) > 0
    relevant = whole.relevant.multiply(~is_cold).tocsr()
    relevant.eliminate_zeros()
    cold = Task.hiding(data, lost.rows(N_PEOPLE, N_ITEMS), "cold").offering(is_cold)
    return Task.hiding(data, relevant, "warm"), cold


def mean(task, learner, params, metric="recall@5"):
    return float(judge(learner, params, task, 5).figures[metric].mean())


def test_each_finds_items_without_events_and_shuffled_text_does_not(tasks):
    _, cold = tasks
    params = {"reg": 10.0, "text_reg": 30.0, "weight": 1.0, "cold": 1.0, "decay": 1.0}
    chance = 5 / cold.offered.sum()
    for learner in (TEXT, TEXT_TO_WEIGHTS, EASE_AND_TEXT, ATTRIBUTES):
        assert mean(cold, learner, params) > 2.5 * chance
        dealt = learner.controlled("shuffled text", lambda data: shuffled_text(data, 0))
        assert mean(cold, dealt, params) < 1.6 * chance
    for learner in (TAG_POPULARITY, TAG_POPULARITY_SUM, ease_learner()):
        assert mean(cold, learner, params) < 1.6 * chance


def test_a_volume_brings_cold_items_up_and_the_chosen_one_costs_the_others_little(tasks):
    warm, cold = tasks
    among_all = replace(cold, offered=None)
    params = {"reg": 10.0, "text_reg": 30.0, "weight": 0.5}
    found = [mean(among_all, EASE_AND_TEXT, {**params, "cold": c}) for c in (0.0, 1.0, 8.0)]
    assert found[0] + 0.1 < found[1] < found[2]
    one, plain = compete(warm, [EASE_AND_TEXT, ease_learner()], 10, Budget(trials=3))
    assert one.params["cold"] in (0.0, *VOLUMES)
    assert one.figures["ndcg@10"].mean() >= 0.99 * plain.figures["ndcg@10"].mean()


def test_the_rule_of_volumes():
    assert volumes(np.array([0, 1, 9]), weight=0.5, cold=2.0).tolist() == [2.5, 1.5, 0.7]


def test_text_is_made_as_loud_as_the_model_beside_it(tasks):
    data = tasks[0].data
    one = TextWeights.of(np.ones((N_ITEMS, 1)), np.ones((N_ITEMS, 1)))
    twice = one.louder(np.full(N_ITEMS, 2.0))
    assert size_ratio(twice, one, data.rows) == pytest.approx(2, rel=1e-4)
    assert size_ratio(one, one.louder(np.zeros(N_ITEMS)), data.rows) == 0


def test_popularity_of_tags_by_hand():
    events = Interactions(
        np.array([0, 1, 0]), np.array([0, 0, 1]), np.ones(3, np.float32), np.zeros(3, np.int64)
    )
    has = sparse.csr_array(np.array([[1, 0], [1, 1], [1, 1], [0, 1]]))
    data = TrainingData(events, 2, 4, {"attributes": has})
    people = np.array([0])
    # the first tag: 3 events on 2 items; the second: 1 event on 1 item; items nobody has do not count
    mean_of = TAG_POPULARITY.prepare(data)({})(people)[0]
    assert mean_of.tolist() == [1.5, 1.25, 1.25, 1.0]
    assert TAG_POPULARITY_SUM.prepare(data)({})(people)[0].tolist() == [1.5, 2.5, 2.5, 1.0]


def test_dense_vectors_take_the_place_of_attributes(tasks):
    warm, cold = tasks
    dense = vectors_of(warm.data) + 3
    data = TrainingData(warm.data.interactions, N_PEOPLE, N_ITEMS, {"vectors": dense})
    params = {"text_reg": 30.0}
    assert mean(replace(cold, data=data), TEXT, params) > 0.8 * mean(cold, TEXT, params)
    dealt = shuffled_text(data, 0).side["vectors"]
    assert not np.array_equal(dealt, dense)
    assert np.array_equal(np.sort(dealt, axis=0), np.sort(dense, axis=0))


def test_what_is_refused(tasks):
    data = tasks[0].data
    silent = TrainingData(data.interactions, N_PEOPLE, N_ITEMS)
    assert all("no text" in one.refuses(silent) for one in text_learners(0))
    assert "no attributes" in TAG_POPULARITY.refuses(silent)
    by_name = {one.name: one for one in text_learners(0, dense_limit=100)}
    assert "above 100" in by_name["ease and text"].refuses(data)
    assert by_name["text"].refuses(data) == ""
    assert by_name["ease and text, shuffled text"].control_of == "ease and text"
