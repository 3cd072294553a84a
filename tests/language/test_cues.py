"""Cues of praise and blame by rules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language import ngrams
from zhiyin.language.ngrams import units_of
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.cues import CUES, Words, cues

ANY = st.text(st.characters(codec=None), max_size=40) | st.text("不很好差但是贵,。 👍", max_size=20)


def cue(text, name):
    return float(cues([fold(text)])[0, CUES.index(name)])


def found(words, text):
    """Return the words that are found in a text, in order."""
    matches = Words(words).found(next(units_of([text])))
    assert (matches.end > matches.start).all()
    return [words[word] for word in matches.word]


def test_the_longest_word_wins():
    assert found(["bad", "not bad"], "not bad at all, bad") == ["not bad", "bad"]
    assert found(["好", "好评", "评"], "好评好") == ["好评", "好"]


def test_words_are_whole_in_english():
    assert found(["art"], "party art") == ["art"]


def test_repeated_words_are_all_found():
    assert found(["哈哈"], "哈哈哈哈哈") == ["哈哈", "哈哈"]
    assert found(["甲乙", "乙丙", "丙丁"], "甲乙丙丁") == ["甲乙", "丙丁"]


def test_no_words_and_no_hits_are_nothing():
    assert found([], "tea") == []
    assert found(["", "!!!"], "tea") == []


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("好", 0.6),
        ("good", 0.6),
        ("差", -0.8),
        ("good and bad", -0.1),
        ("茶叶", 0),
        ("the tea", 0),
        ("不错", 0.6),
        ("質量好", 0.6),
    ],
)
def test_a_word_counts_with_its_strength(text, mean):
    assert cue(text, "mean") == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("not nice", -0.48),
        ("it is not a nice one", -0.48),
        ("没有惊喜", -0.64),
        ("没有失望", 0.64),
        ("not bad", 0.3),  # an entry of its own
        ("not not nice", 0.6),
    ],
)
def test_a_negator_turns_a_word(text, mean):
    assert cue(text, "mean") == pytest.approx(mean, abs=1e-4)


def test_a_negator_works_within_its_clause_and_not_far():
    assert cue("i did not, good", "mean") == pytest.approx(0.6, abs=1e-4)
    assert cue("没收到。好", "mean") == pytest.approx(0.6, abs=1e-4)
    assert cue("not the one that she said was good", "mean") == pytest.approx(0.6, abs=1e-4)


def test_an_intensifier_is_no_negation_and_raises():
    assert cue("非常好", "mean") == pytest.approx(0.6 * 1.3, abs=1e-4)
    assert cue("very good", "mean") == pytest.approx(0.6 * 1.3, abs=1e-4)
    assert cue("有点失望", "mean") == pytest.approx(-0.8 * 0.6, abs=1e-4)
    assert cue("really not nice", "mean") == pytest.approx(-0.48 * 1.3, abs=1e-4)


def test_praise_and_blame_are_kept_apart():
    assert cue("good but expensive", "sum") == pytest.approx(0, abs=1e-6)
    assert cue("good but expensive", "praise") == pytest.approx(np.tanh(0.3), abs=1e-4)
    assert cue("good but expensive", "blame") == pytest.approx(-np.tanh(0.3), abs=1e-4)


def test_what_stands_after_a_contrast_counts_on_its_own():
    assert cue("质量好,但是差", "after contrast") == pytest.approx(-np.tanh(0.8), abs=1e-4)
    assert cue("bad but good", "after contrast") == pytest.approx(np.tanh(0.6), abs=1e-4)
    assert cue("差", "after contrast") == 0
    assert cue("bad but good but bad", "after contrast") == pytest.approx(-np.tanh(0.8), abs=1e-4)


@pytest.mark.parametrize("end", ["", "。", "!", "...", " ", ",👍"])
def test_the_last_clause_counts_on_its_own_whatever_ends_it(end):
    wanted = 0 if end == ",👍" else -np.tanh(0.8)
    assert cue(f"质量好,物流差{end}", "last clause") == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "sign"), [("👍", 1), ("👍🏽", 1), ("[哈哈]", 1), (":)", 1), ("😭", -1), ("[怒]", -1)]
)
def test_signs_of_moods_count(text, sign):
    assert cue(text, "signs") * sign > 0.3
    assert cue(text, "sum") == 0


@pytest.mark.parametrize("text", ["大家", "差不多", "安全感", "美国", "hard drive", "high school"])
def test_a_word_that_holds_another_by_chance_says_nothing(text):
    assert not cues([text]).any()


def test_no_texts_are_no_rows():
    assert cues([]).shape == (0, len(CUES))


@settings(deadline=None, max_examples=50)
@given(st.lists(ANY, max_size=8))
def test_a_batch_of_several_parts_is_read_as_its_texts_one_by_one(texts):
    folded = [fold(text) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams, "_MAX_CHARACTERS", 20)
        together = cues(folded)
    assert together.shape == (len(texts), len(CUES))
    assert together.dtype == np.float32
    assert np.isfinite(together).all()
    for row, text in zip(together, folded, strict=True):
        np.testing.assert_allclose(row, cues([text])[0], atol=1e-6)


@pytest.mark.parametrize("piece", ["好", "not good. ", "哈哈", "但是", "👍", "\x00", "x"])
def test_a_long_text_stays_finite(piece):
    assert np.isfinite(cues([fold(piece * (100_000 // len(piece)))])).all()
