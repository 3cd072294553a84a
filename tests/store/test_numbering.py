"""Ids are looked up by their index, however many entities there are, and each found under its kind."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from zhiyin.core import Kind
from zhiyin.store.engine import Database, listed
from zhiyin.store.numbering import _known, known_numbers
from zhiyin.store.statements import compiled
from zhiyin.store.store import Store


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    with Store.open(store_url) as store:
        store.write("users", pl.DataFrame({"id": ["an", "茶", 'b"o']}))
        store.write("items", pl.DataFrame({"id": ["tea", "an"]}))
    made = Database.at(store_url)
    yield made
    made.close()


def test_ids_are_found_under_their_kind(database: Database) -> None:
    keys = ["茶", "nobody", 'b"o', "an", "a\0b", "tea"]
    with database.reading() as connection:
        assert known_numbers(connection, Kind.PERSON, keys) == {"茶": 1, 'b"o': 2, "an": 0}
        assert known_numbers(connection, Kind.ITEM, keys) == {"tea": 0, "an": 1}
        assert known_numbers(connection, Kind.POST, keys) == {}
        assert known_numbers(connection, Kind.PERSON, []) == {}


def test_sqlite_reads_no_more_than_what_is_asked_for(tmp_path) -> None:
    with Store.open(tmp_path / "a.db"):
        pass
    database = Database.at(tmp_path / "a.db")
    with database.reading() as connection:
        text = str(compiled(_known("sqlite"), connection.dialect))
        asked = (listed("sqlite", ["an"]), int(Kind.PERSON))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", asked).all()
    database.close()
    assert any("kind=? AND key=?" in str(step[-1]) for step in plan), plan
