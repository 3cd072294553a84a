from __future__ import annotations

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language import new_words
from zhiyin.language.new_words import discovered
from zhiyin.language.tokens import Tokenizer

COLOURS = list("红黄蓝白黑绿紫灰")
KINDS = ["口红", "蜜粉", "眉笔", "散粉", "唇膏"]
TITLES = [f"{colour}花西子{kind}" for colour in COLOURS for kind in KINDS]


def test_a_brand_among_many_neighbours_is_a_word():
    assert discovered(TITLES, limit=1) == ["花西子"]


def test_words_of_the_dictionary_are_not_new():
    assert not {"口红", "眉笔", "唇膏"} & set(discovered(TITLES))


def test_a_word_must_occur_often_enough():
    assert discovered(TITLES, least=len(TITLES) + 1) == []


def test_characters_with_one_neighbour_are_part_of_a_longer_word():
    assert not {"花西", "西子"} & set(discovered(TITLES))


def test_characters_that_meet_by_chance_are_no_word():
    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("花西子蜜粉口红眉笔"), 6)) for _ in range(3000)]
    assert discovered(texts) == []


def test_phrases_are_left_out():
    texts = [f"{a}很花{b}" for a in COLOURS for b in KINDS]
    assert "很花" not in discovered(texts)


@pytest.mark.parametrize("clause", ["支持国产", "希望改进", "心里有数", "物流超快", "性价比太低"])
def test_clauses_are_no_words(clause):
    assert clause not in discovered([f"{a}{clause}{b}" for a in COLOURS for b in KINDS])


@pytest.mark.parametrize("texts", [[], [""], ["abc 123", "!"], ["好"], ["好" * 3], ["\ud800\x00"]])
def test_where_nothing_is_there_nothing_is_found(texts):
    assert discovered(texts) == []


def test_only_so_much_is_read(monkeypatch):
    monkeypatch.setattr(new_words, "MOST_CHARACTERS", 1)
    assert discovered(TITLES) == []


@settings(deadline=None, max_examples=10)
@given(st.permutations(TITLES))
def test_order_does_not_matter(titles):
    assert discovered(titles) == discovered(TITLES)


def test_the_tokenizer_keeps_what_was_found():
    tokenizer = Tokenizer(discovered(TITLES, limit=1))
    for title in TITLES:
        assert "花西子" in [token.text for token in tokenizer.tokens(title)]


@pytest.mark.slow
def test_new_words_of_real_queries_are_words(shared_data):
    with gzip.open(
        shared_data / "chinese_product_queries" / "queries.tsv.gz", "rt", encoding="utf8"
    ) as file:
        queries = [row["query"] for row in csv.DictReader(file, delimiter="\t")]
    found = discovered(queries)
    assert {"破壁机", "空气炸锅", "玻尿酸", "马丁靴", "行车记录仪"} <= set(found)
    assert {"的", "很", "多少"}.isdisjoint("".join(found))
