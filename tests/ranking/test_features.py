from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.friends import Friends
from zhiyin.core import NO_TIME, Item
from zhiyin.core.interactions import Interactions
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.features.activity import Activity
from zhiyin.ranking.features.family import DAY_US, Situation, table
from zhiyin.ranking.features.freshness import Freshness
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.features.knowledge import Knowledge
from zhiyin.ranking.features.likeness import Likeness
from zhiyin.ranking.features.parts import Parts
from zhiyin.ranking.features.portrait import Portrait
from zhiyin.ranking.features.scores import Scores
from zhiyin.ranking.features.social import friends_took
from zhiyin.ranking.features.velocity import Velocity
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOW = 1_000 * DAY_US
COLUMNS = ItemColumns(
    category=np.array([0, 0, 1, -1]),
    department=np.array([0, 0, 0, -1]),
    brand=np.array([2, 3, 2, -1]),
    log_price=np.log([10.0, 20.0, 40.0, np.nan]),
    created_us=np.array([NOW - 3 * DAY_US, NOW + 1, NO_TIME, 0]),
    texts=np.array([[1, 0], [0.6, 0.8], [0, 1], [0, 0]], np.float32),
    said=sparse.csr_array(
        np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0.8, 0.6], [0, 0, 0]], np.float32)
    ),
)


def counted(items, days_ago, until_us=NOW):
    item = np.array(items, np.int64)
    time_us = NOW - (np.array(days_ago, float) * DAY_US).astype(np.int64)
    events = Interactions(item * 0, item, np.ones(item.size, np.float32), time_us)
    return ItemCounts.of(events, 4, until_us)


def situation(items=(), days_ago=(), ids=(0, 1, 2, 3), counts=None, parts=((1, 4, 2, 0),)):
    n = len(ids)
    scores = np.arange(n, 0, -1, dtype=np.float32)
    return Situation(
        NOW,
        np.array(items, np.int64),
        NOW - (np.array(days_ago, float) * DAY_US).astype(np.int64),
        np.array(ids),
        scores[::-1].copy(),
        scores / n,
        scores,
        np.array(parts, np.float32),
        np.zeros((4, n), np.float32),
        COLUMNS,
        counts or counted([], []),
    )


def column(family, name, asked):
    return family.columns(asked)[:, family.names.index(name)]


def test_what_a_person_did_lately_counts_for_things_like_it():
    asked = situation(items=[0, 2, 2], days_ago=[0.5, 3, 20])
    activity = Activity()
    assert np.expm1(column(activity, "events_7d", asked)).tolist() == pytest.approx([2] * 4)
    brand = np.expm1(column(activity, "brand_30d", asked))
    assert brand[:3].tolist() == pytest.approx([3, 0, 3])
    assert np.isnan(brand[3])
    since = column(activity, "category_days_since", asked)
    assert since[:3].tolist() == pytest.approx([0.5, 0.5, 3])
    assert np.isnan(since[3])


def test_a_portrait_is_shares_and_prices():
    asked = situation(items=[0, 0, 1, 2], days_ago=[1, 2, 3, 4])
    portrait = Portrait()
    assert column(portrait, "category_share", asked)[:3].tolist() == [0.75, 0.75, 0.25]
    assert column(portrait, "price_rank", asked)[:3].tolist() == [0.5, 0.75, 1.0]
    paid = np.log([10, 10, 20, 40])
    fit = abs(np.log(40) - paid.mean()) / (paid.std() + 0.25)
    assert column(portrait, "price_fit", asked)[2] == pytest.approx(fit)
    assert np.isnan(portrait.columns(situation())[:, [0, 4]]).all()


