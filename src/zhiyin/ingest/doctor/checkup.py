"""The whole examination: every check, in the order a report shows them."""

from __future__ import annotations

from collections.abc import Collection

from zhiyin.core.progress import Progress, untold
from zhiyin.ingest.doctor.catalogue import catalogue_checks
from zhiyin.ingest.doctor.events import event_checks
from zhiyin.ingest.doctor.finding import Finding, passed
from zhiyin.ingest.doctor.impressions import impressions
from zhiyin.ingest.doctor.items import item_checks
from zhiyin.ingest.doctor.orphans import orphan_checks
from zhiyin.ingest.doctor.people import people_checks
from zhiyin.ingest.doctor.posts import post_checks
from zhiyin.ingest.doctor.ratings import rating_checks
from zhiyin.ingest.doctor.reading import read_shop
from zhiyin.ingest.doctor.size import size_checks
from zhiyin.ingest.doctor.ties import tie_checks
from zhiyin.ingest.doctor.times import time_checks
from zhiyin.store.store import Store

_STORE_SHARE = 0.3
_READING_SHARE = 0.6


def examine(
    store: Store,
    known_types: Collection[str],
    progress: Progress = untold,
    *,
    now_us: int | None = None,
) -> list[Finding]:
    """Look at everything that a shop has stored.

    A store that is itself unsound is looked at no further.

    Args:
        store: whose data.
        known_types: types of events that have a strength.
        progress: told how much is done, 0 to 1, and how many rows were read.
        now_us: as of when, microseconds since 1970 UTC; now unless given.
    Returns: one finding for each check, those that passed too.
    Raises:
        StoreUnavailable: the store does not answer.
    Complexity: one pass over each table; about 100 bytes an event at the peak.
    """
    if problems := store.check():
        return [
            Finding(
                "store.sound",
                "FAIL",
                1,
                1,
                "The database is damaged, and nothing else was looked at.",
                [{"problem": problem} for problem in problems[:10]],
                "Restore a backup of it.",
            )
        ]
    progress(_STORE_SHARE, 0)

    def reading(done: float, rows: int) -> None:
        progress(_STORE_SHARE + done * _READING_SHARE, rows)

    data = read_shop(store, reading, now_us=now_us)
    return [
        passed("store.sound", 0, 1, "the database is whole"),
        *size_checks(data),
        *orphan_checks(data),
        *time_checks(data),
        *people_checks(data),
        *event_checks(data, known_types),
        *rating_checks(data),
        *item_checks(data),
        *catalogue_checks(data),
        *post_checks(data),
        *tie_checks(data),
        impressions(store.attribution()),
    ]
