"""The way to the database: which engine a URL names, transactions, prepared reads, errors in our words."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Any, Protocol

import polars as pl
from sqlalchemy import (
    URL,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Insert,
    PoolProxiedConnection,
    Table,
    TableValuedAlias,
    bindparam,
    make_url,
)
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.types import TypeEngine

from zhiyin.errors import StoreUnavailable
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms
from zhiyin.store import sqlite


class Backend(Protocol):
    """What a database must offer: a module of this room for each, and nothing else knows which it is."""

    NEXT_STEPS: Mapping[str, str]
    """Words of an error, or its SQLSTATE, to what to do; the first that is found holds."""
    AT_HAND: int
    """Connections that prepared reads keep between them; none where a server may drop one unseen."""
    NULLS_ARE_SMALLEST: bool
    """Whether an index read backwards ends with the nulls."""

    def connect(self, url: URL) -> tuple[Engine, Engine]:
        """Return an engine that only reads and one that only writes, one transaction after the other."""

    def freeze(self, connection: Connection) -> None:
        """Make every read of a reader's connection see the present moment, until it rolls back."""

    def problems(self, connection: Connection) -> list[str]:
        """Return what is wrong with the database itself."""

    def sizes(self, reader: Engine) -> Mapping[str, int]:
        """Return bytes of ``data``, and of ``log``, the write-ahead log, where that can be asked for."""

    def overwrite(self, writer: Engine) -> str:
        """Leave nothing of deleted rows in the files, and return what could not be done."""

    def insert(self, table: Table) -> Any:
        """Return an insert that can say what to do on conflict."""

    def within(self, column: Column[Any], values: BindParameter[Any]) -> ColumnElement[bool]:
        """Return the condition that a column's value is one of a parameter's, which ``listed`` makes."""

    def listed(self, values: Sequence[Any]) -> object:
        """Return values, however many, as one parameter."""

    def listing(self, kind: TypeEngine[Any], values: BindParameter[Any]) -> TableValuedAlias:
        """Return a table of a parameter's values, which ``listed`` makes; its column is ``value``."""

    def execute_rows(
        self, connection: Connection, statement: Insert, rows: pl.DataFrame, keys: Sequence[str]
    ) -> int:
        """Insert each row of a frame, one after the other, and return how many rows of the table changed."""

    def read_frame(
        self, connection: Any, statement: str, parameters: Any, schema: pl.Schema
    ) -> pl.DataFrame:
        """Return the rows a select finds, asked for with the driver's own connection."""

    def highest_id(self, connection: Connection, name: str) -> int:
        """Return the highest id a log table ever gave, of deleted rows too; 0 before the first."""

    def set_highest_id(self, connection: Connection, name: str, highest: int) -> None:
        """Make the next id of a log table the one after ``highest``."""

    def scan(
        self, url: URL, statement: str, parameters: Any, until: int, schema: pl.Schema
    ) -> Iterator[pl.DataFrame] | None:
        """Return the chunks a select finds up to a key, by a way that is slow to start and then fast, if there is one."""


_SECRETS = ("password", "sslpassword", "passfile")
"""What a URL's query may say that nobody else should read."""


_NO_PATH = re.compile(r"^(sqlite|postgres\w*)(\+\w+)?:|^[^/]+:[^/]*@|\bpassword=")
"""What is meant as the address of a database, and lacks ``://``."""


def _no_url(shown: str) -> StoreUnavailable:
    return StoreUnavailable(
        "this is no URL",
        where=shown,
        expected="sqlite:///shop.db or postgresql://user:password@host/database",
        next_step="correct it; a password's special characters are percent-encoded",
    )


def _shown(url: URL) -> str:
    """Return a URL without its secrets."""
    hidden = {name: "***" for name in _SECRETS if name in url.query}
    return url.update_query_dict(hidden).render_as_string()


