"""API keys and the audit log in the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from zhiyin.core.acting import acting_as
from zhiyin.errors import Conflict, InvalidRecord, StoreError, UnknownEntity
from zhiyin.store import schema
from zhiyin.store.dump_file import DumpReader
from zhiyin.store.engine import Database
from zhiyin.store.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def test_a_key_is_found_by_its_secret_alone(store):
    assert store.api_keys.is_empty()
    key, secret = store.api_keys.add("till", ["serve", "ingest"], 90 * DAY)
    assert key.scopes == ("ingest", "serve")
    assert key.expires - key.created == 90 * DAY
    assert len(secret) == len("zhiyin_") + 43
    assert store.api_keys.of(secret) == key
    assert store.api_keys.listed() == [key]
    assert not store.api_keys.is_empty()
    for other in (secret[:-1], secret + "x", "till", "", "\0", "\ud800"):
        assert store.api_keys.of(other) is None


def test_the_secret_is_nowhere_in_the_store(store, store_url):
    _, secret = store.api_keys.add("till", ["serve"])
    database = Database.at(store_url)
    with database.reading() as connection:
        for table in (schema.keys, schema.audit):
            for row in connection.execute(select(table)):
                assert secret.removeprefix("zhiyin_") not in repr(row)
    database.close()


def test_two_keys_never_have_one_secret(store):
    assert len({store.api_keys.add(f"k{n}", ["serve"]).secret for n in range(20)}) == 20


def test_a_name_is_used_once_at_a_time(store):
    store.api_keys.add("till", ["serve"])
    with pytest.raises(Conflict, match="rotate till"):
        store.api_keys.add("till", ["admin"])
    store.api_keys.revoke("till")
    assert store.api_keys.add("till", ["admin"]).key.scopes == ("admin",)
    for reserved in ("environment", "library", "local"):
        with pytest.raises(Conflict):
            store.api_keys.add(reserved, ["serve"])


@pytest.mark.parametrize(
    ("name", "scopes"),
    [("", ["serve"]), ("a b", ["serve"]), ("é", ["serve"]), ("x" * 65, ["serve"]), ("a", []), ("a", ["root"])],
)  # fmt: skip
def test_what_is_no_key_is_refused(store, name, scopes):
    with pytest.raises(InvalidRecord):
        store.api_keys.add(name, scopes)
    assert store.api_keys.is_empty()
    assert store.audit.since() == []


def test_a_revoked_key_holds_no_longer(store):
    _, secret = store.api_keys.add("till", ["serve"])
    store.api_keys.revoke("till")
    assert not store.api_keys.of(secret).holds(datetime.now(UTC))
    with pytest.raises(UnknownEntity, match="zhiyin keys list"):
        store.api_keys.revoke("till")


def test_a_key_ends_when_it_was_said_to(store):
    key, _ = store.api_keys.add("till", ["serve"], DAY)
    assert key.holds(key.expires - timedelta(microseconds=1))
    assert not key.holds(key.expires)


def test_a_new_secret_takes_over_and_the_old_one_ends_after_the_grace(store):
    first = store.api_keys.add("till", ["serve"], 90 * DAY)
    second = store.api_keys.rotate("till", DAY)
    old, new = store.api_keys.of(first.secret), store.api_keys.of(second.secret)
    assert (new.name, new.scopes) == ("till", ("serve",))
    assert new.expires - new.created == 90 * DAY
    assert old.expires == new.created + DAY
    assert old.holds(new.created)
    third = store.api_keys.rotate("till", timedelta(0))
    now = datetime.now(UTC)
    holding = [store.api_keys.of(one.secret).holds(now) for one in (first, second, third)]
    assert holding == [False, False, True]
    store.api_keys.revoke("till")
    with pytest.raises(UnknownEntity):
        store.api_keys.rotate("till", DAY)


def test_a_grace_never_makes_a_secret_last_longer(store):
    first = store.api_keys.add("till", ["serve"], DAY)
    store.api_keys.rotate("till", 2 * DAY)
    assert store.api_keys.of(first.secret).expires == first.key.expires


def test_the_last_day_is_kept_and_never_goes_back(store):
    key, secret = store.api_keys.add("till", ["serve"])
    for day in (date(2026, 5, 2), date(2026, 5, 1)):
        store.api_keys.mark_used(key, day)
    assert store.api_keys.of(secret).used == date(2026, 5, 2)


def test_a_store_that_takes_no_writes_is_only_logged(store, monkeypatch, caplog):
    key, _ = store.api_keys.add("till", ["serve"])

    def full():
        raise StoreError("the disk is full")

    monkeypatch.setattr(store._database, "writing", full)
    store.api_keys.mark_used(key, date(2026, 5, 2))
    assert "till" in caplog.text


def test_the_log_says_who_did_what(store):
    before = datetime.now(UTC)
    with acting_as("li"):
        store.api_keys.add("till", ["serve"])
        store.api_keys.rotate("till", DAY)
    with acting_as(""):
        store.api_keys.revoke("till")
        store.audit.add("exported", "shop", outcome="refused")
    told = [deed[1:] for deed in store.audit.since(before)]
    assert told == [
        ("li", "added", "key", "till", "done"),
        ("li", "rotated", "key", "till", "done"),
        ("library", "revoked", "key", "till", "done"),
        ("library", "exported", "shop", "", "refused"),
    ]
    assert store.audit.since(datetime.now(UTC) + DAY) == []
    assert [deed.action for deed in store.audit.since(n=2)] == ["revoked", "exported"]


def test_rules_and_synonyms_are_logged_with_what_they_change(store):
    from zhiyin.core.rule import Rule
    from zhiyin.core.synonym import Synonym

    with acting_as("till"):
        rule = store.rules.add(Rule("bury", "stock < 3", set_by="an"))
        store.rules.remove(rule.id, "bo")
        synonym = store.synonyms.add(Synonym.read("a = b", set_by="an"))
        store.synonyms.add(Synonym.read("a = b", set_by="bo"))  # it stands: nothing is changed
    told = [(deed.key, deed.action, deed.kind, deed.target) for deed in store.audit.since()]
    assert told == [
        ("till", "added", "rule", rule.id),
        ("till", "removed", "rule", rule.id),
        ("till", "added", "synonym", synonym.id),
    ]
    with pytest.raises(UnknownEntity):
        store.rules.remove(rule.id, "bo")
    assert len(store.audit.since()) == 3


def test_neither_goes_into_a_dump(store, tmp_path):
    store.api_keys.add("till", ["serve"])
    manifest = store.dump(tmp_path / "a.dump")
    assert not {"keys", "audit"} & set(manifest.tables)
    with Store.open(tmp_path / "b.db") as other, DumpReader(tmp_path / "a.dump") as dump:
        other.api_keys.add("front", ["serve"])
        other.restore(dump)
        assert [key.name for key in other.api_keys.listed()] == ["front"]


def test_keys_are_not_lost_to_a_dump_from_before_there_were_any(store, tmp_path):
    store.dump(tmp_path / "a.dump")
    with Store.open(tmp_path / "b.db") as other, DumpReader(tmp_path / "a.dump") as dump:
        object.__setattr__(dump.manifest, "revision", "0007")
        other.api_keys.add("front", ["serve"])
        with pytest.raises(Conflict, match="API keys"):
            other.restore(dump)
        assert [key.name for key in other.api_keys.listed()] == ["front"]
