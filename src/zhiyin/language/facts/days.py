"""Which days words such as 明天 and "next week" mean, seen from the time at which they were written."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta

_DAY = timedelta(days=1)
_MONTHS_AHEAD = 8 * 12 + 2  # 29 February is at most eight years ahead
_LONGEST = {
    "today": 1, "now": 1, "tonight": 1, "tomorrow": 2, "in_two_days": 3, "in_three_days": 4, "this_week": 7, "weekend": 7,
    "next_week": 14, "next_weekend": 14, "this_month": 31, "next_month": 62,
}  # fmt: skip


def days(when: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a time that is named from today; None for the past and for habits.

    A weekend, a day of the week and a date without a year (``--05-01``, and ``---03`` without a month) is the nearest
    one that is not over; "next" ones are those of the week after this, which begins on Monday. A date that is over is
    no time, nor is one beyond the calendar.

    >>> days("weekend", date(2024, 5, 1))
    (datetime.date(2024, 5, 4), datetime.date(2024, 5, 5))
    """
    try:
        return _days(when, today)
    except OverflowError:
        return None


def _days(when: str, today: date) -> tuple[date, date] | None:
    if when[:1].isdigit() or when.startswith("--"):
        day = _dated(when, today)
        return None if day is None else (day, day)
    monday = today - today.weekday() * _DAY
    if when in ("today", "now", "tonight"):
        return today, today
    if when == "tomorrow":
        return today + _DAY, today + _DAY
    if when == "in_two_days":
        return today + 2 * _DAY, today + 2 * _DAY
    if when == "in_three_days":
        return today + 3 * _DAY, today + 3 * _DAY
    if when == "this_week":
        return today, monday + 6 * _DAY
    if when == "next_week":
        return monday + 7 * _DAY, monday + 13 * _DAY
    if when == "weekend":
        return max(today, monday + 5 * _DAY), monday + 6 * _DAY
    if when == "next_weekend":
        return monday + 12 * _DAY, monday + 13 * _DAY
    if when.endswith("_month"):
        first = today.replace(day=1)
        if when == "next_month":
            first = (first + 31 * _DAY).replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return max(today, first), last
    week, is_named, number = when.partition("weekday_")
    if is_named and week == "next_":
        return (monday + (7 + int(number)) * _DAY,) * 2
    if is_named and not week:
        return (today + (int(number) - today.weekday()) % 7 * _DAY,) * 2
    return None


def _dated(when: str, today: date) -> date | None:
    """Return the first day from today on that a date names, None where there is none."""
    if when[0] != "-":
        day = date.fromisoformat(when)
        return day if day >= today else None
    monthly = when.startswith("---")
    for ahead in range(3 if monthly else _MONTHS_AHEAD):
        years, month = divmod(today.month - 1 + ahead, 12)
        if monthly or month + 1 == int(when[2:4]):
            year, number = today.year + years, int(when[-2:])
            is_there = year <= MAXYEAR and number <= monthrange(year, month + 1)[1]
            if is_there and date(year, month + 1, number) >= today:
                return date(year, month + 1, number)
    return None


def written(first: date, last: date) -> str:
    """Return days in ISO 8601: one day, or an interval.

    >>> written(date(2024, 5, 4), date(2024, 5, 5))
    '2024-05-04/2024-05-05'
    """
    return str(first) if first == last else f"{first}/{last}"


def until_end_of(when: str | None, now: datetime | None) -> timedelta | None:
    """Return how long it is to the end of a named time, None where that is no time to come.

    Args:
        when: a name that `days` knows, or None.
        now: when the text was written, in its writer's own zone, so that its days end at the writer's midnight. Without
            it the longest that the words can mean. At the ends of the calendar, where an end has no date: None.
    """
    if when is None or when == "habit" or when.startswith("past"):
        return None
    if now is None:
        if when[0] in "-12":
            return (31 if when.startswith("---") else 366) * _DAY
        return _LONGEST.get(when, 14 if when.startswith("next_") else 7) * _DAY
    found = days(when, now.date())
    if found is None:
        return None
    try:
        end = datetime.combine(found[1] + _DAY, time(), now.tzinfo)
        # Times of one zone are subtracted as clocks show them, which is wrong over a change to summer time.
        return end - now if now.tzinfo is None else end.astimezone(UTC) - now.astimezone(UTC)
    except OverflowError:
        return None
