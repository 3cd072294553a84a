"""Frames into one file for others to read, Parquet or JSON lines, in bounded memory."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal

import polars as pl
from polars.io.plugins import register_io_source

from zhiyin.store.streams import CHUNK_ROWS
from zhiyin.store.whole_file import whole_file

Form = Literal["parquet", "jsonl"]
_ISO = "%Y-%m-%dT%H:%M:%S%.6fZ"


def write_table(
    path: Path,
    form: Form,
    frames: Iterable[pl.DataFrame],
    schema: pl.Schema,
    objects: Collection[str],
) -> None:
    """Write frames to a file that appears when it is whole, in the place of what was there.

    Args:
        path: the file.
        form: Parquet holds mappings as JSON text; JSON lines hold them as objects, and times as ISO 8601 in UTC.
        frames: at least one, of these columns.
        schema: the columns.
        objects: the columns that hold JSON text.
    """
    with whole_file(path, replaces=True) as file:
        if form == "parquet":
            _write_parquet(file, frames, schema)
        else:
            for frame in frames:
                file.write(json_lines(frame, objects).encode())


def _write_parquet(file: IO[bytes], frames: Iterable[pl.DataFrame], schema: pl.Schema) -> None:
    failures: list[BaseException] = []

    def source(*_: object) -> Iterator[pl.DataFrame]:
        # Polars asks from a thread of its own and turns what is raised there into an error of its own.
        try:
            yield from frames
        except BaseException as error:
            failures.append(error)
            raise

    table = register_io_source(source, schema=schema)
    try:
        table.sink_parquet(file, compression="zstd", row_group_size=CHUNK_ROWS)
    except pl.exceptions.PolarsError as error:
        raise failures[0] if failures else OSError(str(error)) from error


def json_lines(frame: pl.DataFrame, objects: Collection[str]) -> str:
    """Return the rows of a frame as lines of JSON, the columns named in ``objects`` as what their JSON text says."""
    texts = [pl.col(n).dt.strftime(_ISO) for n, d in frame.schema.items() if d == pl.Datetime]
    rows = frame.with_columns(texts).iter_rows(named=True)
    return "".join(f"{_line(row, objects)}\n" for row in rows)


def _line(row: dict[str, Any], objects: Collection[str]) -> str:
    for name in objects:
        row[name] = _object(row[name])
    try:
        return _ENCODER.encode(row)
    except ValueError:
        return _ENCODER.encode(_finite(row))


def _text(value: object) -> str:
    """Return a time inside a list as the columns of times are written."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is not JSON")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_text
)


def _object(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text


def _finite(value: Any) -> Any:
    """Return a value with null in the place of the numbers that JSON does not have."""
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
