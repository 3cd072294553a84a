"""Items by what they have as an attribute, kept up to date."""

import numpy as np
import pytest

from zhiyin.core import Item
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        yield store


def put(store, *items):
    store.write("items", frame(list(items)))


def groups(catalogue, name, n=3):
    return catalogue.group(name, np.arange(n)).tolist()


def test_items_with_the_same_value_are_of_one_group(store):
    put(store, *(Item(k, attributes={"seller": s}) for k, s in zip("abc", "xyx", strict=True)))
    catalogue = Catalogue(store)
    catalogue.follow("seller")
    first, second, third = groups(catalogue, "seller")
    assert first == third != second
    assert catalogue.code("seller", "x") == first
    assert catalogue.code("seller", "q") == catalogue.code("brand", "x") == -1


def test_nothing_said_is_no_group(store):
    put(store, Item("a", attributes={"seller": []}), Item("b", attributes={"seller": {}}))
    catalogue = Catalogue(store)
    assert groups(catalogue, "seller") == [-1, -1, -1]
    catalogue.follow("seller")
    assert groups(catalogue, "seller") == [-1, -1, -1]


def test_of_a_list_the_first_and_of_a_number_its_text(store):
    listed = Item("a", attributes={"seller": ["7", "8"]}), Item("b", attributes={"seller": 7})
    put(store, *listed)
    catalogue = Catalogue(store)
    catalogue.follow("seller")
    first, second, _ = groups(catalogue, "seller")
    assert first == second != -1


def test_what_changes_later_is_known(store):
    put(store, Item("a", attributes={"seller": "x"}))
    catalogue = Catalogue(store)
    catalogue.follow("seller")
    put(store, Item("b", attributes={"seller": "x"}), Item("a", attributes={"seller": "y"}))
    catalogue.refresh()
    first, second, _ = groups(catalogue, "seller")
    assert (first, second) == (catalogue.code("seller", "y"), catalogue.code("seller", "x"))


def test_brand_and_category_need_no_following(store):
    put(store, Item("a", brand="B", category="C"), Item("b", brand="B"))
    catalogue = Catalogue(store)
    catalogue.follow("brand")
    ids = np.arange(2)
    assert groups(catalogue, "brand", 2) == catalogue.brand(ids).tolist()
    assert groups(catalogue, "category", 2) == catalogue.category(ids).tolist()


def test_ids_and_titles_are_those_of_the_last_change(store):
    put(store, Item("a", title="茶", translations={"en": {"title": "Tea"}}), Item("b"))
    catalogue = Catalogue(store)
    assert [catalogue.title(0), catalogue.title(0, "en"), catalogue.title(1)] == ["茶", "Tea", None]
    put(store, Item("a", translations={"en": {"title": "Green tea"}}), Item("c", title="Pot"))
    assert (catalogue.key(2), catalogue.title(2)) == ("c", None)  # not taken in yet
    catalogue.refresh()
    titles = [catalogue.title(0), catalogue.title(0, "en"), catalogue.title(2), catalogue.title(9)]
    assert titles == ["茶", "Green tea", "Pot", None]
    assert [catalogue.key(number) for number in range(3)] == ["a", "b", "c"]
    assert catalogue.untimed(0).tolist() == [2, 0]
