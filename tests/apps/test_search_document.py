"""An answer to a search as a document and in words, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.apps.search_document import search_document
from zhiyin.apps.search_wording import aids_texts, relaxed_text, understood_text
from zhiyin.apps.wording import reason_text
from zhiyin.shop import Shop


def test_a_document_says_what_was_found_and_what_was_understood(home: Path) -> None:
    with Shop.open(home) as shop:
        document = search_document(shop, shop.search("红色球 500元以内"), "zh")
    assert (document["query"], document["found"]) == ("红色球 500元以内", len(document["items"]))
    read = document["understanding"]
    assert read["price"] == {
        "low_minor": None, "high_minor": 50000, "currency": "CNY", "soft": False, "start": 4, "end": 10,
    }  # fmt: skip
    assert {"name": "colour", "value": "red", "start": 0, "end": 2}.items() <= read["slots"][
        0
    ].items()
    assert understood_text(document, "zh") == "理解为：颜色 red；价格 500元以内"


def test_what_is_shown_instead_is_held_to_what_is_not_wanted(home: Path) -> None:
    with Shop.open(home) as shop:
        shown = {
            text: {
                item["item"] for item in search_document(shop, shop.search(text), "en")["instead"]
            }
            for text in ("qqqxxx", "qqqxxx not tea", "qqqxxx under $5")
        }
    assert "tea" in shown["qqqxxx"]
    assert shown["qqqxxx not tea"] >= {"ball", "net"}
    assert not shown["qqqxxx not tea"] & {"tea", "cup"}
    assert shown["qqqxxx under $5"] == shown["qqqxxx"]  # nothing there has a price


def test_nothing_found_shows_what_is_popular(home: Path) -> None:
    with Shop.open(home) as shop:
        document = search_document(shop, shop.search("qqqxxx"), "en")
        asked = search_document(shop, shop.search("怎么退货"), "zh")
    assert (document["items"], document["found"]) == ([], 0)
    assert document["instead"]
    assert (asked["items"], asked["instead"]) == ([], [])
    assert understood_text(asked, "zh") == "这是客服问题。"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Too little was found, so this no longer holds: colour red; price under $50 (20 % wider)"),
        ("zh", "符合的商品太少，已放宽：颜色 red；价格 under $50（放宽20%）"),
    ],
)  # fmt: skip
def test_what_was_given_up_in_words(language: str, said: str) -> None:
    relaxed = [{"name": "colour", "said": ["red"]}, {"name": "price", "said": ["under $50"]}]
    assert relaxed_text(relaxed, language) == said
    assert relaxed_text([], language) == ""


def test_a_price_in_another_currency_is_no_wish() -> None:
    lost = {"name": "currency", "values": ["CNY", "USD"], "said": ["under €10"]}
    assert (
        relaxed_text([lost], "en") == "Prices are in CNY / USD, so this cannot be held: under €10"
    )
    assert relaxed_text([lost], "zh") == "商品以CNY / USD标价，无法按此筛选：under €10"
    none = {**lost, "values": []}
    assert relaxed_text([none], "en") == "Nothing has a price, so this cannot be held: under €10"
    both = relaxed_text([lost, {"name": "colour", "values": ["red"], "said": ["red"]}], "en")
    assert "Prices are in" in both
    assert "no longer holds: colour red" in both


def test_what_stands_around_the_hits_in_words() -> None:
    values = [{"text": "50 美元以下", "items": 3}, {"text": "50 美元以上", "items": 2}]
    facets = [
        {"name": "colour", "values": [{"text": "红色", "items": 4}]},
        {"name": "price", "values": values},
    ]
    told = {"did_you_mean": None, "facets": facets, "related": ["茶", "杯"]}
    assert aids_texts(told, "zh") == [
        "可按此缩小范围：颜色 红色 (4)；价格 50 美元以下 (3) / 50 美元以上 (2)",
        "相关搜索：茶；杯",
    ]
    meant = {"kind": "corrected", "text": "tea"}
    assert aids_texts({"did_you_mean": meant, "facets": [], "related": []}, "en") == []


def test_reasons_of_hits_in_words() -> None:
    assert reason_text("matched", [], "zh", {"words": ["红色", "鞋"]}) == "含有“红色”和“鞋”"
    assert (
        reason_text("lacks", [], "en", {"value": "red"})
        == "Not known to be what was asked for: red"
    )
