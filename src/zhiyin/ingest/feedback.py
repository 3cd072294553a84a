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


def judged(events: Sequence[Event]) -> tuple[pl.DataFrame, dict[int, str]]:
    """Return the events that can be taken as a batch, and position to reason of the others; see `as_batch`."""
    now = datetime.now(UTC)
    told = [
        replace(event, time=event.time or now, event_id=event.event_id or uuid.uuid4().hex)
        for event in events
    ]
    try:
        rows, reasons = _checked(told)
        places = list(range(len(told)))
        refused: dict[int, str] = {}
    except _NOT_EVENTS:
        refused = {n: why for n, event in enumerate(told) if (why := _unreadable(event))}
        if not refused:
            raise
        places = [n for n in range(len(told)) if n not in refused]
        rows, reasons = _checked([told[n] for n in places])
    refused |= {places[n]: reasons[n] for n in reasons.is_not_null().arg_true()}
    return rows.filter(reasons.is_null()), refused


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
