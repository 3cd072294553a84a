"""What happens while the shop is open: events one by one, checked as strictly as a file's rows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from zhiyin.core import Event
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.checking import checked
from zhiyin.ingest.reasons import REUSED
from zhiyin.store.frames import frame, schema
from zhiyin.store.writes import Written

_NOT_EVENTS = (InvalidRecord, TypeError, ValueError, OverflowError, pl.exceptions.PolarsError)
_RANDOM_BYTES = 12
"""Of a new id."""


def as_batch(events: Sequence[Event]) -> pl.DataFrame:
    """Return events as a batch for the store.

    An event without a time happened now. One without an id gets a new one, so sending it again counts twice: whoever
    may have to send again names the event.

    Raises:
        InvalidRecord: an event cannot be taken; none of them is.

    >>> as_batch([Event("an", "tea", "like")])["time"].null_count()
    0
    """
    rows, refused = judged(events)
    if refused:
        position = min(refused)
        raise InvalidRecord(
            refused[position],
            where=f"events[{position}]",
            expected="a user, an item, and times with a zone",
            next_step="mend it and send all again",
        )
    return rows


def none_reused(written: Written) -> dict[str, str]:
    """Refuse a batch in which an event has the id of another one; nothing of it is stored then.

    Raises:
        InvalidRecord: there is such an event.
    """
    if written.reused:
        raise InvalidRecord(
            REUSED,
            where=f"events[{written.reused[0]}]",
            expected="an id of its own for each event; the same id again only for the same user, item, target and type",
            next_step="give it another event_id and send all again",
        )
    return {}


def judged(events: Sequence[Event]) -> tuple[pl.DataFrame, dict[int, str]]:
    """Return the events that can be taken as a batch, and position to reason of the others; see `as_batch`."""
    try:
        rows, reasons = _checked(events)
        places = list(range(len(events)))
        refused: dict[int, str] = {}
    except _NOT_EVENTS:
        refused = {n: why for n, event in enumerate(events) if (why := _unreadable(event))}
        if not refused:
            raise
        places = [n for n in range(len(events)) if n not in refused]
        rows, reasons = _checked([events[n] for n in places])
    if reasons.null_count() < rows.height:
        refused |= {places[n]: reasons[n] for n in reasons.is_not_null().arg_true()}
        rows = rows.filter(reasons.is_null())
    return _completed(rows), refused


def _completed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return events with a time and an id each.

    A new id starts with the second it is made in, as those of files do, so that an index on them grows at its end: with
    random ones, each event of a batch changes another page of it.
    """
    now = datetime.now(UTC)
    drawn = secrets.token_hex(_RANDOM_BYTES * rows.height)
    digits = 2 * _RANDOM_BYTES
    begun = f"{int(now.timestamp()):08x}"
    fresh = (begun + drawn[n : n + digits] for n in range(0, len(drawn), digits))
    ids = [said or new for said, new in zip(rows["event_id"], fresh, strict=True)]
    rows.replace_column(rows.columns.index("event_id"), pl.Series("event_id", ids, pl.String))
    return rows.with_columns(pl.col("time").fill_null(now)) if rows["time"].has_nulls() else rows


def _checked(events: Sequence[Event]) -> tuple[pl.DataFrame, pl.Series]:
    if not events:
        return pl.DataFrame(schema=schema("events")), pl.Series(dtype=pl.String)
    return checked("events", frame(events))


def _unreadable(event: Event) -> str | None:
    """Return why an event is not even a row of a table, if it is none."""
    try:
        _checked([event])
    except InvalidRecord as error:
        return f"{error.where}: {error.what}"
    except _NOT_EVENTS as error:
        return str(error).splitlines()[0]
    return None
