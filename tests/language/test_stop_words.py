from __future__ import annotations

import pytest

from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS


def test_what_turns_the_sense_is_no_stop_word():
    negations = "不 没 没有 无 别 非 未 no not never none without don't isn't can't"
    quantities = "都 多 少 很 太 非常 一点 几 一 两 全 very too few many much all some any only 2"
    comparisons = "更 最 比 较 像 一样 than more less most least under over above below same"
    contrasts = "但 但是 不过 虽然 却 but however although though yet"
    for words in (negations, quantities, comparisons, contrasts):
        assert not STOP_WORDS & set(words.split())


@pytest.mark.parametrize("word", ["的", "了", "我们", "这个", "the", "of", "it's"])
def test_function_words_are(word):
    assert word in STOP_WORDS


def test_they_are_folded():
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS
