from __future__ import annotations

import gc
from types import FunctionType, MappingProxyType, ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.splits import Split, global_time
from zhiyin.evaluation.task import Task, TrainingData

SHAPE = (40, 30)


def table(person, item, strength=1.0, time_us=NO_TIME):
    person, item = np.asarray(person, np.int64), np.asarray(item, np.int64)
    return Interactions(
        person,
        item,
        np.broadcast_to(np.float32(strength), person.shape),
        np.broadcast_to(np.int64(time_us), person.shape),
    )


def csr(dense):
    return sparse.csr_array(np.array(dense, np.float32))


def of(dense):
    """Training data with one event for each entry above 0."""
    dense = np.array(dense)
    person, item = np.nonzero(dense)
    return TrainingData(table(person, item, dense[person, item]), *dense.shape)


def alike(scores):
    return lambda people: np.tile(np.array(scores, np.float32), (people.size, 1))


def dense(rows):
    return rows.toarray().tolist()


def random_events(seed, n=400, timed=True):
    rng = np.random.default_rng(seed)
    time_us = rng.integers(0, 10**15, n) if timed else NO_TIME
    return table(rng.integers(0, SHAPE[0], n), rng.integers(0, SHAPE[1], n), 1.0, time_us)


def pairs_of(thing):
    """Return the (person, item) pairs that events or rows hold."""
    if isinstance(thing, Interactions):
        return set(zip(thing.person.tolist(), thing.item.tolist(), strict=True))
    entries = thing.tocoo()
    return set(zip(entries.row.tolist(), entries.col.tolist(), strict=True))


def test_what_was_had_before_neither_enters_lists_nor_is_asked_for():
    task = Task.hiding(of([[1, 0, 0, 0], [0, 1, 0, 0]]), csr([[1, 1, 0, 0], [0, 1, 0, 0]]), "x")
    assert dense(task.relevant) == [[0, 1, 0, 0], [0, 0, 0, 0]]
    assert task.people.tolist() == [0]
    assert task.lists(alike([9, 8, 7, 6]), 3).tolist() == [[1, 2, 3]]
    assert task.ndcg(alike([9, 8, 7, 6]), 1).tolist() == [1]


def test_with_repeats_it_does_both():
    data, hidden = of([[1, 0, 0, 0], [0, 1, 0, 0]]), csr([[1, 1, 0, 0], [0, 1, 0, 0]])
    task = Task.hiding(data, hidden, "x", repeats=True)
    assert dense(task.relevant) == dense(hidden)
    assert task.people.tolist() == [0, 1]
    assert task.lists(alike([9, 8, 7, 6]), 2).tolist() == [[0, 1], [0, 1]]


def test_a_split_hides_its_test_part_and_drops_what_it_put_aside():
    events = table([0, 0, 0, 1], [0, 1, 2, 3])
    train, test = np.array([1, 0, 0, 1], bool), np.array([0, 1, 0, 0], bool)
    task = Task.of(TrainingData(events, 2, 4), Split("mine", train, test))
    assert task.split == "mine"
    assert dense(task.data.rows) == [[1, 0, 0, 0], [0, 0, 0, 1]]
    assert dense(task.relevant) == [[0, 1, 0, 0], [0, 0, 0, 0]]
    assert task.people.tolist() == [0]


def test_what_comes_later_is_in_histories_and_nothing_is_fitted_on_it():
    data = TrainingData(table([0, 1], [0, 1]), 2, 3, later=table([0, 1], [2, 1], [1.0, -1.0]))
    assert dense(data.rows) == [[1, 0, 0], [0, 1, 0]]
    assert dense(data.histories) == [[1, 0, 1], [0, 0, 0]]  # one event against takes the item out
    task = Task.hiding(data, csr([[0, 1, 1], [0, 1, 0]]), "x")
    assert dense(task.relevant) == [[0, 1, 0], [0, 0, 0]]  # what was turned down is not asked for
    assert task.lists(alike([1, 1, 9]), 2).tolist() == [[1, -1]]
    assert dense(task.seen) == [[1, 0, 1], [0, 1, 0]]
    assert data.where(np.ones(2, bool)).later is None
    alone = TrainingData(table([0], [0]), 2, 3)
    assert alone.histories is alone.rows


