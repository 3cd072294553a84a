from datetime import date

import pytest

from zhiyin.ranking.holidays import country_of, holiday


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 29), "Chinese New Year (Spring Festival)"),
        (date(2024, 2, 10), "Chinese New Year (Spring Festival)"),  # by the moon
        (date(2025, 10, 1), "National Day"),
        (date(2025, 6, 18), "618"),
        (date(2025, 11, 11), "11.11"),
        (date(2025, 12, 12), "12.12"),
        (date(2025, 3, 12), ""),
    ],
)
def test_chinese_holidays_and_sales(day, name):
    assert holiday(day, "CN") == name


def test_each_country_has_its_own():
    assert holiday(date(2025, 7, 4), "US") == "Independence Day"
    assert holiday(date(2025, 7, 4), "CN") == ""
    assert holiday(date(2025, 11, 11), "DE") == ""


@pytest.mark.parametrize("country", ["", "XX"])
def test_an_unknown_country_has_none(country):
    assert holiday(date(2025, 1, 1), country) == ""


def test_time_zones_lie_in_countries():
    assert [country_of(zone) for zone in ("Asia/Shanghai", "Europe/Berlin", "UTC", "")] == [
        "CN",
        "DE",
        "",
        "",
    ]
