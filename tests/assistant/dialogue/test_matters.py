"""Short questions go on with what was quoted; what a message is about tells more than single words."""

from __future__ import annotations

import pytest

from tests.assistant.conftest import Talker
from zhiyin.assistant.knowledge.topics import SPEAKS, matter_of
from zhiyin.core.records import Document
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

GROUP = "Start a group and share it; if it fills within 24 hours the order is placed."
WARRANTY = "整机保修一年，电池保修半年。"


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Return the shop with two matters more."""
    more = [
        Document("How does group buying work?", GROUP, "group-en", language="en"),
        Document("电子产品保修多久？", WARRANTY, "warranty-zh", language="zh"),
    ]
    shop.store.write("documents", frame(more))
    return shop


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("拍了之后啥时候能发出来", "dispatch_time"),
        ("who has to pay when I send it back", "return_fee"),
        ("能不能包得漂亮点，送朋友的", "gift_wrap"),
        ("can you take me off the personalised stuff", "recommendations_off"),
    ],
)
def test_a_matter_is_known_in_other_words(said: str, matter: str) -> None:
    assert matter_of(said)[0] == matter


@pytest.mark.parametrize("said", ["qqq", "show me mugs", "第二个呢", "the blue one"])
def test_what_is_about_no_matter_is_not_taken_for_one(said: str) -> None:
    assert matter_of(said)[1] < SPEAKS


def test_a_bare_question_goes_on_with_what_was_quoted(told: Shop) -> None:
    talk = Talker(told, "an")
    talk("手机坏了保修吗")
    assert talk("要多久").text == WARRANTY
    assert talk("电池呢").text == WARRANTY


def test_another_matter_is_not_answered_by_what_was_quoted(told: Shop) -> None:
    talk = Talker(told, "an")
    assert talk("手机坏了保修吗").text == WARRANTY
    assert WARRANTY not in talk("那能分期吗").text


def test_not_that_order_lists_orders(told: Shop) -> None:
    talk = Talker(told, "an")
    talk("where's my order")
    turn = talk("not that one, the other one")
    assert {one["name"] for one in turn.tools} == {"recent_orders"}
    assert all(order in turn.text for order in ("o100001", "o100002", "o100003"))


def test_thanks_take_no_offer_of_a_person(told: Shop) -> None:
    talk = Talker(told, "an")
    assert "colleague" in talk("do you have a store in Rome").text
    assert talk("ok thanks").lane == "answer"


def test_the_last_item_is_meant_where_none_is_named(told: Shop) -> None:
    talk = Talker(told, "an")
    talk("有水壶吗")
    talk("第一个多少钱")
    assert "有货" in talk("还有货吗").text
