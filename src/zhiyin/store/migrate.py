"""Bring the tables to the shape this version expects, or back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table

from zhiyin.errors import StoreUnavailable
from zhiyin.store.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0013"
"""The newest migration, said here so that opening a store that has it never loads Alembic (half a second)."""

_migrating = threading.Lock()
"""Alembic keeps what it works on in its modules, so that one thread of a process can use it at a time."""
_VERSION = table("alembic_version", column("version_num"))


def revision(connection: Connection) -> str | None:
    """Return the migration the tables are at, None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def migrate(database: Database, target: str = HEAD) -> None:
    """Bring the tables to a migration, forward or back, in one transaction.

    Args:
        database: where.
        target: a migration's name; ``base`` takes every table away.
    Raises:
        StoreUnavailable: the tables were made by a newer version, or the database does not answer.
    """
    with database.reading() as connection:
        if revision(connection) == target:
            return
    with database.writing() as connection:
        # Another process may have done it while this one waited for its turn.
        if (found := revision(connection)) != target:
            _run(connection, database.where, found, target)


def config() -> Config:
    """Return Alembic's configuration for our migrations, which come with the package."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    settings.set_main_option("path_separator", "os")
    return settings


def _run(connection: Connection, where: str, found: str | None, target: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    settings = config()
    line = [step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()][::-1]
    if found is not None and found not in line:
        raise StoreUnavailable(
            f"the tables are at {found}, which this version does not know",
            where=where,
            expected=f"at most {HEAD}",
            next_step="upgrade zhiyin",
        )
    settings.attributes["connection"] = connection
    places = ["base", *line]
    goes_back = places.index(target) < places.index(found or "base")
    with _migrating:
        (command.downgrade if goes_back else command.upgrade)(settings, target)
