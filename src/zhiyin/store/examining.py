"""A look at a database that may be damaged, without opening it as a store: nothing is made, migrated or written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, func, make_url, select

from zhiyin.core.entity import Kind
from zhiyin.errors import StoreError, StoreUnavailable, ZhiyinError
from zhiyin.privacy.secret import Secret
from zhiyin.store import pseudonymity, sqlite
from zhiyin.store import schema as tables
from zhiyin.store.consistency import numbers_out_of_range
from zhiyin.store.engine import Database
from zhiyin.store.migrate import HEAD, revision

_LONG_S = 20.0
"""How long a file is read through; a gigabyte takes about two seconds."""
_LARGE_LOG_BYTES = 512 << 20
_LATEST = 10_000
_AHEAD_S = 300.0
"""Clocks of machines differ by less."""
_WAL = bytes([2, 2])
_MODE_AT = 18


class Examination:
    """Looks at a database; each look returns what it found, or an error where something may go wrong later.

    Args:
        url_or_path: of the database.
        long_s: how long a look may take that reads all of it.
    """

    def __init__(self, url_or_path: str | Path, long_s: float = _LONG_S) -> None:
        place = str(url_or_path)
        url = make_url(place) if "://" in place else None
        is_file = url is None or url.get_backend_name() == "sqlite"
        self.path = Path(place if url is None else url.database or "") if is_file else None
        self._place = place
        self._long_s = long_s

    def entities(self) -> str:
        """Return how many entities there are.

        Raises:
            StoreError: the database does not answer, or is none of ours.
        """
        e = tables.entities.c
        with self._connection() as connection:
            rows = connection.execute(select(e.kind, func.count()).group_by(e.kind))
            counted = {int(kind): int(count) for kind, count in rows}
        named = {"items": Kind.ITEM, "posts": Kind.POST, "users": Kind.PERSON}
        return ", ".join(f"{counted.get(int(kind), 0):,} {name}" for name, kind in named.items())

    def people(self, secret: Secret | None) -> None:
        """Refuse a store that keeps people's ids otherwise than the settings say, or under another key."""
        with self._connection() as connection:
            pseudonymity.examine(connection, secret, self._place_shown())

    def schema(self) -> str:
        """Return at which migration the tables are.

        Raises:
            StoreError: there are none, or a newer version of zhiyin made them.
        """
        with self._connection() as connection:
            found = revision(connection)
        if found is None or found > HEAD:
            raise StoreUnavailable(
                "it has no tables of zhiyin"
                if found is None
                else f"the tables are at {found}, this version knows {HEAD}",
                where=self._place_shown(),
                expected=f"tables at {HEAD} or before",
                next_step="check the address of the database"
                if found is None
                else "upgrade zhiyin",
            )
        return f"at {HEAD}" if found == HEAD else f"at {found}; the next start brings it to {HEAD}"

    def is_current(self) -> bool:
        """Return whether a store can be opened without changing its tables."""
        with self._connection() as connection:
            return revision(connection) == HEAD

    def integrity(self) -> str:
        """Return how much was read through and found whole.

        Raises:
            StoreError: something in it is damaged.
        """
        with self._database() as database:
            try:
                found = self._problems(database)
            except StoreUnavailable as error:
                if "interrupted" not in error.what:
                    raise
                return f"nothing wrong in what {self._long_s:g} seconds reached"
        if found:
            raise StoreError(
                "; ".join(found[:5]),
                where=self._place_shown(),
                expected="a database without damage",
                next_step="stop what writes to it, copy it, and restore a backup of it",
            )
        return "read through, whole"

    def log(self) -> str | ZhiyinError:
        """Return how acknowledged writes are kept, and the size of the write-ahead log."""
        if self.path is None:
            return "kept by the server"
        with self.path.open("rb") as file:
            file.seek(_MODE_AT)
            is_wal = file.read(2) == _WAL
        log = sqlite.log_of(self.path)
        size = log.stat().st_size if log.exists() else 0
        if not is_wal:
            return StoreError(
                "the file is not in WAL mode: pages wait for writes",
                where=str(self.path),
                expected="journal mode WAL, which zhiyin sets",
                next_step="see what else opens this file; the next write of zhiyin sets it back",
            )
        if size > _LARGE_LOG_BYTES:
            return StoreError(
                f"the write-ahead log has {size / 1e6:,.0f} MB",
                where=str(log),
                expected=f"less than {_LARGE_LOG_BYTES / 1e6:,.0f} MB",
                next_step="see which process reads for long (a backup, an export); it shrinks once that has ended",
            )
        return f"write-ahead log of {size / 1e6:,.1f} MB, synchronous FULL"

    def clock(self) -> str | ZhiyinError:
        """Return that nothing stored is of the future, or what is: a clock went back, or a sender's is ahead."""
        now = time.time()
        e, i = tables.events.c, tables.impressions.c
        latest = select(e.time_us).order_by(e.id.desc()).limit(_LATEST).subquery()
        with self._connection() as connection:
            event = connection.execute(select(func.max(latest.c.time_us))).scalar()
            page = connection.execute(select(i.time_us).order_by(i.id.desc()).limit(1)).scalar()
        ahead = {"an event": event, "a page that was shown": page}
        if self.path is not None:
            ahead["a write to the database"] = int(self.path.stat().st_mtime * 1e6)
        late = {
            what: us / 1e6 - now for what, us in ahead.items() if us and us / 1e6 - now > _AHEAD_S
        }
        if not late:
            return "nothing stored is of the future"
        what, seconds = max(late.items(), key=lambda one: one[1])
        return StoreError(
            f"{what} is {_span(seconds)} ahead of this machine's clock",
            where=self._place_shown(),
            expected="times that have passed",
            next_step="set the clock (NTP); if it is right, see who sends such times: zhiyin check",
        )

    def _problems(self, database: Database) -> list[str]:
        with database.reading() as connection:
            if self.path is None:
                found = database.backend.problems(connection)
            else:
                told = connection.exec_driver_sql("PRAGMA quick_check").scalars()
                found = [str(text) for text in told if text != "ok"]
            s = tables.state.c
            rows = connection.execute(select(s.key, s.value))
            counters = {row.key: row.value for row in rows}
        return found or [
            problem
            for kind in Kind
            for problem in numbers_out_of_range(database, kind, int(counters[f"#{int(kind)}"]))
        ]

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Let a store that is opened and closed meanwhile leave the file as it was.

        Whoever closes a file of SQLite last writes its log back, unless somebody still reads.
        """
        if self.path is None or not sqlite.log_of(self.path).exists():
            yield
            return
        with self._connection() as connection:
            revision(connection)  # the file is opened with the first question
            yield

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._database() as database, database.reading() as connection:
            yield connection

    @contextmanager
    def _database(self) -> Iterator[Database]:
        if self.path is None:
            database = Database.at(self._place)
        else:
            if not self.path.is_file():
                raise StoreUnavailable(
                    "the file is not there",
                    where=str(self.path),
                    expected="a database",
                    next_step="restore a backup of it; zhiyin init makes an empty one",
                )
            engine = sqlite.read_only(self.path, self._long_s)
            database = Database(URL.create("sqlite", database=str(self.path)), (engine, engine))
        try:
            yield database
        finally:
            database.close()

    def _place_shown(self) -> str:
        return str(self.path) if self.path else make_url(self._place).render_as_string()


def _span(seconds: float) -> str:
    """Return a time in words.

    >>> _span(7200.0), _span(90.0)
    ('2 hours', '2 minutes')
    """
    for name, length in (("days", 86400), ("hours", 3600)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds / 60:.0f} minutes"
