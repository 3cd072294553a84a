"""Variants of a product: one of them stays in front."""

import pytest

from zhiyin import Query
from zhiyin.core import Candidates, Item
from zhiyin.reranking.variants import Variants
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def order(tmp_path):
    """Return what order items come in, the better ones first before."""
    with Store.open(tmp_path / "shop.db") as store:

        def of(*items, **options):
            store.write("items", frame(list(items)))
            catalogue = Catalogue(store)
            part = Variants(Variants.Config(**options), catalogue)
            found = Candidates.of(range(len(items)))
            positions = part.rerank(Query(n=2), found, len(items))
            return [catalogue.key(int(found.ids[p])) for p in positions]

        yield of


def test_the_same_product_code(order):
    a, b = ({"spu": "x"}, {"spu": "y"})
    items = Item("1", attributes=a), Item("2", attributes=a), Item("3", attributes=b)
    assert order(*items) == ["1", "3", "2"]


def test_the_id_of_the_main_item_whichever_comes_first(order):
    main, variant = Item("main"), Item("red", attributes={"variant_of": "main"})
    assert order(variant, main, Item("other")) == ["red", "other", "main"]


def test_titles_that_differ_in_colour_and_size_only(order):
    items = (
        Item("1", title="Oda 纯棉T恤 黑色 XL", brand="Oda"),
        Item("2", title="Oda 纯棉T恤 白色 M", brand="Oda"),
        Item("3", title="Oda 纯棉衬衫 白色 M", brand="Oda"),
        Item("4", title="Oda 纯棉T恤 红色 L", brand="Ado"),
    )
    assert order(*items) == ["1", "3", "4", "2"]


def test_a_product_code_wins_over_the_title(order):
    items = [Item(k, title="Mug", brand="B", attributes={"product": k}) for k in "12"]
    assert order(*items) == ["1", "2"]


def test_without_brand_or_title_nothing_is_said(order):
    assert order(Item("1", title="Mug"), Item("2", title="Mug"), Item("3")) == ["1", "2", "3"]


def test_another_attribute(order):
    items = [Item(k, attributes={"model": "m"}) for k in "12"] + [Item("3")]
    assert order(*items, attributes=("model",)) == ["1", "3", "2"]
