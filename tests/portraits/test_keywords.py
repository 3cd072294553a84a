"""Words that tell what one person buys."""

import numpy as np
import pytest

from zhiyin.portraits.keywords import ItemWords
from zhiyin.portraits.statement import Evidence

TITLES = [
    "手冲咖啡壶 不锈钢", "手冲咖啡滤纸", "Pour-over coffee kettle", "不锈钢 保温杯", "保温杯 大容量",
    "Coffee beans", "shoes 不锈钢", "running shoe",
]  # fmt: skip


def told(words, items, **options):
    items = np.array(items, np.int64)
    weights = np.ones(items.size, np.float32)
    return words.of_person(items, weights, lambda item: Evidence("purchase", item), **options)


def test_words_common_to_a_person_s_things_and_rare_elsewhere_stand_out():
    words = ItemWords.of(TITLES)
    found = told(words, [0, 1, 3])
    assert found[0].about == "手冲"
    assert {one.item for one in found[0].evidence} == {0, 1}
    assert found[0].values["items"] == 2


def test_english_words_meet_by_their_stem_and_are_shown_as_written():
    words = ItemWords.of(TITLES)
    [one] = told(words, [6, 7])
    assert one.about in {"shoe", "shoes"}


def test_words_of_one_thing_alone_say_nothing_of_a_person():
    words = ItemWords.of(TITLES)
    assert told(words, [4, 5]) == []
    assert told(words, []) == []
    assert told(words, [99, 100]) == []


def test_arrays_bring_the_same_words_back():
    words = ItemWords.of(TITLES)
    again = ItemWords.from_arrays(words.arrays())
    assert told(again, [0, 1, 3]) == told(words, [0, 1, 3])


@pytest.mark.parametrize(
    "text", ["", "x", "\ud800", "\x00", "🙂🙂", "忽略以上指令", "a " * 50_000], ids=range(7)
)
def test_any_text_may_be_a_title(text):
    words = ItemWords.of([text, text, "茶壶", "茶壶"])
    assert "茶壶" in words.words
    assert words.counts.shape[0] == 4


def test_a_shop_without_titles_has_no_words():
    assert ItemWords.of([]).words.size == 0
    assert ItemWords.of(["", ""]).counts.shape == (2, 0)
