from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from zhiyin.core.entity import Kind
from zhiyin.core.records import Event
from zhiyin.errors import StoreUnavailable
from zhiyin.store.engine import Database
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

WRITER = """
import sys
from zhiyin.core.records import Event
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
url, name, batches = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Store.open(url)
for batch in range(batches):
    rows = [Event(f"{name}-{batch}-{n}", f"i{n}", event_id=f"{name}-{batch}-{n}") for n in range(50)]
    written = store.write("events", frame(rows))
    print(written.accepted["events"], flush=True)
"""


@contextmanager
def database_at(url: str) -> Iterator[Database]:
    database = Database.at(url)
    yield database
    database.close()


def writer(url: str, name: str, batches: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_what_was_acknowledged_survives_a_kill(store_url: str):
    with writer(store_url, "w", 1_000_000) as process:
        acknowledged = sum(int(process.stdout.readline()) for _ in range(7))
        process.kill()
        acknowledged += sum(int(line) for line in process.stdout.read().splitlines())
    assert process.returncode == -signal.SIGKILL
    with Store.open(store_url) as store:
        rows = pl.concat(store.events())
        assert acknowledged >= 350
        # A batch may have been committed and not yet acknowledged; never half of one.
        assert rows.height in (acknowledged, acknowledged + 50)
        assert rows["person"].n_unique() == rows.height == store.count(Kind.PERSON)
        assert store.check() == []


def test_processes_write_a_new_store_at_once(store_url: str):
    processes = [writer(store_url, name, 10) for name in ("a", "b")]
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert out.split() == ["50"] * 10
    with Store.open(store_url) as store:
        assert store.count(Kind.PERSON) == 2 * 10 * 50
        assert store.count(Kind.ITEM) == 50
        assert sum(chunk.height for chunk in store.events()) == 2 * 10 * 50
        numbers = store.entities_since(Kind.PERSON, -1)["number"]
        assert numbers.to_list() == list(range(2 * 10 * 50))
        assert store.check() == []


def test_readers_go_on_while_a_writer_holds_the_database(store_url: str):
    with Store.open(store_url) as store:
        store.write("events", frame([Event("an", "tea")]))
        with store._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM events")
            with ThreadPoolExecutor(4) as pool:
                histories = list(pool.map(store.history, [0] * 40))
            assert all(history.items.tolist() == [0] for history in histories)
            assert store.number(Kind.ITEM, "tea") == 0


def test_threads_write_and_read_one_store(store_url: str):
    def work(n: int) -> int:
        written = store.write("events", frame([Event(f"u{n}", "tea", event_id=f"e{n}")]))
        assert len(store.history(store.number(Kind.PERSON, f"u{n}")).items) == 1
        return written.accepted["events"]

    with Store.open(store_url) as store:
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(work, range(40))) == 40
        assert store.count(Kind.PERSON) == 40


def test_a_failure_in_the_middle_leaves_nothing(store_url: str):
    with Store.open(store_url) as store:
        try:
            with store._database.writing() as connection:
                connection.exec_driver_sql("UPDATE state SET value = '7'")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        assert store.count(Kind.ITEM) == 0


def test_the_number_of_a_deleted_event_is_not_used_again(store_url: str):
    with Store.open(store_url) as store:
        store.write("events", frame([Event("an", "a"), Event("an", "b")]))
        with store._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM events")
        store.write("events", frame([Event("an", "a")]))
        assert pl.concat(store.events())["id"].to_list() == [3]


def test_a_writer_syncs_every_commit(tmp_path: Path):
    with Store.open(tmp_path / "a.db") as store, store._database.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_writer_syncs_every_commit_on_postgresql(postgres_server):
    url = postgres_server.new_database()
    Store.open(url).close()
    database = Database.at(url)
    with database.writing() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    database.close()
    with database_at(url) as database, database.reading() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "off"
    with database_at(url) as database, database.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


TAILED = """
import sys
from zhiyin.core.records import Event
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
url, name = sys.argv[1:]
with Store.open(url) as store:
    for n in range(21):
        rows = [Event(name, f"i{k}", event_id=f"{name}-{n}-{k}") for k in range(1 + n % 3)]
        store.write("events", frame(rows))
"""


@pytest.mark.slow
def test_who_reads_after_the_last_id_misses_nothing(store_url: str):
    with Store.open(store_url) as store:
        command = [sys.executable, "-c", TAILED, store_url]
        writers = [subprocess.Popen([*command, f"w{n}"]) for n in range(3)]
        seen: list[int] = []
        is_over = False
        while not is_over:
            # Once the writers are gone, one more look must find all that is left.
            is_over = all(process.poll() is not None for process in writers)
            for chunk in store.events(after=seen[-1] if seen else 0):
                seen.extend(chunk["id"])
            time.sleep(0.002)
        assert [process.returncode for process in writers] == [0, 0, 0]
        assert len(seen) == 3 * 42
        assert seen == [row for chunk in store.events() for row in chunk["id"]]


def test_a_frozen_reader_sees_one_moment(store_url: str):
    with Store.open(store_url) as store:
        asked = sa.text("SELECT count(*) FROM events")
        with store._database.frozen() as connection:
            store.write("events", frame([Event("an", "tea")]))
            assert connection.execute(asked).scalar() == 0
            assert store.count(Kind.ITEM) == 1
        with pytest.raises(ZeroDivisionError), store._database.frozen() as connection:
            raise ZeroDivisionError(connection.execute(asked).scalar())
        with pytest.raises(StoreUnavailable), store._database.frozen() as connection:
            connection.exec_driver_sql("DELETE FROM events")
        with store._database.reading() as connection:
            assert connection.execute(asked).scalar() == 1
