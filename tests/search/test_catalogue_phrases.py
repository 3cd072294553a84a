"""What a catalogue without a single search gives to suggest."""

from __future__ import annotations

from typing import Any

import pytest

from zhiyin.search.aids.catalogue_phrases import CataloguePhrases, leaf


def row(number: int, title: str | None, **more: Any) -> dict[str, Any]:
    return {"number": number, "title": title, "brand": None, "category": None, "translations": None, **more}  # fmt: skip


def texts(rows: list[dict[str, Any]], fewest: int = 1) -> dict[str, int]:
    found = CataloguePhrases({one["brand"] for one in rows if one["brand"]})
    found.put(rows)
    return {one.text: one.items for one in found.phrases(fewest)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("净颜集 防晒霜 清爽不含酒精", {"防晒霜"}),
        ("【限时】蓝色 保温杯 500ml", {"蓝色"}),
        ("Acme Oak Vinyl Flooring (24 sq. ft.)", {"flooring", "vinyl flooring", "oak vinyl flooring"}),
        ("Recessed Lighting Kit with Bulb", {"kit", "lighting kit", "recessed lighting kit"}),
        ("2024", set()),
        (None, set()),
    ],
)  # fmt: skip
def test_a_title_tells_what_the_goods_are(title: str | None, expected: set[str]) -> None:
    brand = next((one for one in ("净颜集", "Acme") if one in (title or "")), None)
    assert set(texts([row(0, title, brand=brand)])) - {brand} == expected


def test_categories_and_brands_are_told_in_both_languages_and_titles_where_three_say_so() -> None:
    said = '{"en": {"title": "Green tea", "brand": "Guyu", "category": "Food > Tea"}}'
    rows = [
        row(n, "谷雨 绿茶", brand="谷雨", category="食品 > 茶", translations=said) for n in range(3)
    ]
    assert texts(rows, 3) == {
        "谷雨": 3, "食品": 3, "茶": 3, "Guyu": 3, "Food": 3, "Tea": 3, "绿茶": 3, "green tea": 3,
    }  # fmt: skip
    assert "绿茶" not in texts(rows, 4)


def test_a_word_of_all_categories_is_no_kind_of_product() -> None:
    rows = [row(n, "礼盒", category=f"类{n % 3}") for n in range(9)]
    assert "礼盒" not in texts(rows)
    assert texts([row(n, "礼盒", category="礼品") for n in range(9)])["礼盒"] == 9


def test_what_an_item_said_before_it_changed_is_forgotten() -> None:
    changing, fresh = CataloguePhrases(), CataloguePhrases()
    changing.put([row(0, "oak lamp"), row(1, "desk")])
    changing.put([row(0, "tea pot", category="Kitchen")])
    fresh.put([row(1, "desk"), row(0, "tea pot", category="Kitchen")])
    assert sorted(changing.phrases(1)) == sorted(fresh.phrases(1))


def test_the_last_part_of_a_path() -> None:
    assert (leaf("a > b "), leaf(""), leaf(None)) == ("b", None, None)
