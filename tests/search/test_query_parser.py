"""What queries say, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.query_parser import QueryParser

ROWS = [
    {"number": number, "title": title, "brand": brand, "category": category, "description": None,
     "attributes": attributes, "translations": translations}
    for number, (title, brand, category, attributes, translations) in enumerate(
        [("缓行 缓震跑步鞋女款 红色", "缓行", "鞋靴箱包", '{"colour": "red"}', '{"en": {"title": "Huanxing Cushioned Running Shoes", "brand": "Huanxing"}}'),
         ("净颜集 防晒霜 清爽不含酒精", "净颜集", "美妆护肤", None, '{"en": {"title": "Jingyan Sunscreen"}}'),
         ("像素湾 空气净化器", "像素湾", "数码电子", '{"material": "activated carbon"}', '{"en": {"title": "Pixel Bay Air Purifier"}}')]
        * 4
    )
]  # fmt: skip
PARSER: QueryParser = CatalogueIndex.of(ROWS).parser


def test_values_of_the_catalogue_and_of_the_vocabularies_have_their_places() -> None:
    query = "缓行 红色跑步鞋女"
    read = PARSER.understand(query)
    assert {(s.name, s.value, query[s.start : s.end]) for s in read.slots} == {
        ("brand", "缓行", "缓行"), ("colour", "red", "红色"), ("audience", "women", "女"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "intent"),
    [
        ("缓行", "navigational"),
        ("跑步鞋", "product"),
        ("红色跑步鞋", "attribute"),
        ("送女朋友的礼物", "gift"),
        ("gift for mom", "gift"),
        ("缓行和净颜集哪个好", "compare"),
        ("bosch vs makita", "compare"),
        ("怎么退货", "support"),
        ("where is my order", "support"),
    ],
)
def test_intents(query: str, intent: str) -> None:
    assert PARSER.understand(query).intent == intent


def test_whom_a_gift_is_for_is_no_word_that_is_searched() -> None:
    assert PARSER.understand("送女朋友的防晒霜").words == ("防晒霜",)
    assert PARSER.understand("sunscreen gift for mom").words == ("sunscreen",)
    assert PARSER.understand("送妈妈的礼物").words


def test_what_is_not_wanted_is_no_word_that_is_searched() -> None:
    read = PARSER.understand("防晒霜 不要含酒精的 100元以内")
    assert read.words == ("防晒霜",)
    assert [one.words for one in read.exclusions] == [("酒精",)]
    assert read.price is not None
    assert read.price.high_minor == 10_000


@pytest.mark.parametrize(
    ("query", "unwanted"),
    [
        ("running shoes other than Huanxing", ("huanx",)),
        ("anything but red running shoes", ("red",)),
        ("not red running shoes", ("red",)),
        ("跑步鞋 不喜欢红色", ("红色",)),
    ],
)
def test_other_ways_of_not_wanting(query: str, unwanted: tuple[str, ...]) -> None:
    read = PARSER.understand(query)
    assert [one.words for one in read.exclusions] == [unwanted]
    assert read.words


def test_having_or_not_having_is_a_question_not_an_exclusion() -> None:
    assert PARSER.understand("有没有防晒霜").exclusions == ()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("防赛霜", "防晒霜"),
        ("防晒双", "防晒霜"),
        ("runing shoes", "running shoes"),
        ("fangshaishuang", "防晒霜"),
    ],
)
def test_typing_errors(query: str, text: str) -> None:
    read = PARSER.understand(query)
    assert read.text == text
    assert len(read.corrections) == 1


@pytest.mark.parametrize(
    "query",
    ["", "   ", "😀😀", "(.*)+$", "'; DROP TABLE items;--", "a" * 10_000, "\x00\u202e", "无"],
)
def test_odd_queries_are_read_without_an_error(query: str) -> None:
    read = PARSER.understand(query)
    assert len(read.said) <= 200
    assert read.intent == "product"


@given(st.text(max_size=60))
def test_spans_lie_in_the_query(query: str) -> None:
    read = PARSER.understand(query)
    spans = [(s.start, s.end) for s in (*read.slots, *read.corrections, *read.exclusions)]
    spans += [(read.price.start, read.price.end)] if read.price else []
    assert all(0 <= start < end <= len(query) for start, end in spans)


def test_a_word_that_is_right_is_not_corrected_by_its_sound() -> None:
    assert PARSER.understand("桌子").corrections == ()
