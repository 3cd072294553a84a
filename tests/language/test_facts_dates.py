"""Dates as they are written, and which of them are days of somebody's plans."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.facts.dates import dated, dates_in


@settings(deadline=None, max_examples=25)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_is_the_same_day(day):
    ways = [f"{day.year}年{day.month}月{day.day}日", str(day), f"{day:%Y/%m/%d}"]
    ways += [f"{day:%B} {day.day}, {day.year}".lower(), f"{day.day} {day:%b} {day.year}".lower()]
    assert [[match.value for match in dates_in(way)] for way in ways] == [[str(day)]] * len(ways)


def test_a_number_is_a_day_only_beside_a_plan():
    assert dated("3号去爬山", 0, 2, "---03") == "---03"
    assert dated("3号的裙子", 0, 2, "---03") is None
    assert dated("5月3日", 0, 4, "--05-03") == "--05-03"


def test_a_day_that_is_told_of_is_past():
    assert dated("5月3日买的", 0, 4, "--05-03") == "past"


@settings(deadline=None, max_examples=50)
@given(st.text("0123456789年月日号/-.,五一十 maythndof", max_size=30))
def test_any_characters_are_read(text):
    for start, end, value in dates_in(text):
        assert 0 <= start < end <= len(text)
        assert value.startswith("--") or date.fromisoformat(value)
