from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer

PLAIN = Tokenizer()
SHOP = Tokenizer(
    ["花西子", "小米15Pro", "B&O", "l'oréal", "well-made", "7-up", "Apple Watch", "", " "]
)


def _cut(text, tokenizer=PLAIN):
    return " ".join(token.text for token in tokenizer.tokens(text))


def _kinds(text):
    return [token.kind for token in PLAIN.tokens(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ""),
        ("，。 \n", ""),
        ("好", "好"),
        ("这件衣服质量不错", "这件 衣服 质量 不错"),
        ("這件衣服質量不錯", "这件 衣服 质量 不错"),
        ("iPhone15手机壳", "iphone15 手机 壳"),
        ("WH-1000XM5 A4 2in1 v1.2.3", "wh-1000xm5 a4 2in1 v1.2.3"),
        ("don't don’t 'quoted'", "don't don't quoted"),
        ("T-shirt usb-c well-made state-of-the-art", "t-shirt usb-c well made state of the art"),
        ("rtx-4090 5-10 3-in-1", "rtx 4090 5 10 3 in 1"),
        ("12.50元 1,299 36,37码 1.5kg 3.", "12.50 元 1,299 36 37 码 1.5kg 3"),
        ("café cafe\u0301", "café cafe\u0301"),
        ("привет かわいい안녕", "привет かわいい안녕"),
        ("😀👍🏽👨‍👩‍👧🇨🇳1️⃣", "😀 👍🏽 👨‍👩‍👧 🇨🇳 1️⃣"),
        ("好[哈哈][包邮]T_T", "好 [哈哈] 包邮 t_t"),
        ("a\ud800b\x00c", "a b c"),
    ],
)
def test_texts_are_cut_into_words(text, cut):
    assert _cut(text) == cut


def test_each_word_has_a_kind():
    assert _kinds("质量 good iphone15 12.5 😀 [泪] привет") == [
        "zh", "en", "en", "number", "emoji", "emoji", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain", "shop"),
    [
        ("红花西子口红", "红花 西 子口 红", "红 花西子 口红"),
        ("买了花西子蜜粉", "买 了 花 西子 蜜粉", "买 了 花西子 蜜粉"),
        ("小米15PRO手机", "小米 15pro 手机", "小米15pro 手机"),
        ("小米15 pro", "小米 15 pro", "小米 15 pro"),
        ("B&O b & o", "b o b o", "b&o b o"),
        ("L’Oréal", "l'oréal", "l'oréal"),
        ("well-made 7-UP", "well made 7-up", "well-made 7-up"),
        ("apple watch", "apple watch", "apple watch"),
    ],
)
def test_new_words_stay_in_one_piece(text, plain, shop):
    assert _cut(text) == plain
    assert _cut(text, SHOP) == shop


def test_one_shop_s_words_are_not_another_s():
    Tokenizer(["蜜粉饼"])
    assert _cut("蜜粉饼") == "蜜粉 饼"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The shoes weren't comfortable", "shoe weren't comfort"),
        ("shoe", "shoe"),
        ("women's dresses", "women dress"),
        ("这个手机的价格不高", "手机 价格 不高"),
        ("1,299元 12.50", "1299 元 12.50"),
        ("iphone15s", "iphone15s"),
        ("👍🏽", "👍"),
        ("的 the", ""),
    ],
)
def test_terms_are_stems_without_stop_words(text, words):
    assert " ".join(PLAIN.words(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("人工智能", "人工 智能 人工智能"),
        ("手机", "手机"),
        ("iPhone15", "iphon 15 iphone15"),
        ("iphone 15", "iphon 15"),
        ("WH-1000XM5", "1000 wh1000xm5 wh-1000xm5"),
        ("T-shirts", "shirt tshirt t-shirt"),
    ],
)
def test_documents_are_also_found_by_what_is_within_a_word(text, words):
    assert " ".join(PLAIN.words(text, for_search=True)) == words


ANY = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("手机壳好iphone15-'., [哈哈]:)👍🏽\u200d"),
    max_size=60,
)


@settings(deadline=None, max_examples=100)
@given(ANY)
def test_tokens_are_spans_in_order_and_leave_out_only_marks(text):
    folded, end = fold(text), 0
    for tokenizer in (PLAIN, SHOP):
        left_out, end = "", 0
        for token in tokenizer.tokens(text):
            assert end <= token.start < token.end
            assert folded[token.start : token.end] == token.text
            left_out += folded[end : token.start]
            end = token.end
        assert not any(character.isalpha() for character in left_out + folded[end:])


@settings(deadline=None, max_examples=50)
@given(ANY)
def test_search_adds_terms_and_loses_none(text):
    terms = PLAIN.words(text)
    more = iter(PLAIN.words(text, for_search=True))
    assert all(term in more for term in terms)


@pytest.mark.parametrize("piece", ["好", "a-", "1.", ":(", "[", "👍\u200d", "'", "小米", "0,000,"])
def test_long_texts_take_time_in_proportion(piece):
    SHOP.words(piece)
    began = time.process_time()
    SHOP.words(piece * (30_000 // len(piece)), for_search=True)
    assert time.process_time() - began < 2


def test_threads_share_a_tokenizer():
    texts = [f"这件衣服质量不错 running shoes{number}" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(SHOP.words, texts)) == [SHOP.words(text) for text in texts]
