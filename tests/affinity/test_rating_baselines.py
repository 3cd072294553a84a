from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhiyin.affinity.rating_baselines import rating_baselines
from zhiyin.affinity.rating_factors import factor_learner
from zhiyin.affinity.ratings import Ratings
from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.predictions import rmse

LEARNERS = {learner.name: learner for learner in [*rating_baselines(0), factor_learner(0)]}


def predicted(name, ratings, person, item, **params):
    learner = LEARNERS[name]
    chosen = {key: dimension.default for key, dimension in learner.space.items()} | params
    times = np.full(len(person), NO_TIME)
    return learner.prepare(ratings)(chosen)(np.asarray(person), np.asarray(item), times)


def rated(rows):
    """Return ratings of (person, item, value) with one person and one item more than are rated."""
    person, item, value = (np.array(column) for column in zip(*rows, strict=True))
    columns = (person.astype(np.int64), item.astype(np.int64), value.astype(np.float64))
    return Ratings.of(*columns, int(person.max()) + 2, int(item.max()) + 2)


FOUR = rated([(0, 0, 5.0), (0, 1, 3.0), (1, 0, 3.0), (1, 1, 1.0)])


def test_without_an_item_term_every_item_is_given_one_score():
    two = rated([(0, 0, 5.0), (0, 1, 1.0)])
    assert predicted("user mean", two, [0, 0], [0, 1]).tolist() == [3, 3]
    assert rmse(predicted("user mean", two, [0, 0], [0, 1]), two.value) ** 2 == 4
    with_items = predicted("biases", two, [0, 0], [0, 1], item_damping=0.0)
    assert with_items == pytest.approx([5, 1])


def test_means_by_hand_and_unknown_people_and_items_are_given_the_mean_of_all():
    assert predicted("mean", FOUR, [0, 2], [0, 2]).tolist() == [3, 3]
    assert predicted("item mean", FOUR, [0, 0, 0], [0, 1, 2]).tolist() == [4, 2, 3]
    assert predicted("user mean", FOUR, [0, 1, 2], [0, 0, 0]).tolist() == [4, 2, 3]


def planted(seed=0, n_people=150, n_items=60, share=0.4, shuffled=False):
    """Ratings of people with two tastes, and others of them that are hidden; or the same with the values dealt out anew."""
    rng = np.random.default_rng(seed)
    person, item = np.nonzero(rng.random((n_people, n_items)) < share)
    taste = rng.normal(size=(n_people, 2)) @ rng.normal(size=(2, n_items))
    bias = rng.normal(scale=0.5, size=n_people)[:, None] + rng.normal(scale=0.5, size=n_items)
    value = (3 + taste + bias)[person, item] + rng.normal(scale=0.3, size=person.size)
    if shuffled:
        value = rng.permutation(value)
    hidden = rng.random(person.size) < 0.2
    all_of_it = Ratings.of(person, item, value, n_people, n_items)
    return all_of_it.where(~hidden), all_of_it.where(hidden)


def error(name, known, hidden):
    return rmse(predicted(name, known, hidden.person, hidden.item), hidden.value)


def test_each_finer_learner_finds_more_of_what_was_planted():
    known, hidden = planted()
    errors = [error(name, known, hidden) for name in ("mean", "biases", "item-knn", "factors")]
    assert errors[1] < 0.95 * errors[0]
    assert errors[2] < 0.8 * errors[1]
    assert errors[3] < 0.8 * errors[1]


@pytest.mark.parametrize("name", ["item mean", "user mean", "biases", "item-knn", "factors"])
def test_nothing_is_found_in_shuffled_ratings(name):
    known, hidden = planted(shuffled=True)
    assert error(name, known, hidden) > 0.995 * error("mean", known, hidden)


@pytest.mark.parametrize("name", LEARNERS)
def test_everybody_predicts_the_same_again_and_for_people_and_items_never_seen(name):
    known, _ = planted(n_people=20, n_items=10)
    wider = replace(known, n_people=known.n_people + 1, n_items=known.n_items + 1)
    one, two = (predicted(name, wider, [20, 0, 20], [0, 10, 10]) for _ in range(2))
    assert np.isfinite(one).all()
    assert one.tolist() == two.tolist()


def test_another_seed_draws_and_begins_anew():
    known, hidden = planted(n_people=20, n_items=10)
    for one, other in (
        (rating_baselines(0)[0], rating_baselines(1)[0]),
        (factor_learner(0), factor_learner(1)),
    ):
        params = {name: dimension.default for name, dimension in one.space.items()}
        values = [
            each.prepare(known)(params)(hidden.person, hidden.item, hidden.time_us)
            for each in (one, one, other)
        ]
        assert values[0].tolist() == values[1].tolist() != values[2].tolist()


@pytest.mark.parametrize("name", LEARNERS)
def test_ratings_that_are_all_equal_are_predicted(name):
    alike = rated([(0, 0, 4.0), (0, 1, 4.0), (1, 0, 4.0)])
    assert predicted(name, alike, [1, 2], [1, 2]).tolist() == pytest.approx([4, 4])


@pytest.mark.parametrize("name", LEARNERS)
def test_only_pairs_that_were_observed_are_summed_over(name):
    known, hidden = planted(n_people=30, n_items=20)
    wide = replace(known, n_people=300, n_items=200)
    few, many = (predicted(name, one, hidden.person, hidden.item) for one in (known, wide))
    assert many == pytest.approx(few, abs=1e-6)
