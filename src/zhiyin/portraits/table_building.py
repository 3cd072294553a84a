"""The arrays of a portrait table: made from all events, and made anew from old ones and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays
from zhiyin.core import NO_TIME
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.sums import Sums, faded
from zhiyin.portraits.weights import BUY

HOURS = 24
STEPS = 4
"""Bins of prices to a doubling."""
PRICES = 40 * STEPS
_CHUNK = 1 << 16
_ENTRIES = 1 << 22

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Doings:
    """A table of events with what they weigh, one array a column.

    Attributes:
        person: (e,) int64.
        item: (e,) int64.
        weight: (e,) float32.
        time_us: (e,) int64, never ``NO_TIME``.
        is_dated: (e,) bool, false where the time only stands in for one that is not known.
        hour: (e,) int8 of the day.
    """

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    weight: NDArray[np.float32]
    time_us: NDArray[np.int64]
    is_dated: NDArray[np.bool_]
    hour: NDArray[np.int8]

    @classmethod
    def of(
        cls,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.float32],
        time_us: NDArray[np.int64],
        *,
        origin_us: int,
        zone: str,
    ) -> Doings:
        """Return events in the order of people."""
        order = np.argsort(person, kind="stable")
        is_dated = time_us[order] != NO_TIME
        when = np.where(is_dated, time_us[order], origin_us)
        local = pl.Series(when).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
        hour = local.dt.hour().to_numpy()
        weight = np.asarray(weight[order], np.float32)
        return cls(person[order], item[order], weight, when, is_dated, hour)

    def part(self, rows: slice) -> Doings:
        """Return some of the events."""
        return Doings(*(getattr(self, name)[rows] for name in self.__slots__))


def price_bins(price_minor: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the bins of prices from 0 up."""
    bins = np.log2(np.maximum(price_minor, 0) + 1.0) * STEPS
    return np.minimum(bins.astype(np.int64), PRICES - 1)


def built(items: ItemPortraits, doings: Doings, n_people: int) -> Arrays:
    """Return the arrays of a table of people numbered below ``n_people``; see ``PortraitTable``."""
    vectors = np.zeros((n_people, 2, items.dim), np.float32)
    mass = np.zeros((n_people, 2), np.float32)
    events = np.zeros(n_people, np.int32)
    ref_us = np.full(n_people, NO_TIME, np.int64)
    columns = []
    for start in range(0, n_people, _CHUNK):
        stop = min(start + _CHUNK, n_people)
        first, last = np.searchsorted(doings.person, (start, stop))
        part, here = doings.part(slice(first, last)), slice(start, stop)
        row = part.person - start
        events[here] = np.bincount(row, minlength=stop - start)
        np.maximum.at(ref_us, part.person, part.time_us)
        left = faded(ref_us[part.person] - part.time_us)
        left[~part.is_dated, 1] = 0.0
        columns.append(_columns(items, part, row, left[:, 0], stop - start))
        for way, summed in enumerate(_vector_sums(items, part, row, left, stop - start)):
            vectors[here, way], mass[here, way] = summed
    width = _width(items)
    matrix = sparse.vstack(columns, format="csr") if columns else _empty(0, width)
    return _finished(vectors, mass, events, ref_us, matrix, items)


def nobody(items: ItemPortraits) -> Arrays:
    """Return the arrays of a table of no one."""
    none = np.empty(0, np.int64)
    is_dated, weight = np.empty(0, bool), np.empty(0, np.float32)
    return built(items, Doings(none, none, weight, none, is_dated, none.astype(np.int8)), 0)


def merged(
    arrays: Mapping[str, NDArray[Any]], columns: Any, live: Mapping[int, Sums], items: ItemPortraits
) -> Arrays:
    """Return arrays with the rows of people who did something since.

    Args:
        arrays: of the table.
        columns: its CSR.
        live: person → sums in the place of the row.
        items: the table's.
    """
    old = len(arrays["events"])
    n = max(old, max(live, default=-1) + 1)
    people = np.array(sorted(live), np.int64)
    rows = [live[person] for person in people.tolist()]
    fills = {"vectors": 0, "mass": 0, "events": 0, "ref_us": NO_TIME}
    grown: Arrays = {}
    for name, fill in fills.items():
        array = np.full((n, *arrays[name].shape[1:]), fill, arrays[name].dtype)
        array[:old] = arrays[name]
        if rows:
            array[people] = [getattr(row, _FIELDS.get(name, name)) for row in rows]
        grown[name] = array
    is_kept = np.ones(n, np.float32)
    is_kept[people] = 0
    base = columns.copy()
    base.resize((n, columns.shape[1]))
    kept = sparse.diags_array(is_kept, dtype=np.float32) @ base
    matrix = kept + _rows(people, rows, n, columns.shape[1])
    matrix.eliminate_zeros()
    return _finished(
        grown["vectors"], grown["mass"], grown["events"], grown["ref_us"], matrix, items
    )


