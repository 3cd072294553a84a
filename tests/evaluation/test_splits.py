from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.history import NO_TIME
from zhiyin.errors import SettingsError
from zhiyin.evaluation.cold_start import cold_items, cold_people
from zhiyin.evaluation.folds import k_fold
from zhiyin.evaluation.splits import global_time, leave_one_out, per_person_random, split

events = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.one_of(st.just(NO_TIME), st.integers(0, 50)))
)


def columns(rows):
    table = np.array(rows, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def test_time_cuts_at_one_moment_for_everybody():
    person = np.array([0, 1, 0, 1, 0, 1, 0, 2, 1, 0])
    item = np.array([0, 0, 1, 1, 2, 2, 1, 0, 9, 0])
    time_us = np.arange(10) * 10
    parts = global_time(person, item, time_us, fraction=0.4)
    assert (parts.name, parts.cut_us) == ("global_time", 60)
    assert np.flatnonzero(parts.train).tolist() == [0, 1, 2, 3, 4, 5, 6]
    # person 2 and item 9 are not known before the cut
    assert np.flatnonzero(parts.test).tolist() == [9]
    assert np.flatnonzero(parts.cold_person).tolist() == [7]
    assert np.flatnonzero(parts.cold_item).tolist() == [8]


def test_what_is_new_on_both_sides_is_in_no_mask():
    new = np.array([0, 0, 5])
    parts = global_time(new, new, np.array([1, 2, 3]), fraction=0.5)
    for mask in (parts.train, parts.test, parts.cold_item, parts.cold_person):
        assert mask.tolist() == [mask is parts.train] * 2 + [False]


def test_without_times_or_at_random_nothing_is_put_aside():
    person, item = np.zeros(5, np.int64), np.arange(5)
    for parts in (
        global_time(person, item, np.full(5, NO_TIME)),
        per_person_random(person, item),  # whose hidden item is unknown to training
    ):
        assert (parts.train ^ parts.test).all()
        assert parts.cold_item.tolist() == parts.cold_person.tolist() == [False] * 5


@settings(deadline=None, max_examples=25)
@given(events)
def test_by_time_nothing_held_out_is_older_than_training(rows):
    person, item, time_us = columns(rows)
    parts = global_time(person, item, time_us)
    assert not (parts.train & parts.test).any()
    assert parts.train[time_us == NO_TIME].all()
    if parts.test.any():
        assert time_us[parts.test].min() > time_us[parts.train].max()
        assert set(person[parts.test]) <= set(person[parts.train])
        assert set(item[parts.test]) <= set(item[parts.train])


@settings(deadline=None, max_examples=25)
@given(events, st.integers(0, 5))
def test_at_random_each_person_gives_up_the_stated_number_of_items(rows, seed):
    person, item, _ = columns(rows)
    parts = per_person_random(person, item, seed=seed)
    assert (parts.train ^ parts.test).all()
    for who in set(person.tolist()):
        own = {i for p, i in zip(person.tolist(), item.tolist(), strict=True) if p == who}
        hidden = set(item[parts.test & (person == who)].tolist())
        kept = set(item[parts.train & (person == who)].tolist())
        assert not hidden & kept  # events of a pair stay together
        expected = 0 if len(own) == 1 else max(1, int(len(own) * 0.2 + 0.5))
        assert len(hidden) == expected


def test_the_seed_decides_what_is_hidden():
    person, item = np.zeros(40, np.int64), np.arange(40)
    one, again, other = (per_person_random(person, item, seed=s).test for s in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_split_cuts_by_time_only_where_time_is_known_and_people_come_back():
    person = np.tile(np.arange(40), 10)
    item = np.repeat(np.arange(10), 40) % 7
    time_us = np.arange(400)
    assert split(person, item, time_us).name == "global_time"
    unknown = np.where(np.arange(400) % 5 == 0, NO_TIME, time_us)
    assert split(person, item, unknown).name == "per_person_random"
    once = np.arange(400)  # nobody comes back: nobody could be judged by time
    assert split(once, item, time_us).name == "per_person_random"
    assert split(*columns([])).name == "per_person_random"


@settings(deadline=None, max_examples=25)
@given(events)
def test_after_the_cut_the_cold_know_one_side_and_test_knows_both(rows):
    person, item, time_us = columns(rows)
    parts = global_time(person, item, time_us)
    people, items = set(person[parts.train]), set(item[parts.train])
    for e in np.flatnonzero(~parts.train):
        known = (person[e] in people, item[e] in items)
        assert time_us[e] > parts.cut_us
        assert parts.test[e] == (known == (True, True))
        assert parts.cold_item[e] == (known == (True, False))
        assert parts.cold_person[e] == (known == (False, True))
    assert not (parts.train & (parts.cold_item | parts.cold_person)).any()


def again(splitter, parts, *table):
    """Split the train part once more; the inner masks are over the whole table."""
    at = np.flatnonzero(parts.train)
    inner = splitter(*(column[at] for column in table))
    masks = np.zeros((2, parts.train.size), bool)
    masks[0, at], masks[1, at] = inner.train, inner.test
    return masks


# Few people and items, so that most examples have something in all three parts.
dense = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 99)), min_size=20, max_size=60
)


