"""What people allow is known at once, and read again only where it changed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.records import Event, Person, Tie
from zhiyin.portraits.consents import Consents
from zhiyin.privacy.consent import COUNTED, HIDDEN, NAMED, level
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def say(store, person, social):
    told = {} if social is None else {"social": social}
    store.write("users", frame([Person(person, attributes=told)]))


def test_a_change_counts_at_once_on_both_databases(store_url):
    with Store.open(store_url) as store:
        say(store, "an", "hidden")
        store.write("events", frame([Event("bo", "tea")]))
        say(store, "cy", "named")
        consents = Consents(store)
        assert consents([2, 1, 0, 99]).tolist() == [NAMED, COUNTED, HIDDEN, COUNTED]
        say(store, "bo", "hidden")
        say(store, "di", "hidden")
        say(store, "an", "counted")
        assert consents([0, 1, 2, 3]).tolist() == [COUNTED, HIDDEN, NAMED, HIDDEN]
        assert consents([]).shape == (0,)
        assert consents.closed(2, np.empty(0, np.int64)).tolist() == [1, 3]


@pytest.mark.parametrize("ends", [("an", "bo"), ("bo", "an")])
@pytest.mark.parametrize("tie", [{"kind": "block"}, {"kind": "mute"}, {"kind": "friend", "strength": -1.0}])  # fmt: skip
def test_a_tie_against_hides_two_from_each_other_and_from_nobody_else(store_url, ends, tie):
    with Store.open(store_url) as store:
        for person in ("an", "bo", "cy"):
            say(store, person, "named")
        consents, all_ = Consents(store), np.arange(3)
        assert consents(all_, 0).tolist() == [NAMED] * 3
        store.write("ties", frame([Tie(*ends, **tie)]))
        assert consents(all_, 0).tolist() == [NAMED, HIDDEN, NAMED]
        assert consents(all_, 1).tolist() == [HIDDEN, NAMED, NAMED]
        assert consents(all_, 2).tolist() == consents(all_).tolist() == [NAMED] * 3
        assert consents.closed(0, all_).tolist() == [1]


def test_a_change_that_could_not_be_taken_in_is_not_forgotten(tmp_path, monkeypatch):
    with Store.open(tmp_path / "shop.db") as store:
        say(store, "an", "named")
        consents = Consents(store)
        assert consents([0]).tolist() == [NAMED]
        say(store, "an", "hidden")
        with monkeypatch.context() as patched:
            patched.setattr("zhiyin.portraits.consents.level", _failing)
            with pytest.raises(MemoryError):
                consents([0])
        assert consents([0]).tolist() == [HIDDEN]


def _failing(attributes):
    raise MemoryError


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([None, "hidden", "named", "x"]))))
def test_it_never_differs_from_what_the_store_says(tmp_path_factory, changes):
    with Store.open(tmp_path_factory.mktemp("consents") / "shop.db") as store:
        consents = Consents(store)
        for person, social in changes:
            say(store, f"u{person}", social)
            said = store.people.attributes(range(6))
            assert consents(np.arange(6)).tolist() == [level(one) for one in said]
