"""Ridge restricted to neighbours for a million items: everything large is a file, and memory has a limit.

Four passes: the rows are transposed; item by item the pairs are added up and the strongest kept; each column is solved
from what was kept; and the weights are turned, so that a row holds what one item gives to others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import entries_of
from zhiyin.affinity.memory import PROCESS_BYTES, pairs_of_items, refuse
from zhiyin.affinity.restricted import inverse_scale, ridge_column
from zhiyin.affinity.row_files import bounds, chunks_of, is_written, open_rows, write_transposed
from zhiyin.affinity.touched import best_touched
from zhiyin.compute import Engine, mapped
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError

_CHUNK = 2**22  # entries that are transposed at a time
_BLOCK = 2**26  # pairs that are added up in a part
_PAIRS = 2**20  # pairs in memory at a time
_PAIR_BYTES = 56
_SOLVED = 4096  # columns of a part that is solved
_DONE, _RAISED = 1, 2  # what is noted of an item; the second: its ridge had to be raised

Part = tuple[int, int]
"""Items from the first number up to before the second."""


@dataclass(frozen=True, slots=True)
class OutOfCore:
    """How weights are trained that do not fit in memory.

    Attributes:
        reg: ridge, in units of squared strengths.
        neighbours: of a column, at most.
        kept: strongest pairs of an item that are kept, at least ``neighbours``. Between two neighbours of a third, a pair
            that neither of the two keeps counts 0; where that makes a system indefinite its ridge is raised, as
            ``restricted_weights`` does.
        max_bytes: of memory in all processes, pages of mapped files included.
        workers: processes; 1 works in this one.

    >>> OutOfCore(reg=50.0).kept
    128
    """

    reg: float = 100.0
    neighbours: int = 50
    kept: int = 128
    max_bytes: int = 8 * 10**9
    workers: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Weights that lie in a folder.

    Attributes:
        weights: (n_items, n_items) float32 CSR, memory-mapped: row i is what item i gives to others.
        raised: columns whose ridge had to be raised.
        peak_bytes: of memory, as predicted.
    """

    weights: Any
    raised: int
    peak_bytes: int


def train_out_of_core(
    rows_folder: Path, folder: Path, plan: OutOfCore, *, progress: Progress = untold
) -> Trained:
    """Train weights between items from rows in a folder, see ``restricted_weights``.

    What is finished is kept: called again after it was stopped, the training goes on from there.

    Args:
        rows_folder: written by ``write_rows``, (n_people, n_items).
        folder: of the weights, and of the work under way.
        plan: how.
        progress: told the share of the work that is done, and how many items of the pass under way.
    Raises:
        DataError: more memory than ``plan.max_bytes`` would be needed, or the folder holds the work of another plan.
    Complexity: the sum over people of their squared row lengths, and n_items · neighbours³ / 3 operations; files of
        8 bytes for each event, each pair kept, and twice each weight.
    """
    rows = open_rows(rows_folder)
    n_people, n_items = rows.shape
    work = _Work(rows_folder, folder, plan, n_people, n_items, int(rows.nnz))
    needed = work.bytes()
    for what in needed.values():
        refuse(what, plan.max_bytes, next_step="raise the limit, take fewer workers or keep less")
    work.claim(rows)
    if not is_written(folder / "columns"):
        write_transposed(folder / "columns", partial(chunks_of, rows, _CHUNK), rows.shape)
    if not is_written(folder / "weights"):
        columns = open_rows(folder / "columns")
        progress(0.05, n_items)
        _write_diagonal(folder, columns)
        parts = list(pairwise(bounds(pairs_of_items(rows, columns), _BLOCK)))
        del rows, columns
        _run(_keep, parts, work, "kept", lambda done, n: progress(0.05 + 0.55 * done, n))
        parts = list(pairwise([*range(0, n_items, _SOLVED), n_items]))
        _run(_solve, parts, work, "solved", lambda done, n: progress(0.6 + 0.35 * done, n))
        write_transposed(folder / "weights", work.solved_chunks, (n_items, n_items))
    for name in ("kept", "solved"):
        work.matrix_file(name, "near").unlink(missing_ok=True)
        work.matrix_file(name, "amount").unlink(missing_ok=True)
    raised = int((np.fromfile(folder / "solved.done", np.uint8) == _RAISED).sum())
    progress(1.0, n_items)
    peak = max(sum(what.values()) for what in needed.values())
    return Trained(open_rows(folder / "weights"), raised, peak)


