"""The file a dump is: a ZIP of Parquet parts with a manifest, sealed by a checksum of all of it.

The last 64 bytes, which are the end of the ZIP's comment, are the SHA-256 of every byte before them. So any tool that
reads ZIP and Parquet can read a dump, and no changed byte goes unnoticed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from zhiyin.errors import InvalidRecord

FORMAT = 1
MANIFEST = "manifest.json"
_COMMENT = b"A zhiyin dump. SHA-256 of all before: "
_SEAL = 64
_PIECE = 1 << 20
_MOST_PART_ROWS = 1_000_000
_LARGEST_MANIFEST = 64_000_000
# Polars panics, which is no Exception, where a Parquet file is damaged in a way it does not foresee.
_UNREADABLE = (
    OSError, EOFError, ValueError, KeyError, AttributeError, RuntimeError, zipfile.BadZipFile,
    pl.exceptions.PolarsError, pl.exceptions.PanicException,
)  # fmt: skip


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Part(_Said):
    """A piece of a table: a Parquet file in the ZIP."""

    name: str
    rows: int = Field(ge=0, le=_MOST_PART_ROWS)
    bytes: int = Field(ge=0)
    sha256: str


class TableDump(_Said):
    """A table's rows; ``highest_id`` is the highest id ever given where rows are numbered as they come."""

    rows: int = Field(ge=0)
    highest_id: int | None = Field(ge=0, lt=1 << 63)
    parts: tuple[Part, ...]


class Manifest(_Said):
    """What a dump says of itself; ``revision`` is the schema's, ``created`` UTC."""

    format: int
    revision: str
    created: str
    tables: dict[str, TableDump]


def part_name(table: str, nth: int) -> str:
    """Return what a table's nth part is called, counted from 1."""
    return f"{table}/{nth:05d}.parquet"


