"""Prices in queries, in both languages, and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.language.scripts import fold
from zhiyin.search.query.prices import cheapness_in, price_in
from zhiyin.search.query.written_numbers import number
from zhiyin.search.understanding import PriceRange

SOFT = True


def _read(query: str, sold: frozenset[str] = frozenset()) -> PriceRange | None:
    return price_in(fold(query), sold)[0]


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("200元以内 跑鞋", None, 200), ("laptop under $500", None, 500), ("shoes between 50 and 100 dollars", 50, 100),
        ("手机1000-2000", 1000, 2000), ("不超过一千五", None, 1500), ("iphone under 5k", None, 5000),
        ("300元以上", 300, None), ("两百块以内", None, 200), ("$1,299 or less", None, 1299), ("<60", None, 60),
        ("shoes ≤60", None, 60), ("price<60", None, 60), (">=50", 50, None), ("＞50", 50, None), ("1千2以下", None, 1200),
        ("1w5以内 电脑", None, 15_000), ("两百以内", None, 200), ("3k以下", None, 3000), ("no more than 60", None, 60),
        ("not over $30", None, 30), ("at most $60", None, 60), ("at least 40", 40, None), ("no less than 40", 40, None),
        ("不低于50", 50, None), ("不大于50", None, 50), ("不要超过50", None, 50), ("不要100元以上的 杯子", None, 100),
        ("max 60", None, 60), ("60 or less", None, 60), ("up to 60 dollars", None, 60), ("cheaper than 50", None, 50),
        ("shoes under 50.", None, 50), ("300+ 耳机", 300, None), ("$60+ shoes", 60, None), ("300起", 300, None),
        ("预算300以内的手机", None, 300), ("priced under 50 mug", None, 50),
    ],
)  # fmt: skip
def test_a_bound_is_read(query: str, low: int | None, high: int | None) -> None:
    assert _told(query) == (low, high, not SOFT)


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("大于300 小于400", 300, 400), ("50以上70以下", 50, 70), ("over 20 under 50", 20, 50), ("under 50 over 20", 20, 50),
        ("over 20 but under 50", 20, 50), ("300元以上但不超过400元", 300, 400), ("between 20 and 50", 20, 50),
        ("200到300之间", 200, 300), ("20和50之间", 20, 50), ("介于200和300之间", 200, 300), ("50以上的耳机100以下", 50, 100),
        (">20 <50", 20, 50), ("300-100", 100, 300), ("$80-$60", 60, 80),
        ("价格20-40", 20, 40), ("两百到三百", 200, 300), ("at least 3, at most 10 dollars", 3, 10),
    ],
)  # fmt: skip
def test_both_bounds_are_read(query: str, low: int, high: int) -> None:
    assert _told(query) == (low, high, not SOFT)


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("一百块左右的礼物", 85, 115), ("一百五左右", 127.5, 172.5), ("预算500的耳机", 425, 575), ("预算 300 左右", 255, 345),
        ("around 20 dollars", 17, 23), ("USD 50", 42.5, 57.5), ("50 USD", 42.5, 57.5), ("10块的杯子", 8.5, 11.5),
        ("60-", None, 60),
    ],
)  # fmt: skip
def test_a_wish_is_no_limit(query: str, low: float | None, high: float | None) -> None:
    assert _told(query) == (low, high, SOFT)


def _told(query: str) -> tuple[float | None, float | None, bool]:
    found = _read(query)
    assert found is not None
    ends = [None if one is None else one / 100 for one in (found.low_minor, found.high_minor)]
    return ends[0], ends[1], found.is_soft


@pytest.mark.parametrize(
    "query",
    [
        "口罩10000只", "2-3岁男宝宝", "10-15ml", "海绵拖把大号50cm", "a4 80g 500张", "iphone 15", "500ml", "2米", "18v drill",
        "10-pack", "36码", "12-16 inch chain saw", "more than 10 watts", "within 3 days", "256g内存", "56个民族", "-5元",
        "-$5", "¥-5", "2024-11-23", "90-60-90", "400-800-8820", "12+256g 手机", "nike air max 90", "iphone 13 pro max 256",
        "redmi note 13+", "spf 50+ sunscreen", "3块香皂", "2024元旦礼盒", "10 pounds dumbbell", "size 36", "60 and 80",
        "300-300", "恒洁花洒2000-88", "jet 4000-120", "911999-601", "真空胎90-70/12", "mqm4—25—080—yfa", "2960+24pc面板", "咖喱块百梦多", "",
    ],
)  # fmt: skip
def test_a_number_is_no_price_by_itself(query: str) -> None:
    assert price_in(fold(query)) == (None, fold(query))


@pytest.mark.parametrize(
    ("query", "currency", "high_minor"),
    [
        ("under ¥5000", "CNY", 500_000), ("5000円以下", "JPY", 5000), ("5000日元以内", "JPY", 5000),
        ("under 5000 yen", "JPY", 5000), ("JPY 5000 or less", "JPY", 5000), ("50美元以下", "USD", 5000),
        ("200港币以内", "HKD", 20_000), ("under €50", "EUR", 5000), ("at most £20", "GBP", 2000),
        ("NT$500以下", "TWD", 50_000), ("under 50,000 ₩", "KRW", 50_000), ("under 50", None, 5000),
    ],
)  # fmt: skip
def test_a_currency_has_its_own_smallest_unit(
    query: str, currency: str | None, high_minor: int
) -> None:
    found = _read(query)
    assert found is not None
    assert (found.currency, found.high_minor) == (currency, high_minor)


@pytest.mark.parametrize(
    ("query", "sold", "currency", "high_minor"),
    [
        ("under ¥5000", {"JPY"}, "JPY", 5000), ("under ¥5000", {"CNY", "JPY"}, "CNY", 500_000),
        ("5000以下", {"JPY"}, None, 5000), ("5000以下", {"JPY", "CNY"}, None, 500_000),
        ("under $50", {"CAD"}, "CAD", 5000), ("under $50", {"CNY"}, "USD", 5000), ("200元以内", {"HKD"}, "HKD", 20_000),
        ("人民币200以内", {"HKD"}, "CNY", 20_000), ("under 20 pounds", {"GBP"}, "GBP", 2000),
    ],
)  # fmt: skip
def test_the_shop_decides_what_a_shared_sign_is(
    query: str, sold: set[str], currency: str | None, high_minor: int
) -> None:
    found = _read(query, frozenset(sold))
    assert found is not None
    assert (found.currency, found.high_minor) == (currency, high_minor)


def test_pounds_are_weights_where_nothing_is_sold_in_them() -> None:
    assert _read("dumbbell under 20 pounds", frozenset({"USD"})) is None


def test_the_place_of_a_price_is_told_and_made_blank() -> None:
    query = "红色 200元以内 跑鞋"
    found, rest = price_in(query)
    assert found is not None
    assert query[found.start : found.end] == "200元以内"
    assert (rest.split(), len(rest)) == (["红色", "跑鞋"], len(query))


def test_what_stands_between_two_bounds_stays() -> None:
    query = "50以上的耳机100以下"
    found, rest = price_in(query)
    assert found is not None
    assert query[found.start : found.end] == query
    assert rest.strip() == "的耳机"


@given(
    st.text(
        alphabet="0123456789-元$¥以内上下大于小超不到至 .,kunder overbtwa两百千万一", max_size=40
    )
)
def test_bounds_are_in_order_and_stand_in_the_text(query: str) -> None:
    found, rest = price_in(query)
    assert len(rest) == len(query)
    if found:
        assert 0 <= found.start < found.end <= len(query)
        low, high = found.low_minor, found.high_minor
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
    else:
        assert rest == query


@pytest.mark.parametrize(
    ("query", "sign"), [("便宜的耳机", -1), ("cheap shoes", -1), ("高端耳机", 1), ("luxury bag", 1)]
)
def test_cheap_and_dear_are_wishes(query: str, sign: int) -> None:
    found = cheapness_in(query)
    assert found is not None
    assert found[0] == sign


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百五", 150), ("一百零五", 105), ("两千零五十", 2050), ("十二", 12), ("1.5万", 15_000), ("三十", 30), ("1千2", 1200),
     ("3百5", 350), ("1w5", 15_000), ("1,299", 1299), ("2k", 2000)],
)  # fmt: skip
def test_written_numbers(text: str, value: float) -> None:
    assert number(text) == value
