"""Tables as delimited text: CSV with quotes, and tabs without."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from zhiyin.ingest.batch import Rejected
from zhiyin.ingest.chunk import Chunk, damaged, table_names, text_chunk
from zhiyin.ingest.text_file import TextFile, opened


def read_delimited(path: Path, encoding: str, delimiter: str | None) -> Iterator[Chunk]:
    """Yield a delimited table in chunks, the first of them without rows.

    Args:
        path: the file.
        encoding: of its text.
        delimiter: between cells; None takes whichever of comma, semicolon, tab and bar the first line has most of.
    Raises:
        InvalidRecord: its first line is no header.
    """
    with opened(path, encoding) as file:
        first = next(file.lines, "")
        if not first.strip():
            raise damaged(path, "the first line is empty")
        delimiter = delimiter or max(",;\t|", key=first.count)
        reader = _cells(chain([first], file.lines), delimiter)
        try:
            header = table_names(path, [name.strip() for name in next(reader)])
        except csv.Error as error:
            raise damaged(path, f"the header cannot be read: {error}") from error
        yield text_chunk(path.name, dict.fromkeys(header, ()), [], [], file.done)
        table = _Table(path.name, header, delimiter)
        line = reader.line_num + 1
        while block := file.block():
            n_lines, chunk = table.chunk(block, line, file)
            yield chunk
            line += n_lines


def _cells(lines: Iterable[str], delimiter: str) -> Any:
    if delimiter == "\t":
        # Tables with tabs are written without quoting, and quotes are a part of their values.
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    # Strict, because otherwise a quote left open silently swallows the rows up to the next one.
    return csv.reader(lines, delimiter=delimiter, strict=True)


@dataclass(frozen=True, slots=True)
class _Table:
    """Makes chunks of lines."""

    file: str
    header: Sequence[str]
    delimiter: str

    def chunk(self, block: list[str], line: int, rest: TextFile) -> tuple[int, Chunk]:
        """Return how many lines make the chunk that starts with `block`, and the chunk.

        Args:
            block: the next lines.
            line: the number of its first line.
            rest: lines are taken from it where a quoted cell goes on after the block.
        """
        if self.delimiter == "\t" or not any('"' in text for text in block):
            # Where bytes are no text, parsing finds the rows that hold them.
            with suppress(UnicodeEncodeError):
                return len(block), self._split(block, line, rest.done)
        return self._parsed(block, line, rest)

    def _split(self, block: list[str], line: int, done: float) -> Chunk:
        """Cut lines without quotes at the delimiter: five times as fast as parsing."""
        texts = pl.Series(block).str.strip_chars_end("\r\n")
        cells = texts.str.split(self.delimiter)
        is_row = (cells.list.len() == len(self.header)) & (texts != "")
        numbers = pl.int_range(line, line + len(block), eager=True)
        rejected = [
            self._uneven(number, row)
            for number, row in zip(numbers.filter(~is_row), cells.filter(~is_row), strict=True)
            if row.to_list() != [""]
        ]
        rows = cells.filter(is_row).list.to_struct(fields=self.header).struct.unnest()
        return Chunk(rows, numbers.filter(is_row), rejected, done)

    def _parsed(self, block: list[str], line: int, rest: TextFile) -> tuple[int, Chunk]:
        reader = _cells(chain(block, rest.lines), self.delimiter)
        columns: list[list[str]] = [[] for _ in self.header]
        lines: list[int] = []
        rejected: list[Rejected] = []
        while reader.line_num < len(block):
            number = line + reader.line_num
            try:
                cells = next(reader)
            except csv.Error as error:
                last = line + reader.line_num - 1
                what = f"{error}, lines {number} to {last}: is a quote left open?"
                rejected.append(Rejected(self.file, number, what, ""))
                continue
            if len(cells) == len(columns):
                lines.append(number)
                for column, cell in zip(columns, cells, strict=True):
                    column.append(cell)
            elif cells:
                rejected.append(self._uneven(number, cells))
        named = dict(zip(self.header, columns, strict=True))
        return reader.line_num, text_chunk(self.file, named, lines, rejected, rest.done)

    def _uneven(self, line: int, cells: Iterable[str]) -> Rejected:
        said = list(cells)
        what = f"{len(said)} cells for {len(self.header)} columns"
        return Rejected(self.file, line, what, ascii(said)[:500])
