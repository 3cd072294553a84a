"""Goods that a text names: what is asked for, whether it is sold, and what a search has of it."""

from __future__ import annotations

import pytest

from zhiyin.assistant.dialogue.goods import asks_whether_sold, is_open, share_named

TENTS = ["拾光营地 露营帐篷 双层防雨", "风脊 露营帐篷 三人"]
BOTTLES = ["Steel Thermos, keeps warm", "Sports Bottles – leakproof"]


@pytest.mark.parametrize("text", ["有什么推荐吗", "还有别的推荐吗", "what do you recommend", "anything else"])  # fmt: skip
def test_asking_for_anything_names_no_goods(text: str) -> None:
    assert is_open(text) or share_named(text, [*TENTS, *BOTTLES]) == 0


@pytest.mark.parametrize(
    "text",
    ["卖不卖房子", "有没有卖二手车的", "想买个钢琴", "do you sell houses", "can I buy whisky here"],
)
def test_whether_something_is_sold(text: str) -> None:
    assert asks_whether_sold(text)


@pytest.mark.parametrize(
    "text",
    [
        "你们会卖我的数据吗",
        "do you sell my data",
        "我要退货",
        "where is what I bought",
        "卖家什么时候发货",
    ],
)
def test_other_questions_do_not_ask_whether_something_is_sold(text: str) -> None:
    assert not asks_whether_sold(text)


def test_the_share_of_what_was_named() -> None:
    assert share_named("推荐一款露营帐篷", TENTS) == 1
    assert share_named("有帐篷吗", TENTS) == 1
    assert share_named("有没有卖钢琴的", TENTS) == 0
    assert share_named("any thermos", BOTTLES) == 1
    assert share_named("a glass thermos", BOTTLES) == 0.5
    assert share_named("car", ["Bump Care Oil"]) == 0, "a word is not the beginning of another"
    assert share_named("帐篷", []) == 0
