import json
import time
from datetime import UTC, datetime

import pytest

from tests.ranking.weather.test_http import answering
from zhiyin import Context, Event, Query, Shop
from zhiyin.core import Pipeline
from zhiyin.errors import SettingsError
from zhiyin.ranking.event_contexts import read_contexts
from zhiyin.ranking.trained import event_strength
from zhiyin.ranking.weather.filling import WeatherFiller
from zhiyin.settings import Part, Settings

EIGHT = datetime(2025, 11, 11, 20, tzinfo=UTC)
SHANGHAI = (31.23, 121.47)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "w.csv").write_text("place,time,weather,temperature_c\nhome,2025-11-11,rain,4\n")
    return tmp_path


def shop_with(home, url):
    part = {"type": "http", "options": {"url": url}}
    return Shop.open(Settings.load(home, context={"weather": part}))


def filler(home):
    return WeatherFiller(Part(type="table", options={"path": "w.csv"}), home, "UTC")


def test_what_the_context_tells_itself_stays(home):
    told = filler(home).filled
    asked = Query(time=EIGHT, context=Context(place="home"))
    assert told(asked).context == Context(place="home", weather="rain", temperature_c=4.0)
    warm = Context(place="home", temperature_c=20.0)
    assert told(Query(time=EIGHT, context=warm)).context.temperature_c == 20.0
    for context in (Context(place="home", weather="sun"), Context(place="away"), Context()):
        assert told(Query(time=EIGHT, context=context)).context == context


def test_without_a_provider_nothing_is_told(home):
    asked = Query(time=EIGHT, context=Context(place="home", location=SHANGHAI))
    none = WeatherFiller(Part(type="none"), home, "UTC")
    assert none.filled(asked) is asked
    assert none.past(asked.context, EIGHT) is asked.context


def test_an_unknown_provider_is_named_when_the_shop_is_opened(home):
    (home / "zhiyin.toml").write_text('[context]\nweather = { type = "htp" }\n')
    with pytest.raises(SettingsError, match=r'context.weather: no part of weather is called "htp"'):
        Shop.open(home)


def test_past_events_are_joined_with_the_table(home, shop):
    at_home = {"place": "home"}
    shop.record([Event("an", f"i{n}", "purchase", time=EIGHT, context=at_home) for n in range(40)])
    strength = event_strength(shop.settings.train)
    for weather, is_there in ((filler(home).past, True), (None, False)):
        found = read_contexts(shop.store, strength, "UTC", weather)
        assert ({"weather=rain", "temperature_c=0"} <= set(found.vocabulary.names)) is is_there


def test_a_page_never_waits_and_a_later_one_knows_the_weather(home, monkeypatch):
    asked, run = [], Pipeline.run
    monkeypatch.setattr(
        Pipeline, "run", lambda self, query: asked.append(query) or run(self, query)
    )
    said = json.dumps({"weather": "rain"}).encode()
    with answering(said) as (url, seen), shop_with(home, url) as shop:
        shop.record([Event("an", item, "purchase", time=EIGHT) for item in "abc"])
        shop.train()
        assert seen == []  # the past is not asked for over the network
        until = time.monotonic() + 10
        while not asked or asked[-1].context.weather is None:
            assert shop.recommend("bo", context=Context(location=SHANGHAI)).items
            assert time.monotonic() < until
    assert asked[0].context == Context(location=SHANGHAI)
    assert asked[-1].context == Context(location=SHANGHAI, weather="rain")
    assert seen == ["/now?at=31.2,121.5"]
