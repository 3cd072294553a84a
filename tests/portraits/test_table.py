"""Portraits as decayed sums: folding is building, subtracting undoes, and now takes over from always."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portraits.shops import DAY, NOW, items_frame, random_items
from zhiyin.core import NO_TIME
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.sums import Sums, faded
from zhiyin.portraits.table import NOW_SHRINK, SHRINK, PortraitTable

ITEMS = random_items()
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, len(ITEMS) + 1),
        st.sampled_from([1.0, 2.0, 4.0, 8.0, -4.0, -12.0]),
        st.one_of(st.just(NO_TIME), st.integers(NOW - 400 * DAY, NOW)),
    ),
    max_size=24,
)
NEVER = np.zeros(ITEMS.dim, np.float32)


def columns(events):
    person, item, weight, when = zip(*events, strict=True) if events else ((), (), (), ())
    return (
        np.array(person, np.int64), np.array(item, np.int64),
        np.array(weight, np.float32), np.array(when, np.int64),
    )  # fmt: skip


def built(events, items=ITEMS):
    return PortraitTable.of(items, *columns(events), n_people=4, origin_us=NOW - 500 * DAY)


def folded(events, items=ITEMS):
    table = PortraitTable(items, origin_us=NOW - 500 * DAY)
    for event in events:
        table.fold(*event)
    return table


def assert_same(one, two, events, people=range(4)):
    """Both tables hold the same sums, to 1e-5 of the weight that went into them."""
    for person in people:
        scale = sum(abs(w) for who, _, w, _ in events if who == person) or 1
        a, b = one.sums(person), two.sums(person)
        assert a.n_events == b.n_events
        later = max(a.ref_us, b.ref_us, NOW)
        a, b = a.at(later), b.at(later)
        assert a.vectors == pytest.approx(b.vectors, abs=1e-5 * scale)
        assert a.mass == pytest.approx(b.mass, rel=1e-5, abs=1e-5 * scale)
        width = ITEMS.facets.shape[1] + 400
        dense = [np.zeros(width), np.zeros(width)]
        for row, sums in zip(dense, (a, b), strict=True):
            row[sums.columns] = sums.counts
        assert dense[0] == pytest.approx(dense[1], abs=1e-5 * scale)


def test_two_half_lives_by_hand():
    items = ItemPortraits.of(items_frame(brand=["a", "b"]), np.eye(2))
    table = PortraitTable(items)
    table.fold(0, 0, 8.0, NOW - 60 * DAY)
    table.fold(0, 1, 2.0, NOW - DAY)
    sums = table.sums(0).at(NOW)
    left = 2 ** (-1 / 60)
    assert sums.vectors[0] == pytest.approx([4.0, 2 * left])
    assert sums.vectors[1] == pytest.approx([8 * 2.0**-60, 1.0])
    assert table.mass(0, NOW) == pytest.approx((4 + 2 * left, 1.0))
    short = 1 / (1 + NOW_SHRINK)
    long = np.array([4, 2 * left]) / (4 + 2 * left + SHRINK)
    expected = short * np.array([0, 1]) + (1 - short) * long
    assert table.vector(0, NOW) == pytest.approx(expected / np.linalg.norm(expected), rel=1e-5)


def test_what_is_done_now_takes_over_and_is_forgotten_by_next_week():
    items = ItemPortraits.of(items_frame(brand=["a", "b"]), np.eye(2))
    table = PortraitTable(items)
    for day in range(100, 0, -1):
        table.fold(0, 0, 8.0, NOW - day * DAY)
    before = table.vector(0, NOW)[1]
    for _ in range(5):
        table.fold(0, 1, 8.0, NOW)
    assert table.vector(0, NOW)[1] > 0.5 > before
    assert table.vector(0, NOW + 7 * DAY)[1] < 0.2


def test_nobody_s_portrait_is_everybody_s_and_little_evidence_leans_toward_it():
    items = ItemPortraits.of(items_frame(brand=["a", "b"]), np.eye(2))
    events = [(0, 0, 8.0, NOW)] * 20
    table = PortraitTable.of(items, *columns(events), n_people=3)
    assert table.vector(2, NOW).tolist() == [1, 0]
    table.fold(1, 1, 1.0, NOW - 10 * DAY)
    timid = table.vector(1, NOW)
    assert 0 < timid[1] < timid[0]
    segment = np.array([0, 1], np.float32)
    assert table.vector(2, NOW, segment=segment).tolist() == [0, 1]
    assert PortraitTable(items).vector(5, NOW).tolist() == [0, 0]


@settings(deadline=None, max_examples=25)
@given(EVENTS, st.randoms(use_true_random=False))
def test_folding_in_any_order_is_building_from_all(events, random):
    mixed = list(events)
    random.shuffle(mixed)
    assert_same(folded(mixed), built(events), events)


@settings(deadline=None, max_examples=25)
@given(EVENTS, EVENTS)
def test_half_built_and_half_folded_is_building_from_all(before, after):
    table = built(before)
    for event in after:
        table.fold(*event)
    assert_same(table, built(before + after), before + after)


@settings(deadline=None, max_examples=25)
@given(EVENTS, EVENTS, EVENTS)
def test_many_at_once_are_as_many_one_after_another(before, more, last):
    table = built(before)
    for events in (more, last):
        table.fold_all(*columns(events))
    assert_same(table, built(before + more + last), before + more + last)


@given(EVENTS, EVENTS)
def test_subtracting_undoes_folding(events, more):
    table = built(events)
    for event in more:
        table.fold(*event)
    for event in reversed(more):
        table.subtract(*event)
    assert_same(table, built(events), events + more)


def test_when_all_is_taken_away_nothing_at_all_is_left():
    table = folded([(0, 1, 8.0, NOW), (0, 2, 0.1, NOW - DAY)])
    table.subtract(0, 1, 8.0, NOW)
    table.subtract(0, 2, 0.1, NOW - DAY)
    assert not table.sums(0).vectors.any()
    assert table.facets(0, NOW)[0].size == 0


@settings(deadline=None, max_examples=25)
@given(EVENTS, st.integers(0, 300 * DAY), st.integers(0, 300 * DAY))
def test_another_reference_time_changes_nothing(events, first, second):
    table = built(events)
    for person in range(4):
        sums = table.sums(person)
        once, twice = sums.at(NOW + first + second), sums.at(NOW + first).at(NOW + first + second)
        assert twice.vectors == pytest.approx(once.vectors, rel=1e-4, abs=1e-6)
        assert twice.mass == pytest.approx(once.mass, rel=1e-6, abs=1e-9)
        assert sums.at(sums.ref_us - 1) is sums


@settings(deadline=None, max_examples=25)
@given(EVENTS, EVENTS)
def test_arrays_hold_all_that_was_taken_in(before, after):
    after = [(person + 2, *rest) for person, *rest in after]
    table = built(before)
    for event in after:
        table.fold(*event)
    arrays = {name: array.copy() for name, array in table.arrays().items()}
    for array in arrays.values():
        array.flags.writeable = False
    again = PortraitTable.from_arrays(arrays, ITEMS)
    assert_same(again, table, before + after, range(6))
    whole = PortraitTable.of(ITEMS, *columns(before + after), n_people=6, origin_us=NOW - 500 * DAY)
    scale = sum(abs(w) for _, _, w, _ in before + after) or 1
    assert again.prior == pytest.approx(whole.prior, abs=1e-4 * scale)
    assert again.mean == pytest.approx(whole.mean, abs=1e-4 * scale)
    again.fold(0, 1, 8.0, NOW)
    assert again.sums(0).n_events == table.sums(0).n_events + 1


@settings(deadline=None, max_examples=25)
@given(EVENTS)
def test_many_vectors_at_once_are_those_of_each(events):
    table = built(events)
    people = np.array([3, 0, 9])
    assert table.vectors(people, NOW) == pytest.approx(
        np.array([table.vector(person, NOW) for person in people.tolist()]), abs=1e-5
    )


def test_facets_hours_and_prices_by_hand():
    frame = items_frame(brand=["Lu", "Lu", "Mo", "Mo"], price_minor=[1000, 2000, 4000, 80])
    items = ItemPortraits.of(frame, np.eye(4))
    table = PortraitTable(items, zone="Asia/Shanghai")
    noon = 20_000 * DAY + DAY // 2  # 20:00 in Shanghai
    for item, weight in ((0, 8.0), (1, 8.0), (2, 8.0), (3, 1.0), (2, -12.0)):
        table.fold(0, item, weight, noon)
    number, weight = table.facets(0, noon + 60 * DAY)
    assert dict(zip(items.facet_names[number], weight.tolist(), strict=True)) == {"brand:Lu": 8.0}
    hours = table.hours(0, noon)
    assert (hours[20], hours.sum()) == (25.0, 25.0)
    assert table.spend(0, noon) == pytest.approx([1000, 2000, 4000], rel=0.1)
    assert np.isnan(table.spend(1, noon)).all()


def test_what_has_no_known_time_is_taste_but_not_today_s():
    items = ItemPortraits.of(items_frame(brand=["a", "b"]), np.eye(2))
    table = PortraitTable.of(items, *columns([(0, 0, 8.0, NO_TIME), (0, 1, 1.0, NOW)]), n_people=1)
    assert table.sums(0).vectors == pytest.approx(np.array([[8, 1], [0, 1]]))
    assert table.hours(0, NOW).sum() == 1


def test_an_item_that_came_later_counts_as_an_event_only():
    table = folded([(0, 99, 8.0, NOW)])
    assert table.sums(0).n_events == 1
    assert table.vector(0, NOW).tolist() == NEVER.tolist()


def test_a_weight_fades_to_half_in_a_half_life():
    assert faded(60 * DAY).tolist() == [0.5, 2.0**-60]
    assert faded(np.array([0, DAY])).tolist() == [[1, 1], [2 ** (-1 / 60), 0.5]]
    assert Sums.empty(3).at(NOW).ref_us == NO_TIME
