import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.errors import UnknownEntity
from zhiyin.evaluation import beyond_accuracy
from zhiyin.evaluation.beyond_accuracy import (
    calibration_kl,
    coverage,
    entropy,
    exposure,
    gini,
    intra_list_distance,
    novelty,
    serendipity,
)

counts_of = st.lists(st.integers(0, 50), min_size=1, max_size=20).map(np.array)
seeds = st.integers(0, 2**32 - 1)


def csr(rows):
    return sparse.csr_array(np.array(rows, np.float32))


def random_lists(rng, m, k, n_items):
    """Lists of distinct items, some with gaps, one empty."""
    top = np.argsort(rng.random((m, n_items)), axis=1)[:, :k]
    top[rng.random(top.shape) < 0.2] = -1
    top[0] = -1
    return top


def test_exposure_of_three_lists():
    shown = exposure(np.array([[0, 2], [2, -1], [2, 0]]), 4)
    assert shown.tolist() == [2, 0, 3, 0]
    assert coverage(shown) == 0.5


def test_an_item_outside_the_catalogue_is_refused():
    with pytest.raises(UnknownEntity, match="item number 4"):
        exposure(np.array([[0, 4]]), 4)


def test_gini_and_entropy_at_their_ends():
    alike, one = np.full(8, 3), np.array([0, 0, 5, 0])
    assert gini(alike) == 0
    assert entropy(alike) == 3  # log2 of eight items
    assert gini(one) == 0.75  # 1 - 1 / n: the items never shown count
    assert entropy(one) == 0
    assert entropy(np.array([2, 1, 0, 1])) == 1.5


def test_nothing_shown_has_no_spread():
    for shown in (np.zeros(3, np.int64), np.zeros(0, np.int64)):
        assert np.isnan(gini(shown))
        assert np.isnan(entropy(shown))
    assert coverage(np.zeros(3, np.int64)) == 0
    assert np.isnan(coverage(np.zeros(0, np.int64)))


