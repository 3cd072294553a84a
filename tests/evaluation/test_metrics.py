from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from zhiyin.evaluation.metrics import (
    average_precision,
    hit_rate,
    hits,
    ndcg,
    precision,
    ranking_figures,
    recall,
    reciprocal_rank,
    top_k,
)
from zhiyin.evaluation.ranking import rank_all

scores_of = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 12)),
    elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 2.0]),  # many ties
)


def csr(rows):
    return sparse.csr_array(np.array(rows, np.float32))


def test_a_list_of_three_by_hand():
    top = np.array([[4, 0, 2]])
    relevant = csr([[0, 1, 1, 0, 1]])  # items 1, 2, 4
    assert recall(top, relevant)[0] == pytest.approx(2 / 3)
    ideal = 1 + 1 / np.log2(3) + 1 / 2
    assert ndcg(top, relevant)[0] == pytest.approx((1 + 1 / 2) / ideal)
    assert precision(top, relevant)[0] == pytest.approx(2 / 3)
    assert hit_rate(top, relevant)[0] == reciprocal_rank(top, relevant)[0] == 1
    assert average_precision(top, relevant)[0] == pytest.approx((1 + 2 / 3) / 3)


def test_the_first_hit_counts_for_the_reciprocal_rank():
    top, relevant = np.array([[3, 1, 0], [3, 2, -1]]), csr([[1, 1, 0, 0], [1, 1, 0, 0]])
    assert reciprocal_rank(top, relevant).tolist() == [0.5, 0]
    assert hit_rate(top, relevant).tolist() == [1, 0]
    assert average_precision(top, relevant) == pytest.approx([(1 / 2 + 2 / 3) / 2, 0])


def test_a_short_list_has_the_precision_of_one_filled_with_misses():
    assert precision(np.array([[0, -1, -1, -1]]), csr([[1, 0]]))[0] == 0.25


def test_average_precision_counts_relevant_items_beyond_k():
    assert average_precision(np.array([[0, 1]]), csr([[1, 1, 1, 1]]))[0] == 0.5


def test_only_values_above_zero_are_relevant():
    stored = sparse.csr_array(([0.0, -1.0, 2.0], [0, 1, 2], [0, 3]), shape=(1, 3))
    assert hits(np.array([[0, 1, 2]]), stored).tolist() == [[False, False, True]]
    assert recall(np.array([[2]]), stored).tolist() == [1]


def test_all_figures_at_once_name_their_k():
    figures = ranking_figures(np.array([[1, 0], [0, 1]]), csr([[1, 0], [0, 0]]))
    assert {name: values[0] for name, values in figures.items()} == {
        "recall@2": 1,
        "precision@2": 0.5,
        "hit_rate@2": 1,
        "ndcg@2": pytest.approx(1 / np.log2(3)),
        "mrr@2": 0.5,
        "map@2": 0.5,
    }
    assert all(np.isnan(values[1]) for values in figures.values())


def test_lists_of_nobody_and_lists_of_nothing():
    assert recall(np.empty((0, 3), np.int64), csr(np.empty((0, 4)))).shape == (0,)
    figures = ranking_figures(np.full((1, 2), -1), csr([[1, 0]]))
    assert all(values.tolist() == [0] for values in figures.values())


def test_the_ideal_list_is_no_longer_than_k_but_recall_counts_everything():
    top, relevant = np.array([[1]]), csr([[1, 1, 1]])
    assert ndcg(top, relevant)[0] == 1
    assert recall(top, relevant)[0] == pytest.approx(1 / 3)


def test_nobody_is_judged_without_something_relevant():
    top, relevant = np.array([[0, 1], [0, -1]]), csr([[0, 0], [1, 0]])
    assert np.isnan(recall(top, relevant)).tolist() == [True, False]
    assert np.isnan(ndcg(top, relevant)).tolist() == [True, False]
    assert recall(top, relevant)[1] == ndcg(top, relevant)[1] == 1


def test_no_item_is_never_a_hit():
    # -1 in the second row must not be read as the last item of the first.
    assert recall(np.array([[0], [-1]]), csr([[0, 1], [1, 0]])).tolist() == [0, 0]


