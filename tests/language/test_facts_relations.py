"""Who somebody's people are, and who only looks like one of them."""

import pytest

from tests.language.facts_shop import said
from zhiyin.language.facts.relations import read_relations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("和我妈妈逛街", ["relation mother"]),
        ("我妈说不错", ["relation mother"]),
        ("他妈妈说不错", []),
        ("朋友的妈妈很年轻", ["relation friend"]),
        ("他妈的，又坏了", []),
        ("妈妈装不好看，情侣款、姐妹款也是", []),
        ("老干妈真香", []),
        ("母亲节快到了", []),
        ("姐妹们冲", []),
        ("小姐姐态度好", []),
        ("老板人很好", []),
        ("我老板人很好", ["relation boss"]),
        ("跟铁哥们去打球", ["relation best_friend"]),
        ("我没有妹妹", []),
        ("前男友的东西", []),
        ("想找女朋友", []),
        ("会叫妈妈了", []),
        ("魏伯母来了", []),
        ("喜欢摄影的朋友别错过", []),
        ("我和我的同事们", ["relation colleague"]),
        ("我是两个孩子的妈妈", ["relation child"]),
    ],
)
def test_chinese(text, found):
    assert said(read_relations(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my colleague Anna said so", ["relation colleague Anna"]),
        ("my colleague said so", ["relation colleague"]),
        ("My husband and kids love it", ["relation partner", "relation child"]),
        ("His mother, her boyfriend, the children", []),
        ("mother's day sale", []),
        ("mom jeans, boyfriend shirt, my mom jeans", []),
        ("with friends", ["relation friend"]),
        ("a friend of mine", ["relation friend"]),
        ("my ex-boyfriend", []),
        ("gift for Mom", ["relation mother"]),
        ("a bad mom", []),
        ("as a mom of two", ["relation child"]),
        ("my dear Anna", ["relation dear Anna"]),
        ("my student loans", []),
    ],
)
def test_english(text, found):
    assert said(read_relations(text)) == found


def test_handles_are_people_with_their_name():
    assert said(read_relations("@张三 看看这个")) == ["relation mentioned 张三"]
    assert said(read_relations("我闺蜜@小鹿 推荐的")) == ["relation best_friend 小鹿"]
    assert read_relations("mail me: a@b.com") == []


def test_a_span_holds_the_words_that_say_it():
    text = "Thanks to my colleague Anna!"
    (found,) = read_relations(text)
    assert text[found.start : found.end] == "colleague Anna"


def test_whom_somebody_loves_has_no_sex():
    words = ("老公", "老婆", "男朋友", "女朋友", "husband", "wife", "boyfriend", "girlfriend")
    texts = [f"my {word}" if word.isascii() else f"我{word}" for word in words]
    assert {finding.value for text in texts for finding in read_relations(text)} == {"partner"}
