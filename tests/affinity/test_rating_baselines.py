from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.rating_baselines import (
    Ratings,
    biases,
    factor_learner,
    factors,
    nearest_by_residual,
    rating_baselines,
)
from zhiyin.evaluation.predictions import rmse

LEARNERS = {learner.name: learner for learner in [*rating_baselines(0), factor_learner(0)]}


def predicted(name, ratings, person, item, **params):
    learner = LEARNERS[name]
    chosen = {key: dimension.default for key, dimension in learner.space.items()} | params
    return learner.prepare(ratings)(chosen)(np.asarray(person), np.asarray(item))


def rated(rows):
    """Return ratings of (person, item, value) with one person and one item more than are rated."""
    person, item, value = (np.array(column) for column in zip(*rows, strict=True))
    columns = (person.astype(np.int64), item.astype(np.int64), value.astype(np.float64))
    return Ratings.of(*columns, int(person.max()) + 2, int(item.max()) + 2)


FOUR = rated([(0, 0, 5.0), (0, 1, 3.0), (1, 0, 3.0), (1, 1, 1.0)])


def test_means_by_hand_and_unknown_people_and_items_are_given_the_mean_of_all():
    assert predicted("mean", FOUR, [0, 2], [0, 2]).tolist() == [3, 3]
    assert predicted("item mean", FOUR, [0, 0, 0], [0, 1, 2]).tolist() == [4, 2, 3]
    assert predicted("user mean", FOUR, [0, 1, 2], [0, 0, 0]).tolist() == [4, 2, 3]


def test_biases_add_up_and_damping_pulls_them_to_the_mean():
    mean, of_person, of_item = biases(FOUR, 0.0001, 0.0001)
    assert mean == 3
    assert of_person == pytest.approx([1, -1, 0], abs=0.001)
    assert of_item == pytest.approx([1, -1, 0], abs=0.001)
    _, of_person, of_item = biases(FOUR, 2.0, 2.0)
    assert of_person == pytest.approx([0.5, -0.5, 0])
    assert of_item == pytest.approx([0.5, -0.5, 0])


def test_of_several_ratings_of_a_pair_the_mean_counts():
    twice = rated([(0, 1, 1.0), (0, 0, 2.0), (0, 1, 5.0)])
    assert (twice.item.tolist(), twice.value.tolist()) == ([0, 1], [2, 3])


def test_an_item_s_neighbours_by_hand():
    rows = sparse.csr_array(np.array([[1.0, 1, -1], [-1, -1, 1], [1, 0, 1]]))
    near = nearest_by_residual(rows, neighbours=2, shrinkage=1.0).toarray()
    expected = 2 / (np.sqrt(3 * 2) + 1)
    assert near == pytest.approx(np.array([[0, expected, 0], [expected, 0, 0], [0, 0, 0]]))


@given(st.integers(0, 10_000), st.integers(1, 4))
@settings(deadline=None, max_examples=25)
def test_neighbours_are_the_best_of_all_positive_ones(seed, neighbours):
    rng = np.random.default_rng(seed)
    dense = rng.normal(size=(6, 7)) * (rng.random((6, 7)) < 0.6)
    near = nearest_by_residual(sparse.csr_array(dense), neighbours=neighbours, shrinkage=2.0)
    unit = np.mean(dense[dense != 0] ** 2)
    norms = np.linalg.norm(dense, axis=0)
    like = dense.T @ dense / (np.outer(norms, norms) + 2 * unit)
    np.fill_diagonal(like, 0)
    for row, found in zip(like, near.toarray(), strict=True):
        best = np.sort(row[row > 0])[::-1][:neighbours]
        assert np.sort(found[found > 0])[::-1] == pytest.approx(best)


def test_factors_find_a_planted_matrix_and_a_large_ridge_leaves_nothing():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=(40, 2)) @ rng.normal(size=(2, 30))
    seen = sparse.csr_array(np.where(rng.random(truth.shape) < 0.6, truth, 0))
    of_person, of_item = factors(seen, rank=2, reg=0.001, seed=0)
    assert rmse(of_person @ of_item.T, truth) < 0.1
    assert abs(factors(seen, rank=2, reg=50.0, seed=0)[0]).max() < 1e-6


def test_factors_are_a_minimum():
    rng = np.random.default_rng(2)
    seen = sparse.random_array((20, 15), density=0.5, rng=rng, format="csr")
    count = [np.diff(seen.indptr), np.diff(seen.T.tocsr().indptr)]
    ridge = 0.5 * seen.data.std()

    def loss(parts):
        left = seen.toarray() - (parts[0] @ parts[1].T) * (seen.toarray() != 0)
        size = sum(n @ (part**2).sum(axis=1) for n, part in zip(count, parts, strict=True))
        return (left**2).sum() + ridge * size

    parts = factors(seen, rank=2, reg=0.5, seed=0)
    for _ in range(10):
        nudged = [parts[0], parts[1] + rng.normal(scale=0.01, size=parts[1].shape)]
        assert loss(nudged) > loss(parts)


@given(st.integers(0, 10_000), st.sampled_from([0.1, 2.0]))
@settings(deadline=None, max_examples=25)
def test_each_item_s_factors_are_the_ridge_solution_for_those_of_its_people(seed, reg):
    rng = np.random.default_rng(seed)
    density = np.where(np.arange(9) < 2, 0.9, rng.choice([0, 0.1, 0.4], 9))  # long, short and empty
    dense = rng.normal(size=(40, 9)) * (rng.random((40, 9)) < density)
    of_person, of_item = factors(sparse.csr_array(dense), rank=3, reg=reg, seed=seed)
    for column, found in zip(dense.T, of_item, strict=True):
        near, value = of_person[column != 0], column[column != 0]
        ridge = reg * dense[dense != 0].std() * value.size + 1e-12
        expected = np.linalg.solve(near.T @ near + ridge * np.eye(3), near.T @ value)
        assert found == pytest.approx(expected, rel=1e-4, abs=1e-6)


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
    wider = Ratings(known.person, known.item, known.value, known.n_people + 1, known.n_items + 1)
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
            each.prepare(known)(params)(hidden.person, hidden.item) for each in (one, one, other)
        ]
        assert values[0].tolist() == values[1].tolist() != values[2].tolist()


@pytest.mark.parametrize("name", LEARNERS)
def test_ratings_that_are_all_equal_are_predicted(name):
    alike = rated([(0, 0, 4.0), (0, 1, 4.0), (1, 0, 4.0)])
    assert predicted(name, alike, [1, 2], [1, 2]).tolist() == pytest.approx([4, 4])
