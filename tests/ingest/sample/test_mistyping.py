"""Typing errors as people make them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from pypinyin import lazy_pinyin

from zhiyin.ingest.sample.mistyping import mistyped

WORD = "umbrella"


def draws(text: str, language: str, n: int = 60) -> list[tuple[str, str]]:
    return [mistyped(np.random.default_rng(seed), text, language) for seed in range(n)]


def test_english_words_lose_double_or_swap_a_letter_and_keep_the_first_and_last() -> None:
    for said, kind in draws(WORD, "en"):
        assert said != WORD
        assert (said[0], said[-1]) == (WORD[0], WORD[-1]) or kind == "moved"
        longer = {"dropped": -1, "moved": 0, "doubled": 1}[kind]
        assert len(said) == len(WORD) + longer
        assert (sorted(said) == sorted(WORD)) == (kind == "moved")
    assert {kind for _, kind in draws(WORD, "en")} == {"dropped", "moved", "doubled"}


def test_only_one_word_is_mistyped_and_short_words_never() -> None:
    for said, _ in draws("red umbrella for her", "en"):
        words = said.split()
        assert [words[0], *words[2:]] == ["red", "for", "her"]
    assert draws("a red mat", "en", 3) == [("a red mat", "")] * 3


def test_chinese_is_typed_as_pinyin_or_with_one_character_of_the_same_sound() -> None:
    text = "折叠伞"
    kinds = Counter(kind for _, kind in draws(text, "zh"))
    assert set(kinds) == {"pinyin", "homophone"}
    for said, kind in draws(text, "zh"):
        if kind == "pinyin":
            assert said == "zhediesan"
        else:
            assert sum(one != other for one, other in zip(said, text, strict=True)) == 1
            assert lazy_pinyin(said, strict=False)[0]
            assert "".join(map(sound, said)) == "zhediesan"


def sound(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_draw_gives_the_same_error(language: str) -> None:
    assert draws("air purifier", language, 5) == draws("air purifier", language, 5)
