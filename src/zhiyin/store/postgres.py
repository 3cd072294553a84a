"""The one file that knows PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import Any

import polars as pl
import psycopg
from sqlalchemy import (
    ARRAY,
    URL,
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Insert,
    MetaData,
    Table,
    TableValuedAlias,
    any_,
    column,
    create_engine,
    event,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.types import TypeEngine

from zhiyin.errors import StoreUnavailable
from zhiyin.store.columns import PART_ROWS, table_frame
from zhiyin.store.statements import compiled

TURN_S = 60.0
"""How long a writer waits for its turn; another process may be storing a large batch."""
IDLE_S = 60.0
"""How long a writer that has its turn may do nothing, before the server gives the turn to others."""
_TURN = int.from_bytes(b"zhiyin", "big")
"""The advisory lock that a writer holds until its transaction ends."""
_FEW_ROWS = 200
"""Up to here one statement for each row, sent together, is quicker than a table for them."""
_CONNECT_ARGS: Mapping[str, str] = {
    "connect_timeout": "10",
    "fallback_application_name": "zhiyin",
    # A server whose machine is gone says nothing; without these a read waits a quarter of an hour.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}

AT_HAND = 0
NULLS_ARE_SMALLEST = False

_ADDRESS = "see that the server runs, and that host and port in the URL are right"
_NOT_OURS = "check the URL: this database was not made by zhiyin"
_FULL = "raise the server's max_connections, or run fewer processes"
_LATER = "try again when the server is back"
NEXT_STEPS: Mapping[str, str] = {
    "25006": "connect to the primary: this server only reads",
    "25P03": "try again; the writer did nothing for too long while it had its turn",
    "42501": "grant this user the right, or use the owner of the tables",
    "42P01": _NOT_OURS,
    "42P07": "use an empty database: this one holds a table of somebody else's",
    "42703": _NOT_OURS,
    "53100": "free some space on the server's disk, then try again",
    "53200": "give the server more memory, then try again",
    "55P03": "see which process holds the lock, in pg_locks and pg_stat_activity, then try again",
    "57P": _LATER,
    "XX001": "restore a backup",
    "XX002": "rebuild the indexes: REINDEX DATABASE",
    "too many": _FULL,
    "connection slots": _FULL,
    "QueuePool": "try again; if it lasts, run more processes",
    "password": "correct the user and the password in the URL",
    "pg_hba.conf": "allow this client in the server's pg_hba.conf",
    "permission denied": "grant this user the right to connect",
    "starting up": _LATER,
    "shutting down": _LATER,
    "recovery mode": _LATER,
    'role "': "correct the user in the URL, or create it: createuser",
    'database "': "correct the database in the URL, or create it: createdb --encoding=UTF8",
    "connection failed": _ADDRESS,
    "connection is bad": _ADDRESS,
    "resolve": _ADDRESS,
    "timeout": _ADDRESS,
    "connection": _LATER,
}
"""SQLSTATE codes, or words where a failed connection has no code, to what to do."""


def connect(url: URL) -> tuple[Engine, Engine]:
    """Return an engine that only reads and one that only writes.

    Nothing is asked of the server yet.
    """
    url = _addressed(url)
    # Pinged before each use, so a server that was restarted costs no failed request.
    ways: dict[str, Any] = {"pool_pre_ping": True, "pool_use_lifo": True}
    reader = create_engine(
        url, isolation_level="AUTOCOMMIT", pool_size=10, max_overflow=10, pool_timeout=10, **ways
    )
    event.listen(reader, "connect", _open_for_reading)
    # A writer that waited for its turn must see what those before it wrote, whatever the server's default.
    writer = create_engine(
        url, isolation_level="READ COMMITTED", pool_size=1, max_overflow=0, **ways
    )
    event.listen(writer, "connect", _check_encoding)
    event.listen(writer, "begin", _take_turn)
    return reader, writer


def _addressed(url: URL) -> URL:
    """Return a URL for our driver, with what every connection should be like."""
    told = {name: value for name, value in _CONNECT_ARGS.items() if name not in url.query}
    return url.set(drivername="postgresql+psycopg").update_query_dict(
        told | {"client_encoding": "utf8"}
    )


def freeze(connection: Connection) -> None:
    """Make every read of this connection see the present moment, until it rolls back."""
    connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    # The moment is that of the first read, not of BEGIN.
    connection.exec_driver_sql("SELECT 1")


def problems(connection: Connection) -> list[str]:
    """Return what the server knows to be wrong with the database or with how it keeps it."""
    found = [
        f"{name} is off: what was acknowledged may be lost when the machine stops"
        for name in connection.exec_driver_sql(
            "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'"
        ).scalars()
    ]
    found += [
        f"the index {name} is invalid"
        for name in connection.exec_driver_sql(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1"
        ).scalars()
    ]
    broken = connection.exec_driver_sql(
        "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    ).scalar()
    return [*found, f"{broken} pages had a wrong checksum"] if broken else found


def sizes(reader: Engine) -> dict[str, int]:
    """Return bytes of ``data``; the write-ahead log is the server's, and few may ask for it."""
    with reader.connect() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
    return {"data": int(size or 0)}