@settings(deadline=None, max_examples=25)
@given(counts_of)
def test_gini_is_half_the_relative_mean_difference(shown):
    difference = np.abs(shown[:, None] - shown[None, :]).mean()
    expected = difference / (2 * shown.mean()) if shown.any() else np.nan
    assert gini(shown) == pytest.approx(expected, nan_ok=True, abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(counts_of)
def test_entropy_equals_a_loop_and_stays_below_its_maximum(shown):
    shares = [count / shown.sum() for count in shown if count]
    expected = -sum(p * np.log2(p) for p in shares) if shares else np.nan
    assert entropy(shown) == pytest.approx(expected, nan_ok=True, abs=1e-12)
    assert not entropy(shown) > np.log2(shown.size) + 1e-12


def test_novelty_by_hand():
    history = csr([[1, 5, 0], [1, 0, 0], [1, 0, 0]])  # had by 3, 1 and 0 of three people
    top = np.array([[0, -1], [1, 2], [0, 1], [-1, -1]])
    assert novelty(top, history).tolist() == pytest.approx([0, 1.5, 0.5, np.nan], nan_ok=True)


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_novelty_equals_a_loop(seed):
    rng = np.random.default_rng(seed)
    top, had = random_lists(rng, 5, 4, 9), rng.random((7, 9)) < 0.4
    for row, value in zip(top, novelty(top, csr(had)), strict=True):
        bits = [-np.log2((had[:, i].sum() + 1) / 8) for i in row if i >= 0]
        assert value == pytest.approx(np.mean(bits) if bits else np.nan, nan_ok=True)


def test_distance_by_hand():
    vectors = np.array([[2.0, 0.0], [5.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, 0.0]])
    top = np.array([[0, 1, -1], [0, 2, -1], [0, 3, -1], [0, 1, 2]])
    for form in (vectors, vectors.astype(np.float32), csr(vectors)):
        assert intra_list_distance(top, form).tolist() == pytest.approx([0, 1, 2, 2 / 3])


def test_a_list_without_two_items_to_compare_has_no_distance():
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    top = np.array([[0, -1, -1], [-1, -1, -1], [0, 2, -1], [0, 1, 2]])  # item 2 has no content
    for form in (vectors, csr(vectors)):
        assert intra_list_distance(top, form).tolist() == pytest.approx(
            [np.nan, np.nan, np.nan, 1], nan_ok=True
        )
        assert np.isnan(intra_list_distance(np.full((2, 3), -1), form)).all()


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_distance_equals_a_loop_over_pairs(seed):
    rng = np.random.default_rng(seed)
    top = random_lists(rng, 6, 5, 12)
    vectors = rng.normal(size=(12, 4)) * (rng.random((12, 4)) < 0.5)
    expected = []
    for row in top:
        units = [v / np.linalg.norm(v) for v in vectors[row[row >= 0]] if v.any()]
        pairs = [1 - a @ b for place, a in enumerate(units) for b in units[:place]]
        expected.append(np.mean(pairs) if pairs else np.nan)
    for form in (vectors, sparse.csr_array(vectors), sparse.csr_matrix(vectors)):
        assert intra_list_distance(top, form).tolist() == pytest.approx(
            expected, nan_ok=True, abs=1e-12
        )


def test_serendipity_by_hand():
    top = np.array([[0, 1, 2, 3], [0, 1, -1, -1], [0, 1, 2, 3]])
    relevant = csr([[1, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]])
    expected = np.array([[1, 3], [-1, -1], [0, 1]])  # of 0, 1, 2 the list's 1 was expected
    assert serendipity(top, relevant, expected).tolist() == pytest.approx(
        [2 / 4, 2 / 4, np.nan], nan_ok=True
    )


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_serendipity_equals_sets(seed):
    rng = np.random.default_rng(seed)
    top, expected = random_lists(rng, 6, 4, 8), random_lists(rng, 6, 3, 8)[::-1]
    relevant = rng.random((6, 8)) < 0.4
    answer = serendipity(top, csr(relevant), expected)
    for row in range(6):
        wanted = set(np.flatnonzero(relevant[row]).tolist())
        surprise = (set(top[row].tolist()) & wanted) - set(expected[row].tolist())
        assert answer[row] == pytest.approx(len(surprise) / 4 if wanted else np.nan, nan_ok=True)


def test_calibration_by_hand():
    categories = csr([[1, 0], [0, 1], [1, 1], [0, 0]])
    history = csr([[3, 1, 0, 9]] * 4)  # three quarters, one quarter; item 3 has no category
    top = np.array([[0, -1], [2, 3], [0, 2], [1, 3]])
    half = 0.75 * np.log(0.75 / 0.5025) + 0.25 * np.log(0.25 / 0.4975)
    other = 0.75 * np.log(100) + 0.25 * np.log(0.25 / 0.9925)
    one = 0.75 * np.log(0.75 / 0.9975) + 0.25 * np.log(100)
    assert calibration_kl(top, history, categories) == pytest.approx([one, half, 0, other])


def test_calibration_needs_categories_on_both_sides():
    categories = csr([[1, 0], [0, 0]])
    history = csr([[1, 0], [0, 0], [0, 2], [1, 0], [1, 1]])
    top = np.array([[1], [0], [0], [-1], [0]])
    assert np.isnan(calibration_kl(top, history, categories)).tolist() == [True] * 4 + [False]


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_calibration_equals_a_loop_over_items(seed):
    rng = np.random.default_rng(seed)
    top = random_lists(rng, 6, 4, 8)
    history = rng.integers(0, 4, (6, 8)) * (rng.random((6, 8)) < 0.5)
    categories = rng.integers(0, 3, (8, 3)) * (rng.random((8, 3)) < 0.5)
    answer = calibration_kl(top, csr(history), csr(categories))
    for row in range(6):
        p, q = np.zeros(3), np.zeros(3)
        for item in np.flatnonzero(categories.sum(axis=1)):
            spread = categories[item] / categories[item].sum()
            p += history[row, item] * spread
            q += (item in top[row]) * spread
        if not p.any() or not q.any():
            assert np.isnan(answer[row])
            continue
        p, q = p / p.sum(), q / q.sum()
        terms = [a * np.log(a / (0.99 * b + 0.01 * a)) for a, b in zip(p, q, strict=True) if a > 0]
        assert answer[row] == pytest.approx(sum(terms), abs=1e-12)
        assert 0 <= answer[row] <= np.log(100) + 1e-12


def test_batches_do_not_change_the_answer(monkeypatch):
    rng = np.random.default_rng(3)
    top, vectors = random_lists(rng, 30, 5, 20), rng.random((20, 6))
    history, categories = csr(rng.random((30, 20)) < 0.3), csr(rng.random((20, 4)) < 0.4)

    def answers():
        return [
            intra_list_distance(top, vectors),
            intra_list_distance(top, sparse.csr_array(vectors)),
            calibration_kl(top, history, categories),
        ]

    whole = answers()
    monkeypatch.setattr(beyond_accuracy, "_CELLS", 70)
    for expected, answer in zip(whole, answers(), strict=True):
        np.testing.assert_allclose(answer, expected, rtol=1e-12)


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_exposure_and_coverage_equal_counting_lists(seed):
    top = random_lists(np.random.default_rng(seed), 6, 4, 12)
    shown = [sum(item in row for row in top.tolist()) for item in range(12)]
    assert exposure(top, 12).tolist() == shown
    assert coverage(exposure(top, 12)) == sum(n > 0 for n in shown) / 12
