"""The way to the database: which engine a URL names, transactions, prepared reads, errors in our words."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Any

import polars as pl
from sqlalchemy import URL, Connection, Table, make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.sql.expression import ClauseElement

from zhiyin.errors import StoreUnavailable
from zhiyin.store import sqlite

_NEXT_STEPS: Mapping[str, str] = {
    "not a database": "check the path: this file was not made by zhiyin",
    "malformed": "restore a backup of it",
    "readonly": "give this user the right to write the file and its folder",
    "locked": "see which process holds the database, then try again",
    "unable to open": "check that the folder exists and can be written",
    "full": "free some space on the disk, then try again",
    "no such table": "check the path: this file was not made by zhiyin",
}


class Database:
    """One database, with a way to read it and a way to write it; safe to use from several threads."""

    def __init__(self, url: URL) -> None:
        if url.get_backend_name() != "sqlite":
            raise StoreUnavailable(
                f'no store speaks "{url.get_backend_name()}"',
                where=url.render_as_string(),
                expected="a path or a URL that starts with sqlite:///",
                next_step="set the store's URL",
            )
        self.where = url.render_as_string()
        self.reader, self.writer = sqlite.connect(url)
        self._turn = threading.Lock()
        self._is_open = True

    @classmethod
    def at(cls, url_or_path: str | PathLike[str]) -> Database:
        """Return the database at a URL or at the path of a file."""
        place = fspath(url_or_path)
        if "://" not in place:
            return cls(URL.create("sqlite", database=place))
        try:
            return cls(make_url(place))
        except ArgumentError as error:
            raise StoreUnavailable(
                "this is no URL", where=place, expected="sqlite:///shop.db", next_step="correct it"
            ) from error

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

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Return a read whose text is made once, for the paths where every microsecond counts."""
        return Prepared(self, statement)

    def problems(self) -> list[str]:
        """Return what is wrong with the database's own files."""
        try:
            with self.reading() as connection:
                return sqlite.problems(connection)
        except StoreUnavailable as error:
            return [error.what]

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
        except (DBAPIError, driver_error) as error:
            what = str(getattr(error, "orig", error))
            step = next((s for words, s in _NEXT_STEPS.items() if words in what), "zhiyin doctor")
            raise StoreUnavailable(
                what, where=self.where, expected="a database that answers", next_step=step
            ) from error

    def close(self) -> None:
        """Close every connection."""
        self._is_open = False
        self.reader.dispose()
        self.writer.dispose()


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
        with self._cursor(values) as cursor:
            return list(cursor.fetchall())

    def parts(self, size: int, **values: object) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Yield the rows the read finds, ``size`` at a time."""
        with self._cursor(values) as cursor:
            while rows := cursor.fetchmany(size):
                yield rows

    @contextmanager
    def _cursor(self, values: Mapping[str, object]) -> Iterator[DBAPICursor]:
        given = {**self._fixed, **values}
        with self._database.answering():
            raw = self._database.reader.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute(
                    self._text, given if self._order is None else [given[n] for n in self._order]
                )
                yield cursor
                cursor.close()
            finally:
                raw.close()


def insert(table: Table) -> sqlite.Insert:
    """Return an insert that can say what to do on conflict; every engine's own is written alike."""
    return sqlite.insert(table)


def execute_rows(connection: Connection, statement: ClauseElement, rows: pl.DataFrame) -> int:
    """Run a statement once for each row of a frame.

    The values go to the driver as they are, without SQLAlchemy's work on each: three times as fast.

    Args:
        connection: inside a transaction.
        statement: its parameters are named like the columns.
        rows: (n, columns) of text and numbers.
    Returns: how many rows of the table were added or changed.
    """
    if rows.is_empty():
        return 0
    compiled = statement.compile(dialect=connection.dialect, column_keys=rows.columns)
    order: list[str] | None = getattr(compiled, "positiontup", None)
    values = rows.to_dicts() if order is None else rows.select(order).rows()
    result = connection.exec_driver_sql(
        str(compiled), values, execution_options={"preserve_rowcount": True}
    )
    return result.rowcount
