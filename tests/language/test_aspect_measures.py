"""Words of measure and price: what they mean hangs on what they are said of."""

import pytest

from zhiyin.language.aspects.clauses import clauses, said
from zhiyin.language.aspects.context import name_of
from zhiyin.language.aspects.opinions import Opinions

READ = Opinions().read

PRAISE = """
噪音小 | sound
噪音不大 | sound
体积小 | portability
机身很轻 | portability
延迟低 | performance
手机发热小 | performance
色差很小 | looks
价格低 | price
价格不高 | price
运费便宜 | price
性价比很高 | price
性价比太高了 | price
充电很快 | battery
续航时间长 | battery
内存大 | performance
铃声很大 | sound
像素高 | camera
发货速度快 | delivery
份量大 | portion
房间很大 | room
low noise | sound
The noise level is low | sound
very little lag | performance
The speakers are loud | sound
The price is low | price
The build quality is not cheap | quality
long battery life | battery
big portions | portion
The laptop is not heavy | portability
"""
BLAME = """
声音小 | sound
音量太小 | sound
噪音很大 | sound
不便宜 | price
价格真不便宜 | price
价格太高 | price
性价比不高 | price
个头小 | portion
分量不大 | portion
体积太大 | portability
机身太重 | portability
速度慢 | performance
网络延迟高 | performance
充电时间长 | battery
耗电快 | battery
内存太小 | performance
屏幕太小 | screen
包装盒太小 | packaging
味道太重 | taste
物流不快 | delivery
not cheap | price
This phone is not cheap | price
The material feels cheap | quality
It feels cheap | quality
The design looks cheap | looks
high price | price
The volume is too low | sound
The speakers are not loud enough | sound
small portions | portion
long charging time | battery
The laptop is heavy | portability
"""


def told(listed, polarity):
    for line in listed.strip().splitlines():
        text, aspect = line.split(" | ")
        yield pytest.param(text, {aspect: polarity}, id=text)


@pytest.mark.parametrize(("text", "found"), [*told(PRAISE, "positive"), *told(BLAME, "negative")])
def test_much_and_little_mean_what_they_mean_of_the_aspect(text, found):
    assert {one.aspect: one.polarity for one in READ(text)} == found


def test_what_goes_for_the_home_should_not_be_heard():
    assert [one.polarity for one in READ("声音很小", "home")] == ["positive"]
    assert [one.polarity for one in READ("声音很小", "electronics")] == ["negative"]


def test_a_fault_and_how_much_there_is_of_it_are_one_opinion():
    [little] = said("噪音很小", clauses("噪音很小")[0])
    [much] = said("噪音很大", clauses("噪音很大")[0])
    assert (little.start, little.end, little.value) == (0, 4, 1.0)
    assert much.value == -1.0
    assert [one.value < 0 for one in said("a little problem", clauses("a little problem")[0])] == [
        True
    ]


@pytest.mark.parametrize(
    ("text", "aspect", "name"),
    [
        ("充电时间很长", "充电", "充电时间"),
        ("电池的耗电量大", "电池", "电池的耗电量"),
        ("the volume level is low", "volume", "volume"),
        ("long charging time", "charging", "charging time"),
    ],
)
def test_the_name_goes_on_up_to_what_is_said(text, aspect, name):
    start = text.index(aspect)
    one = said(text, clauses(text)[0])[-1]
    assert name_of(text, start, start + len(aspect), one) == name
