"""Where rows go that cannot be taken: kept with file, line and reason, for whoever mends them."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from zhiyin.errors import Conflict, StoreError, StoreUnavailable
from zhiyin.ingest.batch import Rejected
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms
from zhiyin.store.whole_file import whole_file

_QUOTING = ("reason", "row")
"""What of a rejected row may quote it."""


class Quarantine:
    """A file of rejected rows, one JSON object a line, made when the first row comes.

    Args:
        folder: where the file is.
        name: of the format.
        pseudonyms: which seal what a row says, for it may name people.

    Attributes:
        count: how many rows were rejected.
        size: how many bytes of the file hold them.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     quarantine = Quarantine(Path(folder), "table")
    ...     quarantine.add([Rejected("plays.csv", 7, "user is missing", ",51")])
    ...     quarantine.close()
    ...     json.loads(quarantine.path.read_text())["line"]
    7
    """

    def __init__(self, folder: Path, name: str, pseudonyms: Pseudonyms = PLAIN) -> None:
        self._pseudonyms = pseudonyms
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        self._wanted = folder / f"{moment}-{name}.jsonl"
        self._file: IO[bytes] | None = None
        self.size = 0
        self.count = 0

    def go_on(self, file: str, size: int, count: int) -> None:
        """Go on with the file of an import that was stopped; what it had written behind its last batch is cut off.

        Raises:
            Conflict: the import was not stopped, but is running.
        """
        if not count:
            return
        path = self._wanted.with_name(file)
        if path.is_file() and path.stat().st_size >= size:
            self._wanted, self.size = path, size
            self._open()
        self.count = count

    @property
    def path(self) -> Path | None:
        """The file, None while nothing was rejected."""
        return self._wanted if self.count else None

    def add(self, rejected: Iterable[Rejected]) -> None:
        """Write rows down; they are on the disk when this returns.

        Raises:
            StoreUnavailable: the file cannot be written.
        """
        rows = [as_line(asdict(row), self._pseudonyms) for row in rejected]
        if not rows:
            return
        try:
            file = self._file or self._open()
            text = "".join(rows).encode("utf-8", "backslashreplace")
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise StoreUnavailable(
                f"the quarantine cannot be written: {error.strerror}",
                where=str(self._wanted),
                expected="a folder that can be written",
                next_step="mend it and run the import again",
            ) from error
        self.count += len(rows)
        self.size += len(text)

    def _open(self) -> IO[bytes]:
        self._wanted.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._wanted.touch(mode=0o600)
        self._file = self._wanted.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                "this import is running already",
                where=str(self._wanted),
                expected="one process for an import",
                next_step="wait until it is through",
            ) from error
        self._file.truncate(self.size)
        return self._file

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()


def as_line(row: Mapping[str, object], pseudonyms: Pseudonyms) -> str:
    """Return a rejected row as a line of the file; its reason and text are sealed where people's ids are pseudonyms."""
    told = dict(row)
    if pseudonyms is not PLAIN:
        quoted = {name: told.pop(name) for name in _QUOTING if name in told}
        told["sealed"] = pseudonyms.seal(json.dumps(quoted, ensure_ascii=False))
    return json.dumps(told, ensure_ascii=False) + "\n"


def unsealed(line: bytes, pseudonyms: Pseudonyms) -> bytes:
    """Return a line of the file with its reason and text; one that was never sealed as it is.

    Raises:
        StoreError: it was not sealed with this key.
    """
    if pseudonyms is PLAIN or b'"sealed"' not in line:
        return line
    told = json.loads(line)
    told |= json.loads(pseudonyms.unseal(told.pop("sealed")))
    return (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _read(line: bytes, keyed: Sequence[Pseudonyms]) -> bytes:
    try:
        return unsealed(line, keyed[0])
    except StoreError:  # it was turned over before
        return unsealed(line, keyed[-1])


def turn_file(path: Path, old: Pseudonyms, new: Pseudonyms) -> None:
    """Seal the lines of a file anew, or open them; doing so again does no harm. What is no whole line goes.

    Raises:
        StoreError: a line was sealed with a third key.
    """
    lines = []
    for line in path.read_bytes().splitlines(keepends=True):
        with suppress(ValueError):
            told = json.loads(_read(line, [one for one in (old, new) if one is not PLAIN]))
            lines.append(as_line(told, new).encode("utf-8", "backslashreplace"))
    with whole_file(path, replaces=True) as file:
        file.writelines(lines)
