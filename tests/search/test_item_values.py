"""What items are, held against what queries ask for."""

from __future__ import annotations

import json

import numpy as np
import pytest

from zhiyin.search.item_values import ItemValues
from zhiyin.search.query.catalogue_terms import CatalogueTerms
from zhiyin.search.understanding import PriceRange, Slot, Understanding


def row(number: int, colour: str, price_minor: int = 900) -> dict[str, object]:
    attributes = json.dumps({"colour": colour})
    return {"number": number, "brand": None, "category": None, "translations": None,
            "price_minor": price_minor, "attributes": attributes, "title": "灯", "description": None}  # fmt: skip


VALUES = ItemValues([row(0, "red"), row(1, "navy blue"), row(2, "red", 5000)])
RED = Slot("colour", "red", 0, 3)


def met(values: ItemValues, read: Understanding) -> list[float]:
    return values.met(read, np.arange(3)).tolist()


def test_what_has_the_value_meets_it_and_what_must_not_have_it_does_not() -> None:
    assert met(VALUES, Understanding("red", slots=(RED,))) == [1, 0, 1]
    unwanted = Slot("colour", "red", 0, 3, is_excluded=True)
    assert met(VALUES, Understanding("not red", slots=(unwanted,)))[1] > 0


def test_price_counts_beside_values() -> None:
    found = met(
        VALUES, Understanding("red", slots=(RED,), price=PriceRange(None, 1000, start=4, end=9))
    )
    assert found[0] == pytest.approx(1)
    assert found[0] > found[2] > 0


def goods(number: int, kind: str, colour: str, category: str) -> dict[str, object]:
    said = {"category": category, "attributes": json.dumps({"type": kind, "colour": colour})}
    return {**row(number, colour), **said}


SHELF = ItemValues([
    goods(0, "shoe", "red", "wear > feet"),
    goods(1, "shoe", "blue", "wear > feet"),
    goods(2, "boot", "red", "wear > feet"),
    goods(3, "coat", "red", "wear > coats"),
    goods(4, "cup", "red", "home > kitchen"),
])  # fmt: skip
RED_SHOE = Understanding("red shoe", slots=(RED, Slot("type", "shoe", 4, 8)))


def test_what_is_of_another_kind_is_little_however_red_it_is() -> None:
    red, blue, boot, coat, cup = SHELF.met(RED_SHOE, np.arange(5)).tolist()
    assert red == pytest.approx(1)
    assert red > blue > boot > coat > cup == 0


def test_what_is_near_is_told_by_the_items_of_the_kind_that_are_given() -> None:
    without_shoes = SHELF.met(RED_SHOE, np.array([2, 3, 4]))
    assert without_shoes.tolist() == [0, 0, 0]


def test_items_are_found_by_what_they_are() -> None:
    found = SHELF.having(RED_SHOE, np.array([4, 3, 2, 1, 0, 77]))
    assert found is not None
    assert found.tolist() == [1, 1, 1, 1, 2, 0]
    assert SHELF.having(Understanding("shoe"), np.arange(5)) is None
    unwanted = Slot("colour", "red", 0, 3, is_excluded=True)
    assert SHELF.having(Understanding("not red", slots=(unwanted,)), np.arange(5)) is None


def test_a_kind_that_is_not_wanted_brings_nothing_near() -> None:
    unwanted = Slot("type", "shoe", 4, 8, is_excluded=True)
    found = SHELF.met(Understanding("red not shoe", slots=(RED, unwanted)), np.arange(5))
    assert found[2] == found[3] == found[4] > found[0] > found[1]


def test_items_that_came_later_are_told_beside_the_first() -> None:
    values = ItemValues([row(5, "red"), row(1, "navy blue")])
    values.add([row(3, "red")])
    values.add([row(9, "green"), row(5, "blue")])
    asked = Understanding("red", slots=(RED,))
    assert values.met(asked, np.array([9, 5, 3, 1, 7])).tolist() == [0, 0, 1, 0, 0]
    opened = ItemValues.from_arrays(values.arrays())
    assert opened.met(asked, np.array([9, 5, 3, 1, 7])).tolist() == [0, 0, 1, 0, 0]


def test_an_item_written_anew_is_what_it_is_now_and_a_snapshot_says_the_same() -> None:
    values = ItemValues([row(0, "red"), row(1, "navy blue"), row(2, "red")])
    values.add([row(0, "green")])
    asked = Understanding("red", slots=(RED,))
    assert met(values, asked) == [0, 0, 1]
    assert met(ItemValues.from_arrays(values.arrays()), asked) == [0, 0, 1]


def test_chinese_words_for_english_values_are_learned_from_titles() -> None:
    rows = [
        {**row(k, "red"), "title": f"{brand} {name} {k}", "attributes": json.dumps({"type": kind})}
        for k, (brand, name, kind) in enumerate(
            [("甲乙", "雨衣", "raincoat"), ("丙丁", "雨衣", "raincoat"), ("戊己", "雨衣", "raincoat"),
             ("甲乙", "宠物雨衣", "dog raincoat"), ("丙丁", "宠物雨衣", "dog raincoat"), ("戊己", "宠物雨衣", "dog raincoat")]
        )
    ]  # fmt: skip
    terms = CatalogueTerms(rows)
    assert [one.value.value for one in terms.matches("大 雨衣")] == ["raincoat"]
    assert [one.value.value for one in terms.matches("宠物雨衣")] == ["dog raincoat"]
