"""Explored places: the chances that are told are those of the draw."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Candidates, Kind, Query
from zhiyin.reranking.explore import Explore, drawn, least

POPULARITY = np.array([100.0, 90.0, 80.0, 70.0, 0.0, 1.0, 2.0, 3.0, 0.0, 50.0], np.float32)


def explore(share, **options):
    return Explore(Explore.Config(share=share, tail=0.5, **options), POPULARITY)


def candidates(n=12):
    return Candidates.of(np.arange(n), np.linspace(1, 0, n))


def test_off_nothing_moves_and_all_is_certain():
    drawn_page = explore(0.0).draw(Query(n=5), candidates(), 12)
    assert drawn_page.positions.tolist() == list(range(12))
    assert drawn_page.chances.tolist() == [1.0] * 12


def test_the_last_places_go_to_the_tail_and_to_what_is_new():
    page, chances = explore(0.5).draw(Query(n=4, request_id="a"), candidates(), 4)
    assert page[:2].tolist() == [0, 1]
    assert set(page[2:].tolist()) <= {4, 5, 6, 7, 8, 10, 11}  # 9 is popular, 10 and 11 are new
    assert chances[:2].tolist() == [1.0, 1.0]
    assert (chances[2:] < 1).all()


def test_the_same_request_has_the_same_page_and_others_differ():
    part = explore(0.3, temperature=1.0)
    pages = [part.rerank(Query(n=4, request_id="a"), candidates(), 4).tolist() for _ in range(3)]
    assert pages[0] == pages[1] == pages[2]
    others = {tuple(part.rerank(Query(n=4, request_id=f"{i}"), candidates(), 4)) for i in range(50)}
    assert len(others) > 3


@pytest.mark.parametrize(
    "share", [0.25, 0.1, 0.4]
)  # of four places: one, less than one, more than one
def test_an_item_is_shown_as_often_as_is_told(share):
    part = explore(share, temperature=0.3)
    often, told = np.zeros((4, 12)), np.zeros((4, 12))
    for request in range(4000):
        page, chances = part.draw(Query(n=4, request_id=f"r{request}"), candidates(), 4)
        often[np.arange(4), page] += 1
        told[np.arange(4), page] = chances
    assert told.sum(axis=1) == pytest.approx(np.ones(4))
    assert np.abs(often / 4000 - told).max() < 4 * 0.5 / np.sqrt(4000)
    assert often[:, 4:].sum() / 4000 == pytest.approx(share * 4, abs=0.04)


def test_by_hand():
    _, chances = drawn(np.log([1.0, 5.0, 3.0, 5.0]), 2, np.random.default_rng(0))
    assert chances[0] in (0.25, pytest.approx(0.75))  # 1 against 3
    assert chances[1] == pytest.approx(0.5)  # 5 against 5


def test_only_items_are_drawn():
    kinds = np.full(12, Kind.POST, np.uint8)
    found = Candidates(np.arange(12), kinds, np.linspace(1, 0, 12).astype(np.float32))
    assert explore(0.5).rerank(Query(n=4), found, 4).tolist() == [0, 1, 2, 3]


@given(n=st.integers(0, 12), size=st.integers(1, 12), share=st.floats(0, 1), seed=st.integers(0, 9))
def test_nothing_is_lost_and_what_stays_keeps_its_place(n, size, share, seed):
    page, chances = explore(share).draw(Query(n=size, request_id=f"{seed}"), candidates(n), n)
    assert sorted(page.tolist()) == list(range(n))
    stay = max(min(size, n) - math.ceil(round(share * min(size, n), 6)), 0)
    assert page[:stay].tolist() == list(range(stay))
    assert ((chances > 0) & (chances <= 1)).all()


def test_a_shop_that_never_trained_explores_everything():
    part = Explore(Explore.Config(share=0.5), np.zeros(0, np.float32))
    assert len(part.rerank(Query(n=4), candidates(), 12)) == 12


def test_the_least_popular():
    assert least(POPULARITY, 0.5).nonzero()[0].tolist() == [4, 5, 6, 7, 8]
    assert not least(np.zeros(0, np.float32), 0.5).any()
