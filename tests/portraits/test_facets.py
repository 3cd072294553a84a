"""Leanings, prices, hours and aspects, by hand and by what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portraits.shops import DAY, NOW, items_frame
from zhiyin.core import NO_TIME
from zhiyin.core.history import History
from zhiyin.portraits.facets import aspects, hours, leanings, lifts, prices, weighted_quantiles
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.statement import Evidence
from zhiyin.portraits.table import PortraitTable

COUNTS = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(0, 2)), min_size=1)


def history(items, types="purchase", times=NOW):
    items = np.array(items, np.int64)
    types = np.broadcast_to(np.array(types), items.shape)
    times = np.broadcast_to(np.array(times, np.int64), items.shape)
    return History(items, types, np.full(items.size, np.nan), times)


def shop():
    frame = items_frame(brand=["Lu"] * 4 + ["Mo"] * 4, price_minor=[100, 200, 400, 300] * 2,
                        category=["tea"] * 8)  # fmt: skip
    return ItemPortraits.of(frame, np.eye(8))


def told_of(items, events, prior, weights=None, **options):
    table = PortraitTable(items)
    weights = np.full(events.items.size, 8.0) if weights is None else weights
    for item, weight, when in zip(events.items, weights, events.time_us, strict=True):
        table.fold(0, int(item), float(weight), int(when))
    return leanings(table.facets(0, NOW), prior, items, events, weights, **options)


def test_a_lift_is_the_log_of_a_shrunk_share_over_everybody_s():
    share, lift = lifts(
        np.array([6.0, 2.0, 0.0]), np.array([2.0, 6.0, 5.0]), np.array([0, 0, 1]), shrink=8
    )
    # (6 + 8 / 4) / 16 against 1/4, (2 + 8 * 3/4) / 16 against 3/4; the third kind is all prior.
    assert share == pytest.approx([0.5, 0.5, 1.0])
    assert np.exp(lift) == pytest.approx([2.0, 2 / 3, 1.0])


@settings(deadline=None, max_examples=25)
@given(COUNTS)
def test_shares_of_a_kind_sum_to_one_and_the_rare_is_not_exaggerated(rows):
    counts, prior, kind = (np.array(column) for column in zip(*rows, strict=True))
    prior = prior + counts + 0.01
    share, lift = lifts(counts, prior, kind, shrink=8)
    sums = np.bincount(kind, share)
    assert sums[np.bincount(kind) > 0] == pytest.approx(1)
    _, bolder = lifts(counts, prior, kind, shrink=0.5)
    assert (np.abs(lift) <= np.abs(bolder) + 1e-9)[np.sign(lift) == np.sign(bolder)].all()


def test_what_is_leant_to_is_told_with_the_events_that_say_so():
    items = shop()
    prior = np.array([{"brand:Lu": 25.0, "brand:Mo": 975.0}.get(n, 0.0) for n in items.facet_names])
    events = history([3, 2, 1, 0, 4], times=[NOW - day * DAY for day in range(5)])
    weights = np.array([1.0, 8.0, 8.0, 8.0, 1.0], np.float32)
    told = [one for one in told_of(items, events, prior, weights) if one.values["facet"] == "brand"]
    assert [one.about for one in told] == ["brand:Lu"]
    assert told[0].values["events"] == 4
    assert told[0].values["lift"] > 0.4
    shown = [(one.item, one.type) for one in told[0].evidence]
    assert shown == [(2, "purchase"), (1, "purchase"), (0, "purchase")]
    assert told[0].evidence[0].time_us == NOW - DAY


def test_two_events_are_no_leaning_and_neither_is_what_everybody_does():
    items = shop()
    usual = np.array([{"brand:Lu": 99.0, "brand:Mo": 1.0}.get(n, 0.0) for n in items.facet_names])
    brands = [one.about for one in told_of(items, history([0, 1, 2, 3]), usual)]
    assert "brand:Lu" not in brands
    even = np.ones(len(items.facet_names)) * 50
    assert told_of(items, history([0, 1]), even) == []


def test_what_was_disliked_is_no_evidence():
    items = shop()
    even = np.ones(len(items.facet_names)) * 50
    events = history([0, 1, 2])
    assert told_of(items, events, even, np.array([8.0, 8.0, -4.0], np.float32)) == []


def test_quantiles_of_weighted_values():
    values, even = np.array([1.0, 2.0, 3.0]), np.ones(3)
    assert weighted_quantiles(values, even, [0, 0.5, 1]).tolist() == [1, 2, 3]
    heavy = weighted_quantiles(values, np.array([1.0, 1.0, 98.0]), [0.5])
    assert heavy[0] == pytest.approx(3, abs=0.1)


def test_prices_by_category():
    items = shop()
    told = prices(items, history([0, 1, 2]), np.full(3, 8.0, np.float32), NOW)
    assert [one.about for one in told] == ["tea"]
    values = told[0].values
    assert (values["low"], values["middle"], values["high"]) == (100, 200, 400)
    assert values["events"] == 3
    assert {one.item for one in told[0].evidence} == {0, 1, 2}
    assert prices(items, history([0, 1]), np.full(2, 8.0, np.float32), NOW) == []
    assert prices(items, history([0, 1, 2]), np.ones(3, np.float32), NOW) == [], (
        "looks are no prices"
    )


def test_newer_prices_count_for_more():
    items = shop()
    when = [NOW, NOW - 600 * DAY, NOW - 600 * DAY]
    told = prices(items, history([2, 0, 0], times=when), np.full(3, 8.0, np.float32), NOW)
    assert told[0].values["middle"] > 350


def test_the_hours_in_which_most_is_done():
    told = np.zeros(24, np.float32)
    told[[22, 23, 0]] = 4
    told[9] = 3
    hour = np.array([22, 23, 0] * 4 + [9, -1])
    [one] = hours(told, history([0] * 14), lambda _: hour)
    assert (one.values["from"], one.values["to"], one.values["share"]) == (21, 1, 0.8)
    assert one.values["events"] == 12
    assert hours(np.ones(24, np.float32), history([0] * 14), lambda _: hour) == []
    assert hours(told, history([0] * 3), lambda _: hour[:3]) == []


def test_aspects_that_come_up_again_are_cared_about():
    def said(*polarities):
        return [
            (polarity, Evidence("post", 1, f"post:{n}")) for n, polarity in enumerate(polarities)
        ]

    opinions = {"delivery": said("negative", "negative"), "smell": said("positive")}
    [one] = aspects(opinions)
    assert (one.about, one.values["negative"], one.values["positive"]) == ("delivery", 2, 0)
    assert [proof.source for proof in one.evidence] == ["post:0", "post:1"]
    twice_in_one_text = [said("negative")[0]] * 2
    assert aspects({"delivery": twice_in_one_text}) == []


def test_nobody_has_no_leanings():
    items = shop()
    even = np.ones(len(items.facet_names))
    nothing = History.empty()
    none = np.empty(0, np.float32)
    assert told_of(items, nothing, even, none) == []
    assert prices(items, nothing, none, NOW) == []
    assert hours(np.zeros(24, np.float32), nothing, None) == []
    assert aspects({}) == []
    undated = history([0, 1, 2], times=NO_TIME)
    assert prices(items, undated, np.full(3, 8.0, np.float32), NOW)[0].values["middle"] == 200
