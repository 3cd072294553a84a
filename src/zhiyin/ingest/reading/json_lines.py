"""Tables as JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from json.scanner import make_scanner
from pathlib import Path
from typing import Any

from zhiyin.ingest.batch import Rejected
from zhiyin.ingest.reading.chunk import Chunk, damaged, table_names, text_chunk
from zhiyin.ingest.reading.text_file import opened

# Twice as fast as json.loads.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]


def read_json_lines(path: Path, encoding: str) -> Iterator[Chunk]:
    """Yield JSON lines in chunks; numbers, lists and objects become JSON text.

    Raises:
        InvalidRecord: the file is empty, or its objects have too many different names.
    """
    with opened(path, encoding) as file:
        line = 1
        while block := file.block():
            rows: list[dict[str, Any]] = []
            lines: list[int] = []
            rejected: list[Rejected] = []
            for number, said in enumerate(block, line):
                try:
                    row = _object(said)
                except (ValueError, RecursionError) as error:
                    why = f"not a JSON object: {error}"
                    rejected.append(Rejected(path.name, number, why, ascii(said[:500])))
                    continue
                if row is not None:
                    rows.append(row)
                    lines.append(number)
            line += len(block)
            yield text_chunk(path.name, json_columns(path, rows), lines, rejected, file.done)
        if line == 1:
            raise damaged(path, "the file is empty")


def _object(said: str) -> dict[str, Any] | None:
    """Return a line's object, None where the line is blank."""
    text = said.strip()
    if not text:
        return None
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError("it is no JSON") from None
    if end != len(text):
        raise ValueError(f"something follows it at character {end + 1}")
    return as_row(value)


def as_row(value: Any) -> dict[str, Any]:
    """Return a JSON value that is a row of a table.

    Raises:
        ValueError: it is none.
    """
    if type(value) is not dict:
        raise ValueError(f"it is a {type(value).__name__}")
    if not value:
        raise ValueError("it is empty")
    return value


def json_columns(path: Path, rows: Sequence[dict[str, Any]]) -> dict[str, list[str | None]]:
    """Return the columns of objects as text, null where an object lacks a name.

    Raises:
        InvalidRecord: the names are too many or too long.
    """
    shapes = dict.fromkeys(map(tuple, rows))
    names = table_names(path, list(dict.fromkeys(chain.from_iterable(shapes))))
    return {name: _texts([row.get(name) for row in rows]) for name in names}


def _texts(values: list[Any]) -> list[str | None]:
    if set(map(type, values)) <= {str, type(None)}:
        return values
    return [value if value is None or type(value) is str else _text(value) for value in values]


def _text(value: Any) -> str:
    if type(value) is float and value.is_integer() and abs(value) < 2**53:
        return str(int(value))  # an id of 5.0 is the 5 of other files
    if type(value) is float or type(value) is int:
        return repr(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
