"""Which queries others may be told of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.asked_queries import (
    AskedQuery,
    holds_personal_data,
    normal,
    popularity,
    tellable,
)

DAY_US = 86_400_000_000


def asked(text: str, people: int = 5, count: int = 10, found: int = 3) -> AskedQuery:
    return AskedQuery(text, count, people, 0, found)


def test_only_what_enough_people_asked_and_found_is_told() -> None:
    log = [asked("雨伞"), asked("tent", people=4), asked("yurt", found=0), asked("  ")]
    assert [one.text for one in tellable(log)] == ["雨伞"]
    assert [one.text for one in tellable(log, fewest=4)] == ["雨伞", "tent"]


@pytest.mark.parametrize(
    "text",
    ["李雷 13800138000", "an@example.com", "订单号 A1234567890", "call +44 20 7946 0958", "[phone_1] 收",
     "北京路 12号 3单元", "qq 123456789"],
)  # fmt: skip
def test_personal_data_are_never_told_however_many_asked(text: str) -> None:
    assert holds_personal_data(text)
    assert tellable([asked(text, people=1000)]) == []


@pytest.mark.parametrize("text", ["iphone 15", "200元以内 面膜", "b078xyz", "2024 新款", "500ml"])
def test_numbers_of_goods_are_no_personal_data(text: str) -> None:
    assert not holds_personal_data(text)


def test_ways_of_writing_one_query_do_not_add_up_their_people() -> None:
    ways = [asked("ＩＰＨＯＮＥ", people=3, count=4), asked("iphone", people=4, count=6)]
    assert tellable(ways) == []
    [one] = tellable([*ways, asked("iPhone", people=5, count=7)])
    assert (one.text, one.people, one.times) == ("iPhone", 5, 17)


def test_a_query_counts_half_after_a_month() -> None:
    log = [AskedQuery("a", 8, 5, 0, 1), AskedQuery("b", 8, 5, 30 * DAY_US, 1)]
    assert popularity(log, 30 * DAY_US).tolist() == [4.0, 8.0]
    assert popularity(log, 0).tolist() == [8.0, 8.0]  # a clock that is behind makes nothing grow


@given(st.lists(st.tuples(st.text(max_size=70), st.integers(0, 9), st.integers(0, 2))))
def test_whatever_is_told_obeys_all_rules_and_comes_once(said: list[tuple[str, int, int]]) -> None:
    told = tellable([AskedQuery(text, 1, people, 0, found) for text, people, found in said])
    keys = [normal(one.text) for one in told]
    assert len(set(keys)) == len(keys)
    for one in told:
        assert one.people >= 5
        assert one.found > 0
        assert normal(one.text)
        assert not holds_personal_data(one.text)
