from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.ingest.values.times import day_first, has_slashed_dates, lacks_zone, parsed

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


FIRST_OF_MAY = datetime(2024, 5, 1, tzinfo=UTC)
MORNING = FIRST_OF_MAY.replace(hour=8, minute=30)
AFTERNOON = FIRST_OF_MAY.replace(hour=15, minute=4)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("2024/5/1", FIRST_OF_MAY),
        ("2024-5-1 8:30", MORNING),
        ("20240501", FIRST_OF_MAY),
        ("20240501083000", MORNING),
        ("202405010830", MORNING),
        ("20240501T083000Z", MORNING),
        ("20240501 08:30:00", MORNING),
        ("2024.05.01", FIRST_OF_MAY),
        ("01.05.2024", FIRST_OF_MAY),
        ("1.5.2024 15:04", AFTERNOON),
        ("05/01/2024", FIRST_OF_MAY),
        ("5/1/2024 15:04", AFTERNOON),
        ("5/1/2024 3:04 PM", AFTERNOON),
        ("05-01-2024", FIRST_OF_MAY),
        ("May 1, 2024", FIRST_OF_MAY),
        ("Wednesday, May 1st 2024", FIRST_OF_MAY),
        ("1 May 2024 3:04 PM", AFTERNOON),
        ("01-MAY-2024 15:04:00", AFTERNOON),
        ("May 1, 2024 at 3:04 p.m.", AFTERNOON),
        ("Wed, 01 May 2024 16:30:00 +0800", MORNING),
        ("Wed May 01 2024 16:30:00 GMT+0800 (China Standard Time)", MORNING),
        ("Wed May 01 16:30:00 +0800 2024", MORNING),
        ("Wed May  1 08:30:00 2024", MORNING),
        ("2024年5月1日8时30分", MORNING),
        ("2024年5月1日 上午8:30", MORNING),
        ("2024年5月1日 下午3:04", AFTERNOON),
        ("2024年5月1日（星期三）下午15:04:00", AFTERNOON),
        ("2024-05-01 08：30", MORNING),
        ("2024-05-01T16:30:00+08:00[Asia/Shanghai]", MORNING),
        ("2024-05-01 16:30:00 GMT+8", MORNING),
        ("2024-05-01 05:00:00 -03:30", MORNING),
        ("2024-05-01 08:30:00,000", MORNING),
        ("2024-05-01 12:30 AM", FIRST_OF_MAY.replace(minute=30)),
        ("2024-05-01 12:30 PM", FIRST_OF_MAY.replace(hour=12, minute=30)),
    ],
)
def test_times_in_other_ways(said, time):
    assert parsed(pl.Series([said])).to_list() == [time]


@pytest.mark.parametrize(
    "said",
    [
        "1", "12", "hello", "May", "2024", "2024-05", "45413", "45413.5", "31/2/2024", "13/13/2024", "20241301",
        "18240501", "2024-05-01 15:04 PM", "2024-05-01 24:00", "2024年5月1日 上午15:04", "2024-05-01 08:30:00 CST",
        "2024-05-01T08:30:00[Asia/Shanghai]", "1 Mai 2024", "Wed 2024",
    ],
)  # fmt: skip
def test_what_could_be_many_times_is_null(said):
    assert parsed(pl.Series([said])).to_list() == [None]


@pytest.mark.parametrize(
    ("said", "is_day_first", "days"),
    [
        (["1/5/2024", "13/5/2024"], True, [1, 13]),
        (["1/5/2024", "5/13/2024"], False, [5, 13]),
        (["1/5/2024", "2/5/2024 8:30"], None, [5, 5]),
        (["13/5/2024", "14/5/2024", "5/15/2024"], True, [13, 14, None]),
        (["2024-05-13", "1.5.2024"], None, [13, 1]),
    ],
)
def test_the_whole_column_decides_which_of_day_and_month_is_first(said, is_day_first, days):
    column = pl.Series(said)
    assert day_first(column) is is_day_first
    assert parsed(column).dt.day().to_list() == days


def test_a_later_piece_of_a_column_keeps_to_what_was_decided():
    column = pl.Series(["1/5/2024", "5/13/2024"])
    assert parsed(column, day_first=True).dt.day().to_list() == [1, None]


def test_dates_that_begin_with_a_day_or_a_month_are_told():
    assert has_slashed_dates(pl.Series(["2024-05-01", "1/5/2024 8:30"]))
    assert not has_slashed_dates(pl.Series(["2024-05-01", "1.5.2024", None]))
    assert not has_slashed_dates(pl.Series([1714521600]))


@pytest.mark.parametrize(
    ("values", "is_lacking"),
    [
        (["2024-05-01 08:30"], True),
        (["2024-05-01T08:30:00Z", None, "5/1/2024 8:30 PM"], True),
        (["20240501083000"], True),
        (["2024年5月1日 8时30分"], True),
        (["2024-05-01", "1714521600", "20240501"], False),
        (["2024-05-01T08:30:00Z", "2024-05-01 08:30+08", "Wed, 01 May 2024 08:00:00 GMT"], False),
        (["Wed May 01 16:30:00 +0800 2024"], False),
        (["at 8:30", "12:30"], False),
        ([None], False),
        ([], False),
    ],
)
def test_times_of_day_without_a_zone_are_noticed(values, is_lacking):
    assert lacks_zone(pl.Series(values, dtype=pl.String)) is is_lacking


def test_of_typed_columns_only_times_without_a_zone_lack_one():
    assert lacks_zone(pl.Series([NOON.replace(tzinfo=None)]))
    assert not lacks_zone(pl.Series([NOON]))
    assert not lacks_zone(pl.Series([None], dtype=pl.Datetime("us")))
    assert not lacks_zone(pl.Series([date(2024, 5, 1)]))
    assert not lacks_zone(pl.Series([SECONDS]))


WAYS = (
    "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S", "%d.%m.%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p", "%B %d, %Y %H:%M:%S", "%d %b %Y %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S +0000",
    "%Y年%m月%d日 %H时%M分%S秒", "%A, %B %d, %Y at %H:%M:%S UTC", "%a %b %d %H:%M:%S %Y",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)), st.sampled_from(WAYS))
def test_what_is_written_in_any_way_is_read_back(moment, way):
    moment = moment.replace(microsecond=0)
    said = pl.Series([moment.strftime(way)])
    assert parsed(said, day_first=False).to_list() == [moment.replace(tzinfo=UTC)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30) | st.text("0123456789-/:.年月日 TZ+AMP", max_size=24)))
def test_any_text_is_a_time_or_null(said):
    times = parsed(pl.Series(said, dtype=pl.String))
    assert (len(times), times.dtype) == (len(said), pl.Datetime("us", "UTC"))
