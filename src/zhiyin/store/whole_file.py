"""Files that others see only when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zhiyin.errors import Conflict


@contextmanager
def whole_file(path: Path, *, replaces: bool) -> Iterator[IO[bytes]]:
    """Open a file for what others shall see only when it is whole; only its owner may read it.

    Raises:
        Conflict: there is such a file and it may not be replaced.
    """
    refuse_existing([path], replaces=replaces)
    # Links are followed, so that what they lead to is replaced and not they.
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        refuse_existing([path], replaces=replaces)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def refuse_existing(paths: Iterable[Path], *, replaces: bool) -> None:
    """Raise Conflict where one of some files is there and none may be replaced."""
    for path in paths:
        if path.is_dir() or (path.exists() and not replaces):
            raise Conflict(
                "this is a folder" if path.is_dir() else "there is such a file already",
                where=str(path),
                expected="a name that is free",
                next_step="name another" if path.is_dir() else "name another, or --force",
            )
