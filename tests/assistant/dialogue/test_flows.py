"""How what a shopper says is taken: yes, no, reasons, places in a list, words to the machine."""

from __future__ import annotations

import pytest

from zhiyin.assistant.dialogue.dialogue import STEPS
from zhiyin.assistant.dialogue.flows import (
    ANSWERS,
    FLOWS,
    SMALL_TALK,
    UNKNOWN,
    dictates,
    is_no,
    is_yes,
    return_reason,
)
from zhiyin.assistant.dialogue.references import chosen, corrects
from zhiyin.assistant.intents.examples import built_in

YES = ("是的", "好的", "确认", "对", "没问题", "可以，办吧", "yes", "OK", "Sure, go ahead", "yes please", "Correct.")  # fmt: skip
NO = (
    "不用了",
    "不是",
    "算了",
    "先不要",
    "取消吧",
    "no",
    "No thanks",
    "don't",
    "never mind",
    "stop",
)
NEITHER = ("好的，先不要", "可以退吗", "is that right?", "yes but wait", "确认什么？", "ok, but not that one", "what")  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_plain_yes(text: str) -> None:
    assert is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize("text", NO)
def test_a_no(text: str) -> None:
    assert is_no(text)
    assert not is_yes(text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_plain_yes(text: str) -> None:
    assert not is_yes(text)


def test_every_intent_has_a_flow_and_every_flow_a_step() -> None:
    assert set(built_in()) == (FLOWS.keys() - {UNKNOWN}) | SMALL_TALK | ANSWERS | {"human"}
    assert {flow.step for flow in FLOWS.values()} == STEPS.keys()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("质量不好", "damaged"), ("It arrived broken", "damaged"), ("发错货了，发错了颜色", "wrong_item"), ("you sent the wrong item", "wrong_item"),
        ("太小了", "size"), ("it doesn't fit", "size"), ("和图片不一样", "not_as_described"), ("不想要了", "changed_mind"),
        ("I changed my mind", "changed_mind"), ("其他", "other"), ("the other order", None), ("我要退货", None),
    ],
)  # fmt: skip
def test_why_something_is_sent_back(text: str, reason: str | None) -> None:
    assert return_reason(text) == reason


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("第二个", "b"), ("the third one", "c"), ("2", "b"), ("最后一个", "c"), ("便宜的那个", "b"), ("the cheaper one", "b"),
        ("the most expensive one", "c"), ("它", "a"), ("is this one good", "a"), ("Clay Teapot 有货吗", "c"), ("第五个", None), ("运费多少", None),
    ],
)  # fmt: skip
def test_what_a_reference_means(text: str, meant: str | None) -> None:
    prices = {"a": 20, "b": 10, "c": 30}
    names = {"a": "Steel Kettle", "b": "Tin Cup", "c": "Clay Teapot"}
    assert chosen(text, "abc", "a", price=prices.get, name=lambda one: names[one]) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("不是这个订单", True),
        ("No, I meant the other one", True),
        ("这个订单", False),
        ("yes", False),
    ],
)
def test_corrections(text: str, does: bool) -> None:
    assert corrects(text) is does


@pytest.mark.parametrize("text", ["我要退货", "无需发票", "I want to return it", "is the system good?", "call me"])  # fmt: skip
def test_what_shoppers_say_dictates_nothing(text: str) -> None:
    assert not dictates(text)
