"""The counters behind the ids of log tables: each engine keeps them its own way, so that no id is given twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Integer, MetaData, Table, bindparam, column, select, table, text

_SQLITE = table("sqlite_sequence", column("name"), column("seq", Integer))


def log_tables(metadata: MetaData) -> Iterator[Table]:
    """Yield the tables whose rows are numbered in the order they come."""
    return (found for found in metadata.sorted_tables if "id" in found.primary_key.columns)


def highest_id(connection: Connection, name: str) -> int:
    """Return the highest id a log table ever gave, of deleted rows too; 0 before the first."""
    if connection.dialect.name == "sqlite":
        asked = select(_SQLITE.c.seq).where(_SQLITE.c.name == name)
        return int(connection.execute(asked).scalar() or 0)
    sequence = _sequence(connection, name)
    last, is_used = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
    return int(last) if is_used else 0


def set_highest_id(connection: Connection, name: str, highest: int) -> None:
    """Make the next id of a log table the one after `highest`."""
    if connection.dialect.name == "sqlite":
        is_name = _SQLITE.c.name == name
        connection.execute(_SQLITE.delete().where(is_name))
        if highest:
            connection.execute(_SQLITE.insert().values(name=name, seq=highest))
        return
    asked = text("SELECT setval(:sequence, :value, :is_used)")
    connection.execute(
        asked,
        {
            "sequence": _sequence(connection, name),
            "value": max(highest, 1),
            "is_used": highest > 0,
        },
    )


def _sequence(connection: Connection, name: str) -> str:
    asked = text("SELECT pg_get_serial_sequence(:name, 'id')").bindparams(bindparam("name", name))
    return str(connection.execute(asked).scalar_one())
