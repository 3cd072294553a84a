"""What happens while the shop is open: events one by one, checked as strictly as a file's rows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from zhiyin.core import Event
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.checking import checked
from zhiyin.store.frames import frame, schema

_NOT_EVENTS = (InvalidRecord, TypeError, ValueError, OverflowError, pl.exceptions.PolarsError)


def as_batch(events: Sequence[Event]) -> pl.DataFrame:
    """Return events as a batch for the store.

    An event without a time happened now. One without an id gets a new one, so sending it again counts twice: whoever
    may have to send again names the event.

    Raises:
        InvalidRecord: an event cannot be taken; none of them is.

    >>> as_batch([Event("an", "tea", "like")])["time"].null_count()
    0
    """
    now = datetime.now(UTC)
    told = [
        replace(event, time=event.time or now, event_id=event.event_id or uuid.uuid4().hex)
        for event in events
    ]
    if not told:
        return pl.DataFrame(schema=schema("events"))
    try:
        rows, reasons = checked("events", frame(told))
    except _NOT_EVENTS as error:
        raise _first_wrong(told, error) from error
    for position in reasons.is_not_null().arg_true():
        raise _refused(position, reasons[position])
    return rows


def _first_wrong(events: Sequence[Event], error: Exception) -> InvalidRecord:
    for position, event in enumerate(events):
        try:
            frame([event])
        except _NOT_EVENTS as found:
            return _refused(position, _told(found))
    return _refused(0, _told(error))


def _told(error: Exception) -> str:
    if isinstance(error, InvalidRecord):
        return f"{error.where}: {error.what}"
    return str(error).splitlines()[0]


def _refused(position: int, what: str) -> InvalidRecord:
    return InvalidRecord(
        what,
        where=f"events[{position}]",
        expected="a user, an item, and times with a zone",
        next_step="mend it and send all again",
    )
