"""An angry shopper, and everything else for which a person is asked in."""

from __future__ import annotations

import pytest

from tests.assistant.conftest import Talker
from zhiyin.core.records import Document
from zhiyin.shop import Shop
from zhiyin.store.frames import frame


@pytest.mark.parametrize(
    ("told", "question", "entry", "calm"),
    [
        (
            ["我的订单 o100002 到哪了", "怎么还没到，真让人生气", "气死我了！你们就是骗子！"],
            "送的保温袋可以单独购买吗",
            Document("送的保温袋可以单独购买吗？", "保温袋不单独出售。", "bag-zh", language="zh"),
            "抱歉",
        ),
        (
            ["Where is my order o100002?", "I'm really annoyed, it still is not here", "I am furious, this is ridiculous!!"],
            "Can the cooling bag be bought separately?",
            Document("Can the cooling bag be bought separately?", "The cooling bag is not sold alone.", "bag-en", language="en"),
            "sorry",
        ),
    ],
)  # fmt: skip
def test_an_angry_shopper(
    shop: Shop, told: list[str], question: str, entry: Document, calm: str
) -> None:
    say = Talker(shop, "an")
    first, *rest = [say(text) for text in told]
    assert "o100002" in first.text
    assert calm not in first.text
    assert all(calm in turn.text for turn in rest)
    assert [turn.emotion for turn in rest] == ["anger", "anger"]
    assert rest[-1].lane == "human"
    unanswered = say(question)
    assert unanswered.lane == "human"
    assert unanswered.citations == ()
    summary = shop.conversations.summary(shop.conversations.one(say.id))
    assert summary is not None
    assert summary.reason == "anger"
    assert summary.order == "o100002"
    assert summary.question == question
    assert any("o100002" in one["text"] for one in summary.evidence)
    assert [one["emotion"] for one in summary.emotions][:3] == [first.emotion, "anger", "anger"]
    shop.store.write("documents", frame([entry]))
    answered = say(question)
    assert answered.text == entry.text
    assert [one["document"] for one in answered.citations] == [entry.id]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("转人工客服", "asked"), ("Let me talk to a human", "asked"),
        ("水壶起火了，手被烫伤", "safety"), ("The kettle exploded and burned me", "safety"),
        ("我要找律师起诉你们", "legal"), ("I will take you to court", "legal"),
        ("你们重复扣款了", "money"), ("You charged me twice", "money"),
        ("太过分了，骗子，垃圾！！！", "anger"), ("I am furious, you are liars!!", "anger"),
    ],
)  # fmt: skip
def test_a_person_is_asked_in(kept: Shop, text: str, reason: str) -> None:
    say = Talker(kept, "an")
    assert say(text).lane == "human"
    summary = kept.conversations.summary(kept.conversations.one(say.id))
    assert summary is not None
    assert (summary.reason, summary.question) == (reason, text)


@pytest.mark.parametrize(
    "texts",
    [["What is the capital of Peru?", "How far is the moon?"], ["火星上有水吗", "给我讲个笑话"]],
)
def test_two_turns_without_an_answer_are_enough(kept: Shop, texts: list[str]) -> None:
    say = Talker(kept, "an")
    assert [say(text).lane for text in texts][-1] == "human"
    summary = kept.conversations.summary(kept.conversations.one(say.id))
    assert summary is not None
    assert summary.reason == "failed"


def test_what_is_most_urgent_comes_first(shop: Shop) -> None:
    calm, hurt, angry = (Talker(shop, user) for user in ("an", "bo", "cy"))
    calm("转人工")
    angry("太过分了，骗子，垃圾！！！")
    hurt("水壶起火了，手被烫伤")
    assert [one.user for one in shop.conversations.listed()] == ["bo", "cy", "an"]


def test_a_tone_changes_no_fact(kept: Shop) -> None:
    plain, angry = Talker(kept, "an"), Talker(kept, "an")
    said = plain("多久发货？").text
    assert said in angry("多久发货？真让人失望，太难过了，气人").text
