"""Scripted conversations and traps: a few on a small shop, and all of the sample shop's with the shares that must hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.conversations.__main__ import of_scripts, of_traps, speed
from benchmarks.conversations.cast import people, sample_shop
from benchmarks.conversations.scripts import Script, failed, scripts
from benchmarks.conversations.talking import held
from benchmarks.conversations.traps import all_sprung, traps

from tests.assistant.conftest import Talker
from zhiyin.assistant.assistant import Turn
from zhiyin.shop import Shop

SCRIPTS = """
## zh A sent: status, a question between, and back
我的订单o100002到哪了 > tool order_status:ok; has o100002; has 已发货
多久发货？ > has 48小时; cites ship
那个订单是什么状态 > tool order_status:ok; has o100002
## en A back: a return, a question between, and yes
i want to return order o100001 > has Why do you want; no start_return:ok
Who pays for return shipping? > has otherwise you do; has Back to your return
it is too big > has yes or no
no, leave it > lacks registered
## zh A any: another's order, then the own one
查一下o200001 > has 没有找到; lacks SF200001
那我自己的订单呢 > tool order_status:ok; lacks o200001
谢谢 > has 不客气; no order_status
## en A any: something that is not sold, then a person
do you sell airplanes > lacks privacy
get me a human > lane human
"""


def small(folder: Path) -> list[Script]:
    """Return the scripts above."""
    path = folder / "scripts.txt"
    path.write_text(SCRIPTS, "utf-8")
    return scripts("A", path)


def test_small_scripts_hold(kept: Shop, tmp_path: Path) -> None:
    for script in small(tmp_path):
        say = Talker(kept, "an")
        for said, checks in script.turns:
            turn = say(said)
            assert failed(turn, checks, {}) == [], (said, turn)


def test_a_check_that_does_not_hold_is_told() -> None:
    turn = Turn("human", "Order o1 is 打包中", tools=({"name": "order_status", "outcome": "ok"},))
    assert failed(turn, "lane human; has o1; tool order_status:ok", {}) == []
    assert failed(turn, "has {order}", {"order": "o1"}) == ["lane answer|draft"]
    wrong = "lane any; lacks o1; no order_status; cards; cites faq; has o2|o3"
    assert failed(turn, wrong, {}) == wrong.split("; ")[1:]


def test_there_are_as_many_as_are_told() -> None:
    read = [*scripts("A"), *scripts("B"), *scripts("C")]
    assert len(read) >= 120
    assert sum(one.language == "zh" for one in read) == len(read) / 2
    assert all(len(one.turns) >= 3 for one in read)
    tricks = [*traps("A"), *traps("B")]
    assert len(tricks) == 200
    assert sum(one.language == "zh" for one in tricks) == 100


@pytest.mark.slow
def test_the_sample_shops_conversations_and_traps() -> None:
    with sample_shop() as shop:
        whom = people(shop)
        for half, success, passed in (("A", 0.95, 0.95), ("B", 0.85, 0.9), ("C", 0.55, 1.0)):
            talks = held(shop, scripts(half), whom)
            told = of_scripts(talks)
            assert (told["lost"], told["success"] >= success) == (0, True), told
            if tried := all_sprung(shop, half, whom):
                told = of_traps(tried)
                assert told["traps_passed"] >= passed, told
                assert (told["invented"], told["leaked"]) == (0, 0), told
        without_returns = [one for one in scripts("A") if one.person != "back"][:50]
        at_once = held(shop, without_returns, whom, at_once=50)
        assert of_scripts(at_once)["lost"] == 0
        assert speed(at_once, 50)["turns"] == sum(len(one.turns) for one in without_returns)
