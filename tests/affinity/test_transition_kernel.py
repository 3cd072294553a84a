import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.transition_kernel import (
    PLACES,
    Order,
    TransitionModel,
    transition_counts,
    transition_kernel,
)
from zhiyin.core.interactions import Interactions

sequences = st.lists(st.lists(st.integers(0, 5), max_size=7), max_size=5)


def events(lists):
    person = np.repeat(np.arange(len(lists)), [len(one) for one in lists]).astype(np.int64)
    item = np.array([i for one in lists for i in one], np.int64)
    place = np.array([p for one in lists for p in range(len(one))], np.int64)
    return Interactions(person, item, np.ones(item.size, np.float32), place)


def rounded(weight):
    return round(weight * 1024) / 1024


def by_hand(lists, window, backward, power):
    counts = np.zeros((6, 6))
    for one in lists:
        for p, i in enumerate(one):
            for gap in range(1, window + 1):
                if p + gap < len(one) and one[p + gap] != i:
                    counts[i, one[p + gap]] += rounded(gap**-power)
                    counts[one[p + gap], i] += rounded(backward * gap**-power)
    return counts


@settings(deadline=None, max_examples=40)
@given(sequences, st.integers(1, 4), st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0, 0.4, 1]))
def test_counts_are_those_of_a_loop(lists, window, backward, power):
    settled = {"window": window, "backward": backward, "gap_power": power}
    found = transition_counts(events(lists), 6, **settled)
    assert found.toarray().tolist() == by_hand(lists, window, backward, power).tolist()


@settings(deadline=None, max_examples=25)
@given(sequences, sequences)
def test_counts_of_two_sets_of_people_add_up_to_the_last_bit(one, two):
    together = transition_counts(events(one + two), 6)
    apart = transition_counts(events(one), 6) + transition_counts(events(two), 6)
    assert together.toarray().tolist() == apart.toarray().tolist()


def test_an_item_beyond_the_width_holds_its_place_and_is_not_counted():
    found = transition_counts(events([[0, 5, 1]]), 2, window=2, backward=0.0, gap_power=1.0)
    assert found.toarray().tolist() == [[0, 0.5], [0, 0]]


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
    lists = [[0, 1, 2]] * 5 + [[3, 0, 4]] * 5
    found = transition_counts(events(lists), 6, backward=0.2, gap_power=1.0)
    after_zero = found.toarray()[0]
    assert after_zero[1] == after_zero[4] > after_zero[2] > after_zero[3] > 0
    assert found.toarray()[0, 0] == pytest.approx(0)


def latest(*items):
    nothing = np.empty(0, np.int64)
    return Asked(nothing, np.empty(0, np.float32), recent=np.array(items, np.int64))


def test_somebody_unknown_is_served_by_the_latest_items_alone():
    order = Order(window=1, backward=0.0, row_power=1.0, column_power=0.0, decay=0.5)
    model = TransitionModel.fit(events([[0, 1], [0, 1], [0, 2], [3, 2]]), 6, order)
    assert model.scores(latest(0)).tolist() == [0, 0.5, 0.25, 0, 0, 0]
    assert model.scores(latest(3, 0)).tolist() == [0, 0.25, 0.5 + 0.125, 0, 0, 0]
    assert model.scores(latest(0, 0)).tolist() == [0, 0.75, 0.375, 0, 0, 0]
    assert not model.scores(latest()).any()


def test_what_is_newer_than_the_model_holds_its_place_and_gives_nothing():
    model = TransitionModel.fit(events([[0, 1], [2, 3]]), 6, Order(decay=0.5))
    half = model.scores(latest(0)) / 2
    assert model.scores(latest(9, 0)).tolist() == half.tolist()
    found = model.explain(latest(9, 0), np.array([1, 9]))[0]
    assert found.ids.tolist() == [0]
    assert found.amounts[0].tolist() == [half[1], 0]


@settings(deadline=None, max_examples=25)
@given(sequences, st.lists(st.integers(0, 7), max_size=PLACES + 5))
def test_what_each_of_the_latest_items_gave_adds_up_to_the_score(lists, recent):
    model = TransitionModel.fit(events(lists), 6)
    ids = np.array([4, 0, 7, 3])
    (found,) = model.explain(latest(*recent), ids)
    assert found.kind == "order"
    expected = np.append(model.scores(latest(*recent)), [0, 0])[ids]
    np.testing.assert_allclose(found.amounts.sum(axis=0), expected, atol=1e-5)


@settings(deadline=None, max_examples=25)
@given(sequences, st.lists(st.integers(0, 5), max_size=9))
def test_one_by_one_the_scores_are_those_of_the_kernel(lists, recent):
    model = TransitionModel.fit(events(lists), 6, Order(decay=0.7))
    row = np.bincount(recent, 0.7 ** np.arange(len(recent)), 6)
    np.testing.assert_allclose(
        model.scores(latest(*recent)), row @ model.kernel().toarray(), rtol=1e-5, atol=1e-6
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32))
def test_after_updates_and_erasure_the_counts_are_those_of_the_events_that_remain(seed):
    rng = np.random.default_rng(seed)
    all_events = events([rng.integers(0, 6, rng.integers(1, 12)).tolist() for _ in range(8)])
    person = all_events.person
    is_first = rng.random(person.size) < 0.6
    gone, cut = person < 2, (person == 2) & (rng.random(person.size) < 0.5)
    model = TransitionModel.fit(all_events.where(is_first), 6)
    grown = model.update(all_events.where(~is_first), all_events.where(is_first))
    left = grown.without(all_events.where(gone))
    left = left.without(all_events.where(cut), all_events.where((person == 2) & ~cut))
    for found, which in ((grown, gone | ~gone), (left, ~(gone | cut))):
        fresh = TransitionModel.fit(all_events.where(which), 6)
        assert found.counts.toarray().tolist() == fresh.counts.toarray().tolist()
        assert found.counts.nnz == fresh.counts.nnz
        assert found.scores(latest(1, 4)).tolist() == fresh.scores(latest(1, 4)).tolist()


def test_a_snapshot_holds_the_model():
    model = TransitionModel.fit(events([[0, 1, 2], [2, 1, 5]]), 6, Order(window=2, decay=0.5))
    again = TransitionModel.from_arrays(model.arrays())
    assert again.order == model.order
    assert again.scores(latest(1, 2)).tolist() == model.scores(latest(1, 2)).tolist()
