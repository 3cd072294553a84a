"""What was searched for, by how many people, and what they chose from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zhiyin.core import Event, Kind
from zhiyin.core.searched import Searched
from zhiyin.store.asked import AskedText, SearchFigures
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as store:
        store.write(
            "events",
            frame([
                Event("an", "tea", "click", request_id="r1"), Event("an", "tea", "purchase", request_id="r1"),
                Event("bo", "tea", "click", request_id="r2"), Event("bo", "pot", "click", request_id="r2"),
                Event("bo", "cup", "click"),
            ]),
        )  # fmt: skip
        an, bo = (store.number(Kind.PERSON, one) for one in ("an", "bo"))
        store.searches.record(
            [
                Searched("r1", an, "tea", 5, 100), Searched("r2", bo, "tea", 7, 300), Searched("r3", an, "tea", 6, 200),
                Searched("r4", None, "tea", 9, 50), Searched("r5", an, "pot", 3, 400), Searched("r6", bo, "net", 2, 10),
                Searched("r7", bo, "net", 0, 20),
            ]
        )  # fmt: skip
        yield store


def test_people_are_counted_once_and_the_latest_search_tells_what_there_is(store: Store) -> None:
    # r4 is the last row stored, though not of the latest time
    assert store.asked.texts(2) == [AskedText("tea", 4, 2, 300, 9)]
    assert [one.text for one in store.asked.texts(1)] == ["tea", "pot"]  # net finds nothing now


def test_what_was_chosen_is_counted_by_people(store: Store) -> None:
    tea, pot = store.numbers(Kind.ITEM, ["tea", "pot"]).tolist()
    assert store.asked.chosen(2) == {"tea": {tea: 2, pot: 1}}
    assert store.asked.chosen(3) == {}


def test_a_person_s_own_are_the_newest_first_each_once(store: Store) -> None:
    an, bo = (store.number(Kind.PERSON, one) for one in ("an", "bo"))
    assert an is not None
    assert bo is not None
    assert store.asked.own(an) == ["pot", "tea"]
    assert store.asked.own(an, limit=1) == ["pot"]
    assert store.asked.own(bo) == ["net", "tea"]
    store.searches.erase(an)
    assert store.asked.own(an) == []


def test_the_revision_grows_with_every_search(store: Store) -> None:
    before = store.asked.revision()
    store.searches.record([Searched("r8", None, "x", 1, 1)])
    assert store.asked.revision() > before


def test_what_came_of_searches(store: Store) -> None:
    tea = SearchFigures("tea", 4, 2, 0, 2, 300)
    net = SearchFigures("net", 2, 1, 1, 0, 20)
    pot = SearchFigures("pot", 1, 1, 0, 0, 400)
    assert store.asked.figures(0) == [tea, net, pot]
    assert store.asked.figures(2) == [tea]
    unfound = SearchFigures("net", 1, 1, 1, 0, 20)
    assert store.asked.figures(0, without="results") == [unfound]
    in_vain = SearchFigures("net", 1, 1, 0, 0, 10)
    assert store.asked.figures(0, without="clicks") == [in_vain, pot]
    assert store.asked.figures(0, since_us=250) == [pot, SearchFigures("tea", 1, 1, 0, 1, 300)]
