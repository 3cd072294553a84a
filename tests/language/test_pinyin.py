from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.pinyin import Sounds, syllables

WORDS = ["手机", "书籍", "牛奶", "羽绒服", "方案", "西安", "连衣裙", "充电宝", "nike", "!!"]
SOUNDS = Sounds(WORDS)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("", ""),
        ("手機", "shou ji"),
        ("银行，行走", "yin hang xing zou"),
        ("绿色 iPhone15", "lv se iphone15"),
        ("\ud800!", ""),
    ],
)
def test_texts_are_spelt(text, spelt):
    assert syllables(text) == spelt


@pytest.mark.parametrize(
    ("text", "word", "likeness"),
    [
        ("手机", "手机", 1.0),
        ("shouji", "手机", 1.0),
        ("shou ji", "手机", 1.0),
        ("ＳＨＯＵＪＩ", "手机", 1.0),
        ("手鸡", "手机", 1.0),
        ("shou机", "手机", 1.0),
        ("xi'an", "西安", 1.0),
        ("souji", "手机", 0.9),
        ("liulai", "牛奶", 0.9),
        ("fanan", "方案", 0.9),
        ("congdianbao", "充电宝", 0.9),
        ("yvrongfu", "羽绒服", 0.7),
        ("yurogfu", "羽绒服", 0.7),
        ("lianyiqnu", "连衣裙", 0.7),
        ("lyq", "连衣裙", 0.5),
        ("nikee", "nike", 0.7),
    ],
)
def test_a_mistyped_word_is_found(text, word, likeness):
    assert SOUNDS.candidates(text)[0] == (word, likeness)


@pytest.mark.parametrize("text", ["", " ", "!!", "12", "helicopter", "好" * 100_000])
def test_what_sounds_like_nothing_finds_nothing(text):
    assert SOUNDS.candidates(text) == []


def test_shared_characters_come_first_and_then_what_is_more_usual():
    sounds = Sounds(["收集", "手记", "手机"])
    assert [word for word, _ in sounds.candidates("手鸡")] == ["手记", "手机", "收集"]
    assert [word for word, _ in sounds.candidates("shouji")] == ["收集", "手记", "手机"]
    assert len(sounds.candidates("shouji", limit=2)) == 2


def test_an_empty_vocabulary_finds_nothing():
    assert Sounds([]).candidates("shouji") == []


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(WORDS[:-1]), st.data())
def test_one_missing_letter_does_not_hide_a_word(word, data):
    letters = syllables(word).replace(" ", "")
    place = data.draw(st.integers(0, len(letters) - 1))
    found = dict(SOUNDS.candidates(letters, limit=10))
    assert found[word] == 1.0
    if len(letters) > 5:
        assert word in dict(SOUNDS.candidates(letters[:place] + letters[place + 1 :], limit=10))
