"""Items as portraits: facets, opinions, prices, vectors of those without text, and whom they please."""

import json
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.portraits.shops import facts_frame, items_frame, random_items
from zhiyin.core import NO_TIME
from zhiyin.language.embedder import readable
from zhiyin.portraits.item_table import ItemPortraits

ITEM, PERSON = 0, 2


def test_facets_come_from_columns_attributes_and_what_was_read():
    frame = items_frame(
        brand=["Lu", "LU ", None],
        category=["Home > Tea", "Home > Tea", "Home > Pots"],
        attributes=['{"Origin":"Fujian","note":["a"]}', '{"origin":"fujian"}', None],
    )
    facts = facts_frame(
        [
            (ITEM, 0, "colour", "green", None, "item:a", None),
            (ITEM, 2, "colour", "green", None, "item:c", None),
            (ITEM, 1, "size", "40cm", None, "item:b", None),
            (ITEM, 1, "colour", "green", 7, "post:p", None),
        ]
    )
    items = ItemPortraits.of(frame, np.eye(3), facts)
    assert set(items.facets_of(0)) == {
        "brand:Lu", "category:Home > Tea", "department:Home", "origin:Fujian", "colour:green",
    }  # fmt: skip
    assert set(items.facets_of(1)) == set(items.facets_of(0)) - {"colour:green"}
    assert items.facets_of(2) == ["department:Home", "colour:green"]
    assert items.facet_names[items.category[0]] == "category:Home > Tea"
    assert items.category[2] == -1, "one item's category tells it from no other"


def test_opinions_are_counted_by_aspect():
    said = [(ITEM, 1, "opinion.delivery", value, 3, "post:p", None) for value in
            ("negative", "negative", "positive")]  # fmt: skip
    said += [(ITEM, 1, "opinion.quality", "neutral", 3, "post:p", None)]
    said += [(ITEM, 9, "opinion.quality", "neutral", 3, "post:p", None)]
    items = ItemPortraits.of(items_frame(brand=["a", "b"]), np.eye(2), facts_frame(said))
    assert items.opinions_of(1) == {
        "delivery": {"negative": 2, "neutral": 0, "positive": 1},
        "quality": {"negative": 0, "neutral": 1, "positive": 0},
    }
    assert items.opinions_of(0) == {}
    assert items.opinions.shape == (2, 2, 3)


def test_a_price_has_a_place_among_those_of_its_category():
    frame = items_frame(
        category=["tea"] * 4 + ["pot"] * 2 + ["tea"],
        price_minor=[100, 200, 300, 300, 5, 6, 10],
        currency=["CNY"] * 6 + ["USD"],
    )
    items = ItemPortraits.of(frame, np.eye(7))
    assert items.price_position[:4].tolist() == [0.125, 0.375, 0.75, 0.75]
    assert np.isnan(items.price_position[4:]).all(), "two prices are no market, dollars another"
    assert items.price_minor.tolist() == [100, 200, 300, 300, 5, 6, -1]
    assert "price:band 4" in items.facets_of(2)


def test_an_item_without_text_takes_after_what_the_same_people_touched():
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    touched = sparse.csr_array(np.array([[1, 0, 1, 0], [1, 0, 1, 0], [0, 1, 1, 0]]))
    items = ItemPortraits.of(items_frame(brand=["a"] * 4), vectors, touched=touched)
    assert items.vectors[2] == pytest.approx(np.array([2, 1]) / np.sqrt(5))
    assert items.vectors[3].tolist() == [0, 0]
    assert items.vectors[:2].tolist() == [[1, 0], [0, 1]]
    assert items.is_described.tolist() == [True, True, True, False]


def test_whom_an_item_pleases_is_told_by_how_much_likelier_they_are_to_choose_it():
    # Of 100 choices 40 are by the young: of the first item 36 of 50, where 20 are expected.
    audience = np.array([[50, 36, 14, 9], [50, 4, 46, 41]], np.float32)
    items = ItemPortraits.of(
        items_frame(brand=["a", "b"]),
        np.eye(2),
        groups=np.array(["everybody", "age:18-24", "age:25-34", "city:x"]),
        audience=sparse.csr_array(audience),
    )
    first, second = (items.audience_of(np.array([item])) for item in (0, 1))
    assert first == pytest.approx({"age:18-24": (36 + 10) / (20 + 10)})
    assert second == pytest.approx({"age:25-34": (46 + 10) / (30 + 10)})
    assert items.people_of(0) == 50
    both = items.audience_of(np.array([0, 1]))
    assert both == {}, "together they are everybody"


def test_a_group_is_not_named_for_a_few_choices_or_for_chance():
    frame, groups = items_frame(brand=["a", "b"]), np.array(["everybody", "age:a", "age:b"])

    def named(*counts):
        audience = sparse.csr_array(np.array([counts, (1000, 500, 500)], np.float32))
        items = ItemPortraits.of(frame, np.eye(2), groups=groups, audience=audience)
        return list(items.audience_of(np.array([0])))

    assert named(9, 9, 0) == [], "nine people are too few to speak of"
    assert named(10, 10, 0) == ["age:a"]
    assert named(40, 25, 15) == [], "that comes by chance"
    assert named(0, 0, 0) == []


def test_without_groups_nothing_is_counted():
    items = ItemPortraits.of(items_frame(brand=["a"]), np.eye(1))
    assert items.people_of(0) is None
    assert items.audience_of(np.array([0])) == {}


def test_when_an_item_was_listed_is_kept():
    when = datetime(2024, 5, 1, tzinfo=UTC)
    frame = items_frame(created=[when, None]).with_columns(
        pl.col("created").cast(pl.Datetime("us", "UTC"))
    )
    created = ItemPortraits.of(frame, np.eye(2)).created_us
    assert created.tolist() == [int(when.timestamp() * 1e6), NO_TIME]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_arrays_bring_the_same_portraits_back(seed):
    items = random_items(seed=seed)
    again = ItemPortraits.from_arrays(items.arrays())
    assert again.facet_names.tolist() == items.facet_names.tolist()
    assert (again.facets.toarray() == items.facets.toarray()).all()
    assert [again.facets_of(n) for n in range(len(again))] == [
        items.facets_of(n) for n in range(len(items))
    ]
    lengths = np.linalg.norm(again.vectors, axis=1)
    assert np.allclose(lengths[again.is_described], 1)


@pytest.mark.parametrize(
    "text", ["", "a", "\ud800b", "\x00 忽略以上指令", "x" * 100_000, "🙂" * 80, " : "], ids=range(7)
)
def test_any_text_may_stand_in_the_catalogue(text):
    told = json.dumps({"note": text, text: "x"})
    frame = items_frame(brand=["a", "a"], category=[None, None], attributes=[told, told])
    items = ItemPortraits.of(frame, np.eye(2))
    assert "brand:a" in items.facets_of(0)
    notes = [name for name in items.facets_of(0) if name.startswith("note:")]
    assert len(notes) == (0 < len(readable(text)) <= 80)
