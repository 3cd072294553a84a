"""An import: read, check, give ids, store; bad rows to the quarantine, good rows still land."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from zhiyin.core import RECORDS
from zhiyin.ingest.batch import Batch, Format, Rejected
from zhiyin.ingest.checking import checked
from zhiyin.ingest.quarantine import Quarantine
from zhiyin.store.identity import event_ids
from zhiyin.store.store import Store

Progress = Callable[[float, int], None]
"""Told after each batch: how much is done, 0 to 1, and how many rows were read."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        accepted: name of each kind of record to how many are new or changed, entities that other records name included.
        duplicates: rows that said nothing new.
        rejected: rows in the quarantine.
        quarantine: the file of rejected rows, None when there are none.
        seconds: how long it took.
    """

    accepted: dict[str, int]
    duplicates: int
    rejected: int
    quarantine: Path | None
    seconds: float


def run_import(
    form: Format,
    paths: Sequence[Path],
    store: Store,
    quarantine_folder: Path,
    progress: Progress = lambda done, rows: None,
) -> ImportReport:
    """Import files; may be run again safely, since equal rows get equal ids.

    An event without an id gets one from the format, its content and how many equal rows came before it in this run:
    real repeats stay, and a second import of the same files adds nothing. Each batch is one transaction, so what is
    counted as accepted is stored even if a later batch fails.

    Raises:
        InvalidRecord: a file cannot be read; what came before it is stored.
        StoreUnavailable: the store or the quarantine cannot be written; what came before is stored.
    """
    started = time.perf_counter()
    accepted = Counter(dict.fromkeys(RECORDS, 0))
    seen: dict[str, dict[int, int]] = {}
    duplicates = rows = 0
    quarantine = Quarantine(quarantine_folder, form.name)
    try:
        for batch in form.batches(paths):
            good, rejected = _sorted_out(batch)
            quarantine.add(rejected)
            if "event_id" in good.columns:
                good = _identified(form.name, good, seen.setdefault(batch.kind, {}))
            written = store.write(batch.kind, good)
            accepted.update(written.accepted)
            duplicates += written.duplicates
            rows += batch.rows.height + len(batch.rejected)
            progress(batch.done, rows)
    finally:
        quarantine.close()
    return ImportReport(
        {kind: accepted[kind] for kind in RECORDS},
        duplicates,
        quarantine.count,
        quarantine.path,
        round(time.perf_counter() - started, 3),
    )


def _identified(form: str, rows: pl.DataFrame, seen: dict[int, int]) -> pl.DataFrame:
    lacks_id = rows["event_id"].is_null()
    if not lacks_id.any():
        return rows
    ids = event_ids(form, rows.filter(lacks_id), seen)
    return rows.with_columns(rows["event_id"].scatter(lacks_id.arg_true(), ids))


def _sorted_out(batch: Batch) -> tuple[pl.DataFrame, list[Rejected]]:
    rows, reasons = checked(batch.kind, batch.rows)
    is_good = reasons.is_null()
    rejected = list(batch.rejected)
    if not is_good.all():
        bad = batch.rows.filter(~is_good)
        lines, why = batch.lines.filter(~is_good), reasons.filter(~is_good)
        rejected += [
            Rejected(batch.file, line, reason, str(row)[:500])
            for line, reason, row in zip(lines, why, bad.iter_rows(named=True), strict=True)
        ]
    return rows.filter(is_good), rejected
