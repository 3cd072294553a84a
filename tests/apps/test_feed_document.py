"""A feed in words: names only of those who may be named."""

import re
import string

import pytest

from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.feed_wording import _WORDS, feed_reason_text
from zhiyin.apps.portrait_names import NAMES
from zhiyin.core import Kind, Page, PageItem, Reason, Ref, Witness
from zhiyin.core.records import Event
from zhiyin.language.aspects.taxonomy import Taxonomy


@pytest.fixture
def told(shop):
    shop.put("items", [{"id": "tea", "title": "绿茶"}])
    shop.record([Event("bo", "tea", "purchase")])
    shop.put("posts", [{"id": "p", "user": "bo", "item": "tea", "text": "很香", "rating": 5}])
    shop.catalogue.refresh()
    return shop


def page(*reasons):
    return Page("r1", (PageItem(Ref(Kind.POST, 0), 0.5, reasons, ("posts",)),))


def test_a_post_is_told_with_its_text_and_its_author_only_where_a_reason_names_it(told):
    bo = Witness(Ref(Kind.PERSON, 0), 1.0)
    [entry] = feed_document(told, page(Reason("friend_review", 1.0, (bo,), {"count": 1})), "zh")[
        "items"
    ]
    assert (entry["kind"], entry["id"], entry["text"], entry["rating"]) == (
        "post",
        "p",
        "很香",
        5.0,
    )
    assert entry["author"] == "bo"
    assert entry["reasons"][0]["text"] == "你认识或信任的bo写的评价"
    [entry] = feed_document(told, page(Reason("friend_review", 1.0, (), {"count": 1})), "zh")[
        "items"
    ]
    assert "author" not in entry
    assert entry["reasons"][0]["text"] == "你认识或信任的人写的评价"
    assert "bo" not in str(entry)


def test_goods_and_people_stand_in_one_list(told):
    found = Page("r1", (PageItem(Ref(Kind.ITEM, 0), 1.0), PageItem(Ref(Kind.PERSON, 0), 0.5)))
    document = feed_document(told, found, "en")
    assert [(e["kind"], e["id"]) for e in document["items"]] == [("item", "tea"), ("person", "bo")]
    assert document["items"][0]["title"] == "绿茶"
    assert document["request_id"] == "r1"


def test_both_languages_say_the_same_things():
    zh, en = _WORDS["zh"], _WORDS["en"]
    assert set(zh) == set(en)
    for kind, words in zh.items():
        slots = [
            {name for _, name, _, _ in string.Formatter().parse(w) if name}
            for w in (words, en[kind])
        ]
        assert slots[0] == slots[1], kind


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"count": 2, "likeness": 0.5}, "Friends in common: 2"),
        ({"likeness": 0.5}, "Likes what you like"),
        ({"follows_you": True}, "Follows you"),
    ],
)
def test_why_to_follow_somebody(data, text):
    assert feed_reason_text("follow", [], data, "en") == text


def test_kinds_of_other_pages_keep_their_words():
    assert feed_reason_text("popular", [], {}, "en") == "Popular at the moment"


@pytest.mark.parametrize("category", [None, *Taxonomy().categories])
def test_every_aspect_there_is_has_a_chinese_name_in_reasons(category):
    for aspect in Taxonomy().aspects(category):
        text = feed_reason_text("aspects", [], {"aspects": [aspect]}, "zh")
        assert not re.search("[A-Za-z]", text), aspect
        assert aspect in NAMES["aspect"]


def test_aspects_that_a_shop_named_stand_as_written():
    assert feed_reason_text("aspects", [], {"aspects": ["price", "weather"]}, "zh") == (
        "聊到你在意的价格、weather"
    )


@pytest.mark.parametrize(
    ("names", "count", "english", "chinese"),
    [
        (["bo"], 1, "bo, whom you know or trust, bought or praised it", "你认识或信任的bo买过或夸过"),
        (["bo"], 3, "bo and others you know or trust, 3 in all, bought or praised it", "bo等3位你认识或信任的人买过或夸过"),
        ([], 3, "3 of the people you know or trust bought or praised it", "你认识或信任的人里有3位买过或夸过"),
    ],
)  # fmt: skip
def test_others_are_spoken_of_only_where_there_are_any(names, count, english, chinese):
    data = {"count": count}
    assert feed_reason_text("friends_bought", names, data, "en") == english
    assert feed_reason_text("friends_bought", names, data, "zh") == chinese


def test_taste_names_what_one_has_or_what_a_post_is_about():
    assert feed_reason_text("taste", ["茶", "壶"], {}, "zh") == "与你看过或选过的“茶”和“壶”相近"
    assert feed_reason_text("taste", ["茶"], {}, "zh", of_post=True) == "说的是“茶”，符合你的喜好"
    assert feed_reason_text("taste", [], {}, "en") == "Fits your taste"
    nobody = {"everybody": True}
    assert feed_reason_text("taste", [], nobody, "en") == "Like what people here choose"
    assert (
        feed_reason_text("taste", ["茶"], nobody, "zh", of_post=True)
        == "说的是“茶”，和大家常选的相近"
    )
