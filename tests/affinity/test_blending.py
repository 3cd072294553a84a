"""A blend chooses weights by itself, and is not worse than its best part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.affinity.circles import circles_task
from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, RANDOM
from zhiyin.affinity.blending import SEGMENTS, blended, ensemble_weights, standardised
from zhiyin.affinity.learners import people_learners
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.search import Journal
from zhiyin.evaluation.task import Task, TrainingData

N_PEOPLE, N_ITEMS, CIRCLES = 300, 80, 6
K = 5


@pytest.fixture(scope="module")
def task():
    return circles_task(N_PEOPLE, N_ITEMS, CIRCLES, events=12, share=0.6, ties=4, seed=5)


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


def test_with_nobody_to_judge_by_all_parts_weigh_the_same(task):
    """Everybody has a single item, so none can be hidden."""
    person = np.arange(40)
    plays = Interactions(person, person % 8, np.ones(40, np.float32), np.full(40, NO_TIME))
    hidden = task.relevant[:40, :8]
    alone = Task.hiding(TrainingData(plays, 40, 8), hidden, "once")
    [one] = compete(alone, [blended("blend", [POPULARITY, ITEM_KNN])], K, Budget(trials=2))
    assert one.params["weights"]["8"] == {"popularity": 0.5, "item-knn": 0.5}
    assert np.isnan(one.validation)
    assert one.lists.shape == (alone.people.size, K)


def test_a_blend_says_all_the_trials_it_rests_on(task):
    blend = blended("blend", [POPULARITY, ITEM_KNN])
    *_, after = compete(task, [POPULARITY, ITEM_KNN, blend], K, Budget(trials=3))
    [alone] = compete(task, [blend], K, Budget(trials=3))
    assert after.trials == alone.trials == 1 + 3


def test_a_journal_keeps_the_parts_of_a_blend_and_of_its_control_apart(task, tmp_path):
    def untie(data):
        ties = data.side["ties"]
        return data.beside(ties=Ties(ties.one, (ties.two + 1) % N_PEOPLE))

    blend = blended("blend", [people_learners()[1]])
    both = [blend, blend.controlled("other ties", untie)]
    plain = compete(task, both, K, Budget(trials=4))
    kept = compete(task, both, K, Budget(trials=4, journal=Journal(tmp_path / "trials.jsonl")))
    again = compete(task, both, K, Budget(trials=4, journal=Journal(tmp_path / "trials.jsonl")))
    assert [one.params for one in plain] == [one.params for one in kept]
    assert [one.params for one in kept] == [one.params for one in again]
    lines = (tmp_path / "trials.jsonl").read_text().splitlines()
    assert len(lines) == 1 + 4 + 4  # a header, and the trials on either data
