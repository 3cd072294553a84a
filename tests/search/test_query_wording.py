"""How shoppers word things beside the goods: what they do not want, prices, sizes, and words for goods that no title has."""

from __future__ import annotations

import json

import pytest

from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.query.query_parser import QueryParser
from zhiyin.search.understanding import Understanding


def _rows():
    goods = [
        ("红色跑步鞋 透气", "缓行", "鞋", {"color": "红色"}), ("Black running shoes", "Huanxing", "鞋", {"颜色": "black"}),
        ("龙井绿茶 礼盒", "山岚", "茶", {}), ("无酒精面霜 保湿", "白芷屋", "护肤", {}), ("face cream", "Baizhi", "护肤", {}),
        ("小米 手机 白色", "小米", "手机", {"color": "白色"}), ("手机壳 透明 iPhone 15", "倍思", "手机配件", {}),
        ("速干健身裤", "跃石", "运动", {"scene": "旅行"}), ("牛津书桌", "木马", "家具", {}),
    ]  # fmt: skip
    for number, (title, brand, category, attributes) in enumerate(goods * 3):
        yield {
            "number": number, "revision": number, "title": title, "brand": brand, "category": category, "description": None,
            "attributes": json.dumps(attributes), "translations": None, "price_minor": 100, "currency": "CNY",
        }  # fmt: skip


ROWS = [*_rows()]
PARSER: QueryParser = CatalogueIndex.of(ROWS).parser


def _unwanted(read: Understanding) -> list[str]:
    return [read.said[one.start : one.end] for one in read.exclusions]


@pytest.mark.parametrize(
    ("query", "unwanted", "words"),
    [
        ("鞋 不要白色 不要黑色", ["白色", "黑色"], ("鞋",)), ("不要红色不要白色 鞋", ["红色", "白色"], ("鞋",)),
        ("鞋 不要红色也不要白色的", ["红色", "白色"], ("鞋",)), ("鞋 非白色非黑色", ["白色", "黑色"], ("鞋",)),
        ("不要不要红色 鞋", ["红色"], ("鞋",)), ("shoes not red and not black", ["red", "black"], ("shoe",)),
        ("小米以外的手机", ["小米"], ("手机",)), ("手机 除小米", ["小米"], ("手机",)), ("除小米以外的手机", ["小米"], ("手机",)),
        ("手机 黑色以外", ["黑色"], ("手机",)), ("shoes exclude red", ["red"], ("shoe",)), ("我不想要红色的鞋", ["红色"], ("鞋",)),
        ("面霜 无酒精", ["酒精"], ("面霜",)), ("alcohol-free cream", ["alcohol"], ("alcohol", "cream")),
        ("cream alcohol free", ["alcohol"], ("cream", "alcohol")), ("non-alcohol cream", ["alcohol"], ("alcohol", "cream")),
    ],
)  # fmt: skip
def test_each_thing_that_is_not_wanted_is_left_out(
    query: str, unwanted: list[str], words: tuple[str, ...]
) -> None:
    read = PARSER.understand(query)
    assert (_unwanted(read), read.words) == (unwanted, words)
    assert not {slot.value for slot in read.slots if not slot.is_excluded} & set(unwanted)


@pytest.mark.parametrize(
    "query", ["除湿机", "无线耳机", "孕妇海苔无添加", "无烟灰缸", "free shipping box", "户外鞋"]
)
def test_what_only_looks_so_leaves_nothing_out(query: str) -> None:
    assert PARSER.understand(query).exclusions == ()


@pytest.mark.parametrize(
    ("query", "cheapness"),
    [("便宜的鞋", -1), ("最便宜的鞋", -1), ("鞋 不要太贵", -1), ("鞋 不贵", -1), ("cheapest shoes", -1), ("not expensive shoes", -1),
     ("不便宜的鞋", 1), ("贵的鞋", 1), ("not cheap shoes", 1), ("名贵的鞋", 0)],
)  # fmt: skip
def test_cheap_and_dear(query: str, cheapness: int) -> None:
    read = PARSER.understand(query)
    assert (read.cheapness, read.exclusions) == (cheapness, ())
    assert {"鞋", "shoe"} & set(read.words)


