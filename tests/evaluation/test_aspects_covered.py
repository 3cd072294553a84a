from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.evaluation.aspects_covered import alpha_ndcg, subtopic_recall
from zhiyin.evaluation.metrics import ndcg

seeds = st.integers(0, 2**32 - 1)


def csr(rows):
    return sparse.csr_array(np.array(rows, np.float32))


def alpha_dcg(places, wanted, aspects, alpha):
    """The gain of one list as the paper writes it: aspect by aspect, place by place."""
    total, before = 0.0, [0] * aspects.shape[1]
    for place, item in enumerate(places, 1):
        if item < 0 or item not in wanted:
            continue
        for aspect in np.flatnonzero(aspects[item]):
            total += (1 - alpha) ** before[aspect] / np.log2(place + 1)
            before[aspect] += 1
    return total


def greedy(wanted, aspects, k, alpha):
    chosen = []
    while len(chosen) < min(k, len(wanted)):
        left = [item for item in wanted if item not in chosen]

        # What is gained at a place does not hang on its discount: the first with the most.
        def gain(item, chosen=tuple(chosen)):
            return sum(
                (1 - alpha) ** sum(aspects[one, a] > 0 for one in chosen)
                for a in np.flatnonzero(aspects[item])
            )

        chosen.append(max(left, key=gain))
    return chosen


def drawn(seed, aspects_each):
    rng = np.random.default_rng(seed)
    top = np.argsort(rng.random((5, 7)), axis=1)[:, :4]
    top[rng.random(top.shape) < 0.2] = -1
    relevant = rng.random((5, 7)) < 0.5
    if aspects_each == 1:
        aspects = np.eye(3)[rng.integers(3, size=7)]
    else:
        aspects = (rng.random((7, 3)) < 0.5) * rng.integers(1, 4, (7, 3))
    return top, relevant, aspects


def test_a_second_hit_of_an_aspect_gains_half():
    aspects = csr([[1, 0], [1, 0], [0, 1]])
    relevant = csr([[1, 1, 1]] * 3)
    second, third = 1 / np.log2(3), 0.5
    ideal = 1 + second + 0.5 * third  # another aspect first, then the repeat
    found = alpha_ndcg(np.array([[0, 2, 1], [0, 1, 2], [0, 1, -1]]), relevant, aspects)
    lists = [ideal, 1 + 0.5 * second + third, 1 + 0.5 * second]
    assert found.tolist() == pytest.approx([gain / ideal for gain in lists])


def test_subtopic_recall_by_hand():
    aspects = csr([[1, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 0]])
    relevant = csr([[1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 1]])
    top = np.array(
        [[1, 3], [0, 2], [-1, -1], [0, 1]]
    )  # item 1 is not relevant but covers an aspect
    assert subtopic_recall(top, relevant, aspects).tolist() == pytest.approx(
        [1 / 3, 1, 0, np.nan], nan_ok=True
    )


@settings(deadline=None, max_examples=50)
@given(seeds, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([1, 3]))
def test_alpha_ndcg_equals_a_loop(seed, alpha, aspects_each):
    top, relevant, aspects = drawn(seed, aspects_each)
    answer = alpha_ndcg(top, csr(relevant), csr(aspects), alpha=alpha)
    for row, value in enumerate(answer):
        wanted = np.flatnonzero(relevant[row]).tolist()
        ideal = alpha_dcg(greedy(wanted, aspects, 4, alpha), wanted, aspects, alpha)
        gain = alpha_dcg(top[row], wanted, aspects, alpha)
        assert value == pytest.approx(gain / ideal if ideal else np.nan, nan_ok=True)


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_with_one_aspect_an_item_no_list_is_above_the_ideal(seed):
    _, relevant, aspects = drawn(seed, 1)
    wanted = np.flatnonzero(relevant[0]).tolist()
    best = max(alpha_dcg(one, wanted, aspects, 0.5) for one in permutations(range(7), 4))
    assert best == pytest.approx(alpha_dcg(greedy(wanted, aspects, 4, 0.5), wanted, aspects, 0.5))


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_without_a_price_for_repeats_it_is_ndcg(seed):
    top, relevant, aspects = drawn(seed, 1)
    np.testing.assert_allclose(
        alpha_ndcg(top, csr(relevant), csr(aspects), alpha=0.0), ndcg(top, csr(relevant))
    )


@settings(deadline=None, max_examples=50)
@given(seeds, st.sampled_from([1, 3]))
def test_subtopic_recall_equals_sets(seed, aspects_each):
    top, relevant, aspects = drawn(seed, aspects_each)
    answer = subtopic_recall(top, csr(relevant), csr(aspects))
    for row, value in enumerate(answer):
        wanted = set(np.nonzero(aspects[relevant[row]])[1].tolist())
        listed = set(np.nonzero(aspects[top[row][top[row] >= 0]])[1].tolist())
        expected = len(wanted & listed) / len(wanted) if wanted else np.nan
        assert value == pytest.approx(expected, nan_ok=True)
