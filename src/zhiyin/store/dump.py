"""Everything in the store as one file, read in one moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import StoreUnavailable
from zhiyin.store.dump_file import (
    FORMAT,
    DumpWriter,
    Manifest,
    Part,
    TableDump,
    part_name,
)
from zhiyin.store.engine import Database, highest_id
from zhiyin.store.migrate import revision
from zhiyin.store.schema import METADATA, lasting_tables, log_tables
from zhiyin.store.streams import streamed
from zhiyin.store.whole_file import whole_file


def dump(
    database: Database, path: Path, *, replaces: bool = False, progress: Progress = untold
) -> Manifest:
    """Write every table to a file, which appears under its name only when it is whole and on the disk.

    Others may read and write meanwhile; the file holds what was there at the moment it was begun. Caches are left out.

    Args:
        database: where the tables are.
        path: the file.
        replaces: whether a file of that name may be replaced.
        progress: told after each part.
    Returns: what the file says of itself.
    Raises:
        Conflict: there is such a file.
        StoreUnavailable: the database does not answer.
        OSError: the file cannot be written; nothing is left of it.
    Complexity: O(rows) time; memory for one part, about 64 MB of values.
    """
    now = datetime.now(UTC)
    with whole_file(path, replaces=replaces) as file, database.frozen() as connection:
        at = revision(connection)
        if at is None:
            raise StoreUnavailable("there are no tables", where=database.where)
        tables = lasting_tables(METADATA)
        counts = {table.name: _count(connection, table) for table in tables}
        logs = log_tables(METADATA)
        total, done = max(sum(counts.values()), 1), 0
        dumped = {}
        with DumpWriter(file, now.timetuple()[:6]) as writer:
            for table in tables:
                parts = []
                for part in _parts(connection, table, writer):
                    parts.append(part)
                    done += part.rows
                    progress(done / total, done)
                highest = highest_id(connection, table.name) if table.name in logs else None
                rows = sum(part.rows for part in parts)
                dumped[table.name] = TableDump(rows=rows, highest_id=highest, parts=tuple(parts))
            manifest = Manifest(
                format=FORMAT,
                revision=at,
                created=now.isoformat(timespec="seconds"),
                tables=dumped,
            )
            writer.finish(manifest)
    return manifest


def _parts(connection: Connection, table: Table, writer: DumpWriter) -> Iterator[Part]:
    rows = select(table).order_by(*table.primary_key.columns)
    for nth, chunk in enumerate(streamed(connection, rows), 1):
        yield writer.part(part_name(table.name, nth), chunk)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
