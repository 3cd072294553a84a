"""Weather, place and days read from texts, and when they expire."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.facts_shop import MORNING, said
from zhiyin.language.facts.context import PLACE_LASTS, read_context
from zhiyin.language.facts.days import days, until_end_of, written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天天气真好，我想去公园散步", ["weather fair", "day 2024-05-01"]),
        ("外面在下雨", ["weather rain"]),
        ("没下雨", []),
        ("雨停了", ["weather fair"]),
        ("昨天下雨了", []),
        ("明天要下雨了", ["day 2024-05-02"]),
        ("会下雨吗", []),
        ("要是下雨了，就在家", []),
        ("下雨天穿这双鞋不打滑", []),
        ("今天零下十度", ["weather cold", "day 2024-05-01"]),
        ("今天二十度", ["day 2024-05-01"]),
        ("雪纺衫不热", []),
        ("It's raining again", ["weather rain"]),
        ("It rained", []),
        ("the rain boots are great for when it's raining", []),
        ("hot dogs and cold brew", []),
        ("So windy today!", ["weather wind", "day 2024-05-01"]),
        ("北京今天下雨，上海晴", ["day 2024-05-01"]),
        ("上海降温了，还下雨了", []),
        ("老家下雨了", []),
        ("Beijing is so cold today", ["day 2024-05-01"]),
        ("我在北京，北京下雨了", ["weather rain"]),
        ("北京这边下雨了", ["weather rain"]),
        ("I'm in Beijing and it's raining", ["weather rain"]),
        ("上海下雨了，我这边天晴了", ["weather fair"]),
    ],
)
def test_weather(text, found):
    assert said(read_context(text, MORNING)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在图书馆自习", ["place library"]),
        ("终于到家了", ["place home"]),
        ("在家用很方便", []),
        ("昨天在公园散步", []),
        ("他在公园散步", []),
        ("想去公园", []),
        ("I'm at the office", ["place office"]),
        ("great at the office", []),
        ("home page", []),
    ],
)
def test_places_are_where_the_writer_is_now(text, found):
    assert said(read_context(text, MORNING)) == found


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("today", (5, 1), (5, 1)),
        ("tomorrow", (5, 2), (5, 2)),
        ("in_two_days", (5, 3), (5, 3)),
        ("weekend", (5, 4), (5, 5)),
        ("next_weekend", (5, 11), (5, 12)),
        ("this_week", (5, 1), (5, 5)),
        ("next_week", (5, 6), (5, 12)),
        ("weekday_2", (5, 1), (5, 1)),
        ("weekday_1", (5, 7), (5, 7)),
        ("next_weekday_1", (5, 7), (5, 7)),
        ("this_month", (5, 1), (5, 31)),
        ("next_month", (6, 1), (6, 30)),
    ],
)
def test_days_seen_from_a_wednesday(when, first, last):
    assert days(when, date(2024, 5, 1)) == (date(2024, *first), date(2024, *last))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大后天去爬山", ["2024-05-04"]),
        ("大前天去爬山", []),
        ("The day after tomorrow", ["2024-05-03"]),
        ("2024年5月1日去爬山", ["2024-05-01"]),
        ("2024-06-02去爬山", ["2024-06-02"]),
        ("2023年5月1日去爬山", []),
        ("五月三号去爬山", ["2024-05-03"]),
        ("5月1日", ["2024-05-01"]),
        ("4月30日放假", ["2025-04-30"]),
        ("3号去爬山", ["2024-05-03"]),
        ("3号的时候去北京", ["2024-05-03"]),
        ("3号太小了，换了5号", []),
        ("3号线去机场", []),
        ("3号去爬山了", []),
        ("5/6 going hiking", ["2024-05-06"]),
        ("5/6 of them are red, 5/6 stars", []),
        ("May 6", ["2024-05-06"]),
        ("6th of May", ["2024-05-06"]),
        ("on May 6, 2025 we fly", ["2025-05-06"]),
        ("It was cold on May 6", []),
        ("next Friday", ["2024-05-10"]),
        ("下周五", ["2024-05-10"]),
        ("五一去爬山", ["2024-05-01"]),
        ("国庆去北京", ["2024-10-01"]),
        ("国庆去了北京", []),
        ("五一广场很大", []),
        ("5月3日收到的货", []),
        ("我5月3日下的订单，15号到的", []),
        ("5月3日的机器", []),
        ("保质期到5月3日", []),
        ("2月30日", []),
        ("今天是5月1日", ["2024-05-01"]),
    ],
)
def test_days_spoken_of(text, found):
    assert [f.value for f in read_context(text, MORNING) if f.name == "day"] == found


def test_on_sunday_the_weekend_is_that_day():
    assert days("weekend", date(2024, 5, 5)) == (date(2024, 5, 5), date(2024, 5, 5))
    assert days("next_month", date(2024, 1, 31)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert days("past", date(2024, 5, 5)) is None


def test_weather_lasts_to_the_writers_midnight_and_a_place_three_hours():
    weather, day = read_context("今天天气真好", MORNING)
    assert weather.lasts == day.lasts == timedelta(hours=15)
    evening = datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
    assert read_context("外面在下雨", evening)[0].lasts == timedelta(minutes=30)
    assert read_context("I'm at the office", MORNING)[0].lasts == PLACE_LASTS


def test_without_a_time_days_keep_their_names():
    weather, day = read_context("外面在下雨，明天再去")
    assert weather.lasts == timedelta(days=1)
    assert (day.value, day.lasts) == ("tomorrow", timedelta(days=2))


@settings(deadline=None, max_examples=25)
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from(["today", "tomorrow", "weekend", "next_week", "next_month", "weekday_6"]),
)
def test_a_day_is_over_when_it_expires(now, when):
    first, last = days(when, now.date())
    assert now.date() <= last
    assert first <= last
    end = now + until_end_of(when, now)
    assert end == datetime.combine(last + timedelta(days=1), datetime.min.time())
    assert written(first, last).startswith(str(first))
