from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse

from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.errors import SettingsError
from zhiyin.evaluation.contest import Budget, Learner, compete, fingerprint, judge
from zhiyin.evaluation.search import Choice, Journal, Uniform
from zhiyin.evaluation.task import Task, TrainingData

N_PEOPLE, N_ITEMS, K = 60, 24, 5


def training(seed=0):
    """People who take popular items more often."""
    rng = np.random.default_rng(seed)
    appeal = 1 / np.arange(1, N_ITEMS + 1)
    rows = [rng.choice(N_ITEMS, 8, replace=False, p=appeal / appeal.sum()) for _ in range(N_PEOPLE)]
    person, item = np.repeat(np.arange(N_PEOPLE), 8), np.concatenate(rows)
    ones = np.ones(person.size, np.float32)
    return TrainingData(
        Interactions(person, item, ones, np.full(person.size, NO_TIME)), N_PEOPLE, N_ITEMS
    )


def asking_for(data, order):
    """A task that asks of each person for the first two items of an order that are new."""
    hidden = np.zeros((N_PEOPLE, N_ITEMS), np.float32)
    for who, row in enumerate(data.rows.toarray()):
        hidden[who, [i for i in order if not row[i]][:2]] = 1
    return Task.hiding(data, sparse.csr_array(hidden), "planted")


class Counting:
    """A learner by popularity, taken one way or the other, that remembers what it was given."""

    def __init__(self, name="counting", space=None):
        self.given, self.tried, self.name = [], [], name
        self.space = {"weight": Uniform(-1, 1, default=-1)} if space is None else space

    def prepare(self, data):
        self.given.append(data)
        popular = data.rows.sum(axis=0)

        def fit(params):
            self.tried.append(dict(params))
            return lambda people: np.tile(params.get("weight", 1) * popular, (people.size, 1))

        return fit

    @property
    def learner(self):
        return Learner(self.name, self.prepare, self.space)


def run(task, *counting, trials=4, **other):
    return compete(task, [one.learner for one in counting], K, Budget(trials, **other))


@pytest.fixture(scope="module")
def task():
    return asking_for(training(), range(N_ITEMS))


def test_everybody_with_parameters_may_try_as_often_and_the_defaults_come_first(task):
    two = {"weight": Uniform(-1, 1, default=0.5), "other": Uniform(0, 1, default=0)}
    few = {"weight": Choice((-1, 0, 1), default=0)}
    entered = [Counting(), Counting("two", two), Counting("few", few), Counting("none", {})]
    judged = run(task, *entered, trials=6)
    assert [one.trials for one in judged] == [6, 6, 3, 1]  # 3 are all there are
    assert [one.name for one in judged] == ["counting", "two", "few", "none"]
    for one, seen in zip(judged, entered, strict=True):
        assert len(seen.tried) == one.trials + 1  # the last is fitted on everything
        assert seen.tried[-1] == one.params
        assert len(seen.given) == 2
        assert seen.given[1] is task.data
    assert entered[1].tried[0] == {"weight": 0.5, "other": 0}
    with pytest.raises(SettingsError, match="0 trials"):
        run(task, Counting(), trials=0)


def test_parameters_are_chosen_without_a_look_at_what_is_hidden(task):
    """What is popular validates best, also where the task asks for what is not."""
    against = asking_for(task.data, range(N_ITEMS)[::-1])
    (one,), (other,) = run(task, Counting()), run(against, Counting())
    assert one.params == other.params
    assert one.params["weight"] > 0
    assert one.validation == other.validation
    by_the_test = judge(Counting().learner, {"weight": -1.0}, against, K)
    assert by_the_test.figures["ndcg@5"].mean() > other.figures["ndcg@5"].mean()
    for seen in (task, against):
        counting = Counting()
        run(seen, counting)
        assert not counting.given[0].rows.multiply(seen.relevant).nnz
        assert counting.given[0].rows.nnz < seen.data.rows.nnz


def test_a_validation_that_is_given_decides_alone(task):
    rare = asking_for(task.data, range(N_ITEMS)[::-1])
    (one,) = compete(task, [Counting().learner], K, Budget(4), validation=rare)
    assert one.params["weight"] < 0


def test_two_runs_are_equal(task):
    space = {"weight": Uniform(-1, 1, default=-1)}
    (one,), (again,) = run(task, Counting(space=space)), run(task, Counting(space=space))
    assert one.params == again.params
    np.testing.assert_array_equal(one.lists, again.lists)
    for name, values in one.figures.items():
        np.testing.assert_array_equal(values, again.figures[name])
    other_seed = Counting()
    run(task, other_seed, seed=1)
    first = Counting()
    run(task, first)
    assert other_seed.tried[1] != first.tried[1]


def test_a_journal_spares_the_second_run_all_trials(task, tmp_path):
    journal = Journal(tmp_path / "trials.jsonl")
    first, second = Counting(), Counting()
    (one,) = run(task, first, journal=journal)
    (again,) = run(task, second, journal=journal)
    assert second.tried == [one.params]  # fitted once, on everything
    assert (again.params, again.trials, again.validation) == (one.params, 4, one.validation)
    np.testing.assert_array_equal(one.lists, again.lists)
    more = Counting()
    run(task, more, trials=6, journal=journal)
    assert len(more.tried) == 2 + 1


def timed(data, **columns):
    return replace(data, interactions=replace(data.interactions, **columns))