_FIELDS = {"events": "n_events"}


def _rows(people: NDArray[np.int64], rows: list[Sums], n: int, width: int) -> Any:
    if not rows:
        return _empty(n, width)
    at = np.repeat(people, [row.columns.size for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    counts = np.concatenate([row.counts for row in rows])
    return sparse.csr_array((counts, (at, columns)), shape=(n, width), dtype=np.float32)


def _vector_sums(
    items: ItemPortraits, part: Doings, row: NDArray[np.int64], left: NDArray[np.float64], n: int
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float64]]]:
    """Yield the sums of vectors and of absolute weights, by the long and then by the short half-life."""
    known = np.flatnonzero(part.item < len(items))
    told = known[items.is_described[part.item[known]]]
    for way in range(2):
        weight = part.weight[told] * left[told, way]
        entries = (weight.astype(np.float32), (row[told], part.item[told]))
        matrix = sparse.csr_array(entries, shape=(n, len(items)))
        summed = np.bincount(row[told], np.abs(weight), minlength=n).astype(np.float64)
        yield matrix @ items.vectors, summed


def _columns(
    items: ItemPortraits, part: Doings, row: NDArray[np.int64], left: NDArray[np.float64], n: int
) -> Any:
    """Return the (n, width) CSR of facets, hours and prices."""
    weight = (part.weight * left).astype(np.float32)

    def table(chosen: NDArray[np.bool_], column: NDArray[np.integer[Any]], width: int) -> Any:
        at = np.flatnonzero(chosen)
        entries = (weight[at], (row[at], column[at]))
        return sparse.csr_array(entries, shape=(n, width))

    known = part.item < len(items)
    price = np.full(part.item.size, -1, np.int64)
    price[known] = items.price_minor[part.item[known]]
    blocks = [
        table(known, part.item, len(items)) @ items.facets,
        table(part.is_dated & (part.weight > 0), part.hour, HOURS),
        table((part.weight >= BUY) & (price >= 0), price_bins(price), PRICES),
    ]
    return sparse.hstack(blocks, format="csr", dtype=np.float32)


def _finished(
    vectors: NDArray[np.float32],
    mass: NDArray[np.float32],
    events: NDArray[np.int32],
    ref_us: NDArray[np.int64],
    matrix: Any,
    items: ItemPortraits,
) -> Arrays:
    """Return the arrays with what follows from them: what everybody likes."""
    matrix.sort_indices()
    n_facets = items.facets.shape[1]
    prior = np.zeros(matrix.shape[1])
    for start in range(0, matrix.nnz, _ENTRIES):  # bincount makes eight bytes of each four
        here = slice(start, start + _ENTRIES)
        liked = np.maximum(matrix.data[here], 0)
        prior += np.bincount(matrix.indices[here], liked, minlength=prior.size)
    total = max(float(mass[:, 0].sum(dtype=np.float64)), 1e-9)
    mean = vectors[:, 0].sum(axis=0, dtype=np.float64) / total
    indices = matrix.indices.astype(np.int32, copy=False)
    small = sparse.csr_array((matrix.data, indices, matrix.indptr), shape=matrix.shape)
    return {
        "vectors": vectors, "mass": mass, "events": events, "ref_us": ref_us,
        "mean": mean.astype(np.float32), "prior": prior[:n_facets], **csr_arrays("columns", small),
    }  # fmt: skip


def _width(items: ItemPortraits) -> int:
    return int(items.facets.shape[1]) + HOURS + PRICES


def _empty(n: int, width: int) -> Any:
    return sparse.csr_array((n, width), dtype=np.float32)
