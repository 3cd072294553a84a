from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from zhiyin.core.records import Event
from zhiyin.errors import StoreUnavailable
from zhiyin.store import sqlite
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def not_a_database(path: Path) -> None:
    path.write_bytes(b"hello, I am a letter\n" * 400)


def a_folder(path: Path) -> None:
    path.mkdir()


def under_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file")


def of_another_program(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE events (what)")
    other.commit()
    other.close()


@pytest.mark.parametrize("make", [not_a_database, a_folder, under_a_file, of_another_program])
def test_what_is_no_store_is_refused_in_four_parts(make: Callable[[Path], None], tmp_path: Path):
    path = tmp_path / "shop" / "a.db"
    path.parent.mkdir()
    make(path)
    with pytest.raises(StoreUnavailable) as caught:
        Store.open(path)
    error = caught.value
    assert error.what
    assert str(path.parent) in error.where
    assert error.expected
    assert error.next_step


def test_refusing_leaves_the_other_programs_file_alone(tmp_path: Path):
    of_another_program(tmp_path / "a.db")
    with pytest.raises(StoreUnavailable):
        Store.open(tmp_path / "a.db")
    other = sqlite3.connect(tmp_path / "a.db")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("events",)]
    other.close()


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "sqlite://", ":memory:", "://", "sqlite:///x:y:z://"]
)
def test_a_url_that_names_no_store_is_refused(url: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if url == "sqlite:///x:y:z://":
        Path("x:y:z:").write_text("a file")
    with pytest.raises(StoreUnavailable):
        Store.open(url)


def test_a_read_only_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    Store.open(tmp_path / "a.db").close()
    # The tests may run as root, whom no mode stops.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StoreUnavailable, match=r"read-only.*chmod"):
        Store.open(tmp_path / "a.db")


def test_a_write_that_the_database_refuses_says_so(tmp_path: Path):
    with Store.open(tmp_path / "a.db") as store:
        with store._database.writing() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(StoreUnavailable, match=r"readonly.*right to write"):
            store.write("events", frame([Event("an", "tea")]))


def test_a_reading_connection_cannot_write(tmp_path: Path):
    with (
        Store.open(tmp_path / "a.db") as store,
        pytest.raises(StoreUnavailable, match="readonly"),
        store._database.reading() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM state")


def test_waiting_for_another_writer_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite, "BUSY_S", 0.05)
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "a.db") as two:
        with one._database.writing(), pytest.raises(StoreUnavailable, match="which process"):
            two.write("events", frame([Event("an", "tea")]))
        assert two.write("events", frame([Event("an", "tea")])).accepted["events"] == 1


def test_a_damaged_file_is_found_and_never_read_as_if_it_were_whole(tmp_path: Path):
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        names = [f"user-{n}" for n in range(20_000)]
        store.write("events", pl.DataFrame({"user": names, "item": names}))
        assert store.check() == []
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with Store.open(path) as store:
        assert store.check() != []
        with pytest.raises(StoreUnavailable, match="restore a backup"):
            list(store.events())


def test_a_number_beyond_the_counter_is_found(tmp_path: Path):
    with Store.open(tmp_path / "a.db") as store:
        store.write("events", frame([Event("an", "tea")]))
        with store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE events SET person = 9")
        assert store.check() == ["events: person 9 was never given (count 1)"]
