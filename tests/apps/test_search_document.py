"""An answer to a search as a document and in words, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.apps.search_document import search_document
from zhiyin.apps.search_wording import relaxed_text, understood_text
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


def test_reasons_of_hits_in_words() -> None:
    assert reason_text("matched", [], "zh", {"words": ["红色", "鞋"]}) == "含有“红色”和“鞋”"
    assert (
        reason_text("lacks", [], "en", {"value": "red"})
        == "Not known to be what was asked for: red"
    )
