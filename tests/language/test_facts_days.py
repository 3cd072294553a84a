"""Named days, and when they end on the clocks of a place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhiyin.language.facts.days import days, until_end_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2024, 5, 1, 9), 15),
        (datetime(2024, 5, 1, 9, tzinfo=UTC), 15),
        (datetime(2024, 5, 1, 20, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai")), 20),
        (datetime(2024, 3, 31, 0, 30, tzinfo=BERLIN), 22.5),  # clocks go forward at two
        (datetime(2024, 10, 27, 0, 30, tzinfo=BERLIN), 24.5),  # and back
    ],
)
def test_a_day_ends_at_the_writer_s_midnight(now, hours):
    assert until_end_of("today", now) == timedelta(hours=hours)


def test_the_past_and_habits_have_no_days():
    assert until_end_of("past", datetime(2024, 5, 1)) is None
    assert days("habit", date(2024, 5, 1)) is None