class DumpWriter:
    """Writes parts, then the manifest and the seal, into an open file."""

    def __init__(self, file: IO[bytes], date_time: tuple[int, int, int, int, int, int]) -> None:
        self._file = file
        self._date_time = date_time
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)

    def part(self, name: str, rows: pl.DataFrame) -> Part:
        """Write rows as a part and return what the manifest says of it."""
        content = io.BytesIO()
        rows.write_parquet(content, compression="zstd")
        data = content.getbuffer()
        self._member(name, data)
        digest = hashlib.sha256(data).hexdigest()
        return Part(name=name, rows=rows.height, bytes=data.nbytes, sha256=digest)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the seal, and see all of it onto the disk."""
        self._member(MANIFEST, memoryview(manifest.model_dump_json(indent=1).encode()))
        self._zip.comment = _COMMENT + b"0" * _SEAL
        self._zip.close()
        self._file.seek(-_SEAL, os.SEEK_END)
        seal = _digest(self._file, self._file.tell())
        self._file.seek(-_SEAL, os.SEEK_END)
        self._file.write(seal)
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def _member(self, name: str, data: memoryview) -> None:
        member = zipfile.ZipInfo(name, self._date_time)
        member.external_attr = 0o600 << 16
        self._zip.writestr(member, data)


class DumpReader:
    """A dump that was verified to be whole; ``manifest`` says what it holds.

    Opening reads every byte once, and nothing is believed before the seal holds.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "x.zip")
    ...     with path.open("w+b") as file, DumpWriter(file, (2026, 5, 1, 8, 0, 0)) as writer:
    ...         writer.finish(Manifest(format=1, revision="0001", created="2026-05-01", tables={}))
    ...     with DumpReader(path) as dump:
    ...         dump.manifest.revision
    '0001'

    Raises:
        InvalidRecord: the file is no dump, is damaged or cut short, or was made by a newer version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        try:
            self._check_seal()
            with self._reading(MANIFEST):
                self._zip = zipfile.ZipFile(self._file)
            self.manifest = self._read_manifest()
            self._check_members()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def rows(self, part: Part, schema: pl.Schema) -> pl.DataFrame:
        """Return a part's rows.

        Raises:
            InvalidRecord: it is not what the manifest says, or has other columns than `schema`.
        """
        content = self._content(part)
        with self._reading(part.name):
            rows = pl.read_parquet(content)
        if rows.schema != schema or rows.height != part.rows:
            raise self.wrong(f"{part.name} is another table than it was", f"{dict(schema)}")
        return rows

    def check(self, part: Part, schema: pl.Schema) -> None:
        """Hold a part's bytes, columns and number of rows against what they should be, without reading its rows.

        Raises:
            InvalidRecord: they differ.
        """
        content = self._content(part)
        with self._reading(part.name):
            table = pl.scan_parquet(content)
            columns = table.collect_schema()
            height = table.select(pl.len()).collect().item()
        if columns != schema:
            raise self.wrong(f"{part.name} has the columns {dict(columns)}", f"{dict(schema)}")
        if height != part.rows:
            raise self.wrong(f"{part.name} has {height:,} rows", f"{part.rows:,}")

    def wrong(self, what: str, expected: str) -> InvalidRecord:
        """Return the error for a dump that does not hold together."""
        return InvalidRecord(
            what,
            where=str(self.path),
            expected=expected,
            next_step="use another copy, or make a new one: zhiyin dump",
        )

    def _content(self, part: Part) -> io.BytesIO:
        with self._reading(part.name):
            data = self._zip.read(part.name)
        if hashlib.sha256(data).hexdigest() != part.sha256:
            raise self.wrong(f"{part.name} is damaged", f"the SHA-256 {part.sha256}")
        return io.BytesIO(data)

    def _check_seal(self) -> None:
        size = os.fstat(self._file.fileno()).st_size
        ends = len(_COMMENT) + _SEAL
        self._file.seek(max(size - ends, 0))
        end = self._file.read(ends)
        if not end.startswith(_COMMENT):
            raise self.wrong("this is no dump, or its end is missing", "a file zhiyin dump made")
        self._file.seek(size - _SEAL)
        if _digest(self._file, size - _SEAL) != end[-_SEAL:]:
            raise self.wrong("the file is damaged", "every byte as it was written")

    def _read_manifest(self) -> Manifest:
        with self._reading(MANIFEST):
            member = self._zip.getinfo(MANIFEST)
            if member.file_size > _LARGEST_MANIFEST:
                raise ValueError(f"it has {member.file_size:,} bytes")
            text = self._zip.read(member)
            found = json.loads(text).get("format")
            if isinstance(found, int) and found > FORMAT:
                raise InvalidRecord(
                    f"the dump has the format {found}",
                    where=str(self.path),
                    expected=f"at most {FORMAT}",
                    next_step="upgrade zhiyin",
                )
            return Manifest.model_validate_json(text)

    def _check_members(self) -> None:
        size = os.fstat(self._file.fileno()).st_size
        said = {MANIFEST: None} | {
            part.name: part for dumped in self.manifest.tables.values() for part in dumped.parts
        }
        found = [member.filename for member in self._zip.infolist()]
        if odd := set(found) ^ set(said):
            raise self.wrong(f"{min(odd)!r} is not in both manifest and ZIP", "the same parts")
        n_said = 1 + sum(len(dumped.parts) for dumped in self.manifest.tables.values())
        if not len(found) == n_said == len(said):
            raise self.wrong("a part is there twice", "each part once")
        for member in self._zip.infolist():
            is_stored = member.compress_type == zipfile.ZIP_STORED
            if not is_stored or not member.file_size == member.compress_size <= size:
                raise self.wrong(f"{member.filename} says {member.file_size:,} bytes", "its size")
        for name, dumped in self.manifest.tables.items():
            for nth, part in enumerate(dumped.parts, 1):
                if part.name != part_name(name, nth):
                    raise self.wrong(f"a part is called {part.name!r}", part_name(name, nth))
            if sum(part.rows for part in dumped.parts) != dumped.rows:
                raise self.wrong(f"{name} has other rows than its parts", f"{dumped.rows:,}")

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except _UNREADABLE as error:
            first = (str(error) or type(error).__name__).splitlines()[0]
            raise self.wrong(f"{name} cannot be read: {first}", "what zhiyin dump wrote") from error


def _digest(file: IO[bytes], size: int) -> bytes:
    """Return the SHA-256 of a file's first `size` bytes, in hexadecimal digits."""
    file.seek(0)
    digest = hashlib.sha256()
    while size > 0 and (piece := file.read(min(_PIECE, size))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode()
