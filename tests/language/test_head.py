"""Polarity learned from labelled texts."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.language.sentiment.head import PolarityHead, learned_head

BITS = 12
ANY = st.text(st.characters(codec=None), max_size=40)
# None of these words is a cue, so what they mean can only be learned.
SAID = {1: "blorp 甲乙 wim", 0: "middling 丙丁 sose", -1: "zugg 戊己 drok"}
FILLER = ["the", "tea", "cup", "茶", "杯", "of", "this", "我们", "and", "my", "的", "box"]


def reviews(n, seed, classes=(-1, 1)):
    """Return texts with words that tell their label, and the labels."""
    rng = np.random.default_rng(seed)
    labels = rng.choice(classes, n)
    texts = []
    for label in labels:
        words = [*rng.choice(FILLER, 5), rng.choice(SAID[int(label)].split())]
        texts.append(" ".join(rng.permutation(words)))
    return texts, labels


def told(head, texts, *more):
    return head.probabilities(texts, *more).argmax(axis=1) - 1


@pytest.fixture(scope="module")
def head():
    return learned_head(*reviews(200, 0), bits=BITS)


def test_words_are_learned_in_both_languages(head):
    assert told(head, ["the blorp tea", "这个甲乙", "a zugg cup", "茶戊己"]).tolist() == [
        1,
        1,
        -1,
        -1,
    ]
    texts, labels = reviews(200, 1)
    assert (told(head, texts) == labels).mean() > 0.95


def test_cues_judge_where_no_word_is_known(head):
    labels = np.array([1, -1] * 10)
    by_cues = learned_head([f"good {i}" if i % 2 == 0 else f"bad {i}" for i in range(20)], labels, bits=BITS)  # fmt: skip
    assert told(by_cues, ["完美", "垃圾"]).tolist() == [1, -1]


def test_four_texts_are_enough_to_learn_from():
    head = learned_head(["好茶", "坏茶", "好杯", "坏杯"], np.array([1, -1, 1, -1]), bits=BITS)
    good, bad = head.probabilities(["好", "坏"])[:, 2]
    assert good > bad


@pytest.mark.parametrize("labels", [[1, 1, 1, 1], [-1, -1, -1, 1], [0, 0, 0, 0], []])
def test_one_class_alone_cannot_be_learned_from(labels):
    with pytest.raises(DataError, match="two negative and two positive texts"):
        learned_head(["tea"] * len(labels), np.array(labels, int), bits=BITS)


def test_shuffled_labels_teach_nothing():
    texts, labels = reviews(400, 0)
    shuffled = np.random.default_rng(1).permutation(labels)
    asked, right = reviews(400, 2)
    found = told(learned_head(texts, shuffled, bits=BITS), asked)
    assert 0.35 < (found == right).mean() < 0.65


def test_the_same_texts_and_seed_teach_the_same():
    texts, labels = reviews(60, 0)
    one, two = (learned_head(texts, labels, bits=BITS, seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.probabilities(texts), two.probabilities(texts))


def test_chances_are_what_comes_of_them():
    rng = np.random.default_rng(0)
    share = {"aa": 0.1, "bb": 0.3, "cc": 0.5, "dd": 0.7, "ee": 0.9}
    words = rng.choice(list(share), 3000).tolist()
    labels = np.where(rng.random(3000) < [share[word] for word in words], 1, -1)
    found = learned_head(words, labels, bits=BITS).probabilities(list(share))
    chance = found[:, 2] / (found[:, 0] + found[:, 2])
    assert (np.diff(chance) > 0.05).all()
    assert np.abs(chance - list(share.values())).mean() < 0.06


def test_neutral_texts_set_the_band_between():
    texts, labels = reviews(400, 0, classes=(-1, 0, 1))
    # What is praised and blamed at once lies between.
    texts = [f"{text} blorp zugg" if label == 0 else text for text, label in zip(texts, labels, strict=True)]  # fmt: skip
    banded = learned_head(texts, labels, bits=BITS)
    plain = learned_head(
        [text for text, label in zip(texts, labels, strict=True) if label], labels[labels != 0], bits=BITS
    )  # fmt: skip
    asked = ["blorp zugg tea", "blorp tea", "zugg tea"]
    assert told(banded, asked).tolist() == [0, 1, -1]
    band, usual = banded.abroad.plain, plain.abroad.plain
    assert band.high - band.low > usual.high - usual.low == pytest.approx(1)
    assert banded.probabilities(asked)[0, 1] > plain.probabilities(asked)[0, 1]


def test_a_word_means_another_thing_in_another_group():
    rng = np.random.default_rng(0)
    groups = rng.choice(["tea", "ice"], 200).tolist()
    warmth = rng.choice(["hot", "cold"], 200)
    labels = np.where((warmth == "hot") == (np.array(groups) == "tea"), 1, -1)
    texts = [f"{rng.choice(FILLER)} {word} {rng.choice(FILLER)}" for word in warmth]
    head = learned_head(texts, labels, groups, bits=18)
    asked = ["it is hot", "it is hot", "it is cold", "it is cold"]
    found = told(head, asked, ["tea", "ice", "tea", "ice"])
    assert found.tolist() == [1, -1, -1, 1]
    np.testing.assert_allclose(
        head.probabilities(asked, ["", "unheard of", "", ""]), head.probabilities(asked), atol=1e-5
    )
    kept = PolarityHead.of_arrays(head.arrays())
    assert told(kept, asked, ["tea", "ice", "tea", "ice"]).tolist() == found.tolist()


def test_vectors_judge_where_words_cannot_and_a_row_of_0_is_silent():
    rng = np.random.default_rng(0)
    labels = rng.choice([-1, 1], 200)
    texts = [str(rng.choice(FILLER)) for _ in labels]
    vectors = rng.normal(size=(200, 8)).astype(np.float32)
    vectors[:, 2] += 3 * labels
    vectors[:20] = 0
    head = learned_head(texts, labels, None, vectors, bits=BITS)
    assert (told(head, texts, None, vectors)[20:] == labels[20:]).mean() > 0.9
    silent = head.probabilities(texts, None, np.zeros_like(vectors))
    np.testing.assert_allclose(silent, head.probabilities(texts), atol=1e-6)


def test_vectors_that_are_all_0_change_nothing():
    texts, labels = reviews(100, 0)
    nothing = np.zeros((100, 8), np.float32)
    without = learned_head(texts, labels, bits=BITS).probabilities(texts)
    found = learned_head(texts, labels, None, nothing, bits=BITS).probabilities(
        texts, None, nothing
    )
    np.testing.assert_allclose(found, without, atol=1e-3)


def test_what_was_learned_can_be_kept():
    texts, labels = reviews(200, 0, classes=(-1, 0, 1))
    head = learned_head(texts, labels, bits=BITS)
    kept = PolarityHead.of_arrays(head.arrays())
    asked = [*reviews(100, 1, classes=(-1, 0, 1))[0], "", "完美", "👍"]
    np.testing.assert_allclose(kept.probabilities(asked), head.probabilities(asked), atol=5e-3)
    assert sum(array.nbytes for array in head.arrays().values()) < 8 * (1 << BITS) + 1000


def test_what_is_kept_judges_as_one_who_was_never_given_a_vector():
    texts, labels = reviews(200, 0)
    vectors = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    vectors[:, 0] += 3 * labels
    head = learned_head(texts, labels, None, vectors, bits=BITS)
    without = learned_head(texts, labels, bits=BITS).probabilities(texts)
    for reader in (head, PolarityHead.of_arrays(head.arrays())):
        np.testing.assert_allclose(reader.probabilities(texts), without, atol=5e-3)
    assert (head.probabilities(texts, None, vectors) != without).any()


def test_what_words_are_worth_in_an_unknown_group_is_learned_on_groups_held_out():
    rng = np.random.default_rng(0)
    groups = rng.choice(list("abcdef"), 600).tolist()
    labels = rng.choice([-1, 1], 600)
    # "xu" praises in three groups and blames in three; four in five cues are right everywhere.
    own = [("yu", "xu")[int((label > 0) == (group in "abc"))] for label, group in zip(labels, groups, strict=True)]  # fmt: skip
    cue = [("bad", "good")[int((label > 0) == (rng.random() < 0.8))] for label in labels]
    texts = [f"{word} {sign}" for word, sign in zip(own, cue, strict=True)]
    head = learned_head(texts, labels, groups, bits=BITS)
    assert told(head, ["xu bad", "yu good"], ["a", "a"]).tolist() == [1, -1]
    asked = ["xu bad", "yu good"]
    assert told(head, asked, ["g", ""]).tolist() == [-1, 1]
    found = head.probabilities(["xu good", "yu good"], ["g", "g"])
    np.testing.assert_allclose(found[:, 2], 0.8, atol=0.1)


def test_progress_goes_up_to_the_end():
    heard = []
    learned_head(*reviews(40, 0), bits=BITS, progress=lambda done, n: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_no_texts_have_no_chances(head):
    assert head.probabilities([]).shape == (0, 3)


@settings(deadline=None, max_examples=25)
@given(st.lists(ANY, max_size=6), st.randoms())
def test_chances_are_chances_and_do_not_depend_on_the_other_texts(head, texts, random):
    found = head.probabilities(texts)
    assert found.dtype == np.float32
    assert found.shape == (len(texts), 3)
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    order = random.sample(range(len(texts)), len(texts))
    mixed = head.probabilities([texts[row] for row in order])
    np.testing.assert_allclose(mixed, found[order], atol=1e-5)
    for row, text in zip(found, texts, strict=True):
        np.testing.assert_allclose(head.probabilities([text])[0], row, atol=1e-5)


@pytest.mark.parametrize("piece", ["blorp ", "甲乙", "x", "👍", "\x00", "\ud800", "很好but "])
def test_a_long_text_is_judged_quickly_and_its_chances_stay_chances(head, piece):
    started = time.process_time()
    (found,) = head.probabilities([piece * (100_000 // len(piece))])
    assert time.process_time() - started < 2
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1, abs=1e-5)
