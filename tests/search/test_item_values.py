"""What items are, held against what queries ask for."""

from __future__ import annotations

import json

import numpy as np
import pytest

from zhiyin.search.catalogue_terms import CatalogueTerms
from zhiyin.search.item_values import ItemValues
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
