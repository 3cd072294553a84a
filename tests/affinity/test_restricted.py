from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import sparse

from tests.affinity.circles import circles_task
from tests.affinity.test_ease import SHOP, random_rows
from zhiyin.affinity import out_of_core, restricted
from zhiyin.affinity import restricted_learners as learners
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import POPULARITY
from zhiyin.affinity.ease import ease
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.learners import people_learners
from zhiyin.affinity.restricted import first_best, restricted_weights, ridge_column
from zhiyin.affinity.restricted_learners import restricted_learners
from zhiyin.core.interactions import Interactions
from zhiyin.errors import DataError
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.task import TrainingData


def gram_of(rows):
    return Evidence.of(sparse.csr_array(rows), dense=False).gram


def test_a_shop_of_two_items():
    weights = restricted_weights(gram_of(SHOP), reg=1.0, neighbours=5)
    assert_allclose(weights.toarray(), [[0, 1 / 3], [1 / 3, 0]], atol=1e-6)


def test_one_neighbour_is_the_one_that_explains_most_alone():
    # Item 0 is taken with item 1 twice and with item 2 three times, but everybody has item 2.
    rows = np.zeros((20, 3), np.float32)
    rows[:3, 0] = rows[:2, 1] = rows[:, 2] = 1
    for reg, neighbour, weight in ((1.0, 1, 2 / 3), (100.0, 2, 3 / 120)):
        weights = restricted_weights(gram_of(rows), reg=reg, neighbours=1)
        assert weights[:, [0]].nonzero()[0].tolist() == [neighbour]
        assert weights[neighbour, 0] == pytest.approx(weight)


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 25), st.sampled_from([1.0, 30.0]), st.integers(0, 2**32 - 1))
def test_with_all_neighbours_it_is_ease(n_items, reg, seed):
    rows = random_rows(40, n_items, 0.3, seed)
    everybody = sparse.csr_array(
        np.full((1, n_items), 0.5, np.float32)
    )  # so that all pairs are met
    gram = gram_of(sparse.vstack([rows, everybody], format="csr").astype(np.float32))
    weights = restricted_weights(gram, reg=reg, neighbours=n_items + 3)
    assert_allclose(weights.toarray(), ease(gram.toarray(), reg), atol=1e-4, rtol=0)


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 40), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_each_column_is_the_ridge_regression_on_its_neighbours(n_items, neighbours, seed):
    gram = gram_of(random_rows(30, n_items, 0.2, seed))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(restricted, "CELLS", 5 * neighbours**2)  # five columns at a time
        weights = restricted_weights(gram, reg=2.0, neighbours=neighbours)
    dense = gram.toarray().astype(np.float64)
    for j, column in enumerate(weights.toarray().T):
        strength = np.where(np.arange(n_items) == j, 0, dense[j] / np.sqrt(np.diag(dense) + 2))
        count = min(neighbours, np.count_nonzero(strength > 1e-9))
        near = np.argsort(-strength, kind="stable")[:count]
        if 0 < count < n_items and np.isclose(np.sort(strength)[-count - 1], strength[near].min()):
            continue  # rounding decides who is in
        expected = np.zeros(n_items)
        small = dense[np.ix_(near, near)] + 2 * np.eye(count)
        expected[near] = np.linalg.solve(small, dense[near, j])
        assert_allclose(column, expected, atol=1e-5, rtol=0)


@given(st.lists(st.integers(-2, 4), max_size=30), st.integers(1, 12))
def test_the_first_of_equally_strong_ones_are_kept(values, most):
    strength = np.array(values, np.float32)
    best_first = np.argsort(-strength, kind="stable")
    expected = [place for place in best_first if strength[place] > 0][:most]
    assert sorted(first_best(strength, most)) == sorted(expected)


def test_an_indefinite_column_gets_the_least_doubling_that_helps():
    square = np.array([[1, 3], [3, 1]], np.float32)  # eigenvalues 4 and -2
    weights, is_raised = ridge_column(square.copy(), np.ones(2, np.float32), 0.5)
    assert is_raised
    assert_allclose(
        weights, np.full(2, 1 / 8), atol=1e-6
    )  # with ridge 4: 0.5, 1 and 2 are not enough
    assert ridge_column(square.copy(), np.ones(2, np.float32), 2.5)[1] is False


def test_ties_may_make_a_part_indefinite_and_the_others_keep_their_ridge():
    gram = sparse.csr_array(
        np.array(
            [[1, 5, 5, 0, 0], [5, 1, 5, 0, 0], [5, 5, 1, 0, 0], [0, 0, 0, 2, 1], [0, 0, 0, 1, 2]]
        )
    ).astype(np.float32)
    weights = restricted_weights(gram, reg=1.0, neighbours=4).toarray()
    assert np.isfinite(weights).all()
    assert_allclose(weights[3:, 3:], [[0, 1 / 3], [1 / 3, 0]], atol=1e-6)


