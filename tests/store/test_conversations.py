"""Conversations in the store: appended to by one writer at a time, and gone with their person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.core.conversation import Conversation, Said
from zhiyin.core.records import Person
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
