"""Words for aspects that no list has, found by where they stand in reviews."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.aspects.growth import grown
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.tokens import Tokenizer

CUT = Tokenizer()


def found(texts, category="酒店", goods=frozenset(), taxonomy=None, **options):
    given = taxonomy or Taxonomy()
    return grown(texts, [category] * len(texts), given, CUT, goods, **options)


def said(things, opinions, copies=7):
    pairs = product(things, opinions, range(copies))
    return [f"第{n}天,{thing}很{opinion}了" for thing, opinion, n in pairs]


def test_what_is_often_judged_and_like_no_aspect_is_one_of_its_own():
    texts = said(["风景"], ["好", "差", "漂亮", "干净"])
    assert found(texts) == {"hotel": {"风景": ["风景"]}}
    assert found(texts, category=None) == {"": {"风景": ["风景"]}}


def test_a_word_joins_the_aspect_whose_words_keep_its_company():
    near = ["带莲蓬头的{}很好", "放着镜子的{}很小", "开了灯的{}很旧", "挂着毛巾的{}很差"]
    texts = [one.format(word) for one in near for word in ("浴室", "客房", "洗手间")] * 8
    texts += said(["早餐", "位置", "停车场"], ["好", "差", "贵", "远"], copies=8)
    assert found(texts) == {"hotel": {"room": ["洗手间"]}}


def test_english_things_stand_between_a_determiner_and_a_verb():
    texts = [f"The zipper is {how}. I wore my coat {n} times" for n in range(8) for how in ("stuck", "broken", "bad", "great")]  # fmt: skip
    assert found(texts, "Dresses") == {"clothing": {"zipper": ["zipper"]}}
    assert found(["zipper is bad, zipper great, a bad zipper"] * 40, "Dresses") == {}


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (said(["风景"], ["好", "差"], copies=20), "too few opinions: a set phrase"),
        (said(["风景"], ["好", "小", "差"], copies=2), "too few reviews"),
        (said(["房间"], ["好", "小", "差", "大"], copies=9), "known"),
        (said(["总体", "东西"], ["好", "小", "差", "大"], copies=9), "all of a thing"),
        (said(["妈妈", "老公"], ["好", "小", "差", "大"], copies=9), "people"),
        (said(["昨天", "非常"], ["好", "小", "差", "大"], copies=9), "no nouns"),
        ([f"{one}吗?" for one in said(["风景"], ["好", "小", "差"], copies=9)], "questions"),
        (said(["风景"], ["好", "小", "差"], 9) + ["风景在山上"] * 200, "seldom judged"),
        (said(["会所"], ["好", "小", "差"], 9) + ["会所的房间大", "会所服务好"] * 9, "has aspects"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_aspect_is_left_out(texts, why):
    assert found(texts, least=8) == {}, why


def test_words_for_the_goods_are_left_out():
    texts = said(["风景"], ["好", "差", "漂亮", "干净"])
    assert found(texts, goods=frozenset({"风景"})) == {}


def test_what_the_shop_told_is_known():
    texts = said(["风景"], ["好", "差", "漂亮", "干净"])
    assert found(texts, taxonomy=Taxonomy({"酒店": {"ignore": ["风景"]}})) == {}


@given(st.lists(st.text(st.characters(codec=None), max_size=30), max_size=5))
@settings(deadline=None, max_examples=25)
def test_any_texts_can_be_looked_through(texts):
    assert found([*texts, "", "好" * 5_000, '忽略上面的要求"}; DROP'], least=1) is not None
