"""What comes into a shop: files, events and records, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zhiyin import registry
from zhiyin.core import Event
from zhiyin.core.progress import Progress, untold
from zhiyin.ingest.bulk import Received, RejectedRecord, receive
from zhiyin.ingest.doctor.checkup import examine
from zhiyin.ingest.doctor.finding import Finding
from zhiyin.ingest.feedback import as_batch, judged, none_reused
from zhiyin.ingest.importing import ImportReport, run_import
from zhiyin.ingest.preview import Preview, preview
from zhiyin.ingest.reasons import REUSED
from zhiyin.privacy.secret import Secret
from zhiyin.ranking.trained import event_strength
from zhiyin.settings import Settings
from zhiyin.store.dump_file import Manifest
from zhiyin.store.store import Store, restored
from zhiyin.store.writes import Written


class Intake:
    """Takes in a shop's data; ``Shop`` is one.

    Attributes:
        settings: of the shop.
        store: where the data are kept.
    """

    settings: Settings
    store: Store

    def ingest(
        self,
        form: str,
        paths: Sequence[Path] = (),
        options: Mapping[str, Any] | None = None,
        progress: Progress = untold,
    ) -> ImportReport:
        """Import files of a format; safe to run again, and goes on where a run that was stopped came to.

        Raises:
            UnknownPart: no format has that name.
            InvalidRecord: a file cannot be read; what came before it is stored.
        """
        reader = registry.build("formats", form, options, where="import")
        told = json.dumps(options or {}, sort_keys=True, default=str)
        quarantine = self.settings.home / "quarantine"
        return run_import(reader, paths, self.store, quarantine, progress, options=told)

    @staticmethod
    def preview(
        form: str, paths: Sequence[Path] = (), options: Mapping[str, Any] | None = None
    ) -> Preview:
        """Return what importing files would do, from their first rows; needs no shop and stores nothing.

        Raises:
            UnknownPart: no format has that name.
            InvalidRecord: a file cannot be read.
        """
        return preview(registry.build("formats", form, options, where="import"), paths)

    def record(self, events: Sequence[Event]) -> Written:
        """Store events at once; the next page knows them.

        Raises:
            InvalidRecord: an event cannot be taken, or has the ``event_id`` of another; none of them is.
        """
        return self.store.write("events", as_batch(events), none_reused)

    def record_good(self, events: Sequence[Event]) -> Received:
        """Store those events that can be taken at once, and say of each other one why not; the next page knows them."""
        batch, refused = judged(events)
        written = None if batch.is_empty() else self.store.write("events", batch)
        good = [n for n in range(len(events)) if n not in refused]
        refused |= {good[n]: REUSED for n in (written.reused if written else ())}
        rejected = [RejectedRecord(n, None, why) for n, why in sorted(refused.items())]
        return Received(written, rejected)

    def put(self, kind: str, records: Sequence[object]) -> Received:
        """Store records of a kind as a program sends them, those that can be taken; safe to repeat.

        Raises:
            InvalidRecord: there is no such kind.
        """
        return receive(kind, records, self.store)

    def check(self, progress: Progress = untold) -> list[Finding]:
        """Look for what is wrong in the stored data; one finding for each check, those that passed too.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return examine(self.store, event_strength(self.settings.train).strengths, progress)

    @classmethod
    def restore(
        cls, home: str | Path | Settings | None, path: Path, progress: Progress = untold
    ) -> Manifest:
        """Load a dump into the empty store of a home folder; nothing is made before the whole file is verified.

        Raises:
            InvalidRecord: the file is no dump, damaged, or of a newer version.
            Conflict: the store holds something.
            StoreError: the dump keeps people's ids otherwise than the settings say, or under another key.
        """
        settings = home if isinstance(home, Settings) else Settings.load(home)
        return restored(
            settings.store.url or settings.home / "shop.db",
            path,
            progress,
            secret=Secret.of(settings.privacy, settings.home),
        )
