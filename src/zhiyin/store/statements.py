"""Statements whose text is made once and handed to the driver as it is, for the paths where every microsecond counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.engine import Compiled
from sqlalchemy.sql.expression import ClauseElement


@lru_cache(64)
def compiled(
    statement: ClauseElement, dialect: Dialect, columns: tuple[str, ...] | None = None
) -> Compiled:
    """Return a statement as a database is told it; another statement object is compiled anew, even if it says the same.

    Args:
        statement: made once and kept; of an insert, without values.
        dialect: of the database.
        columns: that an insert gives for each row.
    """
    return statement.compile(dialect=dialect, column_keys=columns)


def ask(connection: Connection, statement: ClauseElement, **values: object) -> Sequence[Any]:
    """Return every row that a statement finds.

    Args:
        connection: in a transaction or not.
        statement: made once and kept.
        values: of its parameters, which the driver takes as they are.
    """
    said = compiled(statement, connection.dialect)
    given = {**said.params, **values}
    order = getattr(said, "positiontup", None)
    found: CursorResult[Any] = connection.exec_driver_sql(
        str(said), given if order is None else tuple(given[name] for name in order)
    )
    return found.all()
