"""Whom somebody trusts by whose word, and what is told of those between."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.portraits.test_people import society_of
from zhiyin.core.records import Event, Person, Tie
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.portraits.people import People
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

TIME = datetime(2025, 3, 1, tzinfo=UTC)
TIES = [
    Tie("an", "bo", "trust"), Tie("bo", "cy", "trust"), Tie("cy", "di", "trust"), Tie("di", "ed", "trust"),
    Tie("bo", "an", "friend"),
]  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("events", frame([Event(user, "tea", time=TIME) for user in ("an", "bo")]))
        store.write("ties", frame(TIES))
        yield store


@pytest.fixture
def people(store):
    society = society_of(store)
    return People(store, lambda: society)


def allow(store, **social):
    told = [Person(user, attributes={"social": word}) for user, word in social.items()]
    store.write("users", frame(told))


def paths(people, user="an"):
    return {one["user"]: one["path"] for one in people.trusted(user)}


def test_the_most_trusted_come_first_and_their_trust_falls_with_each_step(people):
    found = people.trusted("an")
    assert [one["user"] for one in found] == ["bo", "cy", "di", "ed"]
    assert found[0]["trust"] == pytest.approx(0.9)
    for nearer, further in pairwise(found):
        assert further["trust"] == pytest.approx(0.85 * nearer["trust"], rel=0.02)
    assert people.trusted("an", n=2) == found[:2]
    assert people.trusted("ed") == []


def test_who_vouches_is_told_only_where_all_between_and_the_person_let_themselves_be_named(
    people, store
):
    assert paths(people) == {"bo": ["an", "bo"], "cy": None, "di": None, "ed": None}
    allow(store, bo="named", cy="named")
    assert paths(people)["cy"] is None
    allow(store, an="named")
    told = {"bo": ["an", "bo"], "cy": ["an", "bo", "cy"], "di": ["an", "bo", "cy", "di"]}
    assert paths(people) == {**told, "ed": None}  # nobody vouches for it within three steps
    allow(store, cy="counted")
    assert paths(people)["di"] is None
    assert paths(people)["cy"] == told["cy"]


def test_who_hides_is_not_there(people, store):
    allow(store, an="named", bo="hidden", cy="named")
    assert paths(people) == {"cy": None, "di": None, "ed": None}


@pytest.mark.parametrize("kind", ["block", "mute", "distrust"])
def test_who_is_against_the_person_or_the_other_way_round_is_gone_at_once(people, store, kind):
    allow(store, an="named", bo="named", cy="named")
    store.write("ties", frame([Tie("an", "bo", kind), Tie("di", "an", kind)]))
    assert paths(people) == {"cy": None, "ed": None}


def test_who_is_not_known_and_what_was_not_learned(people, store):
    with pytest.raises(UnknownEntity, match="nobody has the id xx"):
        people.trusted("xx")
    for ask in (lambda nothing: nothing.trusted("an"), People.network, People.influence):
        with pytest.raises(NotFound, match="zhiyin train"):
            ask(People(store, lambda: None))
