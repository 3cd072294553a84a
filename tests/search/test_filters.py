"""Narrowing a search to what was clicked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import plays
from zhiyin import Shop
from zhiyin.apps.search_aids_document import search_aids_document
from zhiyin.core import Item
from zhiyin.errors import InvalidRecord
from zhiyin.search.filters import Filters
from zhiyin.store.frames import frame

ROW: dict[str, Any] = {
    "brand": "索尼", "category": "数码 > 耳机", "price_minor": 19900, "currency": "CNY",
    "attributes": json.dumps({"colour": ["red", "blue"], "Weight": "250 g"}),
    "translations": json.dumps({"en": {"brand": "Sony", "category": "Electronics > Headphones"}}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([], True),
        (["brand:索尼"], True),
        (["brand:SONY"], True),  # in any of the catalogue's languages
        (["category:耳机", "category:音箱"], True),  # one of a name is enough
        (["category:耳机", "colour:green"], False),  # but every name must hold
        (["colour:blue", "Weight:250 g"], True),
        (["weight:250 g"], False),  # a name is as the facet has it
        (["price:199-200"], True),
        (["price:100-199 CNY"], False),  # the upper price is no longer in it
        (["price:-1000 USD"], False),
        (["price:100-150", "price:150- cny"], True),
        (["size:L"], False),
    ],
)
def test_a_filter_by_hand(said: list[str], holds: bool) -> None:
    assert Filters(said).hold(ROW) is holds


def test_what_is_not_known_is_not_in_a_band() -> None:
    assert not Filters(["price:0-10"]).hold({**ROW, "price_minor": None})
    yen = {**ROW, "price_minor": 500, "currency": "JPY"}
    assert Filters(["price:500-501 JPY"]).hold(yen)


@pytest.mark.parametrize(
    "said",
    [[""], ["brand"], ["brand:"], [":x"], ["price:x"], ["price:-"], ["price:1-2 CNYX"], ["a:b"] * 21, ["a:" + "b" * 500]],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(said: list[str]) -> None:
    with pytest.raises(InvalidRecord):
        Filters(said)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("filters")
    with Shop.open(path) as shop:
        items = [
            Item(
                f"{brand}{n}", title=f"Tea cup {colour}", category="Cups", brand=brand, price_minor=100 * (n + 1) * (n + 1),
                currency="USD", attributes={"colour": colour},
            )
            for brand in ("Lu", "Ko")
            for n in range(10)
            for colour in [("red", "blue")[n % 2]]
        ]  # fmt: skip
        shop.store.write("items", frame(items))
        shop.record(plays({f"p{n}": "Lu0 Ko1" for n in range(6)}))
        shop.train()
        yield shop


def keys(shop: Shop, text: str, *filters: str) -> set[str]:
    page = shop.search(text, n=50, filters=filters, is_preview=True).page
    assert not page.degraded
    return {shop.catalogue.key(item.ref.number) for item in page.items}


def test_hits_are_narrowed_and_a_filter_is_never_given_up(shop: Shop) -> None:
    assert keys(shop, "tea cup", "brand:Lu") == {f"Lu{n}" for n in range(10)}
    assert keys(shop, "tea cup", "brand:Lu", "price:1-9") == {"Lu0", "Lu1"}
    assert keys(shop, "red tea cup", "brand:Ko", "colour:blue") == {
        f"Ko{n}" for n in (1, 3, 5, 7, 9)
    }
    assert keys(shop, "tea cup", "brand:Nobody") == set()
    assert keys(shop, "cup without red", "brand:Lu") == {f"Lu{n}" for n in (1, 3, 5, 7, 9)}


def test_a_facet_s_filter_finds_as_many_as_it_counted_and_facets_count_within(shop: Shop) -> None:
    told = search_aids_document(shop, "tea cup", "en")
    assert {one["name"] for one in told["facets"]} == {"brand", "colour", "price"}
    for facet in told["facets"]:
        for value in facet["values"]:
            assert len(keys(shop, "tea cup", value["filter"])) == value["items"]
    within = search_aids_document(shop, "tea cup", "en", ["brand:Lu"])
    [colour] = [one for one in within["facets"] if one["name"] == "colour"]
    assert [one["items"] for one in colour["values"]] == [5, 5]
    assert "brand" not in {one["name"] for one in within["facets"]}