def test_only_what_is_on_offer_enters_lists_and_is_to_be_found():
    task = Task.hiding(of([[1, 0, 0, 0], [1, 0, 0, 0]]), csr([[0, 1, 1, 0], [0, 1, 0, 0]]), "x")
    offered = task.offering(np.array([True, False, True, True]))
    assert dense(offered.relevant) == [[0, 0, 1, 0], [0, 0, 0, 0]]
    assert offered.people.tolist() == [0]
    assert offered.lists(alike([9, 8, 7, 6]), 3).tolist() == [[2, 3, -1]]
    assert task.people.tolist() == [0, 1]
    assert task.lists(alike([9, 8, 7, 6]), 1).tolist() == [[1], [1]]


def test_people_are_drawn_by_seed_and_stay_in_order():
    task = Task.of(TrainingData(random_events(0, timed=False), *SHAPE), random_split(0))
    assert task.people.size > 20
    one, again, other = (task.sampled(10, seed).people.tolist() for seed in (1, 1, 2))
    assert one == again != other
    assert one == sorted(set(one) & set(task.people.tolist()))
    assert len(one) == 10
    assert task.sampled(10).relevant is task.relevant
    assert task.sampled(task.people.size) is task


def random_split(seed):
    test = np.random.default_rng(seed).random(400) < 0.3
    return Split("random", ~test, test)


@pytest.mark.parametrize("with_later", [False, True])
@pytest.mark.parametrize("length", [0, 1, 3, 100])
def test_a_shortened_history_has_so_many_items_and_nobody_else_s_changes(length, with_later):
    events = random_events(1)
    late = events.time_us > 8 * 10**14
    data = TrainingData(
        events.where(~late), *SHAPE, later=events.where(late) if with_later else None
    )
    hidden = csr(np.random.default_rng(0).random(SHAPE) < 0.1)
    task = Task.hiding(data, hidden, "x")
    people = task.people[::3]
    short = task.shortened(length, people, seed=5)
    before, after = (np.diff(t.data.histories.indptr) for t in (task, short))
    chosen = np.isin(np.arange(SHAPE[0]), people)
    assert after[chosen].tolist() == np.minimum(before[chosen], length).tolist()
    assert pairs_of(short.data.histories) <= pairs_of(task.data.histories)
    assert dense(short.data.histories[~chosen]) == dense(task.data.histories[~chosen])
    assert dense(short.data.rows[~chosen]) == dense(task.data.rows[~chosen])
    assert np.diff(short.data.rows.indptr)[chosen].max() <= length
    assert short.people.tolist() == people.tolist()
    again = task.shortened(length, people, seed=5)
    assert dense(again.data.histories) == dense(short.data.histories)


def test_what_was_taken_from_a_history_is_no_candidate():
    events = table([0, 0, 0, 0, 0, 1], [0, 1, 2, 2, 3, 0])  # item 2 twice
    task = Task.hiding(TrainingData(events, 2, 6), csr([[0, 0, 0, 0, 1, 0], [0] * 6]), "x")
    assert task.people.tolist() == [0]
    for seed in range(5):
        short = task.shortened(1, task.people, seed)
        assert short.data.rows[[0]].nnz == 1
        assert short.lists(alike(range(6)), 6).tolist() == [[5, 4, -1, -1, -1, -1]]
        assert short.relevant is task.relevant


def test_a_shorter_history_is_a_part_of_a_longer_one():
    task = Task.of(TrainingData(random_events(2, timed=False), *SHAPE), random_split(1))
    one, three = (pairs_of(task.shortened(n, task.people, 0).data.rows) for n in (1, 3))
    assert one < three
    assert one != pairs_of(task.shortened(1, task.people, 1).data.rows)


def test_items_stand_in_the_order_of_their_evidence_in_training():
    data = of([[0.5, 1, 0, 0.5], [0, 1, 0, 0]])
    assert data.order.tolist() == [1, 0, 3, 2]
    assert data.where(data.interactions.item != 1).order.tolist() == [0, 3, 1, 2]


