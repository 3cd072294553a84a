"""Prices in queries, in both languages, and numbers that are none."""

from __future__ import annotations

import pytest

from zhiyin.search.prices import cheapness_in, price_in
from zhiyin.search.written_numbers import number


@pytest.mark.parametrize(
    ("query", "low", "high", "is_soft"),
    [
        ("200元以内 跑鞋", None, 200, False),
        ("laptop under $500", None, 500, False),
        ("shoes between 50 and 100 dollars", 50, 100, False),
        ("手机1000-2000", 1000, 2000, False),
        ("一百块左右的礼物", 85, 115, True),
        ("不超过一千五", None, 1500, False),
        ("iphone under 5k", None, 5000, False),
        ("预算500的耳机", 425, 575, True),
        ("300元以上", 300, None, False),
        ("两百块以内", None, 200, False),
        ("$1,299 or less", None, 1299, False),
    ],
)
def test_a_price_is_read(query: str, low: int | None, high: int | None, is_soft: bool) -> None:
    found = price_in(query)
    assert found is not None
    bounds = tuple(
        None if one is None else one / 100 for one in (found.low_minor, found.high_minor)
    )
    assert (*bounds, found.is_soft) == (low, high, is_soft)


@pytest.mark.parametrize(
    "query",
    ["口罩10000只", "2-3岁男宝宝", "10-15ml", "海绵拖把大号50cm", "a4 80g 500张", "iphone 15",
     "12-16 inch chain saw", "more than 10 watts", "256g内存", "56个民族", ""],
)  # fmt: skip
def test_a_number_is_no_price_by_itself(query: str) -> None:
    assert price_in(query) is None


def test_the_place_of_a_price_is_told() -> None:
    found = price_in("红色 200元以内 跑鞋")
    assert found is not None
    assert "红色 200元以内 跑鞋"[found.start : found.end] == "200元以内"


@pytest.mark.parametrize(
    ("query", "sign"), [("便宜的耳机", -1), ("cheap shoes", -1), ("高端耳机", 1), ("luxury bag", 1)]
)
def test_cheap_and_dear_are_wishes(query: str, sign: int) -> None:
    found = cheapness_in(query)
    assert found is not None
    assert found[0] == sign


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百五", 150), ("一百零五", 105), ("两千零五十", 2050), ("十二", 12), ("1.5万", 15_000), ("三十", 30)],
)  # fmt: skip
def test_written_numbers(text: str, value: float) -> None:
    assert number(text) == value
