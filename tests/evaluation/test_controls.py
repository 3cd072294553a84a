from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.errors import DataError
from zhiyin.evaluation.controls import (
    derangement,
    n_same_ties,
    random_knowledge,
    shuffled_rows,
    shuffled_targets,
    shuffled_ties,
)

graphs = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda t: t[0] != t[1]))
numbers = st.integers(0, 6)


def columns(rows, width):
    return np.array(list(rows), np.int64).reshape(-1, width).T


def large_graph(n_mutual, n_one_way, n=2000, seed=1):
    rng = np.random.default_rng(seed)
    pair = np.unique(rng.choice(n * n, 4 * (n_mutual + n_one_way)))
    low, high = np.minimum(pair // n, pair % n), np.maximum(pair // n, pair % n)
    pair = np.unique((low * n + high)[low < high])
    pair = rng.permutation(pair)[: n_mutual + n_one_way]
    low, high = pair // n, pair % n
    back = slice(0, n_mutual)
    return np.concatenate([low, high[back]]), np.concatenate([high, low[back]])


def is_mutual(one, two):
    ties = set(zip(one.tolist(), two.tolist(), strict=True))
    return np.array([(b, a) in ties for a, b in zip(one.tolist(), two.tolist(), strict=True)], bool)


@settings(deadline=None, max_examples=25)
@given(graphs, st.integers(0, 5))
def test_everybody_keeps_their_ties_out_in_and_mutual(ties, seed):
    one, two = columns(ties, 2)
    new_one, new_two = shuffled_ties(one, two, rng=np.random.default_rng(seed), n_people=9)
    assert new_one.tolist() == one.tolist()
    assert np.bincount(new_two, minlength=9).tolist() == np.bincount(two, minlength=9).tolist()
    assert (new_one != new_two).all()
    assert len(set(zip(new_one.tolist(), new_two.tolist(), strict=True))) == one.size
    # row by row, so the columns of a mutual tie stay with one that is mutual
    assert is_mutual(new_one, new_two).tolist() == is_mutual(one, two).tolist()


@pytest.mark.parametrize(("n_mutual", "n_one_way"), [(8000, 0), (0, 8000), (5000, 5000)])
def test_of_a_large_graph_little_is_left(n_mutual, n_one_way):
    one, two = large_graph(n_mutual, n_one_way)
    new_one, new_two = shuffled_ties(one, two, rng=np.random.default_rng(1))
    assert n_same_ties(one, two, new_one, new_two) < 0.05 * one.size
    again = shuffled_ties(one, two, rng=np.random.default_rng(1))[1]
    other = shuffled_ties(one, two, rng=np.random.default_rng(2))[1]
    assert (again == new_two).all()
    assert n_same_ties(one, again, one, other) < 0.05 * one.size
    assert is_mutual(new_one, new_two).sum() == 2 * n_mutual


def test_circles_of_friends_are_gone():
    # 100 circles of 6 in which everybody knows everybody
    near = np.array([(a, b) for a in range(6) for b in range(6) if a != b])
    one, two = (6 * np.arange(100)[:, None] + near[:, side] for side in (0, 1))
    new_one, new_two = shuffled_ties(one.ravel(), two.ravel(), rng=np.random.default_rng(3))
    assert (new_one // 6 == new_two // 6).mean() < 0.05


def test_each_graph_with_the_same_degrees_comes_as_often():
    # 0-1, 2-3, 4-5: there are 15 ways to make couples of six people
    one, two = np.array([0, 2, 4, 1, 3, 5]), np.array([1, 3, 5, 0, 2, 4])
    rng = np.random.default_rng(4)
    seen = [tuple(two[np.argsort(one)].tolist())]
    for _ in range(240):
        new_one, new_two = shuffled_ties(one, two, rng=rng)
        seen.append(tuple(new_two[np.argsort(new_one)].tolist()))
    _, counts = np.unique(seen[1:], axis=0, return_counts=True)
    assert counts.size == 15
    assert ((counts - 16) ** 2 / 16).sum() < 36.1  # chi-square, 14 degrees, p = 0.001


@pytest.mark.parametrize(
    "ties",
    [
        [],
        [(0, 1)],
        [(0, 1), (1, 0)],
        [(a, b) for a in range(7) for b in range(7) if a != b],  # complete
        [(0, b) for b in range(1, 50)],  # a star
        [(b, 0) for b in range(1, 50)] + [(0, b) for b in range(1, 50)],
    ],
)
def test_a_graph_that_knows_no_other_comes_back(ties):
    one, two = columns(ties, 2)
    new_one, new_two = shuffled_ties(one, two, rng=np.random.default_rng(1))
    assert n_same_ties(one, two, new_one, new_two) == one.size
    assert new_two.tolist() == two.tolist()


@pytest.mark.parametrize("ties", [[(0, 0)], [(0, 1), (0, 1)], [(-1, 0)], [(0, 3)]])
def test_ties_that_are_none_are_refused(ties):
    one, two = columns(ties, 2)
    with pytest.raises(DataError, match=r"shuffled_ties: a tie .* Next: leave such ties out"):
        shuffled_ties(one, two, rng=np.random.default_rng(1), n_people=3)


def test_the_same_ties_are_counted_in_whatever_row():
    one, two = np.array([0, 1, 2]), np.array([1, 2, 0])
    assert n_same_ties(one, two, one[::-1], two[::-1]) == 3
    assert n_same_ties(one, two, two, one) == 0


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 60), st.integers(0, 5))
def test_nobody_keeps_their_place(n, seed):
    order = derangement(n, np.random.default_rng(seed))
    assert sorted(order.tolist()) == list(range(n))
    assert n == 1 or not (order == np.arange(n)).any()


