"""Weighted n-grams: rows to learn from, and the same scores without rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language import ngrams
from zhiyin.language.sentiment.features import Grams

BITS = 12
TEXT = st.text("好差茶 abc!'\ud800\x07👍", max_size=30)
ROWS = st.lists(st.tuples(TEXT, st.sampled_from(["", "tea", "冰", "其他"])), max_size=8)


def test_an_n_gram_weighs_by_how_few_texts_have_it():
    weights = Grams.fitted(["a a", "b"], bits=16, least=1).weights
    values, n = np.unique(weights[weights > 0].round(4), return_counts=True)
    assert values.tolist() == pytest.approx([1, 1 + np.log(3 / 2)], abs=1e-3)
    # Both texts have the two marks; "a a" has 1 + 3 + 2 + 1 others of 1 to 4 units, "b" 1 + 2 + 1.
    assert n.tolist() == [2, 11]


def test_rare_n_grams_are_left_out():
    weights = Grams.fitted(["tea", "tea", "ice"], bits=16, least=2).weights
    # tea, the two marks, tea with either mark and with both.
    assert np.count_nonzero(weights) == 6


def test_a_row_in_which_nothing_is_repeated_has_length_one():
    grams = Grams.fitted(["好茶", "good tea"], bits=16, least=1)
    rows = grams.rows(["好茶", "good tea", "好"])
    assert np.sqrt(rows.multiply(rows).sum(axis=1)) == pytest.approx([1, 1, 1], abs=1e-5)
    assert rows.dtype == np.float32


def test_a_text_of_unknown_n_grams_has_an_empty_row():
    grams = Grams(np.zeros(1 << BITS, np.float32), BITS)
    assert grams.rows(["tea", ""]).nnz == 0 or not grams.rows(["tea", ""]).data.any()
    assert grams.scores(["tea"], np.ones(1 << BITS, np.float32)).tolist() == [0]


def test_no_texts_are_no_rows():
    grams = Grams.fitted(["tea"], bits=BITS, least=1)
    weights = np.ones(2 << BITS, np.float32)
    assert grams.rows([]).shape == (0, 1 << BITS)
    assert grams.rows([], []).shape == (0, 2 << BITS)
    assert grams.scores([], weights).shape == (0,)
    assert grams.scores([], weights, []).shape == (0,)


def test_narrowed_rows_are_those_of_who_never_heard_of_the_others():
    texts = ["hot tea is good good", "ice tea bad", "tea good"]
    asked = ["unknown good words here tea tea", "nothing at all", "tea good"]
    both = Grams.fitted([*texts, *asked], bits=BITS, least=1)
    heard = np.bincount(both.rows(texts).indices, minlength=1 << BITS) > 0
    alone = Grams(np.where(heard, both.weights, 0).astype(np.float32), BITS)
    narrowed = both.narrowed(both.rows(asked), heard)
    np.testing.assert_allclose(narrowed.toarray(), alone.rows(asked).toarray(), atol=1e-6)


def test_a_group_has_columns_of_its_own_beside_those_of_all():
    grams = Grams.fitted(["hot tea"], bits=16, least=1)
    rows = grams.rows(["hot tea"] * 3, ["tea", "ice", ""])
    shared, grouped = rows[:, : 1 << 16], rows[:, 1 << 16 :]
    assert (shared[[0]] != shared[[1]]).nnz == 0
    assert grouped[[0]].multiply(grouped[[1]]).nnz == 0
    assert grouped[[0]].sum() == pytest.approx(grams.own * shared[[0]].sum(), abs=1e-5)
    assert not grouped[[2]].data.any()


@settings(deadline=None, max_examples=25)
@given(ROWS, st.booleans(), st.integers(0, 1000))
def test_scores_are_the_rows_times_the_weights(rows, is_grouped, seed):
    texts, names = [text for text, _ in rows], [name for _, name in rows]
    groups = names if is_grouped else None
    grams = Grams.fitted([*texts, "好茶", "bad tea"], bits=BITS, least=1)
    weights = np.random.default_rng(seed).normal(size=2 << BITS).astype(np.float32)
    weights = weights if is_grouped else weights[: 1 << BITS]
    wanted = grams.rows(texts, groups) @ weights
    np.testing.assert_allclose(grams.scores(texts, weights, groups), wanted, atol=1e-4)


@settings(deadline=None, max_examples=25)
@given(ROWS)
def test_a_batch_of_several_parts_is_scored_as_its_texts_one_by_one(rows):
    texts, groups = [text for text, _ in rows], [name for _, name in rows]
    grams = Grams.fitted([*texts, "好茶", "bad tea"], bits=BITS, least=1)
    weights = np.random.default_rng(0).normal(size=2 << BITS).astype(np.float32)
    alone = [grams.scores([text], weights, [group])[0] for text, group in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams, "_MAX_CHARACTERS", 20)
        np.testing.assert_allclose(grams.scores(texts, weights, groups), alone, atol=1e-4)
        again = Grams.fitted([*texts, "好茶", "bad tea"], bits=BITS, least=1)
    np.testing.assert_array_equal(again.weights, grams.weights)
