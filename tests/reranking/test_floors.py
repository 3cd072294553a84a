"""Providers that were seen too little come onto the page."""

from types import SimpleNamespace

import numpy as np
import pytest

from zhiyin import Query
from zhiyin.core import Candidates, Item
from zhiyin.core.impression import Impression
from zhiyin.reranking.floors import Floors
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.exposure import Exposure
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def catalogue(tmp_path):
    """Items 0 to 5 are of provider a, 6 and 7 of b, 8 of c, 9 of nobody."""
    with Store.open(tmp_path / "shop.db") as store:
        sold = zip("0123456789", [*"aaaaaabbc", None], strict=True)
        items = [Item(k, attributes={"seller": s} if s else {}) for k, s in sold]
        store.write("items", frame(items))
        yield Catalogue(store)


@pytest.fixture
def shown():
    return SimpleNamespace(exposure=Exposure())


def floors(catalogue, shown, **options):
    return Floors(Floors.Config(provider="seller", **options), catalogue, shown)


def page(part, n=4, found=range(10)):
    return part.rerank(Query(n=n), Candidates.of(list(found)), len(list(found))).tolist()


def show(shown, *items):
    shown.exposure.add(Impression("r", None, "home", 0, items, tuple(0.0 for _ in items)))


def test_before_anything_was_shown_nothing_moves(catalogue, shown):
    assert page(floors(catalogue, shown)) == list(range(10))


def test_who_was_seen_least_gets_the_last_place_with_the_best_item(catalogue, shown):
    show(shown, 0, 8)  # b was not seen
    assert page(floors(catalogue, shown)) == [0, 1, 2, 6, 3, 4, 5, 7, 8, 9]
    show(shown, 0, 6)
    show(shown, 7)  # of 4.26 in all a had 2, b 1.63, c .63; a floor of 1 is 1.42
    assert page(floors(catalogue, shown, floor=1.0)) == [0, 1, 2, 8, 3, 4, 5, 6, 7, 9]


def test_two_places_go_to_two_providers(catalogue, shown):
    show(shown, 0)
    assert page(floors(catalogue, shown, places=2))[:4] == [0, 1, 6, 8]


def test_whoever_is_on_the_page_gets_no_more(catalogue, shown):
    show(shown, 0)
    found = [6, 0, 1, 2, 7, 8]  # b stands first
    chosen = page(floors(catalogue, shown), found=found)
    assert [found[p] for p in chosen] == [6, 0, 1, 8, 2, 7]


def test_what_does_not_fit_is_not_lifted(catalogue, shown):
    show(shown, 0)
    assert page(floors(catalogue, shown, pool=6)) == list(range(10))


def test_over_a_day_everybody_reaches_the_floor(catalogue, shown):
    part = floors(catalogue, shown, floor=0.2)
    for _ in range(200):
        show(shown, *page(part)[:4])
    seen = shown.exposure.of_items(10)
    of_provider = np.array([seen[:6].sum(), seen[6:8].sum(), seen[8:9].sum()])
    assert of_provider.min() > 0.99 * 0.2 * seen.sum() / 3
    assert of_provider.argmax() == 0


def test_items_that_the_catalogue_does_not_know_yet(catalogue, shown):
    show(shown, 0, 40)
    assert sorted(page(floors(catalogue, shown), found=[0, 1, 50])) == [0, 1, 2]
    assert page(floors(catalogue, shown), found=[]) == []
