"""Which days words such as 明天 and "next week" mean, seen from the time at which they were written."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

_DAY = timedelta(days=1)
_LONGEST = {
    "today": 1, "now": 1, "tonight": 1, "tomorrow": 2, "in_two_days": 3, "this_week": 7, "weekend": 7,
    "next_week": 14, "next_weekend": 14, "this_month": 31, "next_month": 62,
}  # fmt: skip


def days(when: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a time that is named from today; None for the past and for habits.

    A weekend or a day of the week is the nearest one that is not over; "next" ones are those of the week after this,
    which begins on Monday.

    >>> days("weekend", date(2024, 5, 1))
    (datetime.date(2024, 5, 4), datetime.date(2024, 5, 5))
    """
    monday = today - today.weekday() * _DAY
    if when in ("today", "now", "tonight"):
        return today, today
    if when == "tomorrow":
        return today + _DAY, today + _DAY
    if when == "in_two_days":
        return today + 2 * _DAY, today + 2 * _DAY
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
            it the longest that the words can mean.
    """
    if when is None or when == "habit" or when.startswith("past"):
        return None
    if now is None:
        return _LONGEST.get(when, 14 if when.startswith("next_") else 7) * _DAY
    found = days(when, now.date())
    if found is None:
        return None
    end = datetime.combine(found[1] + _DAY, time(), now.tzinfo)
    # Times of one zone are subtracted as clocks show them, which is wrong over a change to summer time.
    return end - now if now.tzinfo is None else end.astimezone(UTC) - now.astimezone(UTC)
