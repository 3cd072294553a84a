"""Counts of hashed n-grams."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language import ngrams
from zhiyin.language.ngrams import (
    hashed_ngrams,
    hashed_word_ngrams,
    rolled,
    unit_columns,
    units_of,
)

ANY = st.text(st.characters(codec=None), max_size=30)


def counts(text, sizes, **options):
    """Return how often each n-gram of a text is there, most often first."""
    return sorted(hashed_ngrams([text], sizes, **options).data.tolist(), reverse=True)


def test_an_n_gram_is_counted_as_often_as_it_is_there():
    assert counts("aba", (1,)) == [2, 1, 1, 1]  # a, b and the two ends
    assert counts("aba", (2,)) == [1, 1, 1, 1]
    assert counts("哈哈哈", (2,)) == [2, 1, 1]
    assert hashed_ngrams(["aba"]).sum() == 5 + 4 + 3


def test_order_matters_from_two_characters_on():
    ones, twos = hashed_ngrams(["ab", "ba"], (1,)), hashed_ngrams(["ab", "ba"], (2,))
    assert (ones[[0]] != ones[[1]]).nnz == 0
    assert (twos[[0]] != twos[[1]]).nnz == 6


def test_no_n_gram_reaches_from_one_text_into_the_next():
    assert hashed_ngrams(["a", "b", ""]).sum(axis=1).tolist() == [6, 6, 3]


def test_no_texts_are_no_rows():
    for found in (hashed_ngrams([], bits=8), hashed_word_ngrams([], bits=8)):
        assert found.shape == (0, 256)
        assert found.dtype == np.float32


def test_words_are_counted_by_themselves_and_in_pairs():
    found = hashed_word_ngrams([["好", "茶", "好"], [], ["ab", "c"], ["a", "bc"]])
    assert found.sum(axis=1).tolist() == [5, 0, 3, 3]
    assert sorted(found[[0]].data.tolist()) == [1, 1, 1, 2]
    assert found[[2]].multiply(found[[3]]).nnz == 0  # the cut is part of the word


def test_the_same_word_has_the_same_column_in_every_call():
    one, two = hashed_word_ngrams([["x", "tea"]], (1,)), hashed_word_ngrams([["tea"]], (1,))
    assert one.multiply(two).sum() == 1


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("好茶", 2),
        ("好 茶", 2),
        ("good tea", 2),
        ("don't", 1),
        ("wi-fi 6", 4),
        ("café太贵", 3),
        ("👍!", 2),
    ],
)
def test_units_are_words_in_english_and_characters_in_chinese(text, n):
    units = next(units_of([text]))
    assert len(units.hashes) == n + 2  # each text has a mark at either end
    assert units.owner.tolist() == [0] * (n + 2)


def test_units_are_told_apart_by_every_letter():
    long = "a" * 70
    words = ["tea", "eat", "te", "teas", long + "b", long + "c", long]
    hashes = next(units_of([" ".join(words)])).hashes
    assert len(set(hashes.tolist())) == len(words) + 2


def test_a_window_s_number_follows_from_its_units():
    hashes = next(units_of(["a b a b"])).hashes
    numbers = rolled(hashes, 2)
    assert len(numbers) == 5
    assert numbers[1] == numbers[3]  # a b
    assert len(set(numbers.tolist())) == 4


@settings(deadline=None, max_examples=25)
@given(st.lists(ANY, max_size=8), st.sampled_from([4, 12]))
def test_a_batch_of_several_parts_is_counted_as_its_texts_one_by_one(texts, bits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams, "_MAX_CHARACTERS", 20)
        together = hashed_ngrams(texts, bits=bits)
        units = [part[2] for part in unit_columns(texts, (1, 2), bits=bits)]
    assert together.shape == (len(texts), 1 << bits)
    assert sum(units) == len(texts)
    for row, text in enumerate(texts):
        assert (together[[row]] != hashed_ngrams([text], bits=bits)).nnz == 0
        assert together[[row]].sum() == 3 * len(text) + 3


def test_a_long_text_is_counted_whole():
    assert hashed_ngrams(["好tea " * 20_000], (1,)).max() == 20_000
