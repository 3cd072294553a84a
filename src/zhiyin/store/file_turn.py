"""Turns of processes that write to one SQLite file, in which nobody is passed over."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without it: whoever tries at the right moment writes next
    fcntl = None  # type: ignore[assignment]

_AGAIN_S = 0.001


def begin(connection: sqlite3.Connection, path: Path, patience_s: float) -> None:
    """Begin a transaction that writes, when it is this process's turn.

    SQLite lets writers try again after pauses that grow to a tenth of a second, so that a process that writes without a
    pause keeps all others out. Here only one waits for the file, and tries often; the others wait for its place.

    Args:
        connection: without a transaction.
        path: of the file; beside it lies an empty one whose lock is that place.
        patience_s: how long to wait.
    Raises:
        sqlite3.OperationalError: it was not the turn of this process in time.
    """
    until = time.monotonic() + patience_s
    with _next(path, until):
        connection.execute("PRAGMA busy_timeout=0")
        try:
            _tried(connection, until)
        finally:
            connection.execute(f"PRAGMA busy_timeout={patience_s * 1e3:.0f}")


def _tried(connection: sqlite3.Connection, until: float) -> None:
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_AGAIN_S)


@contextmanager
def _next(path: Path, until: float) -> Iterator[None]:
    """Hold the place of who writes next; without it where the file for it cannot be made."""
    try:
        place = os.open(path.with_name(f"{path.name}-turn"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        while fcntl and not _is_taken(place) and time.monotonic() < until:
            time.sleep(_AGAIN_S)
        yield
    finally:
        os.close(place)


def _is_taken(place: int) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
