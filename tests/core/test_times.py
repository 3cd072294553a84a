"""Times as whole microseconds."""

from datetime import UTC, datetime, timedelta, timezone

from zhiyin.core import Query
from zhiyin.core.times import from_us, to_us


def test_there_and_back_keeps_every_microsecond():
    time = datetime(2026, 11, 25, 0, 0, 0, 123_457, tzinfo=timezone(timedelta(hours=8)))
    assert from_us(to_us(time)) == time
    assert from_us(to_us(time)).tzinfo is UTC
    assert to_us(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_a_query_tells_when_it_is_asked():
    assert Query(time=from_us(1_700_000_000_000_001)).time_us == 1_700_000_000_000_001
