"""The one file that knows SQLite."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.pool import ConnectionPoolEntry

from zhiyin.errors import StoreUnavailable

BUSY_S = 60.0
"""How long a writer waits for its turn; another process may be storing a large batch."""

__all__ = ["Insert", "connect", "insert", "problems"]


def connect(url: URL) -> tuple[Engine, Engine]:
    """Return an engine that only reads and one that only writes, on a file that is made when it is not there.

    Raises:
        StoreUnavailable: the URL names no file, or its folder cannot be made, or the file cannot be written.
    """
    if not url.database or url.database == ":memory:":
        raise StoreUnavailable(
            "a database in memory is lost with the process",
            where=str(url),
            expected="the path of a file",
            next_step="open a path such as shop.db",
        )
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            str(error), where=str(path), expected="a folder that can be made", next_step="check it"
        ) from error
    if path.exists() and not os.access(path, os.W_OK):
        raise StoreUnavailable(
            "the file is read-only",
            where=str(path),
            expected="a file this user may write",
            next_step=f"chmod u+w {path}",
        )
    # Autocommit: a read sees what is committed when it starts, and leaves no transaction behind.
    reader = create_engine(
        url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None, **_waiting_in_line()
    )
    event.listen(reader, "connect", _open_for_reading)
    writer = create_engine(url, **_waiting_in_line())
    event.listen(writer, "connect", _open_for_writing)
    event.listen(writer, "begin", _begin)
    return reader, writer


def problems(connection: Connection) -> list[str]:
    """Return what is wrong with the file itself, at most a hundred sentences."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [str(text) for text in found if text != "ok"]


def _waiting_in_line() -> dict[str, object]:
    # No limit to the pool: a connection to a file is cheap, waiting for one inside a request is not.
    return {"pool_size": 0, "pool_use_lifo": True, "connect_args": {"timeout": BUSY_S}}


def _open_for_reading(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-32000")


def _open_for_writing(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: its plain BEGIN is upgraded at the first write, and that
    # upgrade fails at once when another process writes, without waiting.
    connection.isolation_level = None
    _use_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-64000")


def _use_wal(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_S
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # Changing the mode does not wait in line like everything else does.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
