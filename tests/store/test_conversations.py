"""Conversations in the store: appended to by one writer at a time, and gone with their person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.core.conversation import Conversation, Said
from zhiyin.core.records import Chat, Person
from zhiyin.errors import Conflict, UnknownEntity
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

MAY = datetime(2026, 5, 1, tzinfo=UTC)
TALK = Conversation("k1", "an", MAY, MAY, {"topic": "return"})


def filled(path: Path) -> Store:
    """Return a store with one person and one conversation."""
    store = Store.open(path / "shop.db")
    store.write("users", frame([Person("an")]))
    store.conversations.open(TALK)
    return store


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        assert store.conversations.one("k1") == TALK
        store.conversations.append(replace(TALK, lane="human", priority=0.5), [Said("shopper", "茶?", MAY, {"a": 1})])  # fmt: skip
        assert store.conversations.turns("k1") == [Said("shopper", "茶?", MAY, {"a": 1}, 0)]
        assert store.conversations.one("k1") == replace(TALK, lane="human", priority=0.5, n_turns=1)
        assert store.conversations.one("k2") is None
        assert store.conversations.turns("k2") == []


def test_who_read_before_another_wrote_must_read_again(tmp_path: Path) -> None:
    with filled(tmp_path) as first, Store.open(tmp_path / "shop.db") as second:
        read = second.conversations.one("k1")
        assert read is not None
        first.conversations.append(TALK, [Said("shopper", "one", MAY)])
        with pytest.raises(Conflict):
            second.conversations.append(read, [Said("assistant", "two", MAY)])
        assert [one.text for one in second.conversations.turns("k1")] == ["one"]


def test_an_id_is_opened_once_and_what_was_never_opened_takes_no_turn(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        with pytest.raises(Conflict):
            store.conversations.open(TALK)
        with pytest.raises(UnknownEntity):
            store.conversations.append(replace(TALK, id="k2"), [Said("shopper", "x", MAY)])


def test_a_lane_is_listed_by_urgency_then_by_waiting(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        for name, priority in (("a", 0.1), ("b", 0.9), ("c", 0.1)):
            store.conversations.open(
                Conversation(name, None, MAY, MAY, lane="human", priority=priority)
            )
        assert [one.id for one in store.conversations.listed("human")] == ["b", "a", "c"]


def test_the_newest_come_with_their_turns_the_oldest_of_them_first(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        for day in (2, 3):
            told = Conversation(f"k{day}", None, MAY, MAY)
            store.conversations.open(told)
            said = [Said("shopper", f"day {day}", MAY), Said("agent", "yes", MAY)]
            store.conversations.append(replace(told, updated=MAY.replace(day=day)), said)
        newest = store.conversations.newest(2)
        assert [one.id for one, _ in newest] == ["k2", "k3"]
        assert [[turn.text for turn in said] for _, said in newest] == [["day 2", "yes"], ["day 3", "yes"]]  # fmt: skip
        assert [one.id for one, _ in store.conversations.newest(9)] == ["k1", "k2", "k3"]


def test_marks_change_with_replies_of_people_and_with_what_is_imported(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        assert store.conversations.marks() == ((0, 0), (0, 0))
        store.conversations.append(TALK, [Said("shopper", "tea?", MAY)])
        assert store.conversations.marks() == ((0, 0), (0, 0))
        store.conversations.append(replace(TALK, n_turns=1), [Said("agent", "yes", MAY)])
        store.write("chats", frame([Chat("c1", "agent", "hello", "an")]))
        own, imported = store.conversations.marks()
        assert (own[1], imported[1]) == (1, 1)
        assert min(own[0], imported[0]) > 0
