"""What the store knows beside the events: ties that are friendship, attributes that tell items apart."""

import numpy as np
import pytest

from zhiyin import Event
from zhiyin.core import Kind
from zhiyin.ranking.side import read_side


@pytest.fixture
def store(shop):
    shop.record([Event("an", f"i{n}") for n in range(4)])
    shop.put("items", [
        {"id": "i0", "brand": "Acme", "category": "Home > Kitchen", "attributes": {"colour": "red", "sizes": [1]}},
        {"id": "i1", "brand": "acme ", "category": "Home > Garden", "attributes": {"colour": "red"}},
        {"id": "i2", "brand": "Only", "attributes": {"colour": "blue", "long": "x" * 200}},
    ])  # fmt: skip
    return shop.store


def attributes_of(store, n_items=4):
    return read_side(store, n_items)["attributes"].toarray()


def test_what_several_items_share_is_an_attribute(store):
    table = attributes_of(store)
    number = [store.number(Kind.ITEM, f"i{n}") for n in range(4)]
    rows = table[number]
    assert table.shape == (
        4,
        3,
    )  # brand, top category, colour; what one item alone has tells nothing
    assert rows[0].tolist() == rows[1].tolist() == [1, 1, 1]
    assert not rows[2:].any()


def test_what_people_said_of_items_describes_them_and_foretells_nothing(shop):
    shop.put("items", [{"id": f"i{n}"} for n in range(2)])
    said = [
        {"subject_kind": "item", "subject": f"i{n}", "name": "tag", "value": "jazz", "user": "an"}
        for n in range(2)
    ]
    assert not shop.put("facts", said).rejected
    side = read_side(shop.store, 2)
    assert "attributes" not in side
    assert side["descriptions"].toarray().tolist() == [[1], [1]]


def test_items_beyond_the_rows_are_left_out(store):
    assert read_side(store, 1).get("attributes", np.zeros((1, 0))).shape[0] == 1


def test_a_store_without_either_has_no_side(shop):
    shop.record([Event("an", "tea")])
    assert read_side(shop.store, 1) == {}


def test_strongest_of_several_kinds_counts_and_blocks_do_not(shop):
    shop.put("ties", [
        {"user": "a", "other": "b", "kind": "friend", "strength": 0.2},
        {"user": "a", "other": "b", "kind": "family", "strength": 0.9},
        {"user": "a", "other": "c", "kind": "block"},
        {"user": "b", "other": "c"},
    ])  # fmt: skip
    ties = read_side(shop.store, 0)["ties"]
    assert ties.one.size == 2
    assert ties.strength is not None
    assert np.nanmax(ties.strength) == pytest.approx(0.9)
    assert np.isnan(ties.strength).sum() == 1