@pytest.mark.parametrize(
    ("gram", "reg"),
    [([[1.0, 0.0], [0.0, 1.0]], 0.0), ([[1.0, 0.0], [0.0, 1.0]], float("nan")), ([[-1.0]], 3.0)],
)
def test_what_cannot_be_solved_says_so(gram, reg):
    with pytest.raises(DataError, match=r"not positive definite.*Next: raise reg"):
        restricted_weights(sparse.csr_array(np.array(gram, np.float32)), reg=reg, neighbours=2)


def test_a_number_that_is_not_finite_is_refused():
    gram = np.array([[1, 1, 1], [1, 1, np.inf], [1, np.inf, 1]], np.float32)
    with pytest.raises(DataError, match="not finite"):
        restricted_weights(sparse.csr_array(gram), reg=1.0, neighbours=2)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_items_that_share_nobody_have_no_weights(n):
    gram = sparse.csr_array(np.eye(n, dtype=np.float32))
    weights = restricted_weights(gram, reg=1.0, neighbours=2)
    assert weights.shape == (n, n)
    assert weights.nnz == 0


@pytest.fixture(scope="module")
def task():
    return circles_task(240, 120, 8, events=7, share=0.7, ties=5, seed=3)


def test_learners_beat_popularity_and_ties_add_to_people(task):
    judged = compete(task, [POPULARITY, *restricted_learners(100)], 10, Budget(trials=3))
    mean = [float(one.figures["ndcg@10"].mean()) for one in judged]
    assert min(mean[1:]) > 1.5 * mean[0]
    assert mean[3] > mean[2]


def test_people_of_all_neighbours_are_people(task):
    params = {"reg": 1.0, "neighbours": 240}
    everybody = np.arange(240)
    rows = sparse.csr_array(np.hstack([task.data.rows.toarray(), np.full((240, 1), 0.5)]))
    events = rows.tocoo()
    plays = Interactions(events.row, events.col, events.data.astype(np.float32), events.row)
    data = TrainingData(plays, 240, 121)  # all have one item in common, so that all pairs are met
    scores = restricted_learners(100)[1].prepare(data)(params)(everybody)
    dense = people_learners()[0].prepare(data)({"reg": 1.0})(everybody)
    assert_allclose(scores, dense, atol=1e-3, rtol=0)


def sparse_shop(n_people, n_items, each, seed=3):
    """Everybody takes as many items, any of them."""
    item = np.random.default_rng(seed).integers(0, n_items, n_people * each)
    person = np.repeat(np.arange(n_people), each)
    plays = Interactions(person, item, np.ones(item.size, np.float32), person)
    return TrainingData(plays, n_people, n_items)


def test_weights_from_files_are_those_from_memory(monkeypatch):
    data = sparse_shop(900, 1200, 4)
    solves = []
    from_files = learners.train_out_of_core

    def spied(*given, **named):
        solves.append(given[2].max_bytes)
        return from_files(*given, **named)

    monkeypatch.setattr(learners, "train_out_of_core", spied)
    monkeypatch.setattr(learners, "_NEIGHBOURS", 200)  # what the size is judged by
    monkeypatch.setattr(out_of_core, "_PAIRS", 2**12)
    scores = []
    for bound in (10**9, 16 * 10**7):
        part, *_ = restricted_learners(100, bound)
        assert part.refuses(data) == ""
        fitted = part.prepare(data)({"reg": 2.0, "neighbours": 40})
        scores.append(fitted(np.arange(200)))
    assert solves == [16 * 10**7]
    assert_allclose(scores[1], scores[0], atol=1e-4, rtol=0)
    first, second = (
        np.take_along_axis(scores[0], np.argsort(-one, axis=1)[:, :5], axis=1) for one in scores
    )
    assert_allclose(second, first, atol=1e-4, rtol=0)  # the same but for equally good ones
    one = data.rows[[7]]
    alone = fitted.model.scores(Asked(one.indices.astype(np.int64), one.data))
    assert_allclose(alone, scores[1][7], atol=1e-6)


def test_what_fits_neither_in_memory_nor_in_files_says_why():
    data = sparse_shop(200, 300, 4)
    why = restricted_learners(100, 10**5)[0].refuses(data)
    assert re.search(r"would be needed, .*at most 0\.0001 GB\. Next: raise memory_gb", why)


def test_learners_refuse_what_they_cannot_learn_from(task):
    untied = TrainingData(task.data.interactions, 240, 120)
    later = TrainingData(untied.interactions, 240, 120, later=untied.interactions)
    of_items, people, tied = restricted_learners(100)
    assert tied.refuses(task.data) == people.refuses(later) == of_items.refuses(later) == ""
    assert tied.refuses(untied) == "no ties are known"
    for learner in restricted_learners():
        assert "everybody" in learner.refuses(task.data)
