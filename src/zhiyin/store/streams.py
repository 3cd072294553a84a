"""Long reads as frames: one question, answered in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, Table

from zhiyin.store.columns import PART_ROWS, dtype, table_frame

CHUNK_ROWS = 100_000
CHUNK_BYTES = 64_000_000


def columns_of(rows: Table | Select[Any]) -> pl.Schema:
    """Return the columns that a frame of a table or of a question's answer has."""
    columns = rows.columns if isinstance(rows, Table) else rows.selected_columns
    return pl.Schema({str(column.key): dtype(column.type) for column in columns})


def streamed(
    connection: Connection,
    question: Select[Any],
    *,
    chunk_rows: int = CHUNK_ROWS,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[pl.DataFrame]:
    """Yield the answer in the order asked for, none where there are no rows.

    Args:
        connection: inside a transaction that sees one moment, and used for nothing else that writes meanwhile.
        question: a select of the store's own columns, aliased or not.
        chunk_rows: rows in a frame, at most.
        chunk_bytes: about how large a frame may grow before it is yielded, so that long texts fit in memory too.
    """
    schema = columns_of(question)
    height = min(PART_ROWS, chunk_rows)
    answer = connection.execute(question, execution_options={"yield_per": height})
    parts: list[pl.DataFrame] = []
    n_rows = n_bytes = 0
    for rows in answer.partitions():
        part = table_frame(rows, schema)
        parts.append(part)
        n_rows += part.height
        n_bytes += int(part.estimated_size())
        if n_rows + height > chunk_rows or n_bytes > chunk_bytes:
            yield pl.concat(parts, rechunk=True)
            parts, n_rows, n_bytes = [], 0, 0
    if parts:
        yield pl.concat(parts, rechunk=True)
