"""Reads long tables of an SQLite file as Arrow: three times as fast as row by row.

The driver brings an SQLite of its own. Two of them in one process would break each other's locks on the file (closing a file
lets go of every lock the process has on it), so the reading is done by a process of its own.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from zhiyin.errors import StoreUnavailable

if TYPE_CHECKING:
    from adbc_driver_manager import AdbcConnection

_SIZE_BYTES = 8
_SAMPLES: Mapping[pl.DataType, str] = {pl.String(): "''", pl.Float64(): "0.0"}


def read_apart(
    path: Path, statement: str, schema: pl.Schema, after: int, limit: int
) -> Iterator[pl.DataFrame]:
    """Yield what a select finds in chunks, each a read of its own.

    Args:
        path: the file.
        statement: a select whose first two parameters are the greatest key that is too small and how many rows to return (a
            third one is an offset); its first column is the key, and its rows are in the order of the key.
        schema: names and types of its columns.
        after: only rows whose key is greater.
        limit: rows in a chunk, at most.
    Raises:
        StoreUnavailable: the file cannot be read.
    """
    # The driver takes each column's type from the first rows, so the first row says them all.
    first = ", ".join(f'{_SAMPLES.get(dtype, "0")} AS "{name}"' for name, dtype in schema.items())
    before, between, *rest = statement.split("?")
    asked = f"SELECT {first} UNION ALL SELECT * FROM ({before}{{}}{between}{{}}{'0'.join(rest)})"
    command = [sys.executable, "-P", "-m", __name__, str(path), asked, str(after), str(limit)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:  # noqa: S603
        if child.stdout is None or child.stderr is None:
            raise AssertionError("both are pipes")
        try:
            while size := int.from_bytes(child.stdout.read(_SIZE_BYTES), "little"):
                yield pl.read_ipc_stream(child.stdout.read(size)).cast(schema)
            complaint = child.stderr.read().decode("utf-8", "replace").strip()
        finally:
            child.kill()
    if complaint:
        raise StoreUnavailable(
            complaint.splitlines()[-1],
            where=str(path),
            expected="a database that answers",
            next_step="zhiyin doctor",
        )


def _serve(out: BinaryIO, path: str, asked: str, after: int, limit: int) -> None:
    from adbc_driver_manager import AdbcConnection, AdbcDatabase, Error
    from adbc_driver_sqlite import _driver_path

    where = f"{Path(path).absolute().as_uri()}?mode=ro"
    try:
        with AdbcDatabase(driver=_driver_path(), uri=where) as file, AdbcConnection(file) as opened:
            height = limit
            while height == limit:
                chunk = _chunk(opened, asked.format(after, limit))
                height = chunk.height
                if height:
                    after = chunk[-1, 0]
                    _send(out, chunk)
    except Error as error:
        sys.exit(str(error).splitlines()[0])
    out.write(bytes(_SIZE_BYTES))
    out.flush()


def _chunk(connection: AdbcConnection, asked: str) -> pl.DataFrame:
    from adbc_driver_manager import AdbcStatement
    from adbc_driver_sqlite import StatementOptions

    with AdbcStatement(connection) as statement:
        statement.set_options(**{StatementOptions.BATCH_ROWS.value: "65536"})
        statement.set_sql_query(asked)
        return pl.DataFrame(statement.execute_query()[0]).slice(1)


def _send(out: BinaryIO, chunk: pl.DataFrame) -> None:
    buffer = io.BytesIO()
    chunk.write_ipc_stream(buffer)
    out.write(buffer.tell().to_bytes(_SIZE_BYTES, "little"))
    out.write(buffer.getbuffer())
    out.flush()


if __name__ == "__main__":
    _serve(sys.stdout.buffer, sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
