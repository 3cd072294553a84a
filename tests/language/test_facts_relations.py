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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@感谢 大家", []),
        ("@裤腿太小 了", []),
        ("@客服 在吗", []),
        ("@张三你看看这个", ["relation mentioned 张三"]),
        ("@王小明 @老王你好", ["relation mentioned 王小明", "relation mentioned 老王"]),
        ("@豆豆 @lily_92", ["relation mentioned 豆豆", "relation mentioned lily_92"]),
        ("@月亮邮差 说得对", ["relation mentioned 月亮邮差"]),
    ],
)
def test_a_mention_is_a_name_and_ends_with_it(text, found):
    assert said(read_relations(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("同事张三说不错", ["relation colleague 张三"]),
        ("同事安利的面膜", ["relation colleague"]),
        ("闺蜜叫小鹿", ["relation best_friend 小鹿"]),
        ("妈妈叫我吃饭，老婆叫外卖", ["relation mother", "relation partner"]),
        ("男朋友小李", ["relation partner 小李"]),
        ("张三是我同事", ["relation colleague 张三"]),
        ("这是我妈妈", ["relation mother"]),
        ("Anna is my sister", ["relation sibling Anna"]),
        ("my sister Anna, my brother named Tom", ["relation sibling Anna", "relation sibling Tom"]),
        ("Coffee is my best friend", ["relation best_friend"]),
        ("Today is my sister's birthday", ["relation sibling"]),
    ],
)
def test_names_where_the_grammar_gives_one(text, found):
    assert said(read_relations(text)) == found


def test_a_span_holds_the_words_that_say_it():
    text = "Thanks to my colleague Anna!"
    (found,) = read_relations(text)
    assert text[found.start : found.end] == "colleague Anna"


def test_whom_somebody_loves_has_no_sex():
    words = ("老公", "老婆", "男朋友", "女朋友", "husband", "wife", "boyfriend", "girlfriend")
    texts = [f"my {word}" if word.isascii() else f"我{word}" for word in words]
    assert {finding.value for text in texts for finding in read_relations(text)} == {"partner"}
