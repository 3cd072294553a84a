"""The case of three sources, as far as language goes: two posts are read, and what they say is linked with goods."""

from datetime import datetime, timedelta, timezone

from zhiyin.core.records import Item
from zhiyin.language.facts.gazetteer import Gazetteer
from zhiyin.language.facts.reader import Reader

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=8)))
SHOP = Gazetteer.of_items(
    [
        Item("truck", "《流浪地球》运载车 合金模型", category="电影周边"),
        Item("poster", "流浪地球 海报", attributes={"film": "流浪地球"}),
        Item("ai-book", "人工智能入门", category="图书"),
        Item("kite", "沙燕风筝", category="户外"),
    ]
)
WALK = "今天天气真好，我想去公园散步"
FILM = "看了《流浪地球》，感觉非常震撼"
BAD_FILM = "看了《流浪地球》，感觉非常失望"


def opinion(text, start, end):
    return {"震撼": 0.9, "失望": -0.8}[text[-2:]]


READER = Reader(SHOP, opinion)


def facts(text, time=NOON):
    return {(found.name, found.value): found for found in READER.read(text, time)}


def goods(posts):
    """Return the items of works that the posts speak well of."""
    liked = [value for post in posts for name, value in facts(post) if name == "likes"]
    return [item for name in liked for item in SHOP.find(name).items]


def test_a_walk_is_fair_weather_and_a_park_until_midnight():
    found = facts("今天天气真好，我想去公园")
    assert {("weather", "fair"), ("intent", "park")} <= set(found)
    for key in (("weather", "fair"), ("intent", "park")):
        assert NOON + found[key].lasts == datetime(2024, 5, 2, tzinfo=NOON.tzinfo)
    assert facts(WALK).keys() == found.keys()


def test_each_finding_names_its_evidence():
    walk, film = facts(WALK), facts(FILM)
    assert WALK[walk["weather", "fair"].start : walk["weather", "fair"].end] == "天气真好"
    assert WALK[walk["intent", "park"].start : walk["intent", "park"].end] == "想去公园"
    assert FILM[film["likes", "流浪地球"].start : film["likes", "流浪地球"].end] == "流浪地球"


def test_a_film_that_moved_somebody_brings_its_goods():
    assert set(facts(FILM)) == {
        ("film", "流浪地球"), ("seen", "流浪地球"), ("likes", "流浪地球"),
    }  # fmt: skip
    assert goods([WALK, FILM]) == ["truck", "poster"]


def test_a_film_that_disappointed_and_silence_bring_none():
    assert ("dislikes", "流浪地球") in facts(BAD_FILM)
    assert goods([WALK, BAD_FILM]) == []
    assert goods([WALK]) == goods([]) == []


def test_rain_is_read_as_rain():
    found = facts("外面下着大雨，我还是想去公园")
    assert {("weather", "rain"), ("intent", "park")} <= set(found)
    assert ("weather", "fair") not in found
