"""Tables as Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from zhiyin.ingest.reading.chunk import CHUNK_ROWS, Chunk, table_names


def read_parquet(path: Path) -> Iterator[Chunk]:
    """Yield a Parquet file in chunks; lists and structs become JSON text, bytes become text."""
    table = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    schema = table.collect_schema()
    flat = table.select(_flat(name, schema[name]) for name in table_names(path, schema.names()))
    n_rows = table.select(pl.len()).collect().item()
    for start in range(0, max(n_rows, 1), CHUNK_ROWS):
        rows = flat.slice(start, CHUNK_ROWS).collect()
        end = start + rows.height
        lines = pl.int_range(start + 1, end + 1, eager=True)
        yield Chunk(rows, lines, done=end / max(n_rows, 1))


def _flat(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Struct):
        return pl.when(column.is_not_null()).then(column.struct.json_encode()).alias(name)
    if dtype.is_nested():
        wrapped = pl.struct(column.alias("")).struct.json_encode()
        inner = wrapped.str.strip_prefix('{"":').str.head(-1)
        return pl.when(column.is_not_null()).then(inner).alias(name)
    if dtype == pl.Duration:
        return column.dt.total_microseconds()
    if dtype == pl.Binary:
        return column.map_elements(_decoded, pl.String)
    is_kept = dtype.is_numeric() and not dtype.is_decimal()
    is_kept = is_kept or isinstance(dtype, pl.Boolean | pl.Date | pl.Datetime | pl.String)
    return column if is_kept else column.cast(pl.String)


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace")
