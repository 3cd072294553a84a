"""The chain that tags tokens: chances, slopes and what is learned, against every sequence of tags written out."""

import tracemalloc
from itertools import pairwise, product

import numpy as np
import pytest
from scipy import sparse

from zhiyin.language.aspects.chain import BEGINS, INSIDE, OUTSIDE, Chain, fit_chain, sparse_ones

FEATURES = 4


def valid(tags):
    """Nothing is inside before it begins."""
    return all(tag != INSIDE or (t and tags[t - 1] != OUTSIDE) for t, tag in enumerate(tags))


def scores_of(chain, rows):
    """Every valid sequence of tags, and its score."""
    told = rows @ chain.weights
    return {
        tags: sum(told[t, tag] for t, tag in enumerate(tags))
        + sum(chain.steps[one, other] for one, other in pairwise(tags))
        for tags in product(range(3), repeat=len(rows))
        if valid(tags)
    }


def log_likelihood(chain, sentences, tags):
    told = 0.0
    for rows, own in zip(sentences, tags, strict=True):
        scores = scores_of(chain, rows)
        told += scores[tuple(own)] - np.logaddexp.reduce(list(scores.values()))
    return told


def spans_in(tags):
    starts = [t for t, tag in enumerate(tags) if tag == BEGINS]
    for start in starts:
        end = start
        while end + 1 < len(tags) and tags[end + 1] == INSIDE:
            end += 1
        yield start, end


def random_chain(rng):
    return Chain(rng.normal(size=(FEATURES, 3)).astype(np.float32), rng.normal(size=(3, 3)))


def random_sentences(rng, lengths):
    return [rng.normal(size=(n, FEATURES)).astype(np.float32) for n in lengths]


@pytest.mark.parametrize("seed", range(2))
def test_the_chance_of_a_span_is_that_of_all_sequences_that_hold_it(seed):
    rng = np.random.default_rng(seed)
    chain, lengths = random_chain(rng), [3, 1, 5, 4]
    sentences = random_sentences(rng, lengths)
    found = chain.spans(
        sparse.csr_array(np.vstack(sentences)), np.array(lengths), longest=5, least=1e-9
    )
    told = {tuple(key): log_p for *key, log_p in zip(*found, strict=True)}
    for number, rows in enumerate(sentences):
        scores = scores_of(chain, rows)
        whole = np.logaddexp.reduce(list(scores.values()))
        for first in range(len(rows)):
            for last in range(first, len(rows)):
                holding = [s for tags, s in scores.items() if (first, last) in set(spans_in(tags))]
                expected = np.logaddexp.reduce(holding) - whole
                assert told[number, first, last] == pytest.approx(expected, abs=1e-5)
    assert len(told) == sum(n * (n + 1) // 2 for n in lengths)


def test_spans_come_by_sentence_and_the_likeliest_first_and_no_longer_than_asked():
    rng = np.random.default_rng(7)
    rows = sparse.csr_array(np.vstack(random_sentences(rng, [5, 4, 5])))
    found = random_chain(rng).spans(rows, np.array([5, 4, 5]), longest=2, least=0.02)
    assert (found.last - found.first).max() == 1
    assert (np.exp(found.log_p) >= 0.02).all()
    assert (np.lexsort((-found.log_p, found.sentence)) == np.arange(len(found.log_p))).all()


def test_a_step_of_learning_goes_down_the_slope_of_the_likelihood():
    # AdaGrad's first step from nothing is the slope, each feature's divided by its own length.
    rng = np.random.default_rng(3)
    lengths, tags = [3, 5, 2], [[1, 2, 0], [0, 1, 2, 2, 1], [0, 0]]
    sentences = random_sentences(rng, lengths)
    nothing = Chain(np.zeros((FEATURES, 3), np.float32), np.zeros((3, 3)))
    slope = np.zeros((FEATURES, 3))
    for place in np.ndindex(slope.shape):
        for sign in (1, -1):
            moved = nothing.weights.astype(np.float64)
            moved[place] += sign * 1e-5
            slope[place] += sign * log_likelihood(Chain(moved, nothing.steps), sentences, tags)
    slope /= 2e-5
    taught = fit_chain(
        sparse.csr_array(np.vstack(sentences)), np.array(lengths), np.concatenate(tags),
        rate=0.05, epochs=1,
    )  # fmt: skip
    expected = 0.05 * slope / np.sqrt((slope**2).mean(axis=1, keepdims=True) + 1e-6)
    assert taught.weights == pytest.approx(expected, abs=1e-4)


def test_what_is_learned_is_where_the_likelihood_is_flat():
    rng = np.random.default_rng(5)
    lengths = rng.integers(1, 5, 12)
    tags = []
    for n in lengths:
        options = [one for one in product(range(3), repeat=int(n)) if valid(one)]
        tags.append(options[rng.integers(len(options))])
    sentences = random_sentences(rng, lengths)
    chain = fit_chain(
        sparse.csr_array(np.vstack(sentences)), lengths, np.concatenate(tags),
        reg=1.0, rate=0.2, epochs=300,
    )  # fmt: skip

    def lost(weights, steps):
        told = log_likelihood(Chain(weights, steps), sentences, tags)
        return 0.5 * (weights**2).sum() - told

    weights, steps = chain.weights.astype(np.float64), chain.steps
    for place in ((0, 0), (1, 1), (3, 2)):
        moved = np.zeros_like(weights)
        moved[place] = 1e-4
        slope = (lost(weights + moved, steps) - lost(weights - moved, steps)) / 2e-4
        assert abs(slope) < 0.05
    for place in ((0, 1), (1, 2), (2, 2)):
        moved = np.zeros_like(steps)
        moved[place] = 1e-4
        slope = (lost(weights, steps + moved) - lost(weights, steps - moved)) / 2e-4
        assert abs(slope) < 0.05


def test_sentences_without_tokens_have_no_spans_and_teach_nothing():
    rows = sparse_ones(np.array([[0], [1]], np.int32), 2)
    tags = np.array([BEGINS, OUTSIDE])
    with_gaps = fit_chain(rows, np.array([0, 2, 0]), tags)
    plain = fit_chain(rows, np.array([2]), tags)
    assert with_gaps.weights == pytest.approx(plain.weights)
    found = plain.spans(rows, np.array([0, 2, 0]), longest=3, least=0.0)
    assert set(found.sentence.tolist()) == {1}
    none = plain.spans(rows[:0], np.array([0, 0]), longest=3, least=0.0)
    assert len(none.sentence) == 0
    assert not fit_chain(rows[:0], np.zeros(0, np.int64), tags[:0]).weights.any()


def test_one_long_sentence_among_short_ones_takes_no_room_for_the_others():
    lengths = np.array([*[1] * 1500, 800, *[1] * 400])
    rows = sparse_ones(np.zeros((int(lengths.sum()), 1), np.int32), 1)
    chain = Chain(np.zeros((1, 3), np.float32), np.zeros((3, 3)))
    tracemalloc.start()
    found = chain.spans(rows, lengths, longest=1, least=0.3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert set(range(1901)) - {1500} <= set(found.sentence.tolist())
    assert peak < 60e6


def test_columns_become_ones():
    assert sparse_ones(np.array([[2, 0], [1, 2]], np.int32), 3).toarray().tolist() == [
        [1, 0, 1],
        [0, 1, 1],
    ]
    assert sparse_ones(np.zeros((0, 2), np.int32), 3).shape == (0, 3)
