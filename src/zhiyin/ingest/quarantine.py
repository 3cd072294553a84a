"""Where rows go that cannot be taken: kept with file, line and reason, for whoever mends them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from zhiyin.errors import StoreUnavailable
from zhiyin.ingest.batch import Rejected


class Quarantine:
    """A file of rejected rows, one JSON object a line, made when the first row comes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     quarantine = Quarantine(Path(folder), "table")
    ...     quarantine.add([Rejected("plays.csv", 7, "user is missing", ",51")])
    ...     quarantine.close()
    ...     json.loads(quarantine.path.read_text())["line"]
    7
    """

    def __init__(self, folder: Path, name: str) -> None:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        self._wanted = folder / f"{moment}-{name}.jsonl"
        self._file: IO[str] | None = None
        self.count = 0

    @property
    def path(self) -> Path | None:
        """The file, None while nothing was rejected."""
        return self._wanted if self.count else None

    def add(self, rejected: Iterable[Rejected]) -> None:
        """Write rows down.

        Raises:
            StoreUnavailable: the file cannot be written.
        """
        rows = [json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rejected]
        if not rows:
            return
        try:
            if self._file is None:
                self._wanted.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._wanted.open("w", encoding="utf-8", errors="backslashreplace")
            self._file.writelines(rows)
            self._file.flush()
        except OSError as error:
            raise StoreUnavailable(
                f"the quarantine cannot be written: {error.strerror}",
                where=str(self._wanted),
                expected="a folder that can be written",
                next_step="mend it and run the import again",
            ) from error
        self.count += len(rows)

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()