def bytes_of_passes(
    plan: OutOfCore, shape: tuple[int, int], entries: int
) -> dict[str, dict[str, int]]:
    """Return pass → what it will hold at the same time → bytes, for rows of a shape with so many entries."""
    return _Work(Path(), Path(), plan, *shape, entries).bytes()


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done, and where its files lie; it is copied to the workers."""

    rows_folder: Path
    folder: Path
    plan: OutOfCore
    n_people: int
    n_items: int
    entries: int

    def width(self, name: str) -> int:
        return max(1, min(self.plan.kept if name == "kept" else self.plan.neighbours, self.n_items))

    def claim(self, rows: Any) -> None:
        """Write down whose work the folder holds, or refuse to mix it with another's."""
        plan = self.plan
        said = {"reg": plan.reg, "neighbours": plan.neighbours, "kept": plan.kept}
        said |= {"people": self.n_people, "items": self.n_items, "entries": self.entries}
        said |= {"columns": int(rows.indices.sum(dtype=np.int64))}
        said |= {"strengths": float(rows.data.sum(dtype=np.float64))}
        file = self.folder / "plan.json"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(said))
        if (found := json.loads(file.read_text())) != said:
            raise DataError(
                f"the folder holds the work of another plan: {found}",
                where=str(self.folder),
                expected=str(said),
                next_step="take another folder, or remove this one",
            )

    def bytes(self) -> dict[str, dict[str, int]]:
        """Return pass → what it holds at the same time → bytes."""
        n, workers = self.n_items, self.plan.workers
        processes = PROCESS_BYTES * (1 if workers == 1 else workers + 1)
        rows = 16 * self.entries
        chunk = 64 * min(_CHUNK, self.entries)
        kept, solved = (8 * n * self.width(name) for name in ("kept", "solved"))
        pairs_worker = 20 * n + 12 * self.n_people + _PAIRS * _PAIR_BYTES
        return {
            "transposing": {
                "process": PROCESS_BYTES,
                "rows, twice": rows,
                "a chunk": chunk + 24 * n + 12 * self.n_people,
            },
            "pairs": {
                "processes": processes + 12 * (n + self.n_people),
                "rows, twice": rows,
                "in workers": workers * pairs_worker,
            },
            "solving": {"processes": processes, "kept pairs": kept, "in workers": workers * 24 * n},
            "turning": {
                "process": PROCESS_BYTES,
                "weights, twice": 2 * solved,
                "a chunk": 64 * min(_CHUNK, n * self.width("solved")) + 24 * n,
            },
        }

    def matrix_file(self, name: str, part: str) -> Path:
        return self.folder / f"{name}_{part}"

    def matrix(self, name: str, part: str) -> NDArray[Any]:
        """Map ``near`` (n_items, width) int32 or ``amount`` (n_items, width) float32."""
        dtype = np.int32 if part == "near" else np.float32
        shape = (self.n_items, self.width(name))
        if not self.n_items:
            return np.empty(shape, dtype)
        return np.asarray(np.memmap(self.matrix_file(name, part), dtype, "r", shape=shape))

    def put(self, name: str, start: int, near: NDArray[Any], amount: NDArray[Any]) -> None:
        """Write rows from ``start`` on; files are written and not mapped, so that they take no memory here."""
        for part, values in (("near", near), ("amount", amount)):
            with self.matrix_file(name, part).open("r+b") as file:
                file.seek(start * values.shape[1] * values.itemsize)
                file.write(values.tobytes())

    def solved_chunks(self) -> Iterator[Any]:
        """Yield the transposed weights, CSR of some columns at a time."""
        near, amount = self.matrix("solved", "near"), self.matrix("solved", "amount")
        step = max(1, _CHUNK // near.shape[1])
        for start in range(0, self.n_items, step):
            some, values = near[start : start + step], amount[start : start + step]
            given = some < self.n_items
            indptr = np.concatenate([[0], np.cumsum(given.sum(axis=1))])
            shape = (some.shape[0], self.n_items)
            yield sparse.csr_array((values[given], some[given], indptr), shape=shape)


def _write_diagonal(folder: Path, columns: Any) -> None:
    squares = [part.multiply(part).sum(axis=1) for part in chunks_of(columns, _CHUNK)]
    np.concatenate([np.zeros(0), *squares]).astype(np.float32).tofile(folder / "diagonal")


def _run(
    function: Callable[[_Work, Part], NDArray[np.uint8]],
    parts: Sequence[Part],
    work: _Work,
    name: str,
    progress: Progress,
) -> None:
    """Do the parts that are not done yet, and note each as soon as it is."""
    done = work.folder / f"{name}.done"
    if not done.exists():
        for part in ("near", "amount"):
            work.matrix_file(name, part).touch()
        done.write_bytes(bytes(work.n_items))
    state = np.fromfile(done, np.uint8)
    left = [(start, stop) for start, stop in parts if not state[start:stop].all()]
    engine: Engine = "here" if work.plan.workers == 1 else "processes"
    results = mapped(partial(function, work), left, workers=work.plan.workers, engine=engine)
    for (start, stop), result in zip(left, results, strict=True):
        with done.open("r+b") as file:
            file.seek(start)
            file.write(result.tobytes())
        progress(stop / work.n_items, stop)


def _keep(work: _Work, part: Part) -> NDArray[np.uint8]:
    """Add up the pairs of some items, and keep the strongest."""
    start, stop = part
    rows, columns = open_rows(work.rows_folder), open_rows(work.folder / "columns")
    scale = inverse_scale(np.fromfile(work.folder / "diagonal", np.float32), work.plan.reg)
    most = work.width("kept")
    near = np.full((stop - start, most), work.n_items, np.int32)
    amount = np.zeros((stop - start, most), np.float32)
    sums = np.zeros(work.n_items, np.float32)
    pairs = pairs_of_items(rows, columns[start:stop])
    for i in range(start, stop):
        own = slice(columns.indptr[i], columns.indptr[i + 1])
        people, weights = columns.indices[own], columns.data[own]
        if pairs[i - start] <= _PAIRS:
            met, products = entries_of(rows, people, weights)
            np.add.at(sums, met, products)
        else:
            for first, last in pairwise(bounds(np.diff(rows.indptr)[people], _PAIRS)):
                np.add.at(sums, *entries_of(rows, people[first:last], weights[first:last]))
            met = np.flatnonzero(sums)
        sums[i] = 0
        best = best_touched(met, sums[met] * scale[met], most, look=3 * most)
        best = best[np.argsort(-sums[best] * scale[best], kind="stable")[:most]]
        near[i - start, : best.size], amount[i - start, : best.size] = best, sums[best]
        sums[met] = 0
    work.put("kept", start, near, amount)
    return np.full(stop - start, _DONE, np.uint8)


def _solve(work: _Work, part: Part) -> NDArray[np.uint8]:
    """Solve some columns from the pairs that were kept."""
    start, stop = part
    n, most = work.n_items, work.width("solved")
    near, amount = work.matrix("kept", "near"), work.matrix("kept", "amount")
    diagonal = np.fromfile(work.folder / "diagonal", np.float32)
    chosen_near = np.full((stop - start, most), n, np.int32)
    weights = np.zeros((stop - start, most), np.float32)
    state = np.full(stop - start, _DONE, np.uint8)
    place = np.full(n + 1, most, np.int32)  # of an item among the neighbours, most = it is none
    order = np.arange(most, dtype=np.int32)
    # A column more than needed, for what is no neighbour.
    cells = np.empty(most * (most + 1), np.float32)
    for j in range(start, stop):
        k = int(np.count_nonzero(amount[j, :most]))
        chosen = near[j, :k]
        place[chosen] = order[:k]
        cell = place[near[chosen]]
        cell += (most + 1) * order[:k, None]
        place[chosen] = most
        cells[:] = 0
        cells[cell] = amount[chosen]
        square = cells.reshape(most, most + 1)[:k, :k]
        square = np.maximum(square, square.T)
        np.einsum("ii->i", square)[:] = diagonal[chosen]
        answer, is_raised = ridge_column(square, amount[j, :k], work.plan.reg)
        chosen_near[j - start, :k], weights[j - start, :k] = chosen, answer
        if is_raised:
            state[j - start] = _RAISED
    work.put("solved", start, chosen_near, weights)
    return state