def test_every_cycle_is_as_likely():
    rng = np.random.default_rng(1)
    _, counts = np.unique([derangement(4, rng) for _ in range(600)], axis=0, return_counts=True)
    assert counts.size == 6
    assert ((counts - 100) ** 2 / 100).sum() < 20.5  # chi-square, 5 degrees, p = 0.001


def test_rows_of_any_kind_are_dealt_out():
    order = np.array([2, 0, 1])
    assert shuffled_rows(["a", "b", "c"], order) == ["c", "a", "b"]
    assert shuffled_rows(("a", "b", "c"), order) == ("c", "a", "b")
    assert shuffled_rows(np.eye(3), order).argmax(axis=1).tolist() == [2, 0, 1]
    assert shuffled_rows(sparse.csr_array(np.eye(3)), order).indices.tolist() == [2, 0, 1]
    assert shuffled_rows(pl.Series(["a", "b", "c"]), order).to_list() == ["c", "a", "b"]
    assert shuffled_rows(pl.DataFrame({"x": [1, 2, 3]}), order)["x"].to_list() == [3, 1, 2]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(numbers, st.integers(0, 2), numbers)), st.integers(0, 5))
def test_a_relation_keeps_its_tails(facts, seed):
    head, relation, tail = columns(facts, 3)
    new = random_knowledge(head, relation, tail, rng=np.random.default_rng(seed))
    for r in range(3):
        assert sorted(new[relation == r].tolist()) == sorted(tail[relation == r].tolist())
    again = random_knowledge(head, relation, tail, rng=np.random.default_rng(seed))
    assert new.tolist() == again.tolist()


def test_random_knowledge_says_nothing_and_doubles_nothing():
    rng = np.random.default_rng(5)
    head = np.repeat(np.arange(1000), 3)
    weight = 1 / np.arange(1, 19)
    tail = np.concatenate(
        [rng.choice(18, 3, replace=False, p=weight / weight.sum()) for _ in range(1000)]
    )
    relation = (tail >= 9).astype(np.int64)
    new = random_knowledge(head, relation, tail, rng=rng)
    assert np.unique(head * 18 + new).size == head.size
    by_chance = sum((np.bincount(tail[relation == r]) ** 2).sum() / (relation == r).sum() for r in (0, 1))  # fmt: skip
    assert (new == tail).sum() == pytest.approx(by_chance, rel=0.25)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(numbers, numbers)), st.integers(0, 5))
def test_items_keep_how_popular_they_are(events, seed):
    person, item = columns(events, 2)
    new = shuffled_targets(person, item, rng=np.random.default_rng(seed))
    assert sorted(new.tolist()) == sorted(item.tolist())
    again = shuffled_targets(person, item, rng=np.random.default_rng(seed))
    assert new.tolist() == again.tolist()


def test_shuffled_targets_take_taste_away():
    # even people like even items, and nothing is doubled
    person, item = (side.ravel() for side in np.indices((60, 200)))
    liked = (person % 2 == item % 2) & (np.random.default_rng(6).random(person.size) < 0.3)
    person, item = person[liked], item[liked]
    new = shuffled_targets(person, item, rng=np.random.default_rng(6))
    assert np.unique(person * 200 + new).size == person.size
    assert (person % 2 == new % 2).mean() == pytest.approx(0.5, abs=0.04)
