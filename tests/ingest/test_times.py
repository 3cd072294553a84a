from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.ingest.times import parsed

NOON = datetime(2014, 4, 13, 12, 30, 15, tzinfo=UTC)
MIDNIGHT = datetime(2014, 4, 13, tzinfo=UTC)
HALF = NOON.replace(microsecond=500_000)
MINUTE = NOON.replace(second=0)
SECONDS = int(NOON.timestamp())


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("2014-04-13T12:30:15", NOON),
        ("2014-04-13 12:30:15", NOON),
        ("2014-04-13T12:30:15Z", NOON),
        ("2014-04-13 12:30:15 UTC", NOON),
        ("2014-04-13T20:30:15+08:00", NOON),
        ("2014-04-13T20:30:15+0800", NOON),
        ("2014-04-13 20:30:15+08", NOON),
        ("2014-04-13T07:00:15-05:30", NOON),
        ("2014-04-13T12:30:15.500Z", HALF),
        ("2014-04-13T20:30:15.5+08:00", HALF),
        ("2014-04-13T12:30", MINUTE),
        ("2014-04-13 20:30+08:00", MINUTE),
        ("2014/04/13 12:30:15", NOON),
        ("2014/04/13 12:30", MINUTE),
        ("2014-04-13", MIDNIGHT),
        ("2014-4-13", MIDNIGHT),
        ("2014/04/13", MIDNIGHT),
        ("04 13, 2014", MIDNIGHT),
        ("4 13, 2014", MIDNIGHT),
        ("2014年04月13日", MIDNIGHT),
        ("2014年4月13日", MIDNIGHT),
        (f"{SECONDS}", NOON),
        (f"{SECONDS}.0", NOON),
        (f"{SECONDS}.5", HALF),
        (f"{SECONDS}500", HALF),
        (f"{SECONDS}500000", HALF),
        (f"{SECONDS}500000000", HALF),
    ],
)
def test_times_as_people_write_them(said, time):
    assert parsed(pl.Series([said])).to_list() == [time]


@pytest.mark.parametrize(
    "said",
    [
        "yesterday",
        "2014-02-30",
        "2014-13-01",
        "2014-04-13T25:00:00",
        "2014-04-13T12:30:61",
        "2014-04-13T12:30:15+99:99",
        "2014-04-13T12:30:15+08:75",
        "12345678",
        "99999999999999999999",
        "-1400000000",
        "1.4e9",
        "NaN",
        "12:30",
    ],
)
def test_what_is_no_time_is_null(said):
    assert parsed(pl.Series([said])).to_list() == [None]


def test_one_column_may_mix_ways_of_writing():
    said = ["2014-04-13", None, f"{SECONDS}", "never", "2014-04-13T20:30:15+08:00"]
    assert parsed(pl.Series(said)).to_list() == [MIDNIGHT, None, NOON, None, NOON]


@pytest.mark.parametrize(
    "values",
    [
        pl.Series([NOON.replace(tzinfo=None)], dtype=pl.Datetime("ns")),
        pl.Series([NOON], dtype=pl.Datetime("ms", "UTC")),
        pl.Series([NOON]).dt.convert_time_zone("Asia/Shanghai"),
        pl.Series([SECONDS]),
        pl.Series([SECONDS * 1000], dtype=pl.UInt64),
        pl.Series([float(SECONDS)]),
        pl.Series([SECONDS * 1e9]),
    ],
    ids=str,
)
def test_typed_columns_are_read_as_what_they_are(values):
    assert parsed(values).to_list() == [NOON]


def test_dates_and_times_near_1970_are_not_taken_for_numbers():
    early = datetime(1970, 1, 13, tzinfo=UTC)
    assert parsed(pl.Series([early])).to_list() == [early]
    assert parsed(pl.Series([date(2014, 4, 13)])).to_list() == [MIDNIGHT]


def test_no_rows_are_no_rows():
    assert parsed(pl.Series([], dtype=pl.String)).dtype == pl.Datetime("us", "UTC")


@settings(max_examples=30, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-56, 56))
def test_isoformat_is_read_back_from_any_zone(moment, quarters):
    local = moment.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    assert parsed(pl.Series([local.isoformat(), local.isoformat(" ")])).to_list() == [local] * 2
