"""Items found by words."""

import pytest

from tests.retrieval.feeds import filled
from zhiyin.core.records import Fact, Item, Post
from zhiyin.portraits.own_words import OwnWords
from zhiyin.portraits.shelf import Shelf
from zhiyin.store.frames import frame

ITEMS = [
    Item("home", title="《家》", category="图书"),
    Item("chair", title="家用折叠椅", category="家居"),
    Item("kit", title="模型", attributes={"film": "Star Ferry"}),
    Item("ferry", title="Star Ferry: The Return"),
    Item("start", title="Start ferrying goods"),
    Item("cat", title="天猫精灵", category="宠物 > 猫"),
    Item("bear", title="熊猫玩偶"),
]


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, items=ITEMS) as store:
        yield store


def test_names_are_whole_and_short_ones_stand_alone(store):
    shelf = Shelf(store)
    assert shelf.named("家").tolist() == [0]
    assert shelf.named("《Star  Ferry》").tolist() == [2, 3]
    assert shelf.works("star ferry").tolist() == [3]
    assert shelf.holding(["猫"]).tolist() == [5]
    for nothing in ("", "《》", " ", "\x00", "无此物"):
        assert (
            shelf.named(nothing).size
            == shelf.works(nothing).size
            == shelf.holding([nothing]).size
            == 0
        )


def test_a_changed_item_is_found_by_its_new_words_alone(store):
    shelf = Shelf(store)
    assert shelf.named("熊猫玩偶").tolist() == [6]
    store.write("items", frame([Item("bear", title="布老虎"), Item("new", title="熊猫玩偶")]))
    assert shelf.named("熊猫玩偶").tolist() == [7]
    assert len(shelf) == 8


def test_a_long_post_is_quoted_around_its_words_and_what_is_private_is_not(tmp_path):
    texts = {"long": "好" * 500 + "看了星渡" + "啊" * 500, "ill": "我确诊了抑郁症，看了星渡好多了"}
    facts = [
        Fact("an", "seen", "星渡", "person", "an", "星渡", f"post:{key}", "rule", 0.9) for key in texts
    ]  # fmt: skip
    told = [Post(key, "an", text=text) for key, text in texts.items()]
    with filled(tmp_path, posts=told, facts=facts) as store:
        words = OwnWords(store)
        quoted = {one.source: words.quoted(one)[1] for one in words.of(0, 0)}
    assert quoted["post:ill"] == "星渡"
    assert "看了星渡" in quoted["post:long"]
    assert len(quoted["post:long"]) <= 62