def test_equal_scores_go_to_the_item_with_more_evidence_in_training():
    task = Task.hiding(of([[0, 1, 0, 1], [0, 0, 0, 0.5], [1, 0, 0, 0]]), csr(np.eye(3, 4)), "x")
    assert task.lists(alike([0, 0, 0, 0]), 4)[0].tolist() == [0, 2, -1, -1]
    everything = Task(task.data, task.relevant, np.array([0]), None, "x")
    assert everything.lists(alike([0, 0, 0, 0]), 4).tolist() == [[3, 0, 1, 2]]
    assert everything.lists(alike([0, 0, 5, 0]), 4).tolist() == [[2, 3, 0, 1]]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.booleans(), st.booleans())
def test_no_list_holds_what_it_must_not(seed, repeats, is_timed):
    rng = np.random.default_rng(seed)
    data = TrainingData(random_events(seed, 200, is_timed), *SHAPE)
    test = rng.random(200) < 0.3
    task = Task.of(data, Split("x", ~test, test), repeats=repeats)
    offered = rng.random(SHAPE[1]) < 0.7
    task = task.offering(offered)
    lists = task.lists(lambda people: rng.random((people.size, SHAPE[1]), np.float32), SHAPE[1])
    listed = {
        (p, i) for p, row in zip(task.people.tolist(), lists.tolist(), strict=True) for i in row
    }
    listed = {(p, i) for p, i in listed if i >= 0}
    open_pairs = {(p, i) for p in task.people.tolist() for i in np.flatnonzero(offered).tolist()}
    had = set() if repeats else pairs_of(task.data.rows)
    assert listed == open_pairs - had
    wanted = pairs_of(data.interactions.where(test)) - had
    assert pairs_of(task.relevant) == {(p, i) for p, i in wanted if offered[i]}


def reachable(root):
    """Return everything that can be reached from an object, code aside."""
    found, waiting = {}, [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) in found or isinstance(thing, type | ModuleType):
            continue
        found[id(thing)] = thing
        if isinstance(thing, np.ndarray):
            waiting.append(thing.base)  # arrays do not tell the collector
        elif isinstance(thing, FunctionType):
            waiting += [thing.__closure__, thing.__defaults__, thing.__kwdefaults__]
        else:
            waiting += gc.get_referents(thing)
    return list(found.values())


def told(things):
    """Return the arrays among things, and all pairs that events and rows among them hold."""
    arrays = [thing for thing in things if isinstance(thing, np.ndarray) and thing.size]
    holders = [t for t in things if isinstance(t, Interactions) or is_rows(t)]
    return arrays, set().union(*(pairs_of(holder) for holder in holders))


def is_rows(thing):
    return sparse.issparse(thing) and thing.shape == SHAPE


@pytest.mark.parametrize("is_timed", [True, False])
def test_from_the_inner_task_nothing_that_the_outer_hides_can_be_reached(is_timed):
    events = random_events(3, 600, is_timed)
    parts = np.random.default_rng(0).random(600) < 0.2
    split = (
        global_time(events.person, events.item, events.time_us)
        if is_timed
        else Split("random", ~parts, parts)
    )
    side = MappingProxyType({"ties": Ties(np.arange(5), np.arange(5) + 1)})
    outer = Task.of(TrainingData(events, *SHAPE, side), split)
    hidden = pairs_of(outer.relevant)
    assert hidden
    secret = [a for a in reachable(outer.relevant) if isinstance(a, np.ndarray) and a.size]
    inner = outer.data.held_out()
    assert inner.people.size
    assert not pairs_of(inner.data.rows) & pairs_of(inner.relevant)

    arrays, pairs = told(reachable(inner))
    assert pairs_of(inner.relevant) <= pairs  # what the inner task itself hides is found
    assert not pairs & hidden
    assert not any(np.shares_memory(mine, theirs) for mine in arrays for theirs in secret)

    arrays, pairs = told(reachable(outer))  # the search does find what is there
    assert hidden <= pairs
    assert any(np.shares_memory(mine, theirs) for mine in arrays for theirs in secret)


def test_what_is_known_beside_goes_with_the_data():
    data = of(np.eye(3)).beside(text=["a"]).beside(ties=1)
    assert dict(data.side) == {"text": ["a"], "ties": 1}
    assert dict(data.held_out().data.side) == {"text": ["a"], "ties": 1}
    assert dict(of(np.eye(3)).side) == {}
