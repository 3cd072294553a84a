import numpy as np
import pytest

from zhiyin.affinity.training import train
from zhiyin.core.interactions import Interactions
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.features.family import DAY_US
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranking_moments import ranking_moments

PEOPLE, ITEMS = 200, 40
WEIGHTS = BlendWeights(0.1, 0.0)


@pytest.fixture(scope="module")
def events():
    rng = np.random.default_rng(0)
    n = PEOPLE * 20
    time_us = DAY_US + np.sort(rng.integers(0, 100 * DAY_US, n))
    person, item = rng.integers(0, PEOPLE, n), rng.integers(0, ITEMS, n)
    return Interactions(person, item, np.ones(n, np.float32), time_us)


@pytest.fixture(scope="module")
def training(events):
    return train(events, n_people=PEOPLE, n_items=ITEMS, k=5, sample=100)


def moments_of(training, events):
    codes = np.zeros(ITEMS, np.int64)
    columns = ItemColumns(codes, codes, codes, np.full(ITEMS, np.nan), codes)
    return ranking_moments(training, WEIGHTS, columns, events)


def middle_of(training, events):
    cut = training.held_out.data.interactions.time_us.max()
    return cut, np.median(events.time_us[events.time_us > cut])


def taken(lists):
    matrix = lists.relevant.tocoo()
    return set(zip(lists.people[matrix.row].tolist(), matrix.col.tolist(), strict=True))


def test_each_moment_is_labelled_by_what_came_after_it(training, events):
    moments = moments_of(training, events)
    cut, middle = middle_of(training, events)
    first, half = moments.before
    assert moments.all[0] is first
    assert moments.all[2] is moments.late

    def happened(since, until):
        inside = (events.time_us > since) & (events.time_us <= until)
        return set(zip(events.person[inside].tolist(), events.item[inside].tolist(), strict=True))

    assert taken(first) <= happened(0, cut)
    assert taken(half) == taken(half) & happened(cut, middle)
    assert taken(moments.late) == taken(moments.late) & happened(middle, np.inf)
    assert taken(half) < taken(moments.all[1])
    assert not taken(moments.late) & happened(0, middle)


def test_what_happens_last_changes_nothing_that_is_learned_before_the_judgment(training, events):
    moments = moments_of(training, events)
    _, middle = middle_of(training, events)
    item = np.where(events.time_us > middle, (events.item + 7) % ITEMS, events.item)
    other = Interactions(events.person, item, events.strength, events.time_us)
    again = moments_of(training, other)
    for one, two in zip(moments.before, again.before, strict=True):
        assert one.ids.tolist() == two.ids.tolist()
        assert np.array_equal(one.features, two.features, equal_nan=True)
        assert one.gains.tolist() == two.gains.tolist()
    one, two = moments.late, again.late
    _, first, second = np.intersect1d(one.people, two.people, return_indices=True)
    assert first.size > PEOPLE / 3
    assert np.array_equal(one.features[first], two.features[second], equal_nan=True)
    assert one.gains[first].tolist() != two.gains[second].tolist()
