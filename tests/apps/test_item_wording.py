"""An item in sentences, in both languages."""

import pytest

from zhiyin.apps.item_wording import _WORDS, GROUPS, worded_item

TEA = {
    "item": "tea", "title": "Green tea", "brand": "Lu", "category": "Tea", "listed": "2026-05-01T00:00:00+00:00",
    "age_days": 3, "newer_than": 0.66, "known_by": "people", "people": 84,
    "price": {"amount": 1059.5, "currency": "CNY", "position": 0.95},
    "facets": [{"facet": "colour", "value": "green"}, {"facet": "origin", "value": "Fujian {x}"}],
    "opinions": [{"aspect": "ease", "negative": 2, "neutral": 1, "positive": 9}],
    "audience": [
        {"group": "gender", "value": "women", "times": 1.42}, {"group": "age", "value": "25-34", "times": 1.3},
        {"group": "city", "value": "杭州", "times": 1.2}, {"group": "region", "value": "浙江", "times": 1.1},
    ],
    "related": [{"item": "pot", "title": "Teapot"}, {"item": "cup", "title": None}],
}  # fmt: skip


def said(portrait, language):
    return [one["text"] for one in worded_item(portrait, language)["sentences"]]


def test_an_item_is_told_of_in_english():
    assert said(TEA, "en") == [
        "Stands under “Tea”",
        "Of the brand “Lu”",
        "Costs 1,059.50 CNY: among the most expensive of “Tea”",
        "Listed on 2026-05-01, 3 days before the newest event learned from; newer than 66% of the shop",
        "colour: green",
        "origin: Fujian {x}",
        "Chosen or looked at by 84 people",
        "On ease of use: praise 9, complaints 2, neither 1",
        "Women choose it about 1.4 times as often as everybody does",
        "People of 25-34 choose it about 1.3 times as often as everybody does",
        "People in 杭州 choose it about 1.2 times as often as everybody does",
        "People in 浙江 choose it about 1.1 times as often as everybody does",
        "Goes with “Teapot”, “cup”",
    ]


def test_an_item_is_told_of_in_chinese():
    told = said(TEA, "zh")
    assert told[2] == "售价 1,059.50 元，在“Tea”里属最贵的"
    assert told[4] == "颜色：绿色"
    assert told[7:9] == ["说到好用：夸 9 次，不满 2 次，中立 1 次", "女性选它约为所有人的 1.4 倍"]
    assert told[-1] == "常与它相配：“Teapot”、“cup”"


@pytest.mark.parametrize(
    ("position", "words"),
    [(0.0, "among the cheapest"), (0.3, "cheaper than most"), (0.5, "in the middle"), (0.7, "more expensive than most"), (1.0, "among the most expensive"), (None, "1,059.50 CNY")],
)  # fmt: skip
def test_where_a_price_stands_is_said_in_words(position, words):
    price = {"amount": 1059.5, "currency": "CNY", "position": position}
    [text] = [text for text in said({**TEA, "price": price}, "en") if text.startswith("Costs")]
    assert words in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("known_by", ["neighbours", "catalogue"])
def test_a_cold_item_says_so(language, known_by):
    bare = {"item": "x", "known_by": known_by, "people": 0}
    assert said(bare, language) == [_WORDS[language][known_by]]


def test_every_sentence_has_a_heading_and_both_languages_the_same_patterns():
    kinds = [kind for _, kinds in GROUPS for kind in kinds]
    assert len(set(kinds)) == len(kinds)
    cold = worded_item({"item": "x", "known_by": "neighbours", "people": 0}, "en")["sentences"]
    assert {one["kind"] for one in [*worded_item(TEA, "en")["sentences"], *cold]} <= set(kinds)
    assert _WORDS["en"].keys() == _WORDS["zh"].keys()
