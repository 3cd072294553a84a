"""Rules on one list: by hand, and what must hold of any."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Candidates, Kind, Query
from zhiyin.core.impression import Impression
from zhiyin.portraits.rules_in_force import NOTHING, Exposed, InForce, RulesInForce
from zhiyin.ranking.promoted import Promoted
from zhiyin.reranking.explore import Explore
from zhiyin.reranking.merchandising import Merchandising, boosted
from zhiyin.retrieval.allowed import Allowed
from zhiyin.retrieval.pinned import Pinned
from zhiyin.store.exposure import Exposure

N = 10


class Rules(RulesInForce):
    """Rules that always hold."""

    def __init__(self, **arrays):
        self._found = InForce(**arrays) if arrays else NOTHING

    def on(self, surface, time, says=None):
        return self._found


class Log:
    def __init__(self):
        self.exposure = Exposure()


def of(*ids, n=N):
    mask = np.zeros(n, bool)
    mask[list(ids)] = True
    return mask


def candidates(n=N):
    return Candidates.of(np.arange(n), np.arange(n, 0, -1))


def ranked(n=4, k=N, found=None, log=None, **arrays):
    part = Merchandising(Rules(**arrays), log or Log())
    return part.rerank(Query(n=n), candidates() if found is None else found, k).tolist()


def test_without_rules_nothing_moves():
    assert ranked() == list(range(N))
    assert ranked(k=3) == [0, 1, 2]


def test_a_pin_stands_at_its_place_and_the_others_keep_their_order():
    assert ranked(pins=((1, of(7)),))[:4] == [0, 7, 1, 2]
    assert ranked(pins=((0, of(7)), (2, of(9))))[:4] == [7, 0, 9, 1]


def test_a_pin_of_many_takes_the_best_and_beyond_the_page_none():
    assert ranked(pins=((2, of(5, 6)),))[:4] == [0, 1, 5, 2]
    assert ranked(pins=((4, of(7)),)) == list(range(N))


def test_two_pins_of_one_place_and_one_item_for_two_places():
    assert ranked(pins=((0, of(7)), (0, of(8))))[:3] == [7, 0, 1]
    gone = Candidates.of([0, 1, 2, 8], [4, 3, 2, 1])
    assert ranked(found=gone, pins=((0, of(7)), (0, of(8)))) == [3, 0, 1, 2]
    assert ranked(pins=((0, of(7)), (1, of(7, 8))))[:3] == [7, 8, 0]


def test_buried_falls_behind_and_a_pin_goes_before():
    assert ranked(buried=of(0, 2)) == [1, 3, 4, 5, 6, 7, 8, 9, 0, 2]
    assert ranked(buried=of(0, 2), pins=((0, of(2)),))[:2] == [2, 1]


def test_a_boost_adds_ranges_of_the_page():
    scores = np.array([9.0, 7.0, 6.0, 5.0, 4.0], np.float32)  # the page of 4 spans 9 to 5
    lifted = np.array([0, 0, 0, 0, 0.6])  # 4 + .6 · 4 = 6.4
    assert boosted(scores, lifted, 4).tolist() == [0, 1, 4, 2, 3]
    assert boosted(scores, -lifted[::-1], 4).tolist() == [1, 0, 2, 3, 4]  # 9 - 2.4 = 6.6
    assert boosted(scores - 100, lifted, 4).tolist() == [0, 1, 4, 2, 3]
    assert boosted(np.ones(3, np.float32), np.array([0, 0, 0.1]), 3).tolist() == [2, 0, 1]


def test_a_boost_goes_by_the_order_found():
    found = Candidates.of([0, 1, 2], [1.0, 3.0, 2.0])  # something put the worst in front
    assert ranked(n=3, found=found, boost=np.array([0, 0, 0.1]))[0] == 0


def test_a_share_takes_the_last_place_and_no_more_than_it_is_owed():
    own = Exposed(0.05, of(7, 8), ())
    assert ranked(exposed=(own,)) == [0, 1, 2, 7, 3, 4, 5, 6, 8, 9]
    there = Exposed(0.05, of(2), ())
    assert ranked(exposed=(there,)) == list(range(N))


def test_a_share_leaves_pins_and_posts_alone_and_takes_nothing_buried():
    own = (Exposed(0.05, of(7, 8), ()),)
    assert ranked(exposed=own, pins=((3, of(9)),))[:4] == [0, 1, 7, 9]
    assert ranked(exposed=own, buried=of(7))[:4] == [0, 1, 2, 8]
    kinds = np.array([Kind.ITEM] * 3 + [Kind.POST] + [Kind.ITEM] * 6, np.uint8)
    found = Candidates(np.arange(N), kinds, np.arange(N, 0, -1, dtype=np.float32))
    assert ranked(found=found, exposed=own)[:4] == [0, 1, 7, 3]


def test_what_a_rule_alone_brought_in_comes_behind_what_was_found():
    found = Candidates.union(
        [Candidates.of([5, 3, 4], source="popular"), Candidates.of([8, 3], source="pinned")]
    ).with_scores(np.array([3, 5, 2, 9], np.float32))  # of 5, 3, 4, 8
    assert found.ids[ranked(found=found, boost=np.zeros(N), pins=((9, of(8)),))].tolist() == [
        5,
        3,
        4,
        8,
    ]
    assert found.ids[ranked(found=found, exposed=(Exposed(0.05, of(8), ()),), n=2)][
        :2
    ].tolist() == [5, 8]


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5])
@pytest.mark.parametrize("history", [0, 300])
def test_over_many_pages_a_share_is_reached(share, history):
    rng, log = np.random.default_rng(0), Log()
    served = np.zeros(40)

    def show(ids, request):
        log.exposure.add(Impression(f"{request}", None, "home", 0, tuple(ids), (0.0,) * len(ids)))

    for request in range(history):  # a share that begins late does not fill whole pages
        show(rng.choice(30, 10, replace=False).tolist(), request)
    part = Merchandising(Rules(exposed=(Exposed(share, of(*range(30, 40), n=40), ("home",)),)), log)
    most = 0
    for request in range(1000):
        scores = rng.random(40) + (np.arange(40) < 30)  # by their scores they would never come
        order = np.argsort(-scores)
        found = Candidates.of(order, scores[order])
        page = found.ids[part.rerank(Query(n=10), found, 10)].tolist()
        assert len(set(page)) == 10
        most = max(most, sum(one >= 30 for one in page))
        if request >= 600:
            served[page] += 1 / np.log2(2 + np.arange(10))
        show(page, request)
    own = served[30:].sum() / served.sum()
    assert own == pytest.approx(share, rel=0.03)
    assert most <= 10 * min(1.0, 3 * share + 0.1)


def test_counts_of_other_surfaces_do_not_pay():
    log = Log()
    for n in range(50):
        log.exposure.add(Impression(f"{n}", None, "similar", 0, (7,), (0.0,)))
    assert ranked(log=log, exposed=(Exposed(0.05, of(7), ("home",)),))[3] == 7
    assert ranked(log=log, exposed=(Exposed(0.05, of(7), ()),)) == list(range(N))


def test_excluded_items_are_dropped_and_posts_are_not():
    keep = Allowed(Rules(excluded=of(1))).keep
    assert keep(Query(), Candidates.of([0, 1, 99])).tolist() == [True, False, True]
    assert keep(Query(), Candidates.of([0, 1], kind=Kind.POST)).all()
    assert Allowed.is_hard


def test_pinned_proposes_in_turn_the_popular_first_but_not_what_the_page_is_about():
    popularity = np.arange(8, dtype=np.float32)  # 8 and 9 are newer than the training
    part = Pinned(
        Rules(pins=((0, of(1, 3, 9)),), exposed=(Exposed(0.1, of(4, 3), ()),)), popularity
    )
    assert part.retrieve(Query(), 10).ids.tolist() == [3, 4, 1, 9]
    assert part.retrieve(Query(), 2).ids.tolist() == [3, 4]
    assert part.retrieve(Query(seeds=(3,)), 10).ids.tolist() == [4, 1, 9]
    assert len(Pinned(Rules(), popularity).retrieve(Query(), 10)) == 0


def test_what_a_rule_speaks_for_is_told():
    part = Promoted(
        Rules(
            pins=((1, of(7)),),
            boost=np.where(of(3), 0.5, np.where(of(4), -0.5, 0)),
            exposed=(Exposed(0.1, of(5), ()),),
            buried=of(6),
        )
    )
    told = part.explain(Query(), Candidates.of([0, 7, 3, 4, 5, 6]))
    assert [[one.kind for one in reasons] for reasons in told] == [
        [], ["promoted"], ["promoted"], [], ["promoted"], [],
    ]  # fmt: skip
    assert told[1][0].share == 0


def test_exploring_leaves_what_rules_hold_and_its_chances_are_those_of_the_draw():
    rules = Rules(pins=((3, of(9)),), buried=of(6))
    part = Explore(Explore.Config(share=0.5, tail=1.0), np.ones(N, np.float32), rules)
    found = candidates().take(np.array([0, 1, 2, 9, 3, 4, 5, 6, 7, 8]))
    often, told = np.zeros((4, N)), np.zeros((4, N))
    for request in range(3000):
        page, chances = part.draw(Query(n=4, request_id=f"{request}"), found, 4)
        ids = found.ids[page]
        assert ids[3] == 9
        assert chances[3] == 1
        often[np.arange(4), ids] += 1
        told[np.arange(4), ids] = chances
    assert often[:, 6].sum() == 0
    assert often[0, 0] == 3000
    assert told.sum(axis=1) == pytest.approx(np.ones(4))
    assert np.abs(often / 3000 - told).max() < 4 * 0.5 / np.sqrt(3000)


MASK = st.lists(st.booleans(), min_size=N, max_size=N).map(np.array)


@given(
    size=st.integers(0, 14),
    n=st.integers(1, 12),
    pins=st.lists(st.tuples(st.integers(0, 11), MASK), max_size=4),
    buried=MASK,
    boost=st.lists(st.floats(-3, 3), min_size=N, max_size=N).map(np.array),
    share=st.floats(0.01, 1),
    mask=MASK,
    seed=st.integers(0, 9),
)
def test_whatever_the_rules_nothing_is_lost_and_pins_hold(
    size, n, pins, buried, boost, share, mask, seed
):
    rng = np.random.default_rng(seed)
    found = Candidates.of(rng.permutation(14)[:size], np.sort(rng.random(size))[::-1])
    pins = tuple(sorted(pins, key=lambda pin: pin[0]))
    arrays = {"buried": buried, "boost": boost, "exposed": (Exposed(share, mask, ()),)}
    part = Merchandising(Rules(pins=pins, **arrays), Log())
    query = Query(n=n, time=datetime(2026, 1, 1, tzinfo=UTC))
    order = part.rerank(query, found, size)
    assert sorted(order.tolist()) == list(range(size))
    assert part.rerank(query, found, size).tolist() == order.tolist()
    ids = found.ids[order].tolist()
    for place in {place for place, _ in pins}:
        own = np.any([one for at, one in pins if at == place], axis=0)
        others = np.any([one for at, one in pins if at != place] or [np.zeros(N, bool)], axis=0)
        sole = [one for one in ids if one < N and own[one] and not others[one]]
        if place < min(n, size) and sole:
            assert ids[place] < N
            assert own[ids[place]]
