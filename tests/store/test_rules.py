"""Rules as a log: what stands, and all that was ever done."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from zhiyin.core.rule import Rule
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.store.dump_file import DumpReader
from zhiyin.store.store import Store

START = datetime(2026, 11, 25, 8, tzinfo=timezone(timedelta(hours=8)))
RULE = Rule(
    "boost", 'category = "茶" and price < 50', ("home", "feed"), strength=-0.25, valid_from=START,
    valid_until=START + timedelta(days=7), set_by="li", note="新茶 '\"",
)  # fmt: skip


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def test_a_rule_comes_back_as_it_was_said(store):
    assert (store.rules.revision(), store.rules.standing()) == (0, [])
    before = datetime.now(UTC)
    added = store.rules.add(RULE)
    [stood] = store.rules.standing()
    assert stood == added
    assert before <= stood.set_at <= datetime.now(UTC)
    for name in ("kind", "where", "surfaces", "strength", "valid_from", "valid_until", "note"):
        assert getattr(stood, name) == getattr(RULE, name)
    assert store.rules.rule(added.id) == added


def test_the_log_holds_who_did_what(store):
    from dataclasses import replace

    first, second = store.rules.add(RULE), store.rules.add(Rule("bury", "stock < 3", set_by="an"))
    store.rules.change(replace(first, strength=1.0, valid_until=None, set_by="wang"))
    store.rules.remove(second.id, "bo")
    assert [rule.id for rule in store.rules.standing()] == [first.id]
    told = [
        (one.act, one.rule.id, one.rule.set_by, one.rule.strength) for one in store.rules.changes()
    ]
    assert told == [
        ("added", first.id, "li", -0.25),
        ("added", second.id, "an", None),
        ("changed", first.id, "wang", 1.0),
        ("removed", second.id, "bo", None),
    ]
    assert [one.act for one in store.rules.changes(second.id)] == ["added", "removed"]
    assert store.rules.revision() == 4
    times = [one.rule.set_at for one in store.rules.changes()]
    assert times == sorted(times)


def test_what_does_not_stand_cannot_be_changed_and_nobody_is_nobody(store):
    from dataclasses import replace

    gone = store.rules.add(RULE)
    store.rules.remove(gone.id, "li")
    for change in (
        lambda: store.rules.remove(gone.id, "li"),
        lambda: store.rules.change(gone),
        lambda: store.rules.rule("never"),
    ):
        with pytest.raises(UnknownEntity, match="zhiyin rules list"):
            change()
    with pytest.raises(InvalidRecord, match="nobody says so"):
        store.rules.add(replace(RULE, set_by=" "))
    assert [one.act for one in store.rules.changes()] == ["added", "removed"]


def test_one_last_changed_stands_at_the_end(store):
    first, second = store.rules.add(RULE), store.rules.add(RULE)
    store.rules.change(first)
    assert [rule.id for rule in store.rules.standing()] == [second.id, first.id]


def test_a_restored_store_has_the_rules_and_their_past(store, tmp_path):
    kept, gone = store.rules.add(RULE), store.rules.add(RULE)
    store.rules.remove(gone.id, "bo")
    store.dump(tmp_path / "dump.zip")
    with Store.open(tmp_path / "other.db") as other, DumpReader(tmp_path / "dump.zip") as dump:
        other.restore(dump)
        assert other.rules.standing() == [kept]
        assert other.rules.changes() == store.rules.changes()
        assert other.rules.revision() == store.rules.revision()


def test_another_process_sees_it_at_once(store, store_url):
    with Store.open(store_url) as other:
        assert other.rules.revision() == 0
        added = store.rules.add(RULE)
        assert other.rules.revision() == 1
        assert other.rules.standing() == [added]
