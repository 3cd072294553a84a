import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.transition_kernel import transition_counts, transition_kernel
from zhiyin.core.interactions import Interactions

sequences = st.lists(st.lists(st.integers(0, 5), max_size=7), max_size=5)


def events(lists):
    person = np.repeat(np.arange(len(lists)), [len(one) for one in lists]).astype(np.int64)
    item = np.array([i for one in lists for i in one], np.int64)
    place = np.array([p for one in lists for p in range(len(one))], np.int64)
    return Interactions(person, item, np.ones(item.size, np.float32), place)


def by_hand(lists, window, backward):
    counts = np.zeros((6, 6))
    for one in lists:
        for p, i in enumerate(one):
            for gap in range(1, window + 1):
                if p + gap < len(one) and one[p + gap] != i:
                    counts[i, one[p + gap]] += 1 / gap
                    counts[one[p + gap], i] += backward / gap
    return counts


@settings(deadline=None, max_examples=40)
@given(sequences, st.integers(1, 4), st.sampled_from([0.0, 0.5, 1.0]))
def test_counts_are_those_of_a_loop(lists, window, backward):
    found = transition_counts(events(lists), 6, window=window, backward=backward)
    np.testing.assert_allclose(found.toarray(), by_hand(lists, window, backward), atol=1e-5)


@settings(deadline=None, max_examples=25)
@given(sequences, sequences)
def test_counts_of_two_sets_of_people_add_up(one, two):
    together = transition_counts(events(one + two), 6)
    apart = transition_counts(events(one), 6) + transition_counts(events(two), 6)
    np.testing.assert_allclose(together.toarray(), apart.toarray(), atol=1e-4)


def test_the_order_of_the_table_does_not_matter_where_times_say_it():
    given_events = events([[0, 1, 2, 3], [3, 1, 0]])
    mixed = given_events.where(np.random.default_rng(0).permutation(given_events.person.size))
    same = transition_counts(mixed, 6).toarray() == transition_counts(given_events, 6).toarray()
    assert same.all()


def test_a_kernel_divides_by_powers_of_the_sums():
    counts = sparse.csr_array(np.array([[0, 3, 1], [0, 0, 2], [0, 0, 0]], np.float32))
    dense = counts.toarray()
    kernel = transition_kernel(counts, row_power=0.5, column_power=0.25, shrinkage=1.0).toarray()
    expected = dense / (dense.sum(1) + 1)[:, None] ** 0.5 / (dense.sum(0) + 1) ** 0.25
    np.testing.assert_allclose(kernel, expected, rtol=1e-6)
    plain = transition_kernel(counts, row_power=0.0, column_power=0.0)
    assert plain.toarray().tolist() == dense.tolist()


def test_what_follows_is_proposed_before_what_was_only_seen_together():
    found = transition_counts(events([[0, 1, 2]] * 5 + [[3, 0, 4]] * 5), 6, backward=0.2)
    after_zero = found.toarray()[0]
    assert after_zero[1] == after_zero[4] > after_zero[2] > after_zero[3] > 0
    assert found.toarray()[0, 0] == pytest.approx(0)
