from datetime import UTC, datetime

import pytest

from zhiyin import registry
from zhiyin.core import Context
from zhiyin.errors import InvalidRecord, SettingsError
from zhiyin.ranking.weather.provider import Weather

FILE = """place,latitude,longitude,time,weather,temperature_c
Shanghai,31.23,121.47,2025-11-11T20:00,rain,9.5
上海,,,2025-11-11,小雨,
Shanghai,,,2025-11-11,fog,8
,48.86,2.35,2025-11-11T20:30+01:00,,7
"""
AT_EIGHT = datetime(2025, 11, 11, 12, 40, tzinfo=UTC)  # in Shanghai


@pytest.fixture
def table(tmp_path):
    def make(text=FILE, zone="Asia/Shanghai"):
        (tmp_path / "w.csv").write_text(text, encoding="utf-8-sig")
        services = {"home": tmp_path, "zone": zone}
        return registry.build("weather", "table", {"path": "w.csv"}, services=services)

    return make


def told(table, time, **context):
    where = table.where(Context(**context))
    return None if where is None else table.weather(where, time)


def test_an_hour_goes_before_its_day_in_the_zone_of_the_shop(table):
    known = table()
    assert told(known, AT_EIGHT, place=" shanghai ") == Weather("rain", 9.5)
    assert told(known, AT_EIGHT.replace(hour=13), place="shanghai") == Weather("fog", 8.0)
    assert told(known, AT_EIGHT.replace(hour=17), place="shanghai") is None  # the day has ended
    assert told(known, AT_EIGHT, place="上海") == Weather("小雨")


def test_coordinates_are_those_of_some_ten_kilometres_around(table):
    known = table()
    near, far = (31.19, 121.52), (31.31, 121.47)
    assert told(known, AT_EIGHT, location=near) == Weather("rain", 9.5)
    assert told(known, AT_EIGHT, location=far) is None
    paris = datetime(2025, 11, 11, 19, 59, tzinfo=UTC)
    assert told(known, paris, location=(48.9, 2.4), place="home") == Weather(None, 7.0)
    assert told(known, AT_EIGHT, place="home") is None
    assert told(known, datetime(1, 1, 1, tzinfo=UTC), location=near) is None


def test_cells_without_a_column_are_not_read(table):
    known = table("place,time,weather\n\nBath,2025-11-11,rain,9\nYork,2025-11-11\n", "UTC")
    assert told(known, AT_EIGHT, place="bath") == Weather("rain")
    assert told(known, AT_EIGHT, place="york") == Weather()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Bath,,,yesterday,rain,4", "w.csv:2: Invalid isoformat"),
        ("Bath,,,2025-11-11,rain,warm", "w.csv:2: could not convert"),
        ("Bath,,,2025-11-11,rain,451", "from -100 to 70"),
        ("Bath,,,2025-11-11,rain,nan", "from -100 to 70"),
        (f"Bath,,,2025-11-11,{'rain' * 11},4", "at most 40 characters"),
        (",91,0,2025-11-11,rain,4", "names no place on Earth"),
        (",51,,2025-11-11,rain,4", "could not convert"),
        (",,,2025-11-11,rain,4", "names no place on Earth"),
    ],
)
def test_a_wrong_line_is_named(table, row, message):
    with pytest.raises(InvalidRecord, match=message):
        table(FILE.splitlines()[0] + "\n" + row + "\n")


@pytest.mark.parametrize("text", ["", "place,weather\n", "time,weather\n", "place,time\n", "latitude,time,weather\n"])  # fmt: skip
def test_a_file_of_another_kind_is_refused(table, text):
    with pytest.raises(SettingsError, match=r"context.weather.options.path: its columns are"):
        table(text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"No such file.*absent.csv"):
        registry.build(
            "weather", "table", {"path": "absent.csv"}, services={"home": tmp_path, "zone": "UTC"}
        )