@pytest.mark.parametrize(
    ("query", "low", "high", "is_soft"),
    [
        ("鞋 几十块", 20, 100, True), ("鞋 100多块", 100, 200, True), ("鞋 一百多", 100, 200, True), ("鞋 5千多", 5000, 6000, True),
        ("鞋 3-5千", 3000, 5000, False), ("鞋 ~100", 85, 115, True), ("shoes under a hundred yuan", None, 100, False),
        ("鞋 100 元 以 内", None, 100, False), ("鞋 100元以内 500元以上", 500, None, False), ("500元以上 100元以内 鞋", None, 100, False),
    ],
)  # fmt: skip
def test_prices_in_words(query: str, low: int | None, high: int | None, is_soft: bool) -> None:
    read = PARSER.understand(query, ("CNY",))
    assert read.price is not None
    told = tuple(None if one is None else 100 * one for one in (low, high))
    assert (read.price.low_minor, read.price.high_minor, read.price.is_soft) == (*told, is_soft)
    assert len(read.words) == 1


@pytest.mark.parametrize("query", ["鞋 100多件", "~100ml", "几十种 鞋", "3-5千瓦"])
def test_amounts_are_no_prices(query: str) -> None:
    assert PARSER.understand(query, ("CNY",)).price is None


@pytest.mark.parametrize(
    ("query", "sizes"),
    [("2XL", ["XXL"]), ("鞋 四十码", ["40"]), ("medium hoodie", ["M"]), ("鞋 36-38码", ["36-38", "36", "37", "38"])],
)  # fmt: skip
def test_sizes_are_written_in_one_way(query: str, sizes: list[str]) -> None:
    assert [*PARSER.understand(query).values("size")] == sizes


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("跑鞋", "跑步鞋"), ("鞋子", "鞋"), ("裤子", "裤"), ("桌子", "桌"), ("红鞋", "红 鞋"), ("女鞋", "女 鞋"), ("龙井茶", "龙井绿茶"),
        ("运动鞋", "运动 鞋"), ("我想买一双黑色的鞋子", "黑色的鞋"), ("推荐一双鞋", "鞋"), ("iPhone15", "iphone 15"),
        ("long jing lv cha", "龙井绿茶"), ("red runing shose", "red running shoes"), ("iphone", "iphone"),
        ("电子", "电子"), ("红包", "红包"), ("双肩包", "双肩包"), ("hphone", "hphone"),
    ],
)  # fmt: skip
def test_words_for_goods_are_read_as_titles_have_them(query: str, text: str) -> None:
    assert PARSER.understand(query).text.strip() == text


@pytest.mark.parametrize(
    ("query", "slot"), [("女鞋", ("audience", "women")), ("红鞋", ("colour", "red"))]
)
def test_what_is_said_of_goods_in_one_word_is_a_slot_of_that_character_alone(
    query: str, slot: tuple[str, str]
) -> None:
    read = PARSER.understand(query)
    assert [(one.name, one.value, query[one.start : one.end]) for one in read.slots] == [
        (*slot, query[0])
    ]
    assert read.corrections == ()


@pytest.mark.parametrize("query", ["最", "不", "无", "better", "very best", "一双"])
def test_words_that_say_nothing_of_goods_find_none(query: str) -> None:
    assert PARSER.understand(query).words == ()


@pytest.mark.parametrize(("query", "name"), [("手机壳", "category"), ("旅行箱", "scene")])
def test_a_value_that_begins_a_longer_word_is_none(query: str, name: str) -> None:
    assert PARSER.understand(query).values(name) == ()
    assert PARSER.understand(query[:2]).values(name)


def test_values_have_the_same_name_whatever_the_attribute_is_called() -> None:
    slots = ItemSlots().after(ROWS)
    red = PARSER.understand("红色的鞋").slots[0]
    assert red.name == "colour"
    assert slots.has(red.name, [red.value])[:9].tolist() == [True] + [False] * 8
    unwanted = PARSER.understand("不要红色的鞋").slots[0]
    assert (unwanted.name, unwanted.is_excluded) == ("colour", True)
    assert slots.lacks(unwanted.name, unwanted.value)[:9].tolist() == [False] + [True] * 8


def test_a_colour_at_times_is_none_where_goods_are_named() -> None:
    assert PARSER.understand("face cream").values("colour") == ()


@pytest.mark.parametrize("query", ["鞋子可以退吗", "优惠券怎么用", "can i return these"])
def test_questions_for_the_service(query: str) -> None:
    assert PARSER.understand(query).intent == "support"
