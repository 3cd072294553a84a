"""The portrait of an item in a shop: what is known, by whom, and what stands in for a cold one."""

from datetime import UTC, datetime, timedelta

import pytest

from zhiyin.core import Event, Item
from zhiyin.core.records import Fact, Person
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

MAY = datetime(2026, 5, 1, tzinfo=UTC)
ITEMS = [
    Item("tea", title="绿茶 龙井", category="Food > Tea", brand="Lu", price_minor=1000, currency="CNY", created=MAY,
         attributes={"origin": "Fujian"}, translations={"en": {"title": "Green tea", "category": "Food > Teas"}}),
    Item("black", title="红茶 正山", category="Food > Tea", brand="Lu", price_minor=3000, currency="CNY",
         created=MAY - timedelta(days=10), attributes={"origin": "Fujian"}),
    Item("white", title="白茶 绿茶 龙井", category="Food > Tea", price_minor=5000, currency="CNY"),
    Item("ball", title="足球 训练", category="Sport", created=MAY - timedelta(days=20)),
    Item("net", title="球网 训练", category="Sport"),
    Item("test", title="孕妇 验孕棒", category="Care"),
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("items") / "home"
    people = [
        Person(f"u{n}", attributes={"gender": "woman" if n < 30 else "man"}) for n in range(60)
    ]
    events = [
        Event(f"u{n}", item, "purchase", time=MAY + timedelta(days=1, minutes=n))
        for n in range(60)
        for item in (("tea", "black", "test") if n < 30 else ("ball", "net"))
    ]
    opinions = [
        Fact(
            "tea",
            "opinion.taste",
            value,
            user=f"u{n}",
            source=f"post:{n}",
            method="rule",
            confidence=0.9,
            span="x",
        )
        for n, value in enumerate(["positive", "positive", "negative"])
    ]
    with Shop.open(Settings(home=home)) as shop:
        for kind, records in (("items", ITEMS), ("users", people), ("facts", opinions)):
            shop.store.write(kind, frame(records))
        shop.record(events)
        shop.texts.mine()
        shop.train()
        shop.store.write("items", frame([Item("late", title="新茶")]))
    return home


@pytest.fixture(scope="module")
def items(home):
    with Shop.open(home) as shop:
        yield shop.items


def test_a_portrait_tells_what_is_known_of_an_item(items):
    told = items.portrait("tea", language="en")
    assert (told["title"], told["category"], told["brand"]) == ("Green tea", "Food > Teas", "Lu")
    assert told["price"] == {
        "amount": 10.0,
        "currency": "CNY",
        "position": pytest.approx(1 / 6, abs=1e-4),
    }
    assert told["listed"] == "2026-05-01T00:00:00+00:00"
    assert (told["age_days"], told["newer_than"]) == (1, pytest.approx(2 / 3, abs=1e-4))
    assert {"facet": "origin", "value": "Fujian"} in told["facets"]
    assert all(one["facet"] not in ("brand", "category", "price") for one in told["facets"])
    assert {"aspect": "taste", "negative": 1, "neutral": 0, "positive": 2} in told["opinions"]
    assert (told["known_by"], told["people"]) == ("people", 30)


def test_who_chooses_an_item_and_what_goes_with_it(items):
    told = items.portrait("tea")
    assert [(one["group"], one["value"]) for one in told["audience"]] == [("gender", "women")]
    assert told["audience"][0]["times"] > 1.2
    assert told["related"][0] == {"item": "black", "title": "红茶 正山"}
    assert "test" not in {one["item"] for one in told["related"]}, "its title is nobody's business"
    assert [one["value"] for one in items.portrait("ball")["audience"]] == ["men"]


def test_of_goods_that_are_nobodys_business_no_group_is_told(items):
    told = items.portrait("test")
    assert told["people"] == 30
    assert told["audience"] == []


def test_a_cold_item_is_told_of_by_its_neighbours(items):
    told = items.portrait("white")
    assert (told["known_by"], told["people"]) == ("neighbours", 0)
    assert told["related"][0]["item"] == "tea", "the nearest by text"
    assert any(one["aspect"] == "taste" and one["positive"] >= 2 for one in told["opinions"])


def test_what_came_after_the_training_is_in_the_catalogue_only(items):
    told = items.portrait("late")
    assert (told["title"], told["known_by"]) == ("新茶", "catalogue")
    assert not any(told[name] for name in ("related", "audience", "opinions", "facets"))
    assert (told["price"], told["listed"]) == (None, None)


@pytest.mark.parametrize("key", ["nothing", "", "\ud800"])
def test_an_item_that_is_not_there_is_said_so(items, key):
    with pytest.raises(UnknownEntity, match="no item has the id"):
        items.portrait(key)


def test_before_a_training_nothing_is_known(tmp_path):
    with Shop.open(Settings(home=tmp_path)) as shop:
        shop.put("items", [{"id": "tea"}])
        with pytest.raises(NotFound, match="zhiyin train"):
            shop.items.portrait("tea")
