"""What is nobody's business is never read, however plainly somebody writes it."""

import pytest

from tests.language.facts_shop import MORNING, SHOP
from zhiyin.language.facts import (
    vocabulary_context,
    vocabulary_events,
    vocabulary_interests,
    vocabulary_people,
)
from zhiyin.language.facts.phrases import lexicon
from zhiyin.language.facts.reader import Reader
from zhiyin.language.facts.sensitive import is_sensitive

READER = Reader(SHOP)


@pytest.mark.parametrize(
    "text",
    [
        "确诊糖尿病三年了", "想买抗抑郁药", "想买一台轮椅", "求推荐减肥茶", "最近在化疗", "想买验孕棒", "需要一件孕妇装",
        "想买佛珠", "周日想去教堂", "想买避孕套", "我喜欢男生，我也是男生", "出柜了", "我是回族", "我是党员", "想借网贷",
        "失业半年了", "刚离婚", "想买彩票", "奶奶去世了",
        "I have cancer", "I need an inhaler", "I want to buy antidepressants", "Looking for a pregnancy test",
        "I need a maternity dress", "I want to buy a bible", "going to church on sunday", "I'm gay",
        "I want to buy a pride flag", "we voted republican", "I was laid off", "need a payday loan", "just divorced",
        "I'm into gambling", "looking for a hijab", "I am an immigrant",
    ],
)  # fmt: skip
def test_nothing_is_read(text):
    kinds = {
        (f.name, f.value) for f in READER.read(text, MORNING) if f.name not in ("day", "relation")
    }
    assert kinds == set()


def test_no_canonical_value_tells_of_it():
    values = {*vocabulary_interests.INTERESTS, *vocabulary_context.PLACES, *vocabulary_events.DAYS}
    values |= set(vocabulary_people.KINDS)
    assert [value for value in values if is_sensitive(value.replace("_", " "))] == []
    words = {**lexicon(vocabulary_interests.INTERESTS), **lexicon(vocabulary_context.PLACES)}
    assert [word for word, value in words.items() if value and is_sensitive(word)] == []


def test_goods_that_only_resemble_it_are_read():
    assert [f.value for f in READER.read("想买羽绒服", MORNING)] == ["buy 羽绒服"]
    assert not is_sensitive("spill-proof mug")
