"""Delimited tables whose first line is a row already, and no header."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Rejected
from zhiyin.ingest.reading.chunk import Chunk, damaged, is_text, table_names
from zhiyin.ingest.reading.dialect import dialect
from zhiyin.ingest.reading.encodings import NAMES, detect
from zhiyin.ingest.reading.text_file import TextFile, opened

_FAILURES = (OSError, EOFError, UnicodeDecodeError, zlib.error)


def read_headless(
    path: Path,
    names: Sequence[str],
    *,
    separator: str | None = None,
    encoding: str | None = None,
) -> Iterator[Chunk]:
    """Yield a table without a header in chunks; one row is one line.

    Args:
        path: a delimited text file; ``.gz`` is gunzipped.
        names: of the columns.
        separator: between cells, which then are not quoted; None finds it out.
        encoding: of the text; None finds it out.
    Raises:
        InvalidRecord: the file is missing, empty or damaged, or its first line has more or fewer cells than there are
            names.
    """
    if not path.is_file():
        raise InvalidRecord(
            "there is no such file", where=str(path), expected="a file", next_step="check the path"
        )
    table_names(path, names)
    try:
        found = encoding or detect(path)
        with opened(path, found) as file:
            notes: tuple[str, ...] = ()
            if encoding is None and found in NAMES:
                notes = (f"{path.name}: read as {NAMES[found]} (it is not UTF-8)",)
            for chunk in _chunks(path, file, names, separator):
                yield replace(chunk, notes=notes)
                notes = ()
    except _FAILURES as error:
        raise damaged(path, (str(error) or type(error).__name__).splitlines()[0]) from error


def _chunks(
    path: Path, file: TextFile, names: Sequence[str], separator: str | None
) -> Iterator[Chunk]:
    block = file.block()
    if not any(text.strip() for text in block):
        raise damaged(path, "the file is empty")
    is_quoted = False
    if separator is None:
        _, written = dialect(block, None)
        separator, is_quoted = written.delimiter, written.is_quoted
    line = 1
    while block:
        numbers = pl.int_range(line, line + len(block), eager=True)
        line += len(block)
        rejected: list[Rejected] = []
        try:
            texts = pl.Series(block, dtype=pl.String)
        except UnicodeEncodeError:
            block, numbers, rejected = _only_text(path.name, block, numbers)
            texts = pl.Series(block, dtype=pl.String)
        cells = texts.str.strip_chars_end("\r\n").str.split(separator)
        if is_quoted and any('"' in text for text in block):
            cells = pl.Series([_parsed(text, separator) for text in block], dtype=cells.dtype)
        is_row = cells.list.len() == len(names)
        if numbers.head(1).to_list() == [1]:
            _check_width(path, cells[0].to_list(), names)
        what = f"not {len(names)} cells parted by {separator!r}"
        rejected += [
            Rejected(path.name, numbers[place], what, block[place].rstrip("\r\n")[:500])
            for place in (~is_row).arg_true()
            if block[place].strip()
        ]
        rows = cells.filter(is_row).list.to_struct(fields=list(names)).struct.unnest()
        yield Chunk(rows, numbers.filter(is_row), rejected, file.done)
        block = file.block()


def _only_text(
    file: str, block: Sequence[str], numbers: pl.Series
) -> tuple[list[str], pl.Series, list[Rejected]]:
    """Return the lines that are text, their numbers, and the other lines as rejected."""
    is_good = pl.Series(map(is_text, block), dtype=pl.Boolean)
    rejected = [
        Rejected(file, numbers[place], "not text in the file's encoding", ascii(block[place])[:500])
        for place in (~is_good).arg_true()
    ]
    return list(filter(is_text, block)), numbers.filter(is_good), rejected


def _parsed(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def _check_width(path: Path, cells: Sequence[str], names: Sequence[str]) -> None:
    if len(cells) != len(names) and any(cells):
        raise InvalidRecord(
            f"{len(names)} names for {len(cells)} columns",
            where=str(path),
            expected=f"a name for each of {', '.join(cells)[:200]}",
            next_step="name all columns, in their order, those that are not needed included",
        )
    if list(cells) == list(names):
        raise InvalidRecord(
            "the first line is a header",
            where=str(path),
            expected="a file without one",
            next_step="leave --header out",
        )
