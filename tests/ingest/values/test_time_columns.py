from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from zhiyin.ingest.checking import checked
from zhiyin.ingest.values.time_columns import TimeColumns


def events(times):
    return pl.DataFrame({"user": "u", "item": "i", "time": times})


@pytest.mark.parametrize(
    ("times", "notes"),
    [
        (["2024-05-01T08:00Z", "2024-05-01", "1714521600", None, "soon"], []),
        (["2024-05-01 08:00"], ["time says no time zone and is taken as UTC"]),
        ([datetime(2024, 5, 1)], ["time says no time zone and is taken as UTC"]),
        (["13/5/2024"], ["time: the day comes first in dates such as 13/5/2024"]),
        (["5/13/2024"], ["time: the month comes first in dates such as 5/13/2024"]),
        (
            ["4/5/2024"],
            ["time: the month comes first in dates such as 4/5/2024, which no date contradicts"],
        ),
        ([1714521600], []),
    ],
)
def test_what_is_decided_is_said_once(times, notes):
    columns, rows = TimeColumns("events"), events(times)
    columns.settled(rows)
    assert list(columns.notes(rows)) == notes
    columns.settled(rows)
    assert list(columns.notes(rows)) == []


def test_columns_that_leave_nothing_open_stay_as_they_are():
    rows = events(["2024-05-01 08:00", "soon", None])
    assert TimeColumns("events").settled(rows).equals(rows)
    none = pl.DataFrame({"user": ["u"]})
    assert TimeColumns("events").settled(none).equals(none)


def test_settled_times_are_those_that_were_said():
    rows = events(["13/5/2024 14:30:05", " 1/5/2024", "2024-05-03T08:00+08:00", "", "soon"])
    found, reasons = checked("events", TimeColumns("events").settled(rows))
    said = found["time"].dt.strftime("%Y-%m-%d %H:%M:%S").to_list()
    assert said == [
        "2024-05-13 14:30:05",
        "2024-05-01 00:00:00",
        "2024-05-03 00:00:00",
        None,
        None,
    ]
    assert reasons.to_list() == [None, None, None, None, "time: soon is not a time"]
