"""The catalogue, and what people did with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.ingest.doctor.conftest import NOW, Examined, unwell
from zhiyin.core.records import Event, Item

DESCRIBED: dict[str, Any] = {
    "description": "Soft", "category": "c0", "price_minor": 3_000, "currency": "CNY",
}  # fmt: skip


def items(n: int, **fields: Any) -> list[Item]:
    """Return items like those of the clean shop, but for some fields."""
    return [Item(f"x{k}", **{"title": f"Extra{k}", **DESCRIBED, **fields}) for k in range(n)]


@pytest.mark.parametrize(
    ("check", "planted", "found"),
    [
        ("items.title", items(5, title=None), 5),
        ("items.category", items(20, category=None), 20),
        ("items.description", items(70, description=None), 70),
        ("items.price", items(20, price_minor=None), 20),
        ("items.free", items(3, price_minor=0), 3),
        ("items.currencies", items(2, currency="USD"), 2),
        ("items.currencies", items(2, currency=None), 2),
        ("items.duplicates", items(3, title="Red  SCARF!"), 3),
        ("items.mojibake", items(1, title="CafÃ© au lait"), 1),
        ("items.mojibake", items(1, title="锟斤拷锟斤拷"), 1),
        ("items.mojibake", items(1, title="caf\ufffd"), 1),
        ("items.untouched", items(300), 300),
        ("size.languages", items(40, title="Привет мир"), 40),
    ],
)
def test_the_catalogue(examined: Examined, check: str, planted: list[Item], found: int) -> None:
    finding = examined(planted)[check]
    assert (finding.status, finding.found) == ("WARN", found)
    assert finding.examples[0]["item"] == "x0"


@pytest.mark.parametrize("title", ["Café ÀÉÎ naïve Ångström", "绿茶", "SÃO PAULO", "«Âge»"])
def test_letters_with_signs_are_no_mojibake(examined: Examined, title: str) -> None:
    assert examined(items(1, title=title))["items.mojibake"].found == 0


def test_titles_in_translations_are_titles(examined: Examined) -> None:
    told = items(9, title=None, translations={"en": {"title": "Tea"}})
    assert examined(told)["items.title"].found == 0


def test_titles_made_of_brand_and_category_are_no_doubles(examined: Examined) -> None:
    made = items(9, title="b c0", attributes={"title_from": "brand and category"})
    assert examined(made)["items.duplicates"].found == 0


def test_one_title_of_two_brands_is_two_products(examined: Examined) -> None:
    two = [Item(f"x{n}", title="Scarf", brand=f"brand{n}", **DESCRIBED) for n in range(2)]
    assert examined(two)["items.duplicates"].found == 0


def test_prices_far_from_their_category(examined: Examined) -> None:
    dear = Item("dear", title="Dear", **{**DESCRIBED, "price_minor": 1_000_000})
    cheap = Item("cheap", title="Cheap", **{**DESCRIBED, "price_minor": 9})
    alone = Item("alone", title="Alone", **{**DESCRIBED, "category": "cars", "price_minor": 10**8})
    found = examined([dear, cheap, alone])["items.price_outliers"]
    assert (found.status, found.found) == ("WARN", 2)
    assert [row["item"] for row in found.examples] == ["dear", "cheap"]


def test_what_nobody_told_is_one_line_without_examples(alone: Examined) -> None:
    bare = [Item(f"i{n}", title=f"t{n}") for n in range(20)]
    events = [Event("an", f"i{n}", time=NOW) for n in range(20)]
    found = alone(bare, events)["items.price"]
    assert (found.status, found.found, found.examples) == ("WARN", 20, ())


def test_an_item_popular_with_one_person(examined: Examined) -> None:
    habit = [Event("u5", "i5", time=NOW - n * timedelta(hours=7)) for n in range(150)]
    found = examined(habit)["items.one_person"]
    assert (found.status, found.found) == ("WARN", 1)
    assert (found.examples[0]["item"], found.examples[0]["person"]) == ("i5", "u5")


def test_what_is_out_of_stock_and_still_touched(examined: Examined) -> None:
    gone = [Item(f"i{n}", stock=0) for n in range(20)]
    found = examined(gone)["items.out_of_stock"]
    assert found.status == "WARN"
    assert found.found / found.of == pytest.approx(1 / 3, abs=0.1)
    assert set(unwell(examined([Item("i1", stock=0)]))) == set()


def test_one_person_s_habit_among_many_popular_items_is_no_matter(alone: Examined) -> None:
    popular = [
        Event(f"u{n % 97}", f"i{n % 130}", time=NOW - timedelta(minutes=n)) for n in range(7_800)
    ]
    habit = [Event("u5", "habit", time=NOW - n * timedelta(hours=7)) for n in range(50)]
    found = alone(popular, habit)["items.one_person"]
    assert (found.status, found.found, found.of) == ("PASS", 1, 131)
