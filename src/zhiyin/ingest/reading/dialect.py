"""How a delimited table is written: what stands between its cells, and whether cells stand in quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_SAID = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_QUOTED = re.compile(r'(?:^|(?<=\t))"((?:[^"]|"")*)"(?=[\t\r\n]|$)', re.MULTILINE)
_NEEDS_QUOTES = re.compile(r'[",\t\r\n]')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart.

    Attributes:
        delimiter: between cells.
        is_quoted: cells may stand in quotes; otherwise quotes are a part of their values.

    >>> list(Dialect(",", True).rows(['an,"red, hot"']))
    [['an', 'red, hot']]
    """

    delimiter: str
    is_quoted: bool

    def rows(self, lines: Iterable[str]) -> Any:
        """Return a `csv.reader` of the lines."""
        if not self.is_quoted:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        # Strict, because otherwise a quote left open silently swallows the rows up to the next one.
        return csv.reader(lines, delimiter=self.delimiter, strict=True)


def dialect(lines: Sequence[str], delimiter: str | None) -> tuple[int, Dialect]:
    """Return on which line a table's header stands, counted from 0, and how the table is written.

    Blank lines and a line ``sep=;``, as Excel writes it, may come before the header.

    Args:
        lines: the first lines of the file.
        delimiter: between cells; None takes whichever of comma, semicolon, tab and bar the header has most of.
    Returns: `len(lines)` where there is no header.

    >>> dialect(["sep=;", "user;item"], None)
    (1, Dialect(delimiter=';', is_quoted=True))
    """
    start = _first_said(lines, 0)
    if start < len(lines) and (said := _SAID.fullmatch(lines[start])):
        delimiter = said[1]
        start = _first_said(lines, start + 1)
    header = lines[start] if start < len(lines) else ""
    delimiter = delimiter or max(",;\t|", key=header.count)
    return start, Dialect(delimiter, delimiter != "\t" or _quotes_tabs(lines[start:]))


def _first_said(lines: Sequence[str], start: int) -> int:
    return next((n for n in range(start, len(lines)) if lines[n].strip()), len(lines))


def _quotes_tabs(lines: Sequence[str]) -> bool:
    """Return whether a table with tabs was written with quotes, as Excel does, or holds them as values.

    It was when every cell that begins with a quote also ends with one, with those inside doubled, and some could not
    do without, or the header is quoted.
    """
    if not any(line[0] == '"' or '\t"' in line for line in lines if line):
        return False
    reader = csv.reader(lines, delimiter="\t", strict=True)
    whole = 0
    try:
        for _ in reader:
            whole = reader.line_num
    except csv.Error:
        if reader.line_num < len(lines):
            return False
        # A cell goes on after these lines, or a quote is a value: only what is before it tells.
        lines = lines[:whole]
    names = lines[0].rstrip("\r\n").split("\t") if lines else [""]
    if all(len(name) > 1 and name[0] == name[-1] == '"' for name in names):
        return True
    return any(_NEEDS_QUOTES.search(cell[1]) for cell in _QUOTED.finditer("".join(lines)))
