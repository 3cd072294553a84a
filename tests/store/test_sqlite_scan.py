from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from zhiyin.core.records import Event, Post
from zhiyin.errors import StoreUnavailable
from zhiyin.store import reads
from zhiyin.store.frames import frame
from zhiyin.store.sqlite_scan import read_apart
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "a ?b.db") as store:
        yield store


def test_a_long_table_is_read_as_a_short_one(store: Store, monkeypatch: pytest.MonkeyPatch):
    events = [Event("an", f"i{n}", "看", None if n < 90 else n / 7) for n in range(100)]
    store.write("events", frame(events))
    store.write("posts", frame([Post(f"p{n}", text='a "b"\n茶🍵') for n in range(30)]))
    plain = [pl.concat(read()) for read in (store.events, store.posts)]
    monkeypatch.setattr(reads, "_LONG", 10)
    monkeypatch.setattr(reads, "_LEAST", 1)
    whole = [list(store.events(chunk_rows=30)), list(store.posts(chunk_rows=10))]
    assert [chunk.height for chunk in whole[0]] == [30, 30, 30, 10]
    assert max(chunk.height for chunk in whole[1]) == 10
    for one, chunks in zip(plain, whole, strict=True):
        assert pl.concat(chunks).equals(one)
        assert chunks[0].schema == one.schema


def test_a_reader_may_stop_in_the_middle(store: Store, monkeypatch: pytest.MonkeyPatch):
    store.write("events", frame([Event("an", f"i{n}") for n in range(100)]))
    monkeypatch.setattr(reads, "_LONG", 10)
    monkeypatch.setattr(reads, "_LEAST", 1)
    chunks = store.events(chunk_rows=10)
    assert [next(chunks).height for _ in range(3)] == [10, 10, 10]
    chunks.close()
    assert store.write("events", frame([Event("an", "more")])).accepted["events"] == 1


def test_what_is_written_meanwhile_is_read_once(store: Store, monkeypatch: pytest.MonkeyPatch):
    store.write("events", frame([Event("an", f"i{n}") for n in range(95)]))
    monkeypatch.setattr(reads, "_LONG", 10)
    monkeypatch.setattr(reads, "_LEAST", 1)
    chunks = store.events(chunk_rows=10)
    ids = next(chunks)["id"].to_list()
    store.write("events", frame([Event("bo", f"i{n}") for n in range(30)]))
    ids += [row for chunk in chunks for row in chunk["id"]]
    assert ids == list(range(1, 126))


def test_a_file_that_cannot_be_read_is_an_error_of_ours(tmp_path: Path):
    (tmp_path / "a.db").write_bytes(b"no database" * 1000)
    schema = pl.Schema({"id": pl.Int64()})
    asked = "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT ?"
    with pytest.raises(StoreUnavailable, match="not a database"):
        list(read_apart(tmp_path / "a.db", asked, schema, range(0, 100, 10)))
