"""What queries say, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.constraints import SURE, constraints
from zhiyin.search.query.query_parser import QueryParser

ROWS = [
    {"number": number, "title": title, "brand": brand, "category": category, "description": None,
     "attributes": attributes, "translations": translations}
    for number, (title, brand, category, attributes, translations) in enumerate(
        [("缓行 缓震跑步鞋女款 红色", "缓行", "鞋靴箱包", '{"colour": "red"}', '{"en": {"title": "Huanxing Cushioned Running Shoes", "brand": "Huanxing"}}'),
         ("净颜集 防晒霜 清爽不含酒精", "净颜集", "美妆护肤", None, '{"en": {"title": "Jingyan Sunscreen"}}'),
         ("像素湾 空气净化器", "像素湾", "数码电子", '{"material": "activated carbon"}', '{"en": {"title": "Pixel Bay Air Purifier"}}'),
         ("缓行 男士卫衣", "缓行", "服饰", '{"size": "XL"}', '{"en": {"title": "Huanxing Hoodie"}}')]
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
    ("query", "unwanted", "words"),
    [
        ("running shoes other than Huanxing", ["huanx"], ("run", "shoe")),
        ("anything but red running shoes", ["red"], ("run", "shoe")), ("not red running shoes", ["red"], ("run", "shoe")),
        ("running shoes -red", ["red"], ("run", "shoe")), ("-red running shoes", ["red"], ("run", "shoe")),
        ("non-red running shoes", ["red"], ("run", "shoe")), ("running shoes, red excluded", ["red"], ("run", "shoe")),
        ("bag no leather", ["leather"], ("bag",)), ("bag without leather -black", ["leather", "black"], ("bag",)),
        ("running shoes without laces or studs", ["lace", "stud"], ("run", "shoe")),
        ("跑步鞋 不喜欢红色", ["红色"], ("跑步", "鞋")), ("非红色 跑步鞋", ["红色"], ("跑步", "鞋")),
        ("非红色跑步鞋", ["红色"], ("跑步", "鞋")), ("不是红色的跑步鞋", ["红色"], ("跑步", "鞋")),
        ("跑步鞋 -红色", ["红色"], ("跑步", "鞋")), ("跑步鞋 －红色", ["红色"], ("跑步", "鞋")),
        ("跑步鞋 红色除外", ["红色"], ("跑步", "鞋")), ("跑步鞋红色除外", ["红色"], ("跑步", "鞋")),
        ("跑步鞋 红色的不要", ["红色"], ("跑步", "鞋")), ("除了红色的跑步鞋", ["红色"], ("跑步", "鞋")),
        ("除了红色以外的跑步鞋", ["红色"], ("跑步", "鞋")), ("不要红色跑步鞋", ["红色"], ("跑步", "鞋")),
        ("跑步鞋 不要红色 -黑色", ["红色", "黑色"], ("跑步", "鞋")),
        ("anything but blue", ["blue"], ()), ("not red", ["red"], ()), ("不要红色", ["红色"], ()), ("-红色", ["红色"], ()),
    ],
)  # fmt: skip
def test_ways_of_not_wanting(query: str, unwanted: list[str], words: tuple[str, ...]) -> None:
    read = PARSER.understand(query)
    assert [word for one in read.exclusions for word in one.words] == unwanted
    assert read.words == words


@pytest.mark.parametrize(
    "query",
    ["anti-slip mat", "t-shirt", "3-6", "non-stick pan", "non-slip mat", "非洲鼓", "running - shoes", "wh-1000xm5", "有没有防晒霜",
     "no more than 60", "--help", "－次性洗脸巾", "-zj 403450p"],
)  # fmt: skip
def test_a_dash_or_a_syllable_within_a_word_leaves_nothing_out(query: str) -> None:
    assert PARSER.understand(query).exclusions == ()


@pytest.mark.parametrize("query", ["without", "size", "不要", "under", "以内", "不含", "尺码", "<"])
def test_a_word_that_asks_and_names_nothing_says_nothing(query: str) -> None:
    read = PARSER.understand(query)
    assert (read.words, read.slots, read.price, read.exclusions) == ((), (), None, ())


@pytest.mark.parametrize(
    ("query", "words"), [("running shoes without", ("run", "shoe")), ("跑步鞋 不要", ("跑步", "鞋")), ("plus size", ("plus", "size")),
                         ("running shoes under", ("run", "shoe"))],
)  # fmt: skip
def test_such_a_word_at_the_end_is_dropped(query: str, words: tuple[str, ...]) -> None:
    assert PARSER.understand(query).words == words


@pytest.mark.parametrize(
    ("query", "size", "said"),
    [
        ("跑步鞋 36码", "36", "36码"), ("跑步鞋 36 码", "36", "36 码"), ("跑步鞋 36号", "36", "36号"),
        ("running shoes size 36", "36", "size 36"), ("EU 36 running shoes", "36", "EU 36"), ("running shoes eu 36.5", "36.5", "eu 36.5"),
        ("卫衣 XL码", "XL", "XL码"), ("hoodie size XL", "XL", "size XL"), ("卫衣 xl", "XL", "xl"), ("shoes US 8", "us 8", "US 8"),
    ],
)  # fmt: skip
def test_sizes_are_the_catalogues(query: str, size: str, said: str) -> None:
    read = PARSER.understand(query)
    slots = [slot for slot in read.slots if slot.name == "size"]
    assert [(slot.value, query[slot.start : slot.end].lower()) for slot in slots] == [
        (size, said.lower())
    ]


@pytest.mark.parametrize("query", ["口红 36号色", "3号线"])
def test_numbers_of_shades_and_lines_are_no_sizes(query: str) -> None:
    assert PARSER.understand(query).values("size") == ()


@pytest.mark.parametrize(
    "once",
    ["red", "跑步鞋", "red running shoes", "红色 跑步鞋", "running shoes under $50", "防晒霜"],
)
def test_what_is_said_over_and_over_is_said_once(once: str) -> None:
    between = "" if once.isalpha() and not once.isascii() else " "
    first = PARSER.understand(once)
    for times in (2, 4, 200):
        read = PARSER.understand(between.join([once] * times))
        assert (read.text, read.words, read.slots, read.price) == (
            first.text,
            first.words,
            first.slots,
            first.price,
        )


def test_a_word_said_again_later_stands_where_it_was_said_first() -> None:
    read = PARSER.understand("red running shoes red")
    assert read.words == ("red", "run", "shoe")
    assert [(slot.value, slot.start) for slot in read.slots] == [("red", 0)]


@pytest.mark.parametrize(
    ("query", "audience"),
    [
        ("送妈妈的礼物", "women"), ("送女朋友的防晒霜", "women"), ("男朋友生日礼物", "men"), ("给儿子的生日礼物", "kids"),
        ("送5岁男孩的礼物", "boys"), ("送长辈的礼品", "elderly"), ("gift for my 5 year old son", "kids"), ("a gift for mom", "women"),
        ("sunscreen for dad", "men"), ("birthday present for girlfriend", "women"), ("gift for boyfriend under 200", "men"),
    ],
)  # fmt: skip
def test_whom_a_gift_is_for_is_a_wish(query: str, audience: str) -> None:
    read = PARSER.understand(query)
    assert [(slot.name, slot.value) for slot in read.slots] == [("audience", audience)]
    assert read.slots[0].confidence < SURE
    assert read.words
    assert constraints(replace(read, price=None)) == []


@pytest.mark.parametrize("query", ["送老师的礼物", "gift for a colleague", "送水泵"])
def test_who_is_no_audience_is_none(query: str) -> None:
    assert PARSER.understand(query).values("audience") == ()


@pytest.mark.parametrize(
    "query", ["running shoes for men", "gift for men", "男士跑步鞋", "toys for kids"]
)
def test_an_audience_that_is_named_is_a_constraint(query: str) -> None:
    assert [one.name for one in constraints(PARSER.understand(query))] == ["audience"]


def test_prices_are_read_in_what_the_shop_sells_in() -> None:
    for sold, high_minor in ((("JPY",), 5000), (("CNY",), 500_000), ((), 500_000)):
        price = PARSER.understand("防晒霜 5000以内", sold).price
        assert price is not None
        assert price.high_minor == high_minor


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


_PIECES = st.sampled_from(
    ["红色", "跑步鞋", "防赛霜", "runing", "shoes", "red ", " -", "不要", "除外", "non-", "非", "size 36", "36码", "XL码", "送妈妈的",
     "gift for my 5 year old son", "大于300", " under $50", "60-", "-5元", "5000円", "以上", "between 20 and 50", " ", "茶茶茶", "İ", "ﬁ", "😀"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map("".join)))
def test_spans_lie_in_the_query(query: str) -> None:
    read = PARSER.understand(query)
    spans = [(s.start, s.end) for s in (*read.slots, *read.corrections, *read.exclusions)]
    spans += [(read.price.start, read.price.end)] if read.price else []
    assert all(0 <= start < end <= len(read.said) for start, end in spans)
    assert len(set(read.words)) == len(read.words)


def test_a_word_that_is_right_is_not_corrected_by_its_sound() -> None:
    assert PARSER.understand("桌子").corrections == ()
