"""Where somebody is about to go, what is wanted, for which occasion and for whom."""

from datetime import timedelta

import pytest

from tests.language.facts_shop import MORNING, said
from zhiyin.language.facts.intents import BUYING_LASTS, GOING_LASTS, read_intents
from zhiyin.language.tokens import Tokenizer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我想去公园散步", ["intent park"]),
        ("不想去公园", []),
        ("想去公园吗", []),
        ("昨天想去公园", []),
        ("他想去公园", []),
        ("没想到公园这么大", []),
        ("周末去爬山", ["intent mountain"]),
        ("今天去公园了", []),
        ("今晚约了朋友看电影", ["intent cinema"]),
        ("I want to go to the beach", ["intent beach"]),
        ("I don't want to go to the beach", []),
        ("going on a beach vacation", []),
        ("She wants to go to the gym", []),
        ("articles about school", []),
        ("下周去北京出差", ["intent travel"]),
        ("国庆去北京", ["intent travel"]),
        ("5月3日去爬山", ["intent mountain"]),
        ("2023年5月1日去爬山", []),
        ("I'm going to Beijing next week", ["intent travel"]),
        ("想去北京路", []),
        ("国庆去了北京", []),
        ("他下周去北京", []),
        ("I need new hiking boots", ["intent buy hiking boots"]),
    ],
)
def test_going_somewhere(text, found):
    assert said(read_intents(text, MORNING)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("想买一双跑鞋", ["intent buy 跑鞋"]),
        ("想买个不粘锅，有推荐吗", ["intent buy 不粘锅"]),
        ("想买包", ["intent buy 包"]),
        ("想买台灯", ["intent buy 台灯"]),
        ("求推荐防晒霜", ["intent buy 防晒霜"]),
        ("不想买跑鞋", []),
        ("想买手机的朋友别错过", []),
        ("想买礼物", ["occasion gift"]),
        ("要买方出运费", []),
        ("想买手机", ["intent buy 手机"]),
        ("要买就买这款", []),
        ("looking for a pair of running shoes under $50", ["intent buy running shoes"]),
        ("exactly what I was looking for", []),
        ("if you are looking for shoes", []),
        ("I need a hug", []),
        ("do I need a charger?", []),
        ("Can anyone recommend a good tent?", ["intent buy tent"]),
    ],
)
def test_buying(text, found):
    assert said(read_intents(text, MORNING)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("闺蜜生日送什么好", ["occasion gift", "occasion birthday", "audience best_friend"]),
        ("给妈妈挑母亲节礼物", ["occasion gift", "occasion mothers_day", "audience mother"]),
        ("给他妈妈挑礼物", ["occasion gift"]),
        ("买给老爸的生日礼物，他很喜欢", []),
        ("商家送的礼物不错", []),
        ("母亲节特惠", []),
        ("圣诞节住的酒店", []),
        ("马上中秋节了", ["occasion mid_autumn"]),
        ("Looking for a gift for my wife", ["occasion gift", "audience partner"]),
        ("I want to buy a kettle for my mom", ["intent buy kettle", "audience mother"]),
        ("got it as a gift", []),
        ("母亲节没送礼物", []),
        ("我不想送礼物", []),
        ("I'm not looking for a gift", []),
        ("没想好送什么", ["occasion gift"]),
    ],
)
def test_giving(text, found):
    assert said(read_intents(text, MORNING)) == found


def test_the_words_of_a_shop_are_kept_whole():
    text = "想买云朵送不停抱枕"
    assert said(read_intents(text)) != ["intent buy 云朵送不停抱枕"]
    known = Tokenizer(["云朵送不停抱枕"])
    assert said(read_intents(text, tokenizer=known)) == ["intent buy 云朵送不停抱枕"]


def test_an_intent_lasts_to_the_end_of_the_day_it_names():
    assert read_intents("今天天气好，我想去公园", MORNING)[0].lasts == timedelta(hours=15)
    assert read_intents("明天想去公园", MORNING)[0].lasts == timedelta(hours=39)
    assert read_intents("我想去公园", MORNING)[0].lasts == GOING_LASTS
    assert read_intents("我想买台灯", MORNING)[0].lasts == BUYING_LASTS
