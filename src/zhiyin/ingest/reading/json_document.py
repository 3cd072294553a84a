"""Tables as one JSON document: an array of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhiyin.ingest.batch import Rejected
from zhiyin.ingest.reading.chunk import CHUNK_ROWS, Chunk, damaged, text_chunk
from zhiyin.ingest.reading.json_lines import as_row, json_columns
from zhiyin.ingest.reading.text_file import opened

_LARGEST = 200_000_000
_BEGINNING = 10_000


def is_document(path: Path, encoding: str) -> bool:
    """Return whether a file begins as an array does, or as an object over several lines does."""
    with opened(path, encoding) as file:
        first, *rest = file.characters(_BEGINNING).strip().splitlines() or [""]
    return first.startswith("[") or (first.rstrip() == "{" and bool(rest))


def read_json_document(path: Path, encoding: str) -> Iterator[Chunk]:
    """Yield the objects of a JSON array in chunks, at least one; lines are positions, counted from 1.

    Raises:
        InvalidRecord: the file is no array, too large, or its objects have too many different names.
    Complexity: the whole document is held in memory.
    """
    values = _array(path, encoding)
    for start in range(0, max(len(values), 1), CHUNK_ROWS):
        rows: list[dict[str, Any]] = []
        places: list[int] = []
        rejected: list[Rejected] = []
        for place, value in enumerate(values[start : start + CHUNK_ROWS], start + 1):
            try:
                rows.append(as_row(value))
            except ValueError as error:
                why = f"not a JSON object: {error}"
                rejected.append(Rejected(path.name, place, why, ascii(value)[:500]))
            else:
                places.append(place)
        done = min(1.0, (start + CHUNK_ROWS) / max(len(values), 1))
        yield text_chunk(path.name, json_columns(path, rows), places, rejected, done)


def _array(path: Path, encoding: str) -> list[Any]:
    advice = "write one object a line, as jq -c does"
    with opened(path, encoding) as file:
        text = file.characters(_LARGEST + 1)
    if len(text) > _LARGEST:
        what = f"the file is one JSON document of more than {_LARGEST:,} characters, not JSON lines"
        raise damaged(path, what, advice)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged(
            path, f"the file is one JSON document that cannot be read: {error}"
        ) from error
    if type(document) is not list:
        raise damaged(path, "the file is one JSON document, but no array of objects", advice)
    return document
