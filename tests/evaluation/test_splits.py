from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.splits import global_time, per_person_random, split

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