@settings(deadline=None, max_examples=25)
@given(dense)
def test_cutting_by_time_twice_gives_train_before_validation_before_test(rows):
    person, item, time_us = columns(rows)
    outer = global_time(person, item, time_us)
    train, validation = again(global_time, outer, person, item, time_us)
    assert not (validation & outer.test).any()
    if validation.any():
        assert time_us[train].max() < time_us[validation].min()
        assert time_us[validation].max() <= outer.cut_us
    if outer.test.any():
        assert outer.cut_us < time_us[outer.test].min()


def test_three_parts_by_time_by_hand():
    person, item, time_us = np.arange(100) % 3, np.arange(100) % 2, np.arange(100)
    outer = global_time(person, item, time_us)
    train, validation = again(global_time, outer, person, item, time_us)
    ends = [np.flatnonzero(mask)[[0, -1]].tolist() for mask in (train, validation, outer.test)]
    assert (ends, outer.cut_us) == ([[0, 64], [65, 80], [81, 99]], 80)


def test_the_last_of_each_person_is_left_out_and_ties_go_by_position():
    person = np.array([0, 1, 0, 0, 2, 1])
    order = np.array([5, 7, 9, 9, 1, NO_TIME])
    # person 0: the second of two at 9; person 1: what has no time is earliest; person 2 has one only
    assert np.flatnonzero(leave_one_out(person, order).test).tolist() == [1, 3]
    assert leave_one_out(person, order).name == "leave_one_out"


@settings(deadline=None, max_examples=25)
@given(events)
def test_leaving_one_out_twice_gives_all_but_two_then_one_then_one(rows):
    person, _, time_us = columns(rows)
    outer = leave_one_out(person, time_us)
    train, validation = again(leave_one_out, outer, person, time_us)
    for who in set(person.tolist()):
        own = sorted(np.flatnonzero(person == who), key=lambda e: (time_us[e], e))
        parts = [sorted(set(own) & set(np.flatnonzero(m))) for m in (train, validation, outer.test)]
        if len(own) >= 3:
            assert parts == [sorted(own[:-2]), [own[-2]], [own[-1]]]
        else:
            assert parts == [own[:1], [], own[1:]]


@settings(deadline=None, max_examples=25)
@given(events, st.integers(2, 6), st.integers(0, 5))
def test_each_pair_is_held_out_in_one_fold_and_people_are_spread_evenly(rows, k, seed):
    person, item, _ = columns(rows)
    folds = k_fold(person, item, k, seed)
    assert len(folds) == k
    held = []
    for fold in folds:
        assert (fold.train ^ fold.test).all()
        pairs = set(zip(person[fold.test], item[fold.test], strict=True))
        assert not pairs & set(zip(person[fold.train], item[fold.train], strict=True))
        held.append(pairs)
    assert sum(map(len, held)) == len(set.union(*held)) == len({row[:2] for row in rows})
    sizes = [len(pairs) for pairs in held]
    assert max(sizes) - min(sizes) <= 1
    for who in set(person.tolist()):
        own = [sum(owner == who for owner, _ in pairs) for pairs in held]
        assert max(own) - min(own) <= 1


def test_a_fold_is_drawn_by_the_seed_and_not_by_a_person_s_number():
    person, item = np.arange(40), np.zeros(40, np.int64)
    one, again_one, other = (k_fold(person, item, 2, seed)[0].test for seed in (1, 1, 2))
    assert (one == again_one).all()
    assert (one != other).any()
    assert len(set(person[one] % 2)) == 2


def test_one_fold_is_refused():
    with pytest.raises(SettingsError, match="k is 1"):
        k_fold(np.zeros(3, np.int64), np.arange(3), k=1)


@pytest.mark.parametrize("cold", [cold_items, cold_people])
@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(0, 30)),
    st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    st.integers(0, 5),
    st.data(),
)
def test_the_cold_are_held_out_whole(cold, values, fraction, seed, data):
    column = np.array(values, np.int64)
    parts = cold(column, fraction, seed)
    assert parts.name == cold.__name__
    assert (parts.train ^ parts.test).all()
    hidden, kept = set(column[parts.test].tolist()), set(column[parts.train].tolist())
    assert not hidden & kept
    n = len(hidden | kept)
    assert len(hidden) == (0 if n < 2 else min(n - 1, max(1, int(n * fraction + 0.5))))
    shuffled = np.array(data.draw(st.permutations(values)), np.int64)
    assert set(shuffled[cold(shuffled, fraction, seed).test].tolist()) == hidden


def test_which_are_cold_is_drawn_by_the_seed():
    column = np.arange(40)
    assert (cold_items(column, seed=1).test != cold_items(column, seed=2).test).any()
