"""Sparse rows in a folder: written in a stream, and mapped into memory when they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_from
from zhiyin.errors import DataError, NotFound

MOST_ENTRIES = 2**31 - 1
"""Entries of one folder: more would need wider column numbers, which cost twice the memory."""

_DTYPES = {"data": np.float32, "indices": np.int32, "indptr": np.int64}
_SHAPE = "shape.json"


def write_rows(folder: Path, chunks: Iterable[Any], n_columns: int) -> Any:
    """Write rows that come in chunks, and return them as ``open_rows`` does.

    Args:
        folder: is made where it is absent; what it holds is replaced.
        chunks: CSR of ``n_columns`` columns, stacked upon one another.
        n_columns: columns.
    Raises: DataError when there are 2**31 entries or more.
    Complexity: the memory of a chunk, and 8 bytes for each row.
    """
    _begin(folder)
    lengths: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    with _file(folder, "data").open("wb") as data, _file(folder, "indices").open("wb") as indices:
        for chunk in chunks:
            rows = sparse.csr_array(chunk, copy=True)
            rows.sum_duplicates()
            data.write(rows.data.astype(np.float32, copy=False).tobytes())
            indices.write(rows.indices.astype(np.int32, copy=False).tobytes())
            lengths.append(np.diff(rows.indptr).astype(np.int64))
    indptr = np.cumsum(np.concatenate(lengths))
    return _finish(folder, indptr, (indptr.size - 1, n_columns))


def write_transposed(
    folder: Path, chunks: Callable[[], Iterator[Any]], shape: tuple[int, int]
) -> Any:
    """Write the transpose of rows that come in chunks, and return it as ``open_rows`` does.

    Args:
        folder: is made where it is absent; what it holds is replaced.
        chunks: gives the CSR chunks of the rows, each time from the first; it is asked twice.
        shape: rows and columns of all chunks together.
    Raises: DataError when there are 2**31 entries or more.
    Complexity: the memory of two chunks, and 8 mapped bytes for each entry.
    """
    _begin(folder)
    n_rows, n_columns = shape
    length = np.zeros(n_columns, np.int64)
    for chunk in chunks():
        length += np.bincount(chunk.indices, minlength=n_columns)
    indptr = np.concatenate([[0], np.cumsum(length)])
    _check(indptr[-1], folder)
    data, indices = (_mapped(folder, name, int(indptr[-1]), "w+") for name in ("data", "indices"))
    free, first = indptr[:-1].copy(), 0
    for chunk in chunks():
        turned = chunk.T.tocsr()
        at = np.repeat(free - turned.indptr[:-1], np.diff(turned.indptr)) + np.arange(turned.nnz)
        data[at] = turned.data
        indices[at] = turned.indices + first
        free += np.diff(turned.indptr)
        first += chunk.shape[0]
    return _finish(folder, indptr, (n_columns, n_rows))


def open_rows(folder: Path) -> Any:
    """Return the CSR of a folder, its entries memory-mapped and read-only.

    Raises: NotFound when the folder holds no finished rows.
    """
    if not is_written(folder):
        raise NotFound(
            "no rows are stored here",
            where=str(folder),
            expected="a folder that write_rows finished",
            next_step="write the rows first",
        )
    shape = json.loads((folder / _SHAPE).read_text())
    indptr = np.fromfile(_file(folder, "indptr"), np.int64)
    parts = {
        f"rows_{name}": _mapped(folder, name, int(indptr[-1]), "r") for name in ("data", "indices")
    }
    parts["rows_indptr"] = indptr.astype(np.int32)  # wider ones would make SciPy copy the others
    return csr_from("rows", parts, (shape["rows"], shape["columns"]))


def is_written(folder: Path) -> bool:
    """Say whether a folder holds rows that were written to the end."""
    return (folder / _SHAPE).exists()


def chunks_of(rows: Any, entries: int) -> Iterator[Any]:
    """Yield the rows of a CSR in order, at most ``entries`` entries at a time unless one row has more."""
    for start, stop in pairwise(bounds(np.diff(rows.indptr), entries)):
        yield rows[start:stop]


def bounds(sizes: NDArray[Any], most: int) -> list[int]:
    """Cut things of given sizes into runs of at most ``most``, unless one thing alone is larger.

    >>> bounds(np.array([3, 3, 3, 9, 1]), 6)
    [0, 2, 3, 4, 5]
    """
    ends = np.cumsum(sizes)
    cuts = [0]
    while cuts[-1] < ends.size:
        done = ends[cuts[-1] - 1] if cuts[-1] else 0
        cuts.append(max(cuts[-1] + 1, int(np.searchsorted(ends, done + most, side="right"))))
    return cuts


def thinned(rows: Any, longest: int, rng: np.random.Generator) -> Any:
    """Return the rows with at most ``longest`` entries: of a longer one, that many drawn at random.

    Somebody with a thousand times the events of others would add up a million times the pairs, and say little with them.

    Args:
        rows: CSR.
        longest: entries left to a row.
        rng: what is drawn depends on it.
    """
    length = np.diff(rows.indptr)
    kept = np.ones(rows.nnz, np.bool_)
    for row in np.flatnonzero(length > longest).tolist():
        gone = rng.choice(length[row], length[row] - longest, replace=False, shuffle=False)
        kept[rows.indptr[row] + gone] = False
    indptr = np.concatenate([[0], np.cumsum(np.minimum(length, longest))])
    return sparse.csr_array((rows.data[kept], rows.indices[kept], indptr), shape=rows.shape)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.{np.dtype(_DTYPES[name]).name}"


def _mapped(folder: Path, name: str, entries: int, mode: Any) -> NDArray[Any]:
    if not entries:  # an empty file cannot be mapped
        _file(folder, name).touch()
        return np.empty(0, _DTYPES[name])
    return np.asarray(np.memmap(_file(folder, name), _DTYPES[name], mode, shape=(entries,)))


def _begin(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _SHAPE).unlink(missing_ok=True)


def _finish(folder: Path, indptr: NDArray[np.int64], shape: tuple[int, int]) -> Any:
    _check(indptr[-1], folder)
    indptr.astype(np.int64).tofile(_file(folder, "indptr"))
    said = folder / f"{_SHAPE}.new"
    said.write_text(json.dumps({"rows": shape[0], "columns": shape[1]}))
    said.rename(folder / _SHAPE)
    return open_rows(folder)


def _check(entries: int, folder: Path) -> None:
    if entries > MOST_ENTRIES:
        raise DataError(
            f"{entries:,} entries are too many",
            where=str(folder),
            expected=f"at most {MOST_ENTRIES:,}",
            next_step="leave out old or weak events, or cut long rows",
        )
