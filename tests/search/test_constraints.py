"""What is asked for is held to, given up in order, and what is not wanted never comes."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Item, Kind
from zhiyin.search.constraints import ORDER, Constraint, constraints, in_range, levels
from zhiyin.search.item_slots import NO_PRICE, ItemSlots
from zhiyin.search.understanding import PriceRange, Slot, Understanding
from zhiyin.search.unwanted import Unwanted
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

GOODS = [
    Item("red-shoe", title="红色跑步鞋", price_minor=40000, currency="CNY", brand="Lu"),
    Item("blue-shoe", title="跑步鞋", price_minor=60000, attributes={"color": "blue"}),
    Item("dress", title="Dress", attributes={"颜色": "红色", "audience": "women", "season": "hot"}),
    Item("cup", title="Cup", brand="Mi", translations={"en": {"brand": "Xiaomi"}}),
    Item("sock", title="Sock", attributes={"audience": "everyone", "size": "XL"}),
]


@pytest.fixture
def slots(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame(GOODS))
        made = ItemSlots().after(store.entities_since(Kind.ITEM, -1).rows(named=True))
        made.store = store
        yield made


def those(mask):
    return [item.id for item, is_in in zip(GOODS, mask.tolist(), strict=True) if is_in]


def test_values_are_known_however_they_are_written(slots):
    assert those(slots.has("colour", ["red"])) == ["red-shoe", "dress"]
    assert those(slots.has("colour", ["红色", "blue"])) == ["red-shoe", "blue-shoe", "dress"]
    assert those(slots.has("brand", ["xiaomi"])) == those(slots.has("brand", ["MI"])) == ["cup"]
    assert those(slots.has("size", ["xl"])) == ["sock"]
    assert those(slots.lacks("colour", "red")) == ["blue-shoe", "cup", "sock"]
    assert slots.price_minor.tolist() == [40000, 60000, NO_PRICE, NO_PRICE, NO_PRICE]
    assert slots.currencies == {"CNY", None}


def test_who_says_nothing_of_audience_or_season_is_for_all(slots):
    assert those(slots.has("audience", ["women"])) == [item.id for item in GOODS]
    assert those(slots.has("audience", ["men"])) == ["red-shoe", "blue-shoe", "cup", "sock"]
    assert "dress" in those(slots.has("season", ["summer"]))
    assert "dress" not in those(slots.has("season", ["winter"]))


def test_a_change_is_taken_in(slots):
    slots.store.write(
        "items", frame([Item("blue-shoe", attributes={"color": "red"}, price_minor=7)])
    )
    rows = slots.store.entities_since(Kind.ITEM, slots.revision)
    later = slots.after(rows.rows(named=True))
    assert those(later.has("colour", ["red"])) == ["red-shoe", "blue-shoe", "dress"]
    assert those(later.has("colour", ["blue"])) == []
    assert later.price_minor[1] == 7
    assert those(slots.has("colour", ["blue"])) == ["blue-shoe"]  # a request under way
    assert later.revision == slots.store.revision()
    assert later.after([]) is later


def test_the_order_in_which_constraints_are_given_up(slots):
    said = "Lu red size 40 women under 500"
    slot = {name: Slot(name, value, 0, 2) for name, value in (("brand", "Lu"), ("colour", "red"), ("size", "40"), ("audience", "women"))}  # fmt: skip
    read = Understanding(said, slots=tuple(slot.values()), price=PriceRange(None, 50000))
    assert [one.name for one in constraints(read)] == [
        "audience",
        "colour",
        "size",
        "brand",
        "price",
    ]
    assert [names[0] for names in ORDER] == ["audience", "colour", "size", "brand", "price"]


def test_what_is_unsure_or_not_wanted_is_no_constraint():
    read = Understanding(
        "", slots=(Slot("colour", "red", 0, 1, 0.7), Slot("brand", "Lu", 0, 1, is_excluded=True), Slot("category", "Shoes", 0, 1))
    )  # fmt: skip
    assert constraints(read) == []


def test_levels_are_worked_out_by_hand(slots):
    asked = [Constraint("colour", ("red",)), Constraint("price", price=PriceRange(None, 50000))]
    # The red shoe fits; the blue one needs colour and a fifth more money (60,000 = 50,000 · 1.2); a price not known never fits.
    assert levels(asked, slots).tolist() == [0, 5, -1, -1, -1]
    assert levels(asked[:1], slots).tolist() == [0, 2, 0, 2, 2]
    assert levels([], slots).tolist() == [0] * 5


@given(
    st.lists(st.integers(-1, 300), min_size=1, max_size=20),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_a_range_holds_what_lies_in_it(prices, low, high):
    found = in_range(np.array(prices), PriceRange(low, high))
    assert found.tolist() == [price >= 0 and low <= price <= high for price in prices]


def row(**said):
    nothing = dict.fromkeys(
        ("title", "brand", "category", "description", "attributes", "translations")
    )
    return {**nothing, **said}


@pytest.mark.parametrize(
    ("said", "text", "holds"),
    [
        ("酒精", "含酒精爽肤水", True),
        ("酒精", "无酒精爽肤水", False),
        ("酒精", "不含酒精的爽肤水", False),
        ("酒精", "爽肤水", False),
        ("laces", "Shoe with lace", True),
        ("laces", "Shoe without laces", False),
        ("alcohol", "Alcohol-free toner", False),
        ("sugar", "No sugar tea, sugar apart", True),
    ],
)
def test_an_item_that_is_without_a_thing_does_not_hold_it(said, text, holds):
    assert Unwanted([said]).stands_in(row(title=text)) is holds


def test_what_is_not_wanted_is_looked_for_in_all_fields_and_languages():
    one = Unwanted(["酒精", "wool"])
    assert one.stands_in(row(title="爽肤水", attributes=json.dumps({"成分": ["水", "酒精"]})))
    assert one.stands_in(
        row(title="毛衣", translations=json.dumps({"en": {"title": "Wool jumper"}}))
    )
    assert not one.stands_in(row(title="毛衣"))