def test_ties_go_to_the_lower_number_and_minus_infinity_never_enters():
    scores = np.array([[1, 3, 1, 1], [-np.inf, 0, -np.inf, -np.inf]], np.float32)
    assert top_k(scores, 3).tolist() == [[1, 0, 2], [1, -1, -1]]
    assert top_k(scores, 6).tolist()[0] == [1, 0, 2, 3, -1, -1]
    assert top_k(np.empty((2, 0), np.float32), 2).tolist() == [[-1, -1], [-1, -1]]


@settings(deadline=None, max_examples=25)
@given(scores_of, st.integers(1, 14))
def test_top_k_is_the_beginning_of_a_stable_sort(scores, k):
    expected = np.full((len(scores), k), -1)
    for row, values in enumerate(scores):
        best = [i for i in np.argsort(-values, kind="stable") if values[i] > -np.inf][:k]
        expected[row, : len(best)] = best
    assert top_k(scores, k).tolist() == expected.tolist()
    assert top_k(np.asfortranarray(scores), k).tolist() == expected.tolist()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.sampled_from([1, 3, 40]))
def test_in_wide_rows_equal_scores_go_by_the_order_that_is_given(seed, k, values):
    rng = np.random.default_rng(seed)
    scores = rng.integers(-1, values, (5, 700)).astype(np.float32)
    scores[scores < 0] = -np.inf
    scores[0, 5:] = -np.inf
    order = rng.permutation(700)
    rank = np.argsort(order)
    for given_order, key in ((None, np.arange(700)), (order, rank)):
        expected = np.full((5, k), -1)
        for row, one in enumerate(scores):
            best = [i for i in np.lexsort((key, -one)) if one[i] > -np.inf][:k]
            expected[row, : len(best)] = best
        assert top_k(scores, k, given_order).tolist() == expected.tolist()


@settings(deadline=None, max_examples=25)
@given(scores_of, st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_full_ranking_equals_a_loop_over_people(scores, k, seed):
    rng = np.random.default_rng(seed)
    m, n = scores.shape
    seen, relevant = rng.random((2, m, n)) < 0.3
    people = rng.permutation(m)
    scores.flags.writeable = False
    figures = rank_all(lambda part: scores[part], people, csr(seen), csr(relevant), k, batch=2)
    for place, person in enumerate(people):
        order = sorted(range(n), key=lambda i: (-scores[person, i], i))
        best = [i for i in order if not seen[person, i] and scores[person, i] > -np.inf][:k]
        gains = [relevant[person, i] / np.log2(p + 2) for p, i in enumerate(best)]
        wanted = int(relevant[person].sum())
        if wanted == 0:
            assert np.isnan(figures[f"recall@{k}"][place])
            continue
        ideal = sum(1 / np.log2(p + 2) for p in range(min(k, wanted)))
        assert figures[f"recall@{k}"][place] == pytest.approx(relevant[person, best].sum() / wanted)
        assert figures[f"ndcg@{k}"][place] == pytest.approx(sum(gains) / ideal)


@settings(deadline=None, max_examples=25)
@given(scores_of, st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_each_figure_equals_a_loop_over_places(scores, k, seed):
    relevant = np.random.default_rng(seed).random(scores.shape) < 0.4
    top = top_k(scores, k)
    single = {
        "precision": precision(top, csr(relevant)),
        "hit_rate": hit_rate(top, csr(relevant)),
        "mrr": reciprocal_rank(top, csr(relevant)),
        "map": average_precision(top, csr(relevant)),
        "recall": recall(top, csr(relevant)),
        "ndcg": ndcg(top, csr(relevant)),
    }
    figures = ranking_figures(top, csr(relevant))
    assert set(figures) == {f"{name}@{k}" for name in single}
    for name, values in single.items():
        np.testing.assert_array_equal(figures[f"{name}@{k}"], values)
    for person in np.flatnonzero(relevant.any(axis=1)):
        found, sum_of_precisions, first = 0, 0.0, 0.0
        for place, item in enumerate(top[person], start=1):
            if item >= 0 and relevant[person, item]:
                found += 1
                sum_of_precisions += found / place
                first = first or 1 / place
        assert single["precision"][person] == pytest.approx(found / k)
        assert single["hit_rate"][person] == (found > 0)
        assert single["mrr"][person] == pytest.approx(first)
        assert single["map"][person] == pytest.approx(sum_of_precisions / relevant[person].sum())
