"""A blend chooses weights by itself, and is not worse than its best part."""

import numpy as np
import pytest

from tests.affinity.circles import circles_task
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, RANDOM, ease_learner
from zhiyin.affinity.blend import Blend
from zhiyin.affinity.blending import SEGMENTS, blended, choose, fit_blend
from zhiyin.affinity.factor_learners import IMPLICIT_FACTORS
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
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


def test_a_blend_serves_one_by_one_what_it_scores_in_a_batch(task):
    parts = [POPULARITY, ITEM_KNN, ease_learner(), people_learners()[1], FRIENDS]
    chosen = choose(parts, task.data.held_out(), K, Budget(trials=2))
    fitted = fit_blend(parts, task.data, chosen.params)
    opened = Blend.from_arrays(fitted.model.arrays())
    ids = np.arange(0, N_ITEMS, 7)
    for person in (0, 31, 140):
        row = task.data.rows[[person]]
        asked = Asked(row.indices.astype(np.int64), row.data, person)
        batch = fitted(np.array([person]))[0]
        np.testing.assert_allclose(fitted.model.scores(asked), batch, atol=1e-4)
        np.testing.assert_array_equal(opened.scores(asked), fitted.model.scores(asked))
        by_part = opened.scores_by_part(asked)
        assert by_part.shape == (len(opened.parts), N_ITEMS)
        np.testing.assert_allclose(np.nansum(by_part, axis=0), opened.scores(asked), atol=1e-6)
        given = opened.explain(asked, ids)
        total = sum(one.amounts.sum(axis=0) for one in given)
        np.testing.assert_allclose(total, batch[ids], atol=1e-4)
    assert len({one.kind for one in given}) > 1


def test_no_item_of_a_row_speaks_for_itself(task):
    """Those who viewed something should not get it again because they viewed it."""
    parts = [GRAPH_FILTER, IMPLICIT_FACTORS]
    fewest, shares = np.array([0]), np.array([[0.5, 2.0]], np.float32)
    fitted = {
        part.name: part.prepare(task.data)({n: one.default for n, one in part.space.items()})
        for part in parts
    }
    models = {name: part.model for name, part in fitted.items()}
    blend = Blend(models, fewest, shares)
    row = task.data.rows[[7]]
    asked = Asked(row.indices.astype(np.int64), row.data, 7)
    whole = sum(
        weight * model.scores(asked)
        for weight, model in zip(shares[0], models.values(), strict=True)
    )
    others = np.setdiff1d(np.arange(N_ITEMS), asked.items)
    scores = blend.scores(asked)
    np.testing.assert_allclose(scores[others], whole[others], rtol=1e-4, atol=1e-5)
    assert (scores[asked.items] < whole[asked.items]).all()
    given = blend.explain(asked, asked.items)
    total = sum(one.amounts.sum(axis=0) for one in given)
    np.testing.assert_allclose(total, scores[asked.items], rtol=1e-3, atol=1e-4)
    assert not any(
        one.amounts[np.arange(one.ids.size), np.arange(one.ids.size)].any() for one in given
    )


def test_a_blend_knows_when_friends_matter(task):
    blend = blended("blend", [POPULARITY, ITEM_KNN, FRIENDS])
    popular, knn, friends, own = compete(
        task, [POPULARITY, ITEM_KNN, FRIENDS, blend], K, Budget(trials=3)
    )
    mean = {one.name: one.figures[f"ndcg@{K}"].mean() for one in (popular, knn, friends, own)}
    assert mean["blend"] > 0.97 * max(mean["popularity"], mean["item-knn"], mean["friends"])
    weights = own.params["weights"]
    assert list(weights) == [str(fewest) for fewest in SEGMENTS]
    assert weights["0"]["friends"] >= weights["8"].get("friends", 0)
    assert weights["8"]["item-knn"] > 0
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
    mean = [float(one.figures[f"ndcg@{K}"].mean()) for one in (own, control)]
    assert mean[0] > mean[1]


def test_with_nobody_to_judge_by_all_parts_weigh_the_same(task):
    """Everybody has a single item, so none can be hidden."""
    person = np.arange(40)
    plays = Interactions(person, person % 8, np.ones(40, np.float32), np.full(40, NO_TIME))
    hidden = task.relevant[:40, :8]
    alone = Task.hiding(TrainingData(plays, 40, 8), hidden, "once")
    [one] = compete(alone, [blended("blend", [POPULARITY, ITEM_KNN])], K, Budget(trials=2))
    assert one.params["weights"] == {"0": {"popularity": 0.5, "item-knn": 0.5}}
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


def test_a_click_of_somebody_unknown_counts_where_short_histories_go_by_friends(task):
    parts = [POPULARITY, ITEM_KNN, FRIENDS]
    models = {
        part.name: part.prepare(task.data)({n: one.default for n, one in part.space.items()}).model
        for part in parts
    }
    weights = np.array([[0.4, 0, 0.6], [0.4, 0, 0.6], [0.2, 0.8, 0]], np.float32)
    blend = Blend(models, np.array([0, 1, 3]), weights)
    nobody = blend.scores(Asked.of([]))
    np.testing.assert_allclose(nobody, 0.4 * models[POPULARITY.name].scores(Asked.of([])))
    clicked = Asked.of([7])
    alone = blend.scores(clicked)
    rest = np.setdiff1d(np.arange(N_ITEMS), [7])
    by_items = models[ITEM_KNN.name].scores(clicked)
    wanted = 0.2 * models[POPULARITY.name].scores(clicked) + 0.8 * by_items
    np.testing.assert_allclose(alone[rest], wanted[rest], rtol=1e-5)
    assert by_items[rest].any()
    somebody = Asked(clicked.items, clicked.weights, 3)
    assert not np.allclose(blend.scores(somebody)[rest], alone[rest])
