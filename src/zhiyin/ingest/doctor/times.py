"""When events happened: not known, not possible, or not when they really did."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged, passed
from zhiyin.ingest.doctor.shop_data import ShopData, when
from zhiyin.ingest.values.times import EARLIEST

MISSING_WARN = 0.1
SAME_SECOND_WARN = 0.2
SAME_SECOND_FAIL = 0.9
DAYS_ONLY_SHARE = 0.95
FEWEST_TIMED = 20
"""With fewer known times nothing is said about how they are spread."""

GAP_DAYS = 30
GAP_EVENTS = 20
"""Events that a gap should have held, by the quieter of the 90 days before and after, to be no chance."""
NEIGHBOUR_DAYS = 90

STALE_DAYS = 90
SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US
_EARLIEST_US = int(EARLIEST.timestamp()) * SECOND_US


def time_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about the times of events."""
    yield known(data)
    yield future(data)
    yield ancient(data)
    yield same_second(data)
    yield days_only(data)
    yield gaps(data)
    yield newest(data)


def known(data: ShopData) -> Finding:
    """Find events of unknown time."""
    rows = data.events.filter(pl.col("time_us").is_null())
    is_all = rows.height == data.events.height
    return judged(
        "times.known",
        rows.height,
        data.events.height,
        "events whose time is not known",
        "they say nothing about order, trends and what is new",
        "Export the column that says when, and name it: --map time=COLUMN.",
        lambda: () if is_all else data.examples(rows.select("person", "item", "type")),
        warn_above=MISSING_WARN,
    )


def future(data: ShopData) -> Finding:
    """Find events later than tomorrow."""
    return _outside(
        data,
        "times.future",
        pl.col("time_us") > data.now_us + DAY_US,
        "events in the future",
        "what is popular is counted back from the newest event, so all others count as old",
        "Look for a wrong unit or year in the export, and import the events again.",
        fail_above=0.0,
    )


def ancient(data: ShopData) -> Finding:
    """Find events before 1990."""
    return _outside(
        data,
        "times.ancient",
        pl.col("time_us") < _EARLIEST_US,
        "events before 1990",
        "a time that was not known was written as a number, or in the wrong unit",
        "Leave the time empty where it is not known.",
    )


def _outside(
    data: ShopData,
    check: str,
    test: pl.Expr,
    counted: str,
    means: str,
    advice: str,
    fail_above: float = 1.0,
) -> Finding:
    rows = data.events.filter(test.fill_null(False)).drop("kind", "value")
    return judged(
        check,
        rows.height,
        len(data.times_us),
        counted,
        means,
        advice,
        lambda: data.examples(rows),
        fail_above=fail_above,
    )


def same_second(data: ShopData) -> Finding:
    """Find one second in which a large part of all events happened."""
    second, count = np.unique(data.times_us // SECOND_US, return_counts=True)
    found = int(count.max()) if len(data.times_us) >= FEWEST_TIMED else 0
    busiest = np.argsort(-count, kind="stable")[:3]
    return judged(
        "times.same_second",
        found,
        len(data.times_us),
        "events in the busiest second of all",
        "that is when they were copied, not when they happened",
        "Export the time of the event itself, or leave it empty.",
        lambda: [
            {"time": when(int(second[place]) * SECOND_US), "events": int(count[place])}
            for place in busiest
        ],
        warn_above=SAME_SECOND_WARN,
        fail_above=SAME_SECOND_FAIL,
    )


def days_only(data: ShopData) -> Finding:
    """Find out whether times are days: nearly all at midnight, in whatever time zone, in summer and winter."""
    seconds = data.times_us // SECOND_US
    at = np.bincount(seconds % 86_400, minlength=86_400)
    top = np.argsort(-at, kind="stable")[:2]
    is_judged = len(seconds) >= FEWEST_TIMED and len(np.unique(seconds // 86_400)) > 1
    found = int(at[top].sum()) if is_judged else 0
    return judged(
        "times.days_only",
        found,
        len(seconds),
        "events at the two commonest times of day",
        "only days are known, so sessions and hours cannot be learned",
        "Export hours and minutes too, if the shop has them.",
        lambda: [
            {"time_of_day_utc": f"{s // 3600:02}:{s % 3600 // 60:02}:{s % 60:02}", "events": n}
            for s, n in zip(top.tolist(), at[top].tolist(), strict=True)
            if n
        ],
        warn_above=DAYS_ONLY_SHARE,
    )


def gaps(data: ShopData) -> Finding:
    """Find stretches without an event where the time before and after promised many."""
    days = data.times_us // DAY_US
    days = days[(days >= _EARLIEST_US // DAY_US) & (days <= data.now_us // DAY_US)]
    if not len(days):
        return passed("times.gaps", 0, 0, "days without any event")
    first = int(days.min())
    count = np.bincount(days - first)
    busy = np.flatnonzero(count)
    before_all = np.concatenate(([0], np.cumsum(count)))
    start, end = busy[:-1] + 1, busy[1:]  # the quiet days are start ≤ day < end
    before = before_all[start] - before_all[np.maximum(start - NEIGHBOUR_DAYS, 0)]
    after = before_all[np.minimum(end + NEIGHBOUR_DAYS, len(count))] - before_all[end]
    promised = np.minimum(before, after) / NEIGHBOUR_DAYS * (end - start)
    found = np.flatnonzero((end - start > GAP_DAYS) & (promised >= GAP_EVENTS))
    return judged(
        "times.gaps",
        int((end - start)[found].sum()),
        len(count),
        "days in long stretches without any event amid busy ones",
        "part of the history was not imported",
        "Import the missing stretch, or leave out what lies before it.",
        lambda: [
            {
                "from": when(int(first + start[g]) * DAY_US)[:10],
                "to": when(int(first + end[g] - 1) * DAY_US)[:10],
                "events_before": int(before[g]),
                "events_after": int(after[g]),
            }
            for g in found[:10]
        ],
    )


def newest(data: ShopData) -> Finding:
    """Find out how old the newest event is that is not in the future."""
    past = data.times_us[data.times_us <= data.now_us + DAY_US]
    if not len(past):
        return passed("times.newest", 0, 0, "no event has a time")
    days = max(int((data.now_us - past.max()) // DAY_US), 0)
    told = f"the newest event is of {when(int(past.max()))}, {days:,} days ago"
    return judged(
        "times.newest",
        int(days > STALE_DAYS),
        1,
        told,
        "what is popular now cannot be told from it",
        "Import newer events; for a look at old data this is as it should be.",
        tuple,
    )
