"""Times as JSON documents write them."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(time: datetime) -> str:
    """Return a timezone-aware time as ISO 8601 in UTC.

    >>> iso(datetime.fromisoformat("2026-11-25T00:00:00+08:00"))
    '2026-11-24T16:00:00Z'
    """
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
