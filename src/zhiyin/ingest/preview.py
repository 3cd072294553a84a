"""What an import would do, seen from the first rows of its files; nothing is stored."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from zhiyin.ingest.batch import Format, Rejected
from zhiyin.ingest.checking import sorted_out

_ROWS = 10
_MOST_BATCHES = 40
_PATIENCE_S = 5.0


@runtime_checkable
class Guessing(Protocol):
    """A format that finds out which column holds which field.

    Attributes:
        mapping: field → column of the table that was read last.
        unused: its columns that are no field.
        mapping_notes: those of its batches' notes that say no more than which column holds which field.
    """

    mapping: Mapping[str, str]
    unused: Sequence[str]
    mapping_notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of an import that does not take place.

    Attributes:
        mapping: field → column, empty for a format that knows its columns.
        unused: columns that are no field.
        notes: what was taken as what where the files leave it open; what `mapping` says is left out.
        rows: kind of record → its first records, up to ten, without the fields that none of them has.
        rejected: the first rows that cannot be taken, up to ten.
        kinds: kind of record → how many of its rows were checked.
    """

    mapping: Mapping[str, str]
    unused: Sequence[str]
    notes: Sequence[str]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    rejected: Sequence[Rejected]
    kinds: Mapping[str, int]


def preview(form: Format, paths: Sequence[Path]) -> Preview:
    """Read the beginning of files: up to the first rows of a table, and of a data set the first batches of each kind.

    Args:
        form: reads the files.
        paths: the files.
    Raises:
        InvalidRecord: a file cannot be read.
    Complexity: O(40 batches) time at most, and no more are begun five seconds after the first came.
    """
    until = float("inf")
    notes: dict[str, None] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    rejected: list[Rejected] = []
    kinds: Counter[str] = Counter()
    for batch in islice(form.batches(paths), _MOST_BATCHES):
        until = min(until, time.perf_counter() + _PATIENCE_S)
        notes |= dict.fromkeys(batch.notes)
        some = rows.setdefault(batch.kind, [])
        if len(some) < _ROWS:
            good, _, bad = sorted_out(batch)
            kinds[batch.kind] += good.height + len(bad)
            rejected += bad[: _ROWS - len(rejected)]
            some += good.head(_ROWS - len(some)).rows(named=True)
        if (isinstance(form, Guessing) and kinds[batch.kind]) or time.perf_counter() > until:
            break
    if isinstance(form, Guessing):
        notes = {note: None for note in notes if note not in form.mapping_notes}
    return Preview(
        form.mapping if isinstance(form, Guessing) else {},
        form.unused if isinstance(form, Guessing) else (),
        tuple(notes),
        {kind: _without_empty(some) for kind, some in rows.items()},
        rejected,
        dict(kinds),
    )


def _without_empty(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    said = {name for row in rows for name, value in row.items() if value is not None}
    return [{name: value for name, value in row.items() if name in said} for row in rows]