def test_everybodys_events_are_counted_up_to_the_moment():
    counts = counted([0, 0, 0, 1], [0.5, 3, 40, 10])
    velocity = np.expm1(Velocity().columns(situation(counts=counts))[:, :3])
    assert velocity.round(4).tolist() == [[1, 2, 2], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    later = replace(situation(counts=counts), now_us=NOW + 90 * DAY_US)
    assert np.expm1(Velocity().columns(later)[0, :3]).round(4).tolist() == [1, 2, 2]


def test_counts_of_the_last_days_are_those_of_all_days():
    counts = counted([0, 0, 0, 1], [0.5, 3, 40, 10])
    lately = counts.since(NOW - 30 * DAY_US)
    assert lately.keys.size == 3
    ids = np.arange(9)
    asked = (ids, NOW - 7 * DAY_US, NOW)
    assert lately.between(*asked).tolist() == counts.between(*asked).tolist() == [2] + [0] * 8
    again = ItemCounts.from_arrays(counts.arrays())
    assert again.between(*asked).tolist() == counts.between(*asked).tolist()
    assert again.lately.toarray().tolist() == counts.lately.toarray().tolist()


def test_age_places_and_parts():
    asked = situation(parts=((1, 4, 2, 0), (np.nan,) * 4))
    age = Freshness().columns(asked)[:, 0]
    assert age[[0, 3]].tolist() == [3, 1000]
    assert np.isnan(age[[1, 2]]).all()
    assert column(Scores(), "affinity_place", asked).tolist() == pytest.approx(
        [2, np.log2(3), 1, 0]
    )
    parts = Parts(["ease", "text"]).columns(asked)
    assert parts[:, 1].tolist() == [0.25, 1, 0.5, 0]
    assert np.isnan(parts[:, 3:]).all()


def test_friends_took_what_stands_in_their_rows():
    rows = sparse.csr_array(np.array([[0, 1, 0], [0.5, 1, 0], [1, 0, 0]], np.float32))
    model = Friends(rows, sparse.csr_array((3, 3), dtype=np.float32))
    item, days = np.array([0, 1, 1]), np.array([14, 28, 300])
    events = Interactions(item, item, np.ones(3, np.float32), NOW - days * DAY_US)
    counts = ItemCounts.of(events, 3, NOW)
    friends, own = np.array([0, 1, 9]), np.array([1, 1, 2])
    found = friends_took(model, friends, np.array([1, 0]), own, counts)
    alike = [1 / np.sqrt(2), 1 / np.sqrt(2 * 1.25)]
    expected = [[2, 0.5], [2, 1], [sum(alike), 0.5 * alike[1]], [0.25, 0.5]]
    assert found.ravel().tolist() == pytest.approx(np.ravel(expected).tolist())
    assert np.isnan(friends_took(None, friends, np.array([1]), own, counts)).all()


def test_texts_are_compared_with_what_the_person_had():
    asked = situation(items=[2, 0, 2], days_ago=[1, 2, 3])
    texts = Likeness("text")
    assert column(texts, "text_last", asked)[:3].tolist() == pytest.approx([0, 0.8, 1])
    for name in ("text_lately", "text_all", "text_near"):
        assert column(texts, name, asked)[:3].tolist() == pytest.approx([0.5, 0.7, 0.5])
    assert column(texts, "text_max", asked)[:3].tolist() == pytest.approx([1, 0.8, 1])
    assert np.isnan(texts.columns(asked)[3]).all()
    assert np.isnan(texts.columns(situation())).all()
    silent = replace(asked, columns=replace(COLUMNS, texts=None))
    assert np.isnan(texts.columns(silent)).all()


def test_items_are_alike_by_who_chose_them_before():
    person, item = np.array([0, 1, 0, 1, 2, 3, 2, 3]), np.array([0, 0, 1, 1, 2, 2, 3, 3])
    events = Interactions(person, item, np.ones(8, np.float32), np.full(8, NOW - DAY_US))
    asked = situation(items=[0], days_ago=[1], counts=ItemCounts.of(events, 4, NOW))
    chosen = column(Likeness("chosen"), "chosen_last", asked)
    assert chosen.tolist() == pytest.approx([1, 1, 0, 0], abs=1e-5)
    before = situation(items=[0], days_ago=[1], counts=ItemCounts.of(events, 4, NOW - DAY_US))
    assert np.isnan(Likeness("chosen").columns(before)).all()


def test_what_is_said_is_matched_with_what_was_said_of_the_persons_items():
    asked = situation(items=[0, 1], days_ago=[1, 2])
    knowledge = Knowledge().columns(asked)
    profile = np.array([1.6, 0.8]) / np.hypot(1.6, 0.8)
    assert knowledge[:2, 0].tolist() == pytest.approx([profile[0], profile @ [0.6, 0.8]])
    assert knowledge[:3, 1].tolist() == [1, 1, 0.5]
    assert np.isnan(knowledge[3]).all()
    assert np.isnan(Knowledge().columns(situation())).all()


def test_columns_are_read_from_the_store(tmp_path):
    goods = [
        Item("a", category="Home > Tea", brand="x", price_minor=100, currency="CNY"),
        Item("b", category="Home > Pots", brand="x", price_minor=200, currency="CNY"),
        Item("c", price_minor=300, currency="USD"),
    ]
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame(goods))
        columns = ItemColumns.read(store, 4)
    assert columns.department[0] == columns.department[1] != columns.department[2]
    assert columns.category[0] != columns.category[1]
    assert columns.brand[0] == columns.brand[1] >= 0
    assert columns.brand.tolist()[2:] == [-1, -1]
    assert columns.texts[0] @ columns.texts[1] == pytest.approx(1)
    assert not columns.texts[2:].any()
    assert np.exp(columns.log_price[:2]).tolist() == pytest.approx([100, 200])
    assert np.isnan(columns.log_price[2:]).all()
    assert columns.at("brand", np.array([0, 99])).tolist() == [columns.brand[0], -1]
    again = ItemColumns.from_arrays(columns.arrays())
    assert again.category.tolist() == columns.category.tolist()
    assert again.texts.tolist() == columns.texts.tolist()
    assert again.said.toarray().tolist() == columns.said.toarray().tolist()
    without = replace(columns, texts=None, said=None)
    assert ItemColumns.from_arrays(without.arrays()).texts is None


def test_no_two_features_have_one_name():
    names = names_of(families(["popularity", "ease"]))
    assert len(names) == len(set(names))


EVENTS = st.lists(st.tuples(st.integers(0, 3), st.floats(0.001, 60)), max_size=12)


@settings(deadline=None)
@given(EVENTS, EVENTS, EVENTS, EVENTS)
def test_what_happens_later_changes_no_feature(before, after, all_before, all_after):
    tied = sparse.csr_array(np.array([[0, 1], [1, 0]], np.float32))
    model = Friends(sparse.csr_array(np.array([[1, 0, 1, 0], [0, 1, 1, 0]], np.float32)), tied)

    def features(own, everybody):
        counts = counted([item for item, _ in everybody], [days for _, days in everybody])
        asked = situation([item for item, _ in own], [days for _, days in own], counts=counts)
        took = friends_took(model, np.arange(2), asked.ids, asked.items, counts)
        return table(families(["ease"]), replace(asked, friends_took=took))

    def later(events):
        return [(item, 0.001 - days) for item, days in events]  # the first: at the very moment

    known = features(before, all_before)
    assert np.array_equal(
        known, features(before + later(after), all_before + later(all_after)), equal_nan=True
    )
