"""An import: read, check, give ids, store; bad rows to the quarantine, good rows still land."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from zhiyin.core import RECORDS
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Batch, Format
from zhiyin.ingest.checking import sorted_out, turned_away
from zhiyin.ingest.quarantine import Quarantine
from zhiyin.ingest.reasons import REUSED
from zhiyin.ingest.robots import Robots
from zhiyin.ingest.watermark import Watermark, job_key, read_watermark
from zhiyin.privacy.pseudonyms import Pseudonyms
from zhiyin.store.identity import event_ids
from zhiyin.store.made_ids import covered_events
from zhiyin.store.occurrences import Occurrences
from zhiyin.store.store import Store
from zhiyin.store.writes import Written


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, the parts of it included that ran before it was stopped.

    Attributes:
        accepted: name of each kind of record to how many are new or changed, entities that other records name included.
        duplicates: rows that said nothing new.
        rejected: rows in the quarantine.
        quarantine: the file of rejected rows, None when there are none.
        seconds: how long it took.
        resumed: rows that an earlier run of it, which was stopped, had read and stored.
        notes: what was taken as what where the files leave it open, for people.
    """

    accepted: dict[str, int]
    duplicates: int
    rejected: int
    quarantine: Path | None
    seconds: float
    resumed: int = 0
    notes: tuple[str, ...] = ()


def run_import(
    form: Format,
    paths: Sequence[Path],
    store: Store,
    quarantine_folder: Path,
    progress: Progress = untold,
    *,
    options: str = "",
) -> ImportReport:
    """Import files; may be run again safely, and goes on where an earlier run of it was stopped.

    Each batch is one transaction, together with how far the import came: killed at any point, it loses and doubles nothing.
    An event without an id gets one from the format, its content and how many equal rows came before it in this import:
    real repeats stay, and a second import of the same files adds nothing.

    Args:
        form: reads the files.
        paths: the files.
        store: where to.
        quarantine_folder: where rejected rows go.
        progress: told after each batch.
        options: of the format as text; with others the same files are another import.
    Raises:
        InvalidRecord: a path is named twice or leads nowhere; nothing is stored. Or a file cannot be read; what came before
            it is stored.
        Conflict: the same import is running already, and has rejected rows.
        StoreUnavailable: the store or the quarantine cannot be written; what came before is stored.
    """
    _check_paths(paths)
    key = job_key(form.name, paths, options)
    mark = read_watermark(store, key)
    quarantine = Quarantine(quarantine_folder, form.name, store.pseudonyms)
    job = _Job(form.name, store, key, mark, quarantine)
    try:
        quarantine.go_on(mark.quarantine, mark.quarantine_bytes, mark.rejected)
        rows = 0
        for place, batch in enumerate(form.batches(paths)):
            job.take(batch, is_stored=place < mark.batches)
            rows += batch.rows.height + len(batch.rejected)
            progress(batch.done, rows)
        store.drop_state(key)
    finally:
        quarantine.close()
    return job.report(resumed=mark.rows)


def _check_paths(paths: Sequence[Path]) -> None:
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise InvalidRecord(
                "there is no such file",
                where=str(path),
                expected="files and folders that are there",
                next_step="check the path; nothing was imported",
            )
        if path.resolve() in seen:
            raise InvalidRecord(
                "this file is named twice",
                where=str(path),
                expected="each file once, since its rows would count twice",
                next_step="name it once; nothing was imported",
            )
        seen.add(path.resolve())


class _Job:
    """An import on its way."""

    def __init__(
        self, form: str, store: Store, key: str, mark: Watermark, quarantine: Quarantine
    ) -> None:
        self._form, self._store, self._key, self._mark = form, store, key, mark
        self._quarantine = quarantine
        self._seen: dict[str, Occurrences] = {}
        self._notes: dict[str, None] = {}
        self._robots = Robots()
        self._started = time.perf_counter() - mark.seconds

    def take(self, batch: Batch, *, is_stored: bool) -> None:
        """Store a batch, or only count its rows where an earlier run stored it."""
        self._notes.update(dict.fromkeys(batch.notes))
        good, places, rejected = sorted_out(batch)
        if batch.kind == "events":
            self._robots.add(good)
        if "event_id" in good.columns:
            seen = self._seen.setdefault(batch.kind, Occurrences())
            good = _identified(self._form, good, seen, self._store.pseudonyms)
        if is_stored:
            return
        self._quarantine.add(rejected)
        mark = self._mark

        def reached(written: Written) -> dict[str, str]:
            nonlocal mark
            reused = places.gather(list(written.reused))
            self._quarantine.add(turned_away(batch, reused, [REUSED] * len(reused)))
            mark = self._reached(batch, written)
            return {self._key: mark.text()}

        self._store.write(batch.kind, good, reached)
        self._mark = mark

    def _reached(self, batch: Batch, written: Written) -> Watermark:
        """Return how far the import is with a batch that is being stored."""
        mark, path = self._mark, self._quarantine.path
        return Watermark(
            mark.batches + 1,
            mark.rows + batch.rows.height + len(batch.rejected),
            dict(Counter(mark.accepted) + Counter(written.accepted)),
            mark.duplicates + written.duplicates,
            self._quarantine.count,
            path.name if path else "",
            self._quarantine.size,
            self._seconds(),
        )

    def _seconds(self) -> float:
        return round(time.perf_counter() - self._started, 3)

    def report(self, *, resumed: int) -> ImportReport:
        """Return what the import did."""
        return ImportReport(
            {kind: self._mark.accepted.get(kind, 0) for kind in RECORDS},
            self._mark.duplicates,
            self._quarantine.count,
            self._quarantine.path,
            self._seconds(),
            resumed,
            (*self._notes, *self._robots.notes),
        )


def _identified(
    form: str, rows: pl.DataFrame, seen: Occurrences, pseudonyms: Pseudonyms
) -> pl.DataFrame:
    lacks_id = rows["event_id"].is_null()
    if not lacks_id.any():
        return rows
    ids = covered_events(pseudonyms, event_ids(form, rows.filter(lacks_id), seen))
    return rows.with_columns(rows["event_id"].scatter(lacks_id.arg_true(), ids))
