"""Conversations: orders that are one's own, confirmation, topics that come and go, pronouns, other workers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.assistant.conftest import NOON, Talker
from zhiyin.core.conversation import Said
from zhiyin.errors import Conflict, InvalidRecord, UnknownEntity
from zhiyin.shop import Shop


def test_a_question_is_answered_with_where_it_stands(kept: Shop) -> None:
    turn = Talker(kept, None)("多久发货？")
    assert (turn.lane, turn.text) == ("answer", "付款后48小时内发货。")
    assert [one["document"] for one in turn.citations] == ["ship-zh"]
    english = Talker(kept, None)("Who pays for return shipping?")
    assert english.text == "We do when the goods are faulty; otherwise you do."


@pytest.mark.parametrize("text", ["我的订单 o200001 到哪了", "Where is order o200001?"])
def test_an_order_of_somebody_else_is_like_one_that_does_not_exist(kept: Shop, text: str) -> None:
    other = Talker(kept, "an")(text)
    missing = Talker(kept, "an")(text.replace("o200001", "o999999"))
    assert other.text == missing.text
    assert "o200001" not in other.text
    assert "o200001" in Talker(kept, "bo")(text).text


def test_orders_are_told_to_nobody_who_is_unknown(kept: Shop) -> None:
    turn = Talker(kept, None)("where is my order o200001")
    assert "sign in" in turn.text
    assert turn.tools == ({"name": "order_status", "outcome": "sign_in"},)


def test_a_return_is_gathered_and_confirmed_before_anything_is_done(shop: Shop) -> None:
    say = Talker(shop, "an")
    assert "哪一笔订单" in say("我要退货").text
    assert "退货原因" in say("不锈钢水壶那个").text
    asked = say("坏了")
    assert "确认吗" in asked.text
    assert "o100001" in asked.text
    assert shop.orders.order("an", "o100001").status == "delivered"  # type: ignore[union-attr]
    done = say("是的")
    assert "R000001" in done.text
    assert shop.orders.order("an", "o100001").status == "returning"  # type: ignore[union-attr]


@pytest.mark.parametrize("answer", ["不用了", "好的，先不要", "is that right?", "不是"])
def test_what_is_no_plain_yes_does_nothing(shop: Shop, answer: str) -> None:
    say = Talker(shop, "an")
    say("我要退订单 o100001，坏了")
    say(answer)
    assert shop.orders.order("an", "o100001").status == "delivered"  # type: ignore[union-attr]


def test_a_second_yes_opens_no_second_return(shop: Shop) -> None:
    say = Talker(shop, "an")
    say("I want to return order o100001, it is damaged")
    first, second = say("yes"), say("yes")
    assert "R000001" in first.text
    assert second.tools == ()


def test_another_topic_comes_in_between_and_the_first_one_is_taken_up_again(shop: Shop) -> None:
    say = Talker(shop, "an")
    say("I want to return order o100001, it is damaged")
    between = say("who pays for return shipping?")
    assert "faulty" in between.text
    assert "Back to your return" in between.text
    assert "R000001" in say("yes please").text


def test_a_correction_leaves_the_order_that_was_not_meant(shop: Shop) -> None:
    say = Talker(shop, "an")
    assert "o100001" in say("I want to return order o100001, it is damaged").text
    turn = say("no, I meant the other order")
    assert "o100003" in turn.text
    assert "o100001" not in turn.text
    assert "o100003" in say("yes").text
    assert shop.orders.order("an", "o100001").status == "delivered"  # type: ignore[union-attr]
    assert shop.orders.order("an", "o100003").status == "returning"  # type: ignore[union-attr]


def test_it_and_the_second_one_are_what_was_shown(shop: Shop) -> None:
    shop.train()
    say = Talker(shop, "an")
    shown = say("给我推荐几样东西")
    titles = [card["title"] for card in shown.cards]
    assert len(titles) > 1, shown
    second = say("第二个多少钱")
    assert titles[1] in second.text
    stock = say("它有货吗")
    assert titles[1] in stock.text
    assert ("有货" if titles[1] != "紫砂茶壶" else "暂时缺货") in stock.text


def test_a_conversation_goes_on_in_another_process(shop: Shop) -> None:
    first = Talker(shop, "an")
    first("I want to return order o100001, it is damaged")
    with Shop.open(shop.settings.home) as other:
        again = Talker(other, "an", first.id)
        again.time = first.time
        assert "R000001" in again("yes").text
    assert [one.role for one in shop.conversations.turns(first.id)] == ["shopper", "assistant"] * 2


def test_of_two_answers_to_one_moment_one_is_kept(shop: Shop) -> None:
    talks, store = shop.conversations, shop.store.conversations
    opened = talks.open("an", NOON)
    talks.say(opened.id, "hello", "an", NOON)
    with pytest.raises(Conflict, match="meanwhile"):
        store.append(opened, [Said("shopper", "late", NOON)])
    assert [one.role for one in talks.turns(opened.id)] == ["shopper", "assistant"]


def test_only_the_user_of_a_conversation_is_answered_in_it(shop: Shop) -> None:
    opened = shop.conversations.open("an", NOON)
    for user in ("bo", None):
        with pytest.raises(UnknownEntity):
            shop.conversations.say(opened.id, "hello", user, NOON)
    assert shop.conversations.turns(opened.id) == []


def test_ids_cannot_be_guessed(kept: Shop) -> None:
    ids = {kept.conversations.open(None).id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) >= 24 for one in ids)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_what_cannot_be_answered_is_refused(kept: Shop, text: str) -> None:
    with pytest.raises(InvalidRecord):
        Talker(kept, "an")(text)


def test_a_yes_that_comes_too_late_does_nothing(shop: Shop) -> None:
    say = Talker(shop, "an")
    say("I want to return order o100001, it is damaged")
    say.time += timedelta(hours=1)
    assert "too long ago" in say("yes").text
    assert shop.orders.order("an", "o100001").status == "delivered"  # type: ignore[union-attr]


def test_two_questions_in_one_message_get_two_answers(kept: Shop) -> None:
    turn = Talker(kept, "an")("多久发货？另外可以开发票吗？")
    assert "48小时" in turn.text
    assert "电子发票" in turn.text
    assert [one["document"] for one in turn.citations] == ["ship-zh", "invoice-zh"]


def test_a_person_of_the_shop_answers_and_gives_back(shop: Shop) -> None:
    say, talks = Talker(shop, "an"), shop.conversations
    assert say("转人工").lane == "human"
    assert [one.id for one in talks.listed("human")] == [say.id]
    talks.say_as_agent(say.id, "我来看看。", gives_back=True, time=say.time)
    assert talks.listed("human") == []
    assert say("多久发货？").lane == "answer"
    assert [one.role for one in talks.turns(say.id)][2] == "agent"


def test_what_cannot_be_sent_back_is_told_without_further_questions(shop: Shop) -> None:
    say = Talker(shop, "an")
    assert "has not been delivered" in say("I want to return order o100002").text
    say("I want to return order o100001, it is damaged")
    say("yes")
    again = say("I want to return order o100001")
    assert "is being returned already" in again.text
    assert shop.conversations.one(say.id).state["frames"] == []
