"""What is nobody's business is neither built nor said."""

import numpy as np
import polars as pl
import pytest

from tests.portraits.shops import DAY, NOW, facts_frame, items_frame
from zhiyin.core.history import History
from zhiyin.portraits.facets import leanings
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.keywords import ItemWords
from zhiyin.portraits.portrait import Social, lasting, social
from zhiyin.portraits.sensitive import allowed, is_blocked
from zhiyin.portraits.table import PortraitTable

BLOCKED = [
    ("category", "孕妇装"), ("category", "糖尿病食品"), ("keyword", "抗抑郁药"), ("brand", "清真寺"),
    ("category", "Pregnancy tests"), ("keyword", "insulin"), ("scene", "church"), ("topic", "竞选"),
    ("interest", "gambling"), ("life_event", "离婚"), ("category", "成人用品"), ("keyword", "lesbian"),
    ("keyword", "贷款"), ("religion", "none"), ("政治面貌", "群众"), ("ethnicity", "a"), ("income", "high"),
    ("health_condition", "x"), ("Skin colour", "x"), ("sexual_orientation", "x"), ("民族", "汉"),
]  # fmt: skip
OPEN = [
    ("category", "运动鞋"), ("brand", "华为"), ("colour", "red"), ("interest", "running"), ("keyword", "茶壶"),
    ("life_event", "moving"), ("price", "band 2"), ("material", "cotton"), ("department", "Home"),
    ("scene", "party lights"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), BLOCKED)
def test_matters_of_the_private_life_are_blocked(kind, value):
    assert is_blocked(kind, value)


@pytest.mark.parametrize(("kind", "value"), OPEN)
def test_plain_matters_are_not(kind, value):
    assert not is_blocked(kind, value)


def test_names_are_told_apart_by_kind_and_value():
    assert allowed(["brand:Lu", "religion:none", "brand:孕妇", "a:b:church"]).tolist() == [
        True, False, False, False,
    ]  # fmt: skip


def planted():
    frame = items_frame(
        brand=["Lu"] * 6,
        category=["Pregnancy tests"] * 3 + ["Tea"] * 3,
        attributes=[{"religion": "a", "origin": "Fujian"}] * 6,
    ).with_columns(attributes=pl.Series(['{"religion":"a","origin":"Fujian"}'] * 6))
    facts = facts_frame(
        [(0, n, "audience", "孕妇", None, f"item:{n}", None) for n in range(6)]
        + [(0, n, "opinion.治病效果", "positive", 1, "post:p", None) for n in range(6)]
    )
    return ItemPortraits.of(frame, np.eye(6), facts)


def test_planted_facets_are_not_built():
    items = planted()
    assert items.facets_of(0) == ["brand:Lu", "origin:Fujian"]
    assert items.category[0] == -1
    assert items.aspects.tolist() == []


def test_planted_facets_are_not_read_out_of_old_arrays():
    items = planted()
    names = np.array(
        [name.replace("origin:Fujian", "religion:a") for name in items.facet_names.tolist()]
    )
    old = ItemPortraits.from_arrays({**items.arrays(), "facet_names": names})
    table = PortraitTable(old)
    for item in range(6):
        table.fold(0, item, 8.0, NOW)
    n = 6
    history = History(np.arange(n), np.full(n, "purchase"), np.full(n, np.nan), np.full(n, NOW))
    told = leanings(
        table.facets(0, NOW), np.full(len(names), 100.0), old, history, np.full(n, 8.0),
        least_lift=0.0,
    )  # fmt: skip
    assert {one.values["facet"] for one in told} == {"brand", "category"}


def test_planted_facts_and_ties_are_not_said():
    now = {"time_us": NOW, "expires_us": NOW + DAY, "confidence": 0.8, "source": "post:p"}
    rows = [
        {"name": "life_event", "value": "离婚", "span": "我们离婚了", **now},
        {"name": "interest", "value": "running", "span": "我爱跑步", **now},
        {"name": "intent", "value": "park", "span": "去医院旁边的公园", **now},
    ]
    assert [one.about for one in lasting(pl.DataFrame(rows), NOW)] == ["running"]
    given = Social({"friend": 2}, communities=("跑团", "抑郁互助", "church choir"))
    assert [one.about for one in social(given)] == ["friend", "跑团"]


def test_planted_words_are_no_keywords():
    words = ItemWords.of(["孕妇 茶壶", "孕妇 茶壶", "cancer teapot", "cancer teapot"])
    assert words.words.tolist() == ["teapot", "茶壶"]


@pytest.mark.parametrize(
    ("title", "blocked"),
    [
        ("圆领短袖T恤 炎炎夏日", False),
        ("炎热夏天的凉鞋", False),
        ("关节炎炎症贴", True),
        ("鼻炎喷剂", True),
    ],
)
def test_hot_weather_is_no_inflammation(title, blocked):
    assert is_blocked("title", title) is blocked
