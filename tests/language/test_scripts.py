from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.scripts import fold, guess_language

ANY = st.text(st.characters(exclude_categories=()), max_size=80)
TRADITIONAL = st.text("頭髮乾隆皇后裏麵軟體機這個 A。", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Straße", "straße"),
        ("ＩＰｈｏｎｅ　１５，好！", "iphone 15,好!"),
        ("don’t wh‑1000", "don't wh-1000"),
        ("手機殼", "手机壳"),
        ("頭髮乾了，乾隆皇后在後面", "头发干了,乾隆皇后在后面"),
        ("a\x00b\tc\nd\u200be\ufeff", "a b c d e "),
        ("\ud800手", "\ufffd手"),
        ("½ … ㈱", "½ … ㈱"),
        ("İ", "İ"),
        ("①㎡²", "1㎡2"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_texts_are_folded_one_character_for_one(text, folded):
    assert fold(text) == folded


@settings(deadline=None, max_examples=100)
@given(ANY | TRADITIONAL)
def test_a_span_of_the_folded_text_is_a_span_of_the_text(text):
    folded = fold(text)
    assert len(folded) == len(text)
    folded.encode()
    assert not any(unicodedata.category(character) == "Cc" for character in folded)


@settings(deadline=None, max_examples=100)
@given(ANY | TRADITIONAL)
def test_what_is_folded_stays(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("aＡ你機，1"), max_size=5))
def test_lines_are_folded_alone(texts):
    assert fold("。".join(texts)) == "。".join(map(fold, texts))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("质量很好", "zh"),
        ("這個很好", "zh"),
        ("iPhone 15 Pro Max 手机壳", "zh"),
        ("Great product, 好", "en"),
        ("very good!", "en"),
        ("Élégant", "en"),
        ("とても良い商品です", "other"),
        ("정말 좋아요", "other"),
        ("очень хорошо", "other"),
        ("优の良品", "zh"),
        ("", "other"),
        ("12.5 😀 !!", "other"),
    ],
)
def test_the_letters_tell_the_language(text, language):
    assert guess_language(text) == language
