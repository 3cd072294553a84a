"""Synonyms in the log of rules: beside the rules, and never taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.core.rule import Rule
from zhiyin.core.synonym import Synonym
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.store.store import Store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as store:
        yield store


def test_a_synonym_comes_back_as_it_was_said_and_its_end_is_logged(store: Store) -> None:
    assert (store.synonyms.revision(), store.synonyms.standing()) == (0, [])
    before = datetime.now(UTC)
    first = store.synonyms.add(Synonym.read("土豆 -> 马铃薯", set_by="li", note="north"))
    second = store.synonyms.add(Synonym.read("a = b = c", set_by="an"))
    assert store.synonyms.standing() == [first, second]
    assert first.set_at is not None
    assert before <= first.set_at <= datetime.now(UTC)
    revision = store.synonyms.revision()
    removed = store.synonyms.remove(first.id, "bo")
    assert (removed.words, removed.set_by) == (first.words, "bo")
    assert store.synonyms.revision() > revision
    assert store.synonyms.standing() == [second]
    told = [(one.act, one.synonym.id, one.synonym.set_by) for one in store.synonyms.changes()]
    assert told == [
        ("added", first.id, "li"),
        ("added", second.id, "an"),
        ("removed", first.id, "bo"),
    ]


def test_synonyms_are_no_rules_and_rules_no_synonyms(store: Store) -> None:
    rule = store.rules.add(Rule("bury", "stock < 3", set_by="li"))
    revision = store.rules.revision()
    synonym = store.synonyms.add(Synonym.read("a = b", set_by="li"))
    assert store.rules.revision() == revision
    assert store.rules.standing() == [rule]
    assert len(store.rules.changes()) == 1
    assert store.synonyms.standing() == [synonym]
    with pytest.raises(UnknownEntity):
        store.rules.remove(synonym.id, "li")
    with pytest.raises(UnknownEntity):
        store.synonyms.remove(rule.id, "li")


def test_nobody_sets_nothing(store: Store) -> None:
    with pytest.raises(InvalidRecord, match="nobody"):
        store.synonyms.add(Synonym.read("a = b"))
    kept = store.synonyms.add(Synonym.read("a = b", set_by="li"))
    with pytest.raises(InvalidRecord, match="nobody"):
        store.synonyms.remove(kept.id, " ")
    assert store.synonyms.standing() == [kept]


def test_synonyms_are_exported_with_the_rules(store: Store, tmp_path: Path) -> None:
    import polars as pl

    store.synonyms.add(Synonym.read("土豆 -> 马铃薯", set_by="li"))
    store.export(tmp_path, "parquet", ["rules"])
    [row] = pl.read_parquet(tmp_path / "rules.parquet").to_dicts()
    assert (row["kind"], row["where"]) == ("synonym", "土豆 -> 马铃薯")
