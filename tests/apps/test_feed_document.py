"""A feed in words: names only of those who may be named."""

import string

import pytest

from zhiyin.apps.feed_document import feed_document
from zhiyin.apps.feed_wording import _WORDS, feed_reason_text
from zhiyin.core import Kind, Page, PageItem, Reason, Ref, Witness
from zhiyin.core.records import Event


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
    assert entry["reasons"][0]["text"] == "你认识的bo写的评价"
    [entry] = feed_document(told, page(Reason("friend_review", 1.0, (), {"count": 1})), "zh")[
        "items"
    ]
    assert "author" not in entry
    assert entry["reasons"][0]["text"] == "你认识的人写的评价"
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
        ({"count": 2, "likeness": 0.5}, "2 people you both know"),
        ({"likeness": 0.5}, "Likes what you like"),
        ({"follows_you": True}, "Follows you"),
    ],
)
def test_why_to_follow_somebody(data, text):
    assert feed_reason_text("follow", [], data, "en") == text


def test_kinds_of_other_pages_keep_their_words():
    assert feed_reason_text("popular", [], {}, "en") == "Popular at the moment"