def overwrite(writer: Engine) -> str:
    """Say what is left to do: a server overwrites deleted rows in its own time."""
    return "the server keeps the bytes of deleted rows until VACUUM, and in its write-ahead log, replicas and backups"


def insert(table: Table) -> postgresql.Insert:
    """Return an insert that can say what to do on conflict."""
    return postgresql.insert(table)


def within(column: Column[Any], values: BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that a column's value is one of a parameter's, which ``listed`` makes."""
    return column == any_(type_coerce(values, ARRAY(column.type)))


def listed(values: Sequence[Any]) -> Sequence[Any]:
    """Return values, however many, as one parameter."""
    return values


def listing(kind: TypeEngine[Any], values: BindParameter[Any]) -> TableValuedAlias:
    """Return a table of a parameter's values, which ``listed`` makes; its column is ``value``."""
    made = func.unnest(type_coerce(values, ARRAY(kind))).table_valued(column("value", kind))
    return made.render_derived()


def execute_rows(
    connection: Connection, statement: Insert, rows: pl.DataFrame, keys: Sequence[str]
) -> int:
    """Insert each row of a frame, one after the other, and return how many rows of the table changed."""
    if rows.height <= _FEW_ROWS:
        return _one_by_one(connection, statement, rows)
    if not keys:
        return _together(connection, statement, rows)
    # One statement cannot touch a row twice, so repeats come after the first of their kind.
    is_first = rows.select(pl.struct(keys).is_first_distinct()).to_series()
    changed = _together(connection, statement, rows.filter(is_first))
    return changed + _one_by_one(connection, statement, rows.filter(~is_first))


def _one_by_one(connection: Connection, statement: Insert, rows: pl.DataFrame) -> int:
    if rows.is_empty():
        return 0
    said = compiled(statement, connection.dialect, tuple(rows.columns))
    result = connection.exec_driver_sql(
        str(said), rows.to_dicts(), execution_options={"preserve_rowcount": True}
    )
    return result.rowcount


def _together(connection: Connection, statement: Insert, rows: pl.DataFrame) -> int:
    table: Table = statement.table  # type: ignore[assignment]
    columns = [Column(name, table.c[name].type) for name in rows.columns]
    staged = Table(
        "zhiyin_staged", MetaData(), Column("nth", BigInteger), *columns, prefixes=["TEMPORARY"]
    )
    connection.execute(CreateTable(staged))
    numbered = rows.with_row_index("nth")
    # Text in quotes and null as nothing, so an empty text is no null, and no text reads as the end of the data.
    csv = numbered.write_csv(include_header=False, quote_style="non_numeric", null_value="")
    with (
        _driver(connection).cursor() as cursor,
        cursor.copy("COPY zhiyin_staged FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(csv)
    given = select(*(staged.c[name] for name in rows.columns)).order_by(staged.c.nth)
    result = connection.execute(
        statement.from_select(rows.columns, given), execution_options={"preserve_rowcount": True}
    )
    connection.execute(DropTable(staged))
    return int(result.rowcount)


def read_frame(
    connection: psycopg.Connection[Any],
    statement: str,
    parameters: Mapping[str, Any],
    schema: pl.Schema,
) -> pl.DataFrame:
    """Return the rows a select finds, turned into columns while the server still sends.

    Args:
        connection: the driver's own.
        statement: SQL text.
        parameters: of the statement, by name.
        schema: the names and types of the columns it selects.
    """
    size = PART_ROWS if psycopg.capabilities.has_stream_chunked() else 1
    with connection.cursor() as cursor:
        rows = cursor.stream(statement, parameters, binary=True, size=size)
        parts = []
        while part := list(islice(rows, PART_ROWS)):
            parts.append(table_frame(part, schema))
    return pl.concat(parts, rechunk=True) if parts else pl.DataFrame(schema=schema)


def scan(
    url: URL, statement: str, parameters: Mapping[str, int], until: int, schema: pl.Schema
) -> Iterator[pl.DataFrame] | None:
    """Return the chunks a select finds, read as Arrow by a connection of its own, half as fast again.

    None where that driver is not installed.
    """
    if find_spec("adbc_driver_postgresql") is None:
        return None
    return _scanned(url, statement, parameters, until, schema)


def _scanned(
    url: URL, statement: str, parameters: Mapping[str, int], until: int, schema: pl.Schema
) -> Iterator[pl.DataFrame]:
    import adbc_driver_manager as adbc
    from adbc_driver_postgresql import _driver_path  # type: ignore[import-untyped, unused-ignore]

    after = parameters["after"]
    uri = _addressed(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with (
            adbc.AdbcDatabase(driver=_driver_path(), uri=uri) as database,
            adbc.AdbcConnection(database) as connection,
        ):
            while after < until:
                with adbc.AdbcStatement(connection) as asked:
                    asked.set_sql_query(statement % {**parameters, "after": after})
                    chunk = pl.DataFrame(asked.execute_query()[0]).cast(schema)
                chunk = chunk.filter(chunk.to_series() <= until)
                if chunk.is_empty():
                    return
                yield chunk
                after = chunk[-1, 0]
    except adbc.Error as error:
        # As the other driver says it, so that it is told the same way.
        raise psycopg.OperationalError(str(error)) from error


def highest_id(connection: Connection, name: str) -> int:
    """Return the highest id a log table ever gave, of deleted rows too; 0 before the first."""
    asked = text(f"SELECT last_value, is_called FROM {_sequence(connection, name)}")
    last, is_used = connection.execute(asked).one()
    return int(last) if is_used else 0


def set_highest_id(connection: Connection, name: str, highest: int) -> None:
    """Make the next id of a log table the one after ``highest``."""
    sequence = _sequence(connection, name)
    connection.execute(select(func.setval(sequence, max(highest, 1), highest > 0)))


def _sequence(connection: Connection, name: str) -> str:
    return str(connection.execute(select(func.pg_get_serial_sequence(name, "id"))).scalar_one())


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101
    return driver


def _open_for_reading(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
    _check_encoding(connection, record)
    connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    connection.execute(f"SET lock_timeout = '{TURN_S}s'")


def _check_encoding(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
    found = connection.info.parameter_status("server_encoding")
    if found != "UTF8":
        raise StoreUnavailable(
            f"the database's encoding is {found}",
            where=connection.info.dbname,
            expected="UTF8",
            next_step="create it anew: createdb --encoding=UTF8 --template=template0",
        )


def _take_turn(connection: Connection) -> None:
    connection.exec_driver_sql(
        "SELECT set_config('lock_timeout', %(wait)s, true),"
        " set_config('idle_in_transaction_session_timeout', %(idle)s, true),"
        " CASE current_setting('synchronous_commit') WHEN 'off'"
        " THEN set_config('synchronous_commit', 'on', true) END",
        {"wait": f"{TURN_S * 1e3:.0f}ms", "idle": f"{IDLE_S * 1e3:.0f}ms"},
    )
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
