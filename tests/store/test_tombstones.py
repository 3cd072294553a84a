"""A store knows whom it must not take back, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.store.full_store import RECORDS
from zhiyin.core.entity import Kind
from zhiyin.core.records import Chat, Event, Post, Tie
from zhiyin.store.erasure import Erasure
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
from zhiyin.store.tombstones import digest

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOW_US = int(NOW.timestamp() * 1e6)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as store:
        for kind, records in RECORDS.items():
            store.write(kind, frame(records))
        yield store


def test_erasing_and_refusing(store: Store) -> None:
    number = store.number(Kind.PERSON, "an")
    assert number is not None
    person, salt = store.erasure.leaving(number, "an")
    assert [key for _, key in person.posts] == ["p1"]
    assert person.conversations == ("c1",)
    assert person.pseudonym == digest(salt, Kind.PERSON, "an")
    done = {one.holder: one.rows for one in store.erasure.erase(person, salt, NOW_US)}
    assert done["events"] == 3
    assert done["ties"] == 2
    assert done["interactions"] == 2
    assert done["chats"] == 2
    assert done["facts"] == 2
    assert set(done) <= set(Erasure.holds())
    assert store.number(Kind.PERSON, "an") is None
    store.erasure.overwrite()
    for kind, records in RECORDS.items():
        assert "users" not in store.write(kind, frame(records)).accepted
    assert store.number(Kind.PERSON, "an") is None
    later = [Event("an", "pot", time=NOW + timedelta(microseconds=shift)) for shift in (0, 1)]
    written = store.write("events", frame(later))
    assert (written.accepted["events"], written.refused) == (1, 1)
    assert store.check() == []


def test_hashes_of_one_store_have_one_key(store: Store) -> None:
    number = store.number(Kind.PERSON, "an")
    assert number is not None
    person, salt = store.erasure.leaving(number, "an")
    store.erasure.erase(person, salt, NOW_US)
    last = store.erasure.tombstones.last("an")
    assert last is not None
    assert (last.salt, last.number, last.receipt) == (salt, number, None)
    assert store.erasure.tombstones.people_since(NOW_US) == [number]
    assert store.erasure.tombstones.people_since(NOW_US + 1) == []
    assert store.erasure.leaving(1, "bo")[1] == salt
    assert store.erasure.find(salt, digest(salt, Kind.PERSON, "bo")) is not None


def test_what_was_dated_ahead_does_not_come_back_and_what_comes_later_does(store: Store) -> None:
    number = store.number(Kind.PERSON, "an")
    assert number is not None
    ahead = NOW + timedelta(hours=20)
    told = [Event("an", "pot", time=ahead, event_id="ahead"), Event("bo", "pot", time=ahead)]
    store.write("events", frame(told))
    store.write("ties", frame([Tie("cy", "an", time=ahead - timedelta(hours=1))]))
    store.write("posts", frame([Post("p-ahead", "an", "pot", text="x", time=ahead)]))
    store.write("chats", frame([Chat("c1", "agent", "dear an", time=ahead)]))
    person, salt = store.erasure.leaving(number, "an")
    store.erasure.erase(person, salt, NOW_US)
    unnamed = [Event("an", "pot", time=ahead)]
    assert store.write("events", frame([*told, *unnamed])).refused == 2
    assert (
        store.write("ties", frame([Tie("cy", "an", time=ahead - timedelta(hours=1))])).refused == 1
    )
    assert (
        store.write("posts", frame([Post("p-ahead", "an", "pot", text="x", time=ahead)])).refused
        == 1
    )
    assert store.write("chats", frame([Chat("c1", "agent", "dear an", time=ahead)])).refused == 1
    assert store.number(Kind.PERSON, "an") is None
    new = [Event("an", "pot", time=NOW + timedelta(hours=n)) for n in range(1, 19)]
    written = store.write("events", frame(new))
    assert (written.accepted["events"], written.accepted["users"], written.refused) == (18, 1, 0)
    assert store.write("events", frame(told)).refused == 1
    assert store.write("events", frame([Event("bo", "pot", time=ahead)])).refused == 0
