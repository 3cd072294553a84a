"""Writers of one SQLite file come one after the other in the order they came, or are told in time that they cannot."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from zhiyin.store.file_turn import begin

PATIENCE_S = 30.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.db"
    with closing(opened(made)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
    return made


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def is_waited(path: Path) -> bool:
    """Return whether somebody has the place of who writes next."""
    import fcntl

    with path.with_name("a.db-turn").open("w") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_who_waits_comes_before_who_has_just_written(path: Path) -> None:
    with closing(opened(path)) as first, closing(opened(path)) as second:
        came: list[str] = []
        begin(first, path, PATIENCE_S)

        def wait() -> None:
            begin(second, path, PATIENCE_S)
            came.append("second")
            time.sleep(0.05)  # whoever passed over the one that waits would come now
            second.execute("COMMIT")

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not is_waited(path):
            time.sleep(0.001)
        first.execute("COMMIT")
        begin(first, path, PATIENCE_S)
        came.append("first")
        first.execute("COMMIT")
        waiting.join()
    assert came == ["second", "first"]


def test_who_waits_in_vain_is_told_and_holds_up_nobody(path: Path) -> None:
    with closing(opened(path)) as first, closing(opened(path)) as second:
        begin(first, path, PATIENCE_S)
        started = time.monotonic()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            begin(second, path, 0.05)
        assert time.monotonic() - started >= 0.05
        first.execute("COMMIT")
        begin(second, path, PATIENCE_S)
        assert second.in_transaction


def test_another_error_is_not_waited_for(path: Path) -> None:
    with closing(opened(path)) as connection:
        begin(connection, path, PATIENCE_S)
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            begin(connection, path, PATIENCE_S)


def test_without_a_file_for_the_place_it_goes_on(path: Path) -> None:
    path.with_name("a.db-turn").mkdir()
    with closing(opened(path)) as connection:
        begin(connection, path, PATIENCE_S)
        connection.execute("INSERT INTO t VALUES (1)")
        connection.execute("COMMIT")
        assert connection.execute("SELECT x FROM t").fetchall() == [(1,)]
