"""Intents learned from examples: against the plain formulas, and what is not in scope."""

import numpy as np
import pytest

from zhiyin.assistant.intents.head import IntentHead, _kept, _left_out, _nearest
from zhiyin.assistant.intents.likeness import Likeness
from zhiyin.errors import DataError

WORDS = {
    "delivery": ["parcel", "courier", "arrive", "shipped"],
    "refund": ["money", "refund", "bank", "reimburse"],
    "account": ["password", "login", "profile", "email"],
}
FILLER = ["please", "can", "you", "tell", "me", "my", "the", "when", "about", "now"]


def said(n, seed=0, words=WORDS):
    """Return n texts of each intent, whose words tell it."""
    rng = np.random.default_rng(seed)
    pairs = [
        (" ".join(rng.permutation([*rng.choice(FILLER, 4), *rng.choice(known, 2)])), name)
        for name, known in words.items()
        for _ in range(n)
    ]
    return [text for text, _ in pairs], [name for _, name in pairs]


def test_what_is_left_out_is_as_if_it_had_never_been_learned_from():
    texts, names = said(40)
    labels = np.unique(names, return_inverse=True)[1]
    kernel = Likeness.fit(texts).own().astype(np.float64)
    wanted = np.eye(3)[labels]
    together = _nearest(kernel, labels)
    inverse = np.linalg.inv(kernel + 0.1 * np.eye(len(kernel)))
    found = _left_out(inverse, wanted, inverse @ wanted, together)
    for row, group in enumerate(together):
        rest = np.setdiff1d(np.arange(len(texts)), group)
        ridge = kernel[np.ix_(rest, rest)] + 0.1 * np.eye(len(rest))
        again = kernel[row, rest] @ np.linalg.solve(ridge, wanted[rest])
        assert found[row] == pytest.approx(again, abs=1e-4)
        assert len(group) == 3
        assert group[0] == row
        assert set(labels[group]) == {labels[row]}


def test_a_head_tells_texts_it_has_not_seen_and_one_of_shuffled_examples_does_not():
    texts, names = said(20)
    asked, wanted = said(20, seed=1)
    head = IntentHead.fit(texts, names)
    told = [head.intents[one] for one in head.scores(asked).argmax(axis=1)]
    assert np.mean(np.array(told) == wanted) > 0.95
    shuffled = IntentHead.fit(texts, list(np.random.default_rng(0).permutation(names)))
    told = [shuffled.intents[one] for one in shuffled.scores(asked).argmax(axis=1)]
    assert np.mean(np.array(told) == wanted) < 0.6


def test_what_is_about_something_else_scores_lower_than_the_threshold():
    head = IntentHead.fit(*said(20))
    strange, _ = said(20, words={"weather": ["rain", "sunny", "cloud", "wind"]})
    within = head.scores(said(20, seed=1)[0]).max(axis=1)
    assert np.mean(within < head.threshold) <= 0.1
    assert np.mean(head.scores(strange).max(axis=1) < head.threshold) > 0.8


def test_vectors_count_where_there_are_some():
    texts, names = said(6)
    labels = np.unique(names, return_inverse=True)[1]
    vectors = np.eye(3, dtype=np.float32)[labels]
    head = IntentHead.fit(texts, names, vectors)
    scores = head.scores(["something quite different"] * 3, np.eye(3, dtype=np.float32))
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_chances_are_calibrated_on_texts_that_were_not_learned_from():
    head = IntentHead.fit(*said(20))
    asked, names = said(40, seed=2)
    labels = np.searchsorted(head.intents, names)
    calm = head.calibrated(
        np.random.default_rng(0).normal(size=(120, 3)).astype(np.float32), labels
    )
    sharp = head.calibrated(head.scores(asked), labels)
    scores = head.scores(asked)
    assert (
        calm.probabilities(scores).max(axis=1).mean()
        < sharp.probabilities(scores).max(axis=1).mean()
    )
    assert sharp.probabilities(scores).sum(axis=1) == pytest.approx(np.ones(120), abs=1e-5)


def test_of_too_many_examples_those_of_frequent_intents_are_left_out_first():
    labels = np.array([0] * 50 + [1] * 5 + [2] * 20)
    assert np.bincount(labels[_kept(labels, 30)]).tolist() == [13, 5, 12]
    assert len(_kept(labels, 100)) == 75


def test_one_intent_is_no_choice():
    with pytest.raises(DataError, match="two intents"):
        IntentHead.fit(["a", "b"], ["x", "x"])


def test_an_intent_with_a_single_example_and_an_empty_text_are_read():
    head = IntentHead.fit(["where is it", "money back", "give money"], ["a", "b", "b"])
    assert np.isfinite(head.scores(["", "🙂", "where"])).all()
