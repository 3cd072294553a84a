"""A dump back into an empty store, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, MetaData, func, select
from sqlalchemy.exc import DataError, IntegrityError

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import Conflict, InvalidRecord
from zhiyin.store import schema
from zhiyin.store.dump_file import DumpReader
from zhiyin.store.engine import Database, execute_rows, set_highest_id
from zhiyin.store.migrate import HEAD, config, migrate
from zhiyin.store.pseudonymity import MARK, mark, refuse
from zhiyin.store.schema import lasting_tables, log_tables
from zhiyin.store.streams import columns_of

_CHECKING = 0.1
"""The part of the time that checking takes, the rest is loading."""

_INSTALLED = (schema.keys, schema.audit)
_KEYS_SINCE = "0009"


def restore(database: Database, dump: DumpReader, progress: Progress = untold) -> None:
    """Load a dump in one transaction, with the numbers and ids its rows had; an older one is migrated forward.

    Args:
        database: where; its tables are of this version and empty.
        dump: a dump that was verified.
        progress: told after each part.
    Raises:
        Conflict: the store holds something, or has keys that an older dump's tables cannot hold.
        StoreError: it holds people's ids as they are and the store is to hold pseudonyms, or the other way round, or other ones.
        InvalidRecord: the dump is of a newer version, or does not hold together; the store stays empty.
        StoreUnavailable: the database does not answer; the store stays empty.
    Complexity: O(rows) time; memory for one part.
    """
    with database.reading() as connection:
        _refuse_full(connection, schema.METADATA, database.where)
    with _tables_at(database, dump):
        with database.reading() as connection:
            metadata = _reflected(connection)
        _check(dump, metadata, progress)
        with database.writing() as connection, _told_as_the_dumps(database, dump):
            _refuse_full(connection, metadata, database.where)
            _load(connection, metadata, dump, progress)
            _compare(connection, metadata, dump)
            refuse(mark(connection), database.pseudonyms.check, str(dump.path), "dump")


@contextmanager
def _tables_at(database: Database, dump: DumpReader) -> Iterator[None]:
    """Bring the empty tables to the dump's migration, and forward again."""
    revision = dump.manifest.revision
    if revision == HEAD:
        yield
        return
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory.from_config(config()).walk_revisions()
    if revision not in {step.revision for step in steps}:
        raise InvalidRecord(
            f"its tables are at {revision[:40]}, which this version does not know",
            where=str(dump.path),
            expected=f"at most {HEAD}",
            next_step="upgrade zhiyin",
        )
    _refuse_loss(database, revision)
    migrate(database, revision)
    try:
        yield
    finally:
        migrate(database)


def _refuse_full(connection: Connection, metadata: MetaData, where: str) -> None:
    for table in lasting_tables(metadata):
        held = select(func.count()).select_from(table)
        if table.name == schema.state.name:
            # A store that nothing was ever told has its counters, at zero.
            is_new = table.c.key.like("#%") & (table.c.value == "0")
            held = held.where(~is_new, table.c.key != MARK)
        if table.name == schema.tombstones.name:
            continue  # the home's receipts made them, and do so again
        if rows := connection.execute(held).scalar_one():
            raise Conflict(
                f"the store holds {rows:,} rows of {table.name}",
                where=where,
                expected="an empty store",
                next_step="restore into another folder: zhiyin --home DIR restore FILE",
            )


def _refuse_loss(database: Database, revision: str) -> None:
    """Refuse to go back to before there were keys where there are some: they would be lost on the way."""
    with database.reading() as connection:
        installed = [connection.execute(select(one.c.id).limit(1)).first() for one in _INSTALLED]
    if revision < _KEYS_SINCE and any(installed):
        raise Conflict(
            "the store has API keys or an audit log, which tables as old as the dump's cannot hold",
            where=database.where,
            expected="a store that was just made",
            next_step="restore into a new home, and make its keys there",
        )


def _reflected(connection: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(connection)
    metadata.remove(metadata.tables["alembic_version"])
    return metadata


def _check(dump: DumpReader, metadata: MetaData, progress: Progress) -> None:
    tables = {table.name: table for table in lasting_tables(metadata)}
    if odd := set(tables) ^ set(dump.manifest.tables):
        raise dump.wrong(f"the table {min(odd)} is not in both dump and store", "the same tables")
    parts = [
        (part, columns_of(tables[name]))
        for name, said in dump.manifest.tables.items()
        for part in said.parts
    ]
    for nth, (part, columns) in enumerate(parts, 1):
        dump.check(part, columns)
        progress(_CHECKING * nth / len(parts), 0)


def _load(connection: Connection, metadata: MetaData, dump: DumpReader, progress: Progress) -> None:
    total = max(sum(said.rows for said in dump.manifest.tables.values()), 1)
    done = 0
    for name in (schema.state.name, schema.tombstones.name):
        if name in metadata.tables:
            connection.execute(metadata.tables[name].delete())
    for name, said in dump.manifest.tables.items():
        table = metadata.tables[name]
        for part in said.parts:
            rows = dump.rows(part, columns_of(table))
            execute_rows(connection, table.insert().inline(), rows)
            done += part.rows
            progress(1 - (1 - _CHECKING) * (1 - done / total), done)


def _compare(connection: Connection, metadata: MetaData, dump: DumpReader) -> None:
    """Hold what was loaded against the manifest, and let ids go on after the highest that was ever given."""
    logs = log_tables(metadata)
    for name, said in dump.manifest.tables.items():
        table = metadata.tables[name]
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if rows != said.rows:
            raise dump.wrong(f"{rows:,} rows of {name} were loaded", f"{said.rows:,}")
        if name in logs:
            highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
            set_highest_id(connection, name, max(highest, said.highest_id or 0))
    c = metadata.tables[schema.state.name].c
    counters = {str(key): str(value) for key, value in connection.execute(select(c.key, c.value))}
    if not all(counters.get(f"#{key}", "").isdecimal() for key in ("0", "1", "2", "revision")):
        raise dump.wrong("the counters of numbers are not all there", "those of a store")


@contextmanager
def _told_as_the_dumps(database: Database, dump: DumpReader) -> Iterator[None]:
    """Say of rows that no store can hold that the dump is wrong, not the database."""
    driver_error: type[Exception] = database.writer.dialect.loaded_dbapi.DataError
    try:
        yield
    except (IntegrityError, DataError, driver_error) as error:
        what = str(getattr(error, "orig", error)).splitlines()[0]
        raise dump.wrong(f"its rows cannot be stored: {what}", "the rows of a store") from error
