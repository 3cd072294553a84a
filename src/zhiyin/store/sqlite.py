"""What knows SQLite, with ``sqlite_scan`` for long reads."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import (
    URL,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Insert,
    Integer,
    Table,
    TableValuedAlias,
    column,
    create_engine,
    event,
    func,
    select,
    table,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlalchemy.types import TypeEngine

from zhiyin.errors import StoreUnavailable
from zhiyin.store.columns import PART_ROWS, table_frame
from zhiyin.store.file_turn import begin
from zhiyin.store.sqlite_scan import read_apart
from zhiyin.store.statements import compiled

BUSY_S = 60.0
"""How long a writer waits for its turn; another process may be storing a large batch."""
_READ_CACHE_KB, _WRITE_CACHE_KB = 4_000, 16_000
"""Of each connection, of which a process has as many as it reads at a time; the system's own cache is beneath them."""
REWRITTEN_BYTES = 2 << 30
"""The largest file that is rewritten when somebody was forgotten; a gigabyte takes about ten seconds."""
LOG_PAGES = 4_000
"""How many pages the write-ahead log holds before they are put in their places: what changed often is put there once."""
LOG_S = 10.0
"""How long it is tried to empty the write-ahead log."""
_GIVEN = table("sqlite_sequence", column("name"), column("seq", Integer))

_STEPS = 100_000
"""Of SQLite's machine, a millisecond or so, between two looks at the clock."""
_GONE = "the file was moved or deleted while it was open"

AT_HAND = 4
NULLS_ARE_SMALLEST = True

NEXT_STEPS: Mapping[str, str] = {
    "not a database": "check the path: this file was not made by zhiyin",
    "malformed": "restore a backup of it",
    "readonly": "give this user the right to write the file and its folder",
    "locked": "see which process holds the database, then try again",
    "unable to open": "check that the folder exists and can be written",
    "full": "free some space on the disk, then try again",
    "disk I/O": "see that the disk has space and is whole, then try again",
    "moved or deleted": "put the file back, then try again; after another was put there start zhiyin anew",
    "no such table": "check the path: this file was not made by zhiyin",
}
"""Words of an error to what to do."""


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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    if not path.exists():
        with suppress(OSError):  # SQLite says what is wrong
            path.touch(mode=0o600)  # and the files beside it have the rights of this one
    # Autocommit: a read sees what is committed when it starts, and leaves no transaction behind.
    reader = create_engine(
        url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None, **_waiting_in_line()
    )
    event.listen(reader, "connect", _open_for_reading)
    writer = create_engine(url, **_waiting_in_line())
    event.listen(writer, "connect", _open_for_writing)
    event.listen(writer, "begin", _Beginning(path))
    return reader, writer


def read_only(path: Path, long_s: float) -> Engine:
    """Return an engine on a file that leaves it and its folder as they are, whatever is wrong with them.

    Args:
        path: of a file that is there.
        long_s: after so long a connection breaks off what it reads.
    """

    def connect() -> sqlite3.Connection:
        # Where there is no log nobody has the file open, and a plain reader would leave an empty log behind.
        way = "mode=ro" if log_of(path).exists() else "mode=ro&immutable=1"
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True)
        until = time.monotonic() + long_s
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        return connection

    return create_engine(
        "sqlite://", creator=connect, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )


def log_of(path: Path) -> Path:
    """Return where the write-ahead log of a file is."""
    return path.with_name(f"{path.name}-wal")


def freeze(connection: Connection) -> None:
    """Make every read of this connection see the present moment, until it rolls back."""
    connection.exec_driver_sql("BEGIN DEFERRED")
    # The moment is that of the first read, not of BEGIN.
    connection.exec_driver_sql("SELECT 1 FROM sqlite_master").fetchone()


