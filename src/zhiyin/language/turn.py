"""One run of mining at a time in a shop's folder, and no leftovers of runs that were killed."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhiyin.errors import Conflict

_UNFINISHED = ".*.????????"  # as `whole_file` names what it writes


@contextmanager
def own_turn(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, and remove the unfinished files of those that were killed.

    The kernel gives the turn back when a process ends, however it ends.

    Raises:
        Conflict: another run is at work there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, own_turn(Path(name)), own_turn(Path(name)):
    ...     pass
    Traceback (most recent call last):
    ...
    zhiyin.errors.Conflict: ...: another mine is running. Expected one at a time. Next: wait until it has ended; ...
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "mine.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                "another mine is running",
                where=str(folder),
                expected="one at a time",
                next_step="wait until it has ended; what it has read is not read again",
            ) from error
        for unfinished in folder.glob(_UNFINISHED):
            unfinished.unlink(missing_ok=True)
        yield
