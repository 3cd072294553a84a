"""Times as what is stored: whole microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


def to_us(time: datetime) -> int:
    """Return the microseconds since 1970 UTC of a timezone-aware time.

    >>> to_us(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (time - _EPOCH) // _US


def from_us(time_us: int) -> datetime:
    """Return the time, in UTC, of so many microseconds since 1970 UTC.

    >>> from_us(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return _EPOCH + time_us * _US
