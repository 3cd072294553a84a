from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions, strongest

events = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 5),
        st.sampled_from([-1.0, 0.0, 0.25, 0.75, 1.0]),
        st.sampled_from([NO_TIME, 1, 2]),
    ),
    max_size=40,
)


def table(rows):
    person, item, strength, time_us = zip(*rows, strict=True) if rows else [()] * 4
    return Interactions(
        np.array(person, np.int64),
        np.array(item, np.int64),
        np.array(strength, np.float32),
        np.array(time_us, np.int64),
    )


def untimed(rows):
    return table([(*row, NO_TIME) for row in rows])


def as_rows(events):
    columns = (events.person, events.item, events.strength, events.time_us)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_the_strongest_event_of_a_pair_counts():
    rows = untimed([(0, 1, 0.25), (0, 1, 1.0), (0, 1, 0.375), (1, 0, 0.25)]).rows(2, 3)
    assert rows.toarray().tolist() == [[0, 1, 0], [0.25, 0, 0]]
    assert rows.dtype == np.float32
    assert rows.format == "csr"


def test_an_event_against_takes_the_item_out_whenever_it_came():
    said = [(0, 0, 1.0), (0, 0, -1.0), (0, 1, 1.0)]
    for order in (said, said[::-1]):
        assert untimed(order).rows(1, 2).toarray().tolist() == [[0, 1]]


def test_an_event_without_evidence_neither_adds_nor_takes_away():
    assert untimed([(0, 0, 0.0)]).rows(1, 1).nnz == 0
    assert untimed([(0, 0, 0.25), (0, 0, 0.0)]).rows(1, 1).toarray().tolist() == [[0.25]]


def test_what_is_newer_than_the_shape_is_left_out():
    table = untimed([(0, 2, 0.25), (1, 0, 0.25), (2, 1, 0.25)])
    assert table.rows(2, 2).toarray().tolist() == [[0, 0], [0.25, 0]]


def test_nothing_has_rows_too():
    assert untimed([]).rows(2, 3).toarray().tolist() == [[0, 0, 0], [0, 0, 0]]
    assert untimed([]).rows(0, 0).shape == (0, 0)


def test_some_events_and_more_events_keep_their_columns_and_order():
    one, two = table([(0, 1, 0.5, 7), (2, 3, 1.0, 8)]), table([(4, 5, -1.0, NO_TIME)])
    assert as_rows(one.joined(two)) == [(0, 1, 0.5, 7), (2, 3, 1.0, 8), (4, 5, -1.0, NO_TIME)]
    assert as_rows(one.where(np.array([False, True]))) == [(2, 3, 1.0, 8)]
    both = one.joined(two)
    assert [getattr(both, name).dtype for name in both.__slots__] == [
        np.int64,
        np.int64,
        np.float32,
        np.int64,
    ]


@settings(deadline=None, max_examples=25)
@given(events, st.integers(1, 5), st.integers(1, 6), st.randoms())
def test_a_row_is_what_a_dictionary_would_hold(rows, n_people, n_items, random):
    expected = np.zeros((n_people, n_items), np.float32)
    for person in range(n_people):
        for item in range(n_items):
            said = [row[2] for row in rows if row[:2] == (person, item)]
            expected[person, item] = max(said, default=0) if min(said, default=0) >= 0 else 0
    matrix = table(rows).rows(n_people, n_items)
    np.testing.assert_array_equal(matrix.toarray(), expected)
    assert matrix.data.min(initial=1) > 0  # nothing is stored that is no evidence
    assert matrix.has_sorted_indices
    random.shuffle(rows)
    again = table(rows).rows(n_people, n_items)
    np.testing.assert_array_equal(again.toarray(), expected)


@settings(deadline=None, max_examples=25)
@given(events, st.data())
def test_parting_and_joining_is_the_identity(rows, data):
    whole = table(rows)
    chosen = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))), bool
    )
    one, other = whole.where(chosen), whole.where(~chosen)
    assert sorted(as_rows(one.joined(other))) == sorted(as_rows(whole))
    assert as_rows(one) == [row for row, is_in in zip(as_rows(whole), chosen, strict=True) if is_in]


def test_keys_come_once_ascending_with_their_highest_strength():
    keys = np.array([5, 2, 5, 9, 7, 7])
    strength = np.array([0.25, 1, 0.5, 0, 1, -1], np.float32)
    kept, highest = strongest(keys, strength)
    assert (kept.tolist(), highest.tolist()) == ([2, 5], [1, 0.5])
