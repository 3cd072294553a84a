"""A blend chooses weights by itself, and is not worse than its best part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, RANDOM
from zhiyin.affinity.blending import SEGMENTS, blended, ensemble_weights, standardised
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.task import Task, TrainingData, hold_out

N_PEOPLE, N_ITEMS, CIRCLES = 300, 80, 6
K = 5


@pytest.fixture(scope="module")
def task():
    """Circles of friends, each with a taste of its own."""
    rng = np.random.default_rng(5)
    person = np.repeat(np.arange(N_PEOPLE), 12)
    own = rng.integers(0, N_ITEMS // CIRCLES, person.size) * CIRCLES + person % CIRCLES
    item = np.where(rng.random(person.size) < 0.6, own, rng.integers(0, N_ITEMS, person.size))
    one = np.repeat(np.arange(N_PEOPLE), 4)
    two = (one + CIRCLES * rng.integers(1, N_PEOPLE // CIRCLES, one.size)) % N_PEOPLE
    pairs = np.unique(np.stack([one, two], 1)[one != two], axis=0)
    events = Interactions(
        person, item, np.ones(person.size, np.float32), np.full(person.size, NO_TIME)
    )
    data = TrainingData(events, N_PEOPLE, N_ITEMS, {"ties": Ties(pairs[:, 0], pairs[:, 1])})
    return Task.of(data, hold_out(events, 0))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_scores_are_brought_to_one_scale_and_keep_their_order(seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(3, 10.0 ** rng.integers(-3, 4), (4, 30)).astype(np.float32)
    scores[0] = 7
    scaled = standardised(scores)
    assert not scaled[0].any()
    assert scaled[1:].mean(axis=1) == pytest.approx(np.zeros(3), abs=1e-4)
    assert scaled[1:].std(axis=1) == pytest.approx(np.ones(3), rel=1e-3)
    assert (np.argmax(scaled, axis=1) == np.argmax(scores, axis=1)).all()


def test_weights_are_never_worse_than_a_part_and_noise_gets_little(task):
    rng = np.random.default_rng(0)
    people = task.people
    truth = task.relevant[people].toarray()
    good = standardised((truth + rng.normal(0, 1.0, truth.shape)).astype(np.float32))
    better = standardised((truth + rng.normal(0, 0.8, truth.shape)).astype(np.float32))
    noise = standardised(rng.normal(0, 1, truth.shape).astype(np.float32))
    alone = {
        name: ensemble_weights(part[None], task, people, K)[1]
        for name, part in {"good": good, "better": better, "noise": noise}.items()
    }
    weights, value = ensemble_weights(np.stack([good, better, noise]), task, people, K)
    assert weights.sum() == pytest.approx(1)
    assert value > max(alone.values())  # two views of the same truth
    assert weights[2] < 0.1 < min(weights[:2])


def test_a_blend_knows_when_friends_matter(task):
    blend = blended("blend", [POPULARITY, ITEM_KNN, FRIENDS])
    popular, knn, friends, own = compete(
        task, [POPULARITY, ITEM_KNN, FRIENDS, blend], K, Budget(trials=3)
    )
    mean = {one.name: one.figures[f"ndcg@{K}"].mean() for one in (popular, knn, friends, own)}
    assert mean["blend"] > 0.97 * max(mean["popularity"], mean["item-knn"], mean["friends"])
    weights = own.params["weights"]
    assert list(weights) == [str(fewest) for fewest in SEGMENTS]
    assert weights["0"]["friends"] > weights["8"].get("friends", 0)
    assert weights["8"]["item-knn"] > 0
    assert "item-knn" not in weights["0"]
    assert own.params["parts"]["item-knn"] == knn.params  # chosen once, for both


def test_parts_without_weight_are_not_asked_and_those_that_refuse_are_left_out(task):
    untied = TrainingData(task.data.interactions, N_PEOPLE, N_ITEMS)
    alone = Task.hiding(untied, task.relevant, "untied")
    blend = blended("blend", [ITEM_KNN, FRIENDS, RANDOM])
    [one] = compete(alone, [blend], K, Budget(trials=2))
    assert "friends" not in one.params["parts"]
    shares = one.params["weights"]["8"]
    assert shares["item-knn"] > shares.get("random", 0)


def test_the_control_of_a_blend_chooses_on_destroyed_data(task):
    def untie(data):
        rng = np.random.default_rng(1)
        ties = data.side["ties"]
        return data.beside(ties=Ties(ties.one, rng.permutation(ties.two)))

    blend = blended("blend", [POPULARITY, FRIENDS])
    own, control = compete(
        task, [blend, blend.controlled("other ties", untie)], K, Budget(trials=1)
    )
    assert control.learner.control_of == "blend"
    assert own.params["weights"]["0"]["friends"] > control.params["weights"]["0"].get("friends", 0)