class Database:
    """One database, with a way to read it and a way to write it; safe to use from several threads."""

    def __init__(self, url: URL, engines: tuple[Engine, Engine] | None = None) -> None:
        self.where = _shown(url)
        self.backend = _backend(url.get_backend_name(), self.where)
        self.reader, self.writer = engines or self.backend.connect(url)
        self.pseudonyms: Pseudonyms = PLAIN
        self._secrets = [said for said in (url.password, *map(url.query.get, _SECRETS)) if said]
        self._turn = threading.Lock()
        self._at_hand: deque[PoolProxiedConnection] = deque()
        self._is_open = True
        self.failures = 0

    @classmethod
    def at(cls, url_or_path: str | PathLike[str]) -> Database:
        """Return the database at a URL or at the path of a file."""
        place = fspath(url_or_path)
        if "://" not in place and _NO_PATH.search(place):
            raise _no_url(re.sub(r"(//?|^)[^/]*@|password=\S+", r"\1***", place))
        if "://" not in place:
            return cls(URL.create("sqlite", database=place))
        try:
            url = make_url(place)
        except (ArgumentError, ValueError):
            raise _no_url(re.sub("//.*@", "//***@", place)) from None
        return cls(url)

    def hide_people(self, pseudonyms: Pseudonyms) -> None:
        """Read and write people's ids as pseudonyms from now on; a connection says which by its option."""
        self.pseudonyms = pseudonyms
        self.reader = self.reader.execution_options(pseudonyms=pseudonyms)
        self.writer = self.writer.execution_options(pseudonyms=pseudonyms)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that no other writer overlaps; it is kept when the block ends, else undone."""
        with self.answering(), self._turn, self.writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees what is committed and takes no lock."""
        with self.answering(), self.reader.connect() as connection:
            yield connection

    @contextmanager
    def frozen(self) -> Iterator[Connection]:
        """Open a connection whose every read sees the moment at which it was opened."""
        with self.reading() as connection:
            try:
                self.backend.freeze(connection)
                yield connection
            finally:
                if not connection.invalidated:
                    connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def lent(self) -> Iterator[Any]:
        """Lend a driver's own connection for one read; a few stay at hand, without the engine's own asking and returning."""
        with self.answering():
            try:
                pooled = self._at_hand.pop()
            except IndexError:
                pooled = self.reader.raw_connection()
            try:
                yield pooled.driver_connection
            except self.reader.dialect.loaded_dbapi.Error:
                pooled.invalidate()
                raise
            finally:
                # One that was invalidated is no driver's any more.
                is_whole = self._is_open and pooled.is_valid
                if is_whole and len(self._at_hand) < self.backend.AT_HAND:
                    self._at_hand.append(pooled)
                else:
                    pooled.close()

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Return a read whose text is made once, for the paths where every microsecond counts."""
        return Prepared(self, statement)

    def problems(self) -> list[str]:
        """Return what is wrong with the database itself."""
        try:
            with self.reading() as connection:
                return self.backend.problems(connection)
        except StoreUnavailable as error:
            return [error.what]

    def overwrite(self) -> str:
        """Leave nothing of deleted rows in the files, as far as this can be done; see ``Backend.overwrite``."""
        with self.answering(), self._turn:
            return self.backend.overwrite(self.writer)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Turn what the driver raises into ``StoreUnavailable``."""
        if not self._is_open:
            raise StoreUnavailable(
                "the store is closed", where=self.where, next_step="open it again: Store.open"
            )
        driver_error: type[Exception] = self.reader.dialect.loaded_dbapi.Error
        try:
            yield
        except (DBAPIError, PoolTimeout, driver_error) as error:
            self.failures += 1
            raise self._unavailable(getattr(error, "orig", error)) from error

    def answered(self, found: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """Yield what is found, and turn what the driver raises meanwhile into ``StoreUnavailable``."""
        with self.answering():
            yield from found

    def close(self) -> None:
        """Close every connection."""
        self._is_open = False
        while self._at_hand:
            self._at_hand.pop().close()
        self.reader.dispose()
        self.writer.dispose()

    def _unavailable(self, error: object) -> StoreUnavailable:
        # Where the driver tells the message from its details, those may hold what shoppers wrote.
        primary = getattr(getattr(error, "diag", None), "message_primary", None)
        what = " ".join(str(primary or error).split())
        for secret in self._secrets:
            what = what.replace(str(secret), "***")
        said = f"{getattr(error, 'sqlstate', None) or ''} {what}"
        steps = self.backend.NEXT_STEPS.items()
        return StoreUnavailable(
            what.removesuffix("."),
            where=self.where,
            expected="a database that answers",
            next_step=next((step for words, step in steps if words in said), "zhiyin doctor"),
        )


class Prepared:
    """A read whose SQL text is compiled once and handed to the driver as it is."""

    def __init__(self, database: Database, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=database.reader.dialect)
        self._database = database
        self._text = str(compiled)
        self._fixed: Mapping[str, Any] = dict(compiled.params)
        self._order: list[str] | None = getattr(compiled, "positiontup", None)

    def rows(self, **values: object) -> list[tuple[Any, ...]]:
        """Return every row the read finds."""
        # No stored text holds NUL, and not every database takes one in a question.
        if any(isinstance(value, str) and "\0" in value for value in values.values()):
            return []
        with self._database.lent() as raw:
            return list(raw.execute(self._text, self._given(values)).fetchall())

    def frame(self, schema: pl.Schema, **values: object) -> pl.DataFrame:
        """Return every row the read finds as a frame, the way for many rows.

        Args:
            schema: the names and types of the columns it selects.
            values: of its parameters.
        """
        with self._database.lent() as raw:
            return self._database.backend.read_frame(raw, self._text, self._given(values), schema)

    def scan(
        self, schema: pl.Schema, after: int, until: int, limit: int
    ) -> Iterator[pl.DataFrame] | None:
        """Return what the read finds in chunks, by a way that is slow to start and then fast; None where there is none.

        Args:
            schema: the names and types of the columns it selects, the key first.
            after: its parameter of that name: only rows whose key is greater.
            until: the greatest key wanted.
            limit: its parameter of that name: rows in a chunk, at most.
        """
        database = self._database
        found = database.backend.scan(
            database.reader.url,
            self._text,
            self._given({"after": after, "limit": limit}),
            until,
            schema,
        )
        return None if found is None else database.answered(found)

    def _given(self, values: Mapping[str, object]) -> Any:
        given = {**self._fixed, **values}
        return given if self._order is None else [given[name] for name in self._order]


def insert(connection: Connection, table: Table) -> sqlite_dialect.Insert:
    """Return an insert that can say what to do on conflict; every database's own is written alike."""
    return insert_in(connection.dialect.name, table)


def insert_in(dialect: str, table: Table) -> sqlite_dialect.Insert:
    """Return what `insert` does, for the dialect of a name."""
    made: sqlite_dialect.Insert = _backend(dialect).insert(table)
    return made


def within(
    connection: Connection, column: Column[Any], values: Iterable[Any]
) -> ColumnElement[bool]:
    """Return the condition that a column's value is one of these, however many there are."""
    backend = _backend(connection.dialect.name)
    return backend.within(column, bindparam(None, backend.listed(list(values))))


def listing(dialect: str, kind: TypeEngine[Any], values: BindParameter[Any]) -> TableValuedAlias:
    """Return a table of a parameter's values, which `listed` makes; its column is ``value``."""
    return _backend(dialect).listing(kind, values)


def listed(dialect: str, values: Iterable[Any]) -> object:
    """Return values, however many, as one parameter."""
    return _backend(dialect).listed(list(values))


def execute_rows(
    connection: Connection, statement: Insert, rows: pl.DataFrame, keys: Sequence[str] = ()
) -> int:
    """Insert each row of a frame, one after the other.

    Args:
        connection: inside a transaction.
        statement: an insert without values; its columns are the frame's.
        rows: (n, columns) of text and numbers.
        keys: the columns by which the statement finds the row it updates, where it does.
    Returns: how many rows of the table were added or changed.
    """
    if rows.is_empty():
        return 0
    return _backend(connection.dialect.name).execute_rows(connection, statement, rows, keys)


def highest_id(connection: Connection, name: str) -> int:
    """Return the highest id a log table ever gave, of deleted rows too; 0 before the first."""
    return _backend(connection.dialect.name).highest_id(connection, name)


def set_highest_id(connection: Connection, name: str, highest: int) -> None:
    """Make the next id of a log table the one after ``highest``."""
    _backend(connection.dialect.name).set_highest_id(connection, name, highest)


def _backend(name: str, where: str = "") -> Backend:
    if name == "sqlite":
        return sqlite
    if name not in ("postgresql", "postgres"):
        raise StoreUnavailable(
            f'no store speaks "{name}"',
            where=where,
            expected="a path, or a URL that starts with sqlite:/// or postgresql://",
            next_step="set the store's URL",
        )
    try:
        from zhiyin.store import postgres
    except ImportError as error:
        raise StoreUnavailable(
            f"PostgreSQL's driver cannot be loaded: {error}",
            where=where,
            expected="the package psycopg",
            next_step="pip install 'zhiyin[postgres]'",
        ) from error
    return postgres
