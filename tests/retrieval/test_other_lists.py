"""Hot, together, again, and what a page starts from, over parts of a test's own."""

from types import SimpleNamespace

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import sparse

from zhiyin.core import Candidates, Context, Query
from zhiyin.portraits.rebuying import Rebuying
from zhiyin.portraits.sums import DAY_US
from zhiyin.portraits.together import Together as Pairs
from zhiyin.portraits.trend import Trend
from zhiyin.ranking.list_reasons import ListReasons
from zhiyin.retrieval.again import Again
from zhiyin.retrieval.seeds import Seeds
from zhiyin.retrieval.taste import _session
from zhiyin.retrieval.together import Together
from zhiyin.retrieval.trending import Heat, Trending
from zhiyin.settings.pipelines import default_pipelines

NOW = Query().time
NOW_US = int(NOW.timestamp() * 1e6)


def pairs(rows):
    return Pairs(sparse.csr_array(np.array(rows, np.float32)))


@pytest.fixture
def society():
    """Two cities, 0..9 and 10..19; item 0 is bought in the first today, item 1 in the second, item 2 always by all."""
    person = np.concatenate([np.arange(10), np.arange(10, 20), np.tile(np.arange(20), 2)])
    item = np.repeat([0, 1, 2], [10, 10, 40])
    days = np.concatenate([np.zeros(20), np.repeat([0, 60], 20)])
    member = np.zeros((20, 3), np.float32)
    member[:, 0] = member[:10, 1] = member[10:, 2] = 1
    time_us = NOW_US - (days * DAY_US).astype(np.int64)
    groups = np.array(["everybody", "city:Ulm", "city:Bonn"])
    chunk = person, item, np.full(person.size, 8.0), time_us
    trend = Trend.of([chunk], groups, sparse.csr_array(member), np.zeros(4, bool), NOW_US)
    rebuying = Rebuying(np.array([0.5, 0.05, 0.2, 0], np.float32), np.full(4, 9, np.float32))
    together = pairs([[0, 0.5, 0.25, 0], [0.5, 0, 0, 0], [0.25, 0, 0, 0.125], [0, 0, 0.125, 0]])
    return SimpleNamespace(trend=trend, rebuying=rebuying, together=together)


def hot(society, query, by=("city", "region")):
    query = query.with_fields(Heat(Heat.Config(by=by), society).hydrate_query(query))
    return query, Trending(np.zeros(4, np.float32)).retrieve(query, 10)


def ordered(found):
    return found.ids[np.argsort(-found.scores, kind="stable")].tolist()


def test_each_city_has_what_rises_there_and_a_stranger_what_rises_for_all(society):
    assert ordered(hot(society, Query(person=3, time=NOW))[1])[0] == 0
    assert ordered(hot(society, Query(person=13, time=NOW))[1])[0] == 1
    assert sorted(ordered(hot(society, Query(time=NOW))[1])) == [0, 1, 2]
    there = Query(person=3, time=NOW, context=Context(extra={"city": "Bonn"}))
    assert ordered(hot(society, there)[1])[0] == 1, "where one is goes before where one lives"
    assert ordered(hot(society, there, by=())[1]) == ordered(hot(society, Query(time=NOW))[1])


def test_what_rises_says_where(society):
    query, found = hot(society, Query(person=3, time=NOW))
    reasons = ListReasons(society).explain(query, found)
    told = {int(i): r.data.get("group") for i, (r,) in zip(found.ids, reasons, strict=True)}
    assert told[0] == "city:Ulm"
    assert told[2] != "city:Ulm", "it sold there before as well"


def test_an_event_of_today_is_hot_at_once(society):
    assert 3 not in ordered(hot(society, Query(person=3, time=NOW))[1])
    for person in list(range(10)) * 2:
        society.trend.fold(person, 3, 8.0, NOW_US)
    assert 3 in ordered(hot(society, Query(person=3, time=NOW))[1])[:2]


def test_without_times_hot_is_what_is_popular():
    nothing = {"hot_item": np.empty(0, np.int64), "hot_score": np.empty(0, np.float32)}
    source = Trending(np.array([1, 0, 3], np.float32))
    assert ordered(source.retrieve(Query().with_fields(nothing), 10)) == [2, 0]


def test_a_basket_is_completed_by_what_goes_with_most_of_it(society):
    query = Query(seeds=(1, 2))
    found = Together(society).retrieve(query, 10)
    assert ordered(found) == [0, 3], ".5 + .25 and .125"
    [first, _] = ListReasons(society).explain(query, found.take(np.argsort(-found.scores)))
    assert [(w.ref.number, round(w.share, 2)) for w in first[0].evidence] == [(1, 0.67), (2, 0.33)]
    assert not len(Together(society).retrieve(Query(seeds=(99,)), 10))


def test_what_is_bought_again_needs_a_second_time_or_a_kind_that_comes_back(society):
    bought = np.array([0, 0, 1, 2, 1]), NOW_US - DAY_US * np.array([0, 30, 0, 60, 10])
    query = Query(time=NOW).with_fields({"bought_items": bought[0], "bought_us": bought[1]})
    found = Again(Again.Config(), society).retrieve(query, 10)
    assert ordered(found) == [0, 2, 1]
    assert found.scores.tolist() == pytest.approx(
        [0.5 * (1 + 0.5**0.5), 0.5 * 0.2, 0.05 * (1 + 0.5 ** (1 / 6))], rel=0.02
    )
    once = Query(time=NOW).with_fields(
        {"bought_items": bought[0][2:4], "bought_us": bought[1][2:4]}
    )
    assert ordered(Again(Again.Config(), society).retrieve(once, 10)) == [2]
    told = {
        int(i): r.data
        for i, (r,) in zip(found.ids, ListReasons(society).explain(query, found), strict=True)
    }
    assert told == {
        0: {"days": 30, "own": True},
        1: {"days": 10, "own": True},
        2: {"days": 9, "own": False},
    }


def test_what_is_new_says_so(society):
    found = Candidates.of([3, 1], source="fresh")
    assert [one.kind for (one,) in ListReasons(society).explain(Query(), found)] == ["fresh"] * 2


def test_what_a_page_starts_from_is_never_on_it():
    assert Seeds().keep(Query(seeds=(4, 2)), Candidates.of([2, 3, 4])).tolist() == [
        False,
        True,
        False,
    ]
    assert Seeds().keep(Query(), Candidates.of([2])).all()
    assert Seeds.is_hard


def test_what_was_clicked_last_weighs_more_and_comes_first():
    asked = _session((7, 5, 7, 3), 0.5)
    assert asked.items.tolist() == [3, 5, 7]
    assert asked.weights.tolist() == [1, 0.25, 0.5]
    assert asked.recent.tolist() == [3, 7, 5, 7]


def test_a_kind_of_group_that_there_is_not_is_refused():
    with pytest.raises(ValidationError, match="city"):
        Heat.Config(by=("town",))


@pytest.mark.parametrize(
    "surface", ["home", "similar", "feed", "hot", "latest", "together", "again"]
)
def test_a_page_does_not_show_what_it_starts_from(surface):
    assert {part.type for part in default_pipelines()[surface].filters} & {"seeds", "seen"}
