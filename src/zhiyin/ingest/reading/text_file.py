"""Text read a block of lines at a time, gunzipped where needed, in bounded memory."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from zhiyin.ingest.reading.chunk import CHUNK_ROWS, damaged

_BLOCK_CHARACTERS = 64_000_000
_LONGEST_LINE = 16_000_000


class TextFile:
    """A text file's lines, each with its line break, and how far the reading is.

    Bytes that are no text in the encoding become lone surrogates, so that only their rows are lost.

    Attributes:
        lines: the lines not read so far.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "plays.csv")
    ...     _ = path.write_text("user,item")
    ...     with opened(path, "utf-8") as file:
    ...         file.block(), file.block(), file.done
    (['user,item'], [], 1.0)
    """

    def __init__(self, path: Path, raw: IO[bytes], encoding: str) -> None:
        is_zipped = path.suffix.lower() == ".gz"
        binary: Any = gzip.GzipFile(fileobj=raw) if is_zipped else raw
        self._raw = raw
        # Bytes that end up below 128 cannot be escaped, and those of UTF-16 may be any.
        errors = "surrogatepass" if encoding == "utf-16" else "surrogateescape"
        self._text = io.TextIOWrapper(binary, encoding, errors=errors, newline="")
        self.lines = self._lines(path)
        self._size = path.stat().st_size

    @property
    def done(self) -> float:
        """How much of the file is read, 0 to 1."""
        return min(1.0, self._raw.tell() / max(self._size, 1))

    def block(self) -> list[str]:
        """Return the next lines, as many as memory should hold at a time; none at the end."""
        block: list[str] = []
        room = _BLOCK_CHARACTERS
        for line in islice(self.lines, CHUNK_ROWS):
            block.append(line)
            room -= len(line)
            if room <= 0:
                break
        return block

    def characters(self, most: int) -> str:
        """Return the next characters, lines or not, `most` or up to the end."""
        return self._text.read(most)

    def _lines(self, path: Path) -> Iterator[str]:
        for number, line in enumerate(iter(partial(self._text.readline, _LONGEST_LINE), ""), 1):
            if len(line) == _LONGEST_LINE:
                raise damaged(path, f"line {number:,} has {_LONGEST_LINE:,} characters or more")
            yield line


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[TextFile]:
    """Open a text file; ``.gz`` is gunzipped."""
    with path.open("rb") as raw:
        yield TextFile(path, raw, encoding)
