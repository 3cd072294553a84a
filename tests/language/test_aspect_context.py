"""What stands around an aspect: its clause, its n-grams, what lexicon and prior find there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.language.aspects.clauses import clauses
from zhiyin.language.aspects.context import (
    LEXICON,
    Context,
    clause_at,
    context_columns,
    lexicon_rows,
)
from zhiyin.language.aspects.polarity import POLARITIES, AspectHead
from zhiyin.language.aspects.prior import BITS, VIEWS, prior_rows, text_rows
from zhiyin.language.aspects.units import code_of, mixed, units
from zhiyin.language.scripts import fold

TEXTS = st.text(alphabet="质量屏幕好差不太,。 ?but good\n\x00\ud83d👍", max_size=40)


@pytest.mark.parametrize(
    ("before", "aspect", "after", "clause"),
    [
        ("质量不错但是", "屏幕", "太暗,客服好", "但是屏幕太暗"),
        ("", "质量", "不错但是屏幕太暗", "质量不错"),
        ("the ", "screen", " is nice but the battery died", "the screen is nice "),
        ("the screen is nice but the ", "battery", " died.", "but the battery died"),
        ("", "", "", ""),
    ],
)
def test_the_clause_of_an_aspect_ends_at_marks_and_before_contrast(before, aspect, after, clause):
    context = Context(before, aspect, after)
    found = clause_at(context)
    assert context.text[found.start : found.end] == clause


def test_rows_of_a_context_do_not_hang_on_the_others():
    contexts = [
        Context("", "屏幕", "很好"),
        Context("", "", ""),
        Context("the ", "fan", " is loud"),
    ]
    for rows in (
        lambda some: context_columns(some, bits=8).toarray(),
        lexicon_rows,
        prior_rows,
        AspectHead.shipped().probabilities,
    ):
        together = rows(contexts)
        apart = np.vstack([rows([one]) for one in contexts])
        assert together == pytest.approx(apart, abs=1e-6)
    assert context_columns([]).shape[0] == len(lexicon_rows([])) == len(prior_rows([])) == 0


def test_n_grams_tell_on_which_side_of_the_aspect_they_stand():
    before, after = context_columns([Context("好", "屏幕", ""), Context("", "屏幕", "好")], bits=12)
    shared = before.toarray().astype(bool) & after.toarray().astype(bool)
    assert 0 < shared.sum() < min(before.nnz, after.nnz)


def test_the_lexicon_sums_what_stands_in_the_clause():
    good, bad, mixed_up = lexicon_rows(
        [
            Context("", "屏幕", "好"),
            Context("", "屏幕", "不好"),
            Context("质量差,", "屏幕", "好"),
        ]
    )
    assert good[0] == pytest.approx(np.tanh(0.6))  # 好 is worth 0.6
    assert bad[0] < 0 < mixed_up[0] == good[0]
    assert mixed_up[20] == pytest.approx(np.tanh(0.6 - 0.8))  # all of the text, 差 too


def test_rows_of_texts_have_length_one_and_the_weights_are_those_of_their_n_grams():
    rows = text_rows(["好", "", "很好"])
    assert np.sqrt(rows.multiply(rows).sum(axis=1)) == pytest.approx([1, 1, 1])
    end, good = 2, code_of("好")
    grams = [(end,), (good,), (end, good), (good, end), (end, good, end)]
    columns = {
        int(mixed(len(gram), *(np.array([code]) for code in gram))[0] >> np.uint64(64 - BITS))
        for gram in grams
    }
    assert set(rows[[0]].indices.tolist()) == columns


def test_the_prior_scores_each_view_of_a_context():
    weights = np.zeros(1 << BITS, np.int8)
    good = int(mixed(1, np.array([code_of("好")]))[0] >> np.uint64(64 - BITS))
    weights[good] = 1
    arrays = {"weights": weights, "spread": np.ones(VIEWS, np.float32)}
    [behind, before] = prior_rows([Context("", "屏幕", "好"), Context("好", "屏幕", "")], arrays)
    # whole, around, behind, before, clause, close behind, close before
    assert (behind > 0).tolist() == [True, True, True, False, True, True, False]
    assert (before > 0).tolist() == [True, True, False, True, True, False, True]


def test_the_shipped_head_has_weights_for_what_is_read():
    head = AspectHead.shipped()
    assert head.weights.shape == (LEXICON + VIEWS, len(POLARITIES))
    chances = head.probabilities([Context("", "屏幕", "非常清晰"), Context("", "屏幕", "模糊")])
    assert chances.sum(axis=1) == pytest.approx([1, 1])
    assert chances.argmax(axis=1).tolist() == [2, 0]


def test_a_head_learns_words_that_no_lexicon_knows():
    contexts = [Context(f"第{n}台", "屏幕", "咕噜" if n % 2 else "哒啦") for n in range(20)]
    labels = np.array([2 if n % 2 else 0 for n in range(20)])
    head = AspectHead.fit(contexts, labels)
    asked = [Context("", "电池", "咕噜"), Context("", "电池", "哒啦")]
    chances = head.probabilities(asked)
    assert chances.argmax(axis=1).tolist() == [2, 0]
    assert (chances[:, 1] == 0).all()  # neutral was never seen
    with pytest.raises(DataError, match="two polarities"):
        AspectHead.fit(contexts, np.zeros(20, np.int64))


def test_forms_are_stems_and_numbers():
    assert [unit.form for unit in units("good's phones, 3.5 寸")] == [
        "good",
        "phone",
        ",",
        "0",
        "寸",
    ]


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None, max_examples=25)
def test_any_context_has_finite_rows(before, aspect, after):
    context = Context(fold(before), fold(aspect), fold(after))
    clause = clause_at(context)
    assert 0 <= clause.start <= clause.end <= len(context.text)
    rows = lexicon_rows([context])
    assert rows.shape == (1, LEXICON)
    assert (np.abs(rows) <= 1).all()
    chances = AspectHead.shipped().probabilities([context])
    assert chances.sum() == pytest.approx(1)


@given(TEXTS)
@settings(deadline=None, max_examples=25)
def test_clauses_are_in_order_apart_and_full(text):
    found = clauses(fold(text))
    behind = 0
    for clause in found:
        assert behind <= clause.start < clause.end <= len(text)
        assert fold(text)[clause.start : clause.end].strip()
        behind = clause.end