@pytest.mark.parametrize("what", ["rows", "times", "ties", "people", "hidden", "k", "name"])
def test_a_journal_is_of_no_use_where_anything_else_is_tried(task, tmp_path, what):
    journal, data = Journal(tmp_path / "trials.jsonl"), task.data
    data = data.beside(ties=Ties(np.array([0]), np.array([1])))
    validation = asking_for(data, range(N_ITEMS))
    compete(task, [Counting().learner], K, Budget(4, 50, journal=journal), validation=validation)
    people, k, counting = 50, K, Counting("other" if what == "name" else "counting")
    if what == "rows":
        data = timed(data, item=data.interactions.item[::-1].copy())
    elif what == "times":
        data = timed(data, time_us=np.arange(data.interactions.item.size))
    elif what == "ties":
        data = data.beside(ties=Ties(np.array([0]), np.array([2])))
    elif what == "people":
        people = 40
    elif what == "k":
        k = K + 1
    order = range(N_ITEMS)[::-1] if what == "hidden" else range(N_ITEMS)
    validation = asking_for(data, order)
    compete(task, [counting.learner], k, Budget(4, people, journal=journal), validation=validation)
    assert len(counting.tried) == 4 + 1


def test_a_fingerprint_tells_what_differs_and_only_that(task):
    again = asking_for(training(), range(N_ITEMS))
    assert fingerprint(again) == fingerprint(task)
    others = [
        task.offering(np.arange(N_ITEMS) > 0),
        task.sampled(9),
        replace(task, seen=None),
        replace(task, data=task.data.beside(text=["a"])),
        replace(task, data=task.data.beside(text=["b"])),
        replace(task, data=task.data.beside(text=sparse.csr_array(np.eye(2)))),
        replace(task, data=replace(task.data, later=task.data.interactions)),
    ]
    assert len({fingerprint(one) for one in [task, *others]}) == len(others) + 1


def test_a_control_is_the_same_learner_with_the_same_budget_on_destroyed_data(task):
    counting = Counting()
    destroyed = []

    def destroy(data):
        destroyed.append(data)
        items = data.interactions.item[::-1].copy()
        return replace(data, interactions=replace(data.interactions, item=items))

    learner = replace(counting.learner, over="popularity")
    control = learner.controlled("reversed", destroy)
    assert (control.name, control.control_of) == ("counting, reversed", "counting")
    assert (control.space, control.over) == (learner.space, "popularity")
    before = task.data.rows.toarray()
    own, other = compete(task, [learner, control], K, Budget(4))
    assert own.trials == other.trials == 4
    validation, whole = counting.given[2:]
    assert destroyed[1] is task.data
    assert destroyed[0].interactions.item.tolist() == validation.interactions.item[::-1].tolist()
    assert whole.interactions.item.tolist() == task.data.interactions.item[::-1].tolist()
    np.testing.assert_array_equal(task.data.rows.toarray(), before)
    refusing = replace(learner, refuses=lambda data: "never")
    assert refusing.controlled("x", destroy).refuses(task.data) == "never"


def test_progress_only_grows_and_ends_at_one(task):
    told = []
    learners = [Counting().learner, Counting("none", {}).learner, Counting("more").learner]
    compete(task, learners, K, Budget(3), progress=lambda *now: told.append(now))
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(told))
    assert told[-1][0] == 1
    assert len(told) >= 3 + 1 + 3
    assert 0 < told[0][0] < told[-2][0] < 1


def test_as_many_people_are_judged_in_a_trial_as_the_budget_says(task):
    asked = []

    def prepare(data):
        def scores(people):
            asked.append(people)
            return np.zeros((people.size, N_ITEMS), np.float32)

        return lambda params: scores

    compete(task, [Learner("asked", prepare)], K, Budget(1, people=7))
    assert asked[0].size == 7
    assert np.concatenate(asked[1:]).size == N_PEOPLE  # the task itself has everybody


def test_more_people_than_usual_can_be_asked_for():
    n = 2300
    person = np.repeat(np.arange(n), 2)
    item = np.tile(np.array([0, 1]), n)
    ones, unknown = np.ones(2 * n, np.float32), np.full(2 * n, NO_TIME)
    data = TrainingData(Interactions(person, item, ones, unknown), n, 2)
    asked = []

    def scores(people):
        asked.append(people.size)
        return np.zeros((people.size, 2), np.float32)

    nobody = Task.hiding(data, sparse.csr_array((n, 2), dtype=np.float32), "nothing")
    (one,) = compete(
        nobody, [Learner("asked", lambda data: lambda params: scores)], 1, Budget(1, people=2200)
    )
    assert sum(asked) == 2200
    assert one.lists.shape == (0, 1)


def test_further_tasks_get_lists_of_the_same_fit(task):
    cold = replace(task, people=task.people[:7], seen=None)
    counting = Counting(space={})
    (one,) = compete(task, [counting.learner], K, Budget(1), also={"cold": cold})
    np.testing.assert_array_equal(one.also["cold"], cold.lists(counting.prepare(task.data)({}), K))
    assert one.lists.shape == (N_PEOPLE, K)
    assert one.fit_s >= 0
    assert one.rss_mb > 0


def test_with_nobody_to_validate_by_the_defaults_stay():
    person = np.arange(4)
    single = Interactions(person, person, np.ones(4, np.float32), np.full(4, NO_TIME))
    data = TrainingData(single, 4, 5)
    task = Task.hiding(data, sparse.csr_array(np.eye(4, 5, 1, np.float32)), "x")
    (one,) = run(task, Counting())
    assert one.params == {"weight": -1}
    assert np.isnan(one.validation)
    assert one.figures["ndcg@5"].size == 4
