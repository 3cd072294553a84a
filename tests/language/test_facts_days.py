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


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("in_three_days", (2024, 5, 4)),
        ("2024-05-01", (2024, 5, 1)),
        ("--05-01", (2024, 5, 1)),
        ("--04-30", (2025, 4, 30)),
        ("--02-29", (2028, 2, 29)),
        ("---03", (2024, 5, 3)),
        ("---31", (2024, 5, 31)),
    ],
)
def test_a_date_is_the_next_such_day(when, day):
    assert days(when, date(2024, 5, 1)) == (date(*day), date(*day))


def test_a_day_of_a_shorter_month_is_in_the_next_that_has_it():
    assert days("---31", date(2024, 6, 1)) == (date(2024, 7, 31), date(2024, 7, 31))


def test_a_date_that_is_over_is_no_time():
    assert days("2024-04-30", date(2024, 5, 1)) is None
    assert until_end_of("2024-04-30", datetime(2024, 5, 1)) is None


@pytest.mark.parametrize("zone", [None, UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Lima")])
@pytest.mark.parametrize("now", [datetime.min, datetime.max])
@pytest.mark.parametrize(
    "when", ["today", "tomorrow", "weekend", "next_month", "weekday_6", "--02-29", "---31"]
)
def test_the_ends_of_the_calendar_are_no_error(when, now, zone):
    lasts = until_end_of(when, now.replace(tzinfo=zone))
    assert lasts is None or lasts > timedelta(0)


def test_the_past_and_habits_have_no_days():
    assert until_end_of("past", datetime(2024, 5, 1)) is None
    assert days("habit", date(2024, 5, 1)) is None
