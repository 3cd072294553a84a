"""Ways to narrow what was found."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.aids.facets import facets


def row(**more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("brand", "category", "attributes", "translations", "price_minor"))
    return {**nothing, "currency": "CNY", **more}


def test_counts_and_both_languages() -> None:
    said = json.dumps({"en": {"brand": "Sony", "category": "Electronics > Headphones"}})
    rows = [
        row(brand="索尼", category="数码 > 耳机", translations=said, attributes='{"colour": ["red", "blue"]}'),
        row(brand="索尼", category="数码 > 耳机", attributes='{"colour": "red"}'),
        row(brand="Bose", category="数码 > 音箱"),
        row(brand=None, category="数码 > 音箱"),
    ]  # fmt: skip
    found = {one.name: one for one in facets(rows)}
    brand = found["brand"]
    assert [(v.value, v.items, v.translations) for v in brand.values] == [
        ("索尼", 2, {"en": "Sony"}), ("Bose", 1, {}),
    ]  # fmt: skip
    assert (brand.covered, brand.bits, brand.others) == (3, 1.5, 0)
    category = found["category"]
    assert [(v.value, v.items) for v in category.values] == [("耳机", 2), ("音箱", 2)]
    assert category.values[0].translations == {"en": "Headphones"}
    assert [(v.value, v.items) for v in found["colour"].values] == [("red", 2), ("blue", 1)]


def test_prices_fall_into_bands_at_round_figures() -> None:
    prices = [900, 1100, 1900, 2100, 4900, 5200, 9800, 20000]
    [price] = facets(
        [row(price_minor=one) for one in prices] + [row(price_minor=1, currency="USD")]
    )
    assert price.currency == "CNY"
    bands = [(v.low_minor, v.high_minor, v.items) for v in price.values]
    assert bands == [(0, 2000, 3), (2000, 5000, 2), (5000, None, 3)]


def test_what_narrows_down_most_comes_first_and_what_narrows_nothing_is_left_out() -> None:
    rows = [
        row(brand="one", category=f"c{n % 2}", attributes=json.dumps({"size": "SML"[n % 3], "sku": str(n)}))
        for n in range(60)
    ] + [row(brand="one", category="c0")]  # fmt: skip
    found = facets(rows)
    # brand is the same of all, and sku of none
    assert [one.name for one in found] == ["size", "category"]
    assert facets(rows, most=1) == found[:1]


def test_what_hardly_any_item_says_is_left_out() -> None:
    rows = [row(category=f"c{n % 2}") for n in range(20)]
    rows[0]["attributes"] = '{"material": "oak"}'
    assert [one.name for one in facets(rows)] == ["category"]


def test_nothing_found_has_no_facets() -> None:
    assert facets([]) == []
    assert facets([row(brand="one", price_minor=100)]) == []


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "brand": st.sampled_from(["a", "b", "c", None]),
                "price_minor": st.one_of(st.none(), st.integers(0, 10**9)),
                "attributes": st.sampled_from([None, '{"x": "1"}', '{"x": ["1", "2"]}']),
            }
        ),
        max_size=40,
    )
)
def test_counts_are_those_of_the_items(rows: list[dict[str, Any]]) -> None:
    given_rows = [row(**one) for one in rows]
    found = facets(given_rows)
    assert [one.bits for one in found] == sorted((one.bits for one in found), reverse=True)
    for facet in found:
        assert facet.covered <= len(rows)
        if facet.name == "brand":
            for value in facet.values:
                assert value.items == sum(one["brand"] == value.value for one in rows)
        if facet.name == "price":
            assert sum(value.items for value in facet.values) == facet.covered
            for value in facet.values:
                low, high = value.low_minor or 0, value.high_minor
                inside = [
                    one for one in rows
                    if one["price_minor"] is not None
                    and one["price_minor"] >= low and (high is None or one["price_minor"] < high)
                ]  # fmt: skip
                assert value.items == len(inside)
