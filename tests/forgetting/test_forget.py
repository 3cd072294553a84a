"""Forgetting takes a person out of every byte, answer and list; others keep what is theirs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from tests.forgetting.conftest import NOON, REVIEW, WHO, fill
from zhiyin.core import Kind
from zhiyin.core.impression import Impression
from zhiyin.core.records import Event, Fact, Person, Post, Tie
from zhiyin.core.searched import Searched
from zhiyin.errors import UnknownEntity
from zhiyin.shop import Shop
from zhiyin.store.frames import frame
from zhiyin.store.schema import METADATA

SECRETS = (WHO, "Quibble", "dribbles", "lacquered teapot")


def bytes_of(home: Path) -> bytes:
    """Return every byte of every file of a home."""
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def rows_of(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    with shop.store._database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in METADATA.sorted_tables
        }


def test_nothing_of_the_person_is_left_in_any_byte_of_the_home(full: Shop, home: Path) -> None:
    before = bytes_of(home)
    assert all(secret.encode() in before for secret in SECRETS)
    receipt = full.forget(WHO)
    after = bytes_of(home)
    assert [secret for secret in SECRETS if secret.encode() in after] == []
    full.close()
    assert [secret for secret in SECRETS if secret.encode() in bytes_of(home)] == []
    assert WHO not in json.dumps(receipt)


def test_every_holder_says_how_much_went(full: Shop) -> None:
    done = {one["holder"]: one["rows"] for one in full.forget(WHO)["holders"]}
    assert done == {
        "vectors": 1, "quarantine": 1, "language": 0, "files": 0, "events": 8, "ties": 4, "interactions": 2,
        "posts": 1, "chats": 2, "facts": 2, "impressions": 1, "searches": 1, "orders": 1, "returns": 1, "turns": 1, "conversations": 1, "answers": 0, "rules": 0, "state": 2,
        "entities": 2, "snapshots": 2, "memory": 0, "free space": 0,
    }  # fmt: skip


def test_no_row_holds_the_number_and_others_keep_theirs(full: Shop) -> None:
    before = rows_of(full)
    full.forget(WHO)
    after = rows_of(full)
    for name, column in (("events", 2), ("interactions", 2), ("impressions", 2), ("searches", 2)):
        assert 0 not in [row[column] for row in after[name]]
        assert set(after[name]) <= set(before[name])
    people = [row for row in after["entities"] if row[0] == int(Kind.PERSON)]
    assert len(people) == 12
    assert [row[12] for row in people if row[1] == 0] == ['{"social":"hidden"}']
    assert [row for row in before["posts"] if row[2] != 0] == after["posts"]
    assert full.store.check() == []


def test_nobody_is_found_served_or_exported_under_the_id(full: Shop, tmp_path: Path) -> None:
    friend = "u0"
    assert WHO in [one["user"] for one in full.people.ties(friend, n=20)]
    full.forget(WHO)
    assert full.store.number(Kind.PERSON, WHO) is None
    assert WHO not in [one["user"] for one in full.people.ties(friend, n=20)]
    with pytest.raises(UnknownEntity):
        full.people.portrait(WHO, language="en")
    full.store.export(tmp_path / "out", "jsonl", only=())
    told = bytes_of(tmp_path / "out")
    assert WHO.encode() not in told
    users = (tmp_path / "out" / "users.jsonl").read_text().splitlines()
    assert len(users) == 11
    assert full.store.entities.after(Kind.PERSON, -1, 100).height == 11
    page = full.recommend(WHO, n=5)
    assert len(page.items) == 5  # as anybody unknown
    assert not page.degraded


def test_snapshots_hold_nobody_by_number_and_rollback_brings_nobody_back(full: Shop) -> None:
    full.forget(WHO)
    assert full.version == full.snapshots.current()
    for version in full.snapshots.versions():
        arrays = full.snapshots.open(version).arrays
        assert 0 not in arrays["society.closeness.one"]
        assert 0 not in arrays["society.closeness.two"]
        assert 0 not in arrays["society.posts.author"]
        assert arrays["society.table.events"][0] == 0
        assert not np.any(arrays["society.table.vectors"][0])
        assert arrays["society.community"][0] == -1
        for name in arrays:
            if name.endswith(("rows_indptr", "ties_indptr", "tied_indptr", "member_indptr")):
                assert arrays[name][1] == 0, name
            if name.endswith(("ties_indices", "tied_indices")):
                assert 0 not in arrays[name], name
    full.snapshots.rollback()
    full.reload()
    assert full.recommend("u0", n=3).items


def test_twice_is_once_and_nobody_is_nobody(full: Shop) -> None:
    assert full.forget(WHO) == full.forget(WHO)
    assert len(full.forgetting.receipts()) == 1
    with pytest.raises(UnknownEntity, match="nobody has the id"):
        full.forget("who?")


def test_what_was_cut_off_after_the_tables_is_finished_by_the_next_time(
    full: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(people: object, *, but: object = None) -> tuple[int, str]:
        raise OSError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(full.forgetting._learned, "without", fails)
        with pytest.raises(OSError, match="no space"):
            full.forget(WHO)
    assert full.forgetting._learned.holding([0])
    receipt = full.forget(WHO)
    assert receipt["snapshots_holding"] == []
    assert not full.forgetting._learned.holding([0])


def test_what_was_on_its_way_is_refused(full: Shop) -> None:
    full.forget(WHO)
    late = [
        Impression("r9", 0, "home", 9, (0,), (0.1,)),
        Impression("r10", 1, "home", 9, (0,), (0.1,)),
    ]
    assert full.store.record_impressions(late) == 1
    late_searches = [Searched("s9", 0, "lacquered", 1, 5), Searched("s8", None, "pot", 1, 5)]
    assert full.store.searches.record(late_searches) == 1


def test_old_files_do_not_bring_the_person_back(full: Shop) -> None:
    full.forget(WHO)
    before = rows_of(full)
    fill(full)
    assert full.store.number(Kind.PERSON, WHO) is None
    assert full.store.number(Kind.POST, f"p-{WHO}") is None
    after = rows_of(full)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    written = full.store.write("users", frame([Person(WHO), Person("new")]))
    assert (written.accepted, written.duplicates, written.refused) == ({"users": 1}, 0, 1)
    quoting = [
        Fact("i1", "opinion.x", "negative", "item", "u1", "Quibble", f"post:p-{WHO}", "rule")
    ]
    assert full.store.write("facts", frame(quoting)).refused == 1
    undated = [Tie("u1", WHO), Tie("u1", "u2", "friend")]
    assert full.store.write("ties", frame(undated)).refused == 1


def test_who_comes_again_is_a_new_person(full: Shop) -> None:
    full.forget(WHO)
    full.record([Event(WHO, "i3", "click")])
    number = full.store.number(Kind.PERSON, WHO)
    assert number == 12
    assert full.store.history(number).items.tolist() == [3]
    assert full.store.write("users", frame([Person(WHO, attributes={"city": "x"})])).refused == 0
    old = [Event(WHO, "i5", "purchase", time=NOON + timedelta(days=1))]
    assert full.store.write("events", frame(old)).refused == 1
    post = [Post(f"p-{WHO}", WHO, "i1", text=REVIEW, time=NOON)]
    assert full.store.write("posts", frame(post)).refused == 1
    full.forget(WHO)
    assert full.store.number(Kind.PERSON, WHO) is None
    assert len(full.forgetting.receipts()) == 2
    full.record([Event(WHO, "i3", "click")])
    assert full.store.number(Kind.PERSON, WHO) == 13


def test_an_untrained_shop_forgets_too(home: Path) -> None:
    with Shop.open(home) as shop:
        shop.record([Event(WHO, "tea")])
        receipt = shop.forget(WHO)
    assert receipt["weights"] == "none"
    assert WHO.encode() not in bytes_of(home)