def problems(connection: Connection) -> list[str]:
    """Return what is wrong with the file itself, at most a hundred sentences."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [str(text) for text in found if text != "ok"]


def sizes(reader: Engine) -> dict[str, int]:
    """Return bytes of ``data`` and of ``log``, the write-ahead log."""
    path = Path(reader.url.database or "")
    log = log_of(path)
    try:
        data = path.stat().st_size
    except OSError as error:
        raise sqlite3.OperationalError(_GONE) from error
    return {"data": data, "log": log.stat().st_size if log.exists() else 0}


def overwrite(writer: Engine) -> str:
    """Rewrite a file of a moderate size without its free parts, empty the log beside it, and say what could not be done.

    Deleted rows are overwritten as they are deleted, but a page that was split may hold an old copy of one.
    """
    path, said = Path(writer.url.database or ""), []
    with closing(writer.raw_connection()) as pooled:
        raw: Any = pooled.driver_connection
        if path.stat().st_size <= REWRITTEN_BYTES:
            raw.execute("VACUUM")
        else:
            said.append(
                "the file is large: VACUUM it when the shop is closed, old copies of rows may lie in its pages"
            )
        until = time.monotonic() + LOG_S
        while raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > until:
                said.append(
                    "somebody reads for long: the log beside the file is emptied after that"
                )
                break
            time.sleep(0.05)
    return "; ".join(said)


def insert(table: Table) -> sqlite.Insert:
    """Return an insert that can say what to do on conflict."""
    return sqlite.insert(table)


def within(column: Column[Any], values: BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that a column's value is one of a parameter's, which ``listed`` makes."""
    return column.in_(select(func.json_each(values).table_valued("value").c.value))


def listed(values: Sequence[Any]) -> str:
    """Return values, however many, as one parameter."""
    return json.dumps(values, ensure_ascii=False)


def listing(kind: TypeEngine[Any], values: BindParameter[Any]) -> TableValuedAlias:
    """Return a table of a parameter's values, which ``listed`` makes; its column is ``value``."""
    return func.json_each(values).table_valued(column("value", kind))


def execute_rows(
    connection: Connection, statement: Insert, rows: pl.DataFrame, keys: Sequence[str]
) -> int:
    """Insert each row of a frame, one after the other, and return how many rows of the table changed.

    The values go to the driver as they are, without SQLAlchemy's work on each: three times as fast.
    """
    said = compiled(statement, connection.dialect, tuple(rows.columns))
    order = [str(name) for name in getattr(said, "positiontup", ())]
    result = connection.exec_driver_sql(
        str(said), rows[order].rows(), execution_options={"preserve_rowcount": True}
    )
    return result.rowcount


def read_frame(
    connection: sqlite3.Connection, statement: str, parameters: Sequence[Any], schema: pl.Schema
) -> pl.DataFrame:
    """Return the rows a select finds.

    Args:
        connection: the driver's own.
        statement: SQL text.
        parameters: of the statement, in its order.
        schema: the names and types of the columns it selects.
    """
    cursor = connection.execute(statement, parameters)
    parts = []
    while rows := cursor.fetchmany(PART_ROWS):
        parts.append(table_frame(rows, schema))
    return pl.concat(parts, rechunk=True) if parts else pl.DataFrame(schema=schema)


def scan(
    url: URL, statement: str, parameters: Sequence[int], until: int, schema: pl.Schema
) -> Iterator[pl.DataFrame]:
    """Return the chunks a select finds up to a key, read by processes of their own."""
    after, limit, *_ = parameters
    return read_apart(Path(url.database or ""), statement, schema, range(after, until, limit))


def highest_id(connection: Connection, name: str) -> int:
    """Return the highest id a log table ever gave, of deleted rows too; 0 before the first."""
    asked = select(_GIVEN.c.seq).where(_GIVEN.c.name == name)
    return int(connection.execute(asked).scalar() or 0)


def set_highest_id(connection: Connection, name: str, highest: int) -> None:
    """Make the next id of a log table the one after ``highest``."""
    connection.execute(_GIVEN.delete().where(_GIVEN.c.name == name))
    if highest:
        connection.execute(_GIVEN.insert().values(name=name, seq=highest))


def _waiting_in_line() -> dict[str, object]:
    # No limit to the pool: a connection to a file is cheap, waiting for one inside a request is not.
    return {"pool_size": 0, "pool_use_lifo": True, "connect_args": {"timeout": BUSY_S}}


def _open_for_reading(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")
    connection.execute(f"PRAGMA cache_size=-{_READ_CACHE_KB}")


def _open_for_writing(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: its plain BEGIN is upgraded at the first write, and that
    # upgrade fails at once when another process writes, without waiting.
    connection.isolation_level = None
    _use_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    connection.execute(f"PRAGMA cache_size=-{_WRITE_CACHE_KB}")
    connection.execute("PRAGMA secure_delete=ON")


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


class _Beginning:
    """Begins transactions in the file that was opened first: what goes to one that is gone is lost with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first = self._found()

    def __call__(self, connection: Connection) -> None:
        found = self._found()
        self._first = self._first or found
        if found is None or found != self._first:
            raise sqlite3.OperationalError(_GONE)
        raw: Any = connection.connection.driver_connection
        begin(raw, self._path, BUSY_S)

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
