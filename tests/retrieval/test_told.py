"""What people wrote calls for items, while it holds, as long as they do not take it back."""

import numpy as np
import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Fact, Item, Post
from zhiyin.portraits.removed import Removed
from zhiyin.portraits.statement import Statement

ITEMS = [
    Item("film", title="《星渡》", category="电影 > 科幻"),
    Item("sequel", title="星渡2", category="电影 > 科幻"),
    Item("kit", title="星渡 飞船模型", category="玩具"),
    Item("other", title="《远航》", category="图书 > 科幻"),
    Item("romance", title="《晚风》", category="电影 > 爱情"),
    Item("romance2", title="《晚霞》", category="电影 > 爱情"),
    Item("shoes", title="轻便跑步鞋", category="运动"),
    Item("cup", title="马克杯", category="家居"),
    Item("ticket", title="滨江公园门票", category="票务"),
    Item("road", title="公园路老面馆餐券", category="餐券"),
    Item("kettle", title="Red kettle", category="kitchen"),
    *(Item(f"x{n}", title=f"毛巾{n}", category="日用") for n in range(10)),
]
TEXTS = {
    "film": "周末看了《星渡》，太好看了", "bad": "《星渡》真难看", "run": "我喜欢跑步", "walk": "我想去公园",
    "rain": "下着大雨", "buy": "I want to buy a red kettle",
}  # fmt: skip


def fact(user, name, value, post, span=None, **more):
    return Fact(
        user, name, value, "person", user, span or value, f"post:{post}", "rule", 0.9, **more
    )


FACTS = [
    fact("fan", "likes", "星渡", "film", time=ago(2)),
    fact("viewer", "seen", "星渡", "film", time=ago(2)),
    fact("cross", "seen", "星渡", "bad", time=ago(2)),
    Fact("bad", "sentiment", "negative", "post", "cross", "", "post:bad", "rule", 0.9, ago(2)),
    fact("fickle", "likes", "星渡", "film", time=ago(9)),
    fact("fickle", "dislikes", "星渡", "bad", time=ago(2)),
    fact("torn", "likes", "远航", "film", time=ago(2)),
    fact("torn", "dislikes", "星渡", "bad", time=ago(2)),
    fact("runner", "interest", "running", "run", "跑步", time=ago(2)),
    fact("walker", "intent", "park", "walk", "想去公园", time=ago(0.1), expires=ago(-1)),
    fact("soaked", "intent", "park", "walk", "想去公园", time=ago(0.1), expires=ago(-1)),
    fact("soaked", "weather", "rain", "rain", "下着大雨", time=ago(0.1), expires=ago(-1)),
    fact("buyer", "intent", "buy red kettle", "buy", time=ago(1), expires=ago(-9)),
    fact("past", "intent", "park", "walk", time=ago(3), expires=ago(1)),
    fact("early", "likes", "星渡", "film", time=ago(-1)),
    Fact("given", "interest", "running", "person"),
]  # fmt: skip


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    told = [Post(key, "someone", text=text, time=ago(2)) for key, text in TEXTS.items()]
    events = [Event(f"u{n}", f"x{n}", "purchase", time=ago(3)) for n in range(10)]
    records = {"items": ITEMS, "events": events, "posts": told, "facts": FACTS}
    with filled(tmp_path_factory.mktemp("told"), **records) as store:
        yield FeedOf(store)


def called(feed, user, **context):
    """Return id → score of what a user's words call for, the best first."""
    query = feed.query(user, **context)
    found = feed.part("sources", "told").retrieve(query, 50)
    return dict(zip(feed.store.keys(Kind.ITEM, found.ids), found.scores.tolist(), strict=True))


def test_a_work_that_was_liked_brings_its_name_and_its_kind(feed):
    found = called(feed, "fan")
    assert {"film", "sequel", "kit", "other", "romance", "romance2"} == set(found)
    assert found["kit"] > found["other"] > found["romance"] > 0
    assert found["kit"] == pytest.approx(2 ** (-2 / 90), abs=1e-5)
    assert sorted([found["film"], found["sequel"]]) == pytest.approx([0.8 * 2 ** (-2 / 90), 2 ** (-2 / 90)])  # fmt: skip


def test_a_work_that_was_seen_brings_a_little_less(feed):
    liked, seen = called(feed, "fan"), called(feed, "viewer")
    assert seen.keys() == liked.keys()
    assert seen["kit"] == pytest.approx(0.8 * liked["kit"])


@pytest.mark.parametrize("user", ["cross", "fickle", "past", "early", None, "u1"])
def test_blame_what_is_over_and_silence_bring_nothing(feed, user):
    assert called(feed, user) == {}


def test_what_is_blamed_is_not_brought_by_what_is_like_it(feed):
    assert {"other"} == set(called(feed, "torn"))
    assert feed.services["shelf"].alike(np.array([3]))[0].tolist() == [0, 1]


def test_an_interest_brings_what_has_a_word_for_it_and_a_plan_what_it_is_about(feed):
    assert set(called(feed, "runner")) == {"shoes"}
    assert set(called(feed, "walker")) == {"ticket"}
    assert set(called(feed, "buyer")) == {"kettle"}


def test_in_bad_weather_a_plan_outdoors_brings_nothing(feed):
    assert called(feed, "walker", weather="雷阵雨") == called(feed, "soaked") == {}
    assert set(called(feed, "soaked", weather="fair")) == {"ticket"}


def test_fields_are_by_item_and_each_names_its_words(feed):
    fields = feed.query("fan").fields
    assert (np.diff(fields["told_item"]) > 0).all()
    assert set(fields["told_post"].tolist()) == {feed.store.number(Kind.POST, "film")}
    assert set(fields["told_text"].tolist()) == {TEXTS["film"]}
    assert set(fields["told_span"].tolist()) == {"星渡"}


def test_the_reason_quotes_the_reader_and_what_the_shop_told_itself_quotes_nobody(feed):
    reason = feed.reasons(feed.page("runner"), Kind.ITEM, "shoes")["told"]
    assert reason.data == {"wrote": "我喜欢跑步", "span": "跑步"}
    assert reason.evidence[0].ref == (Kind.POST, feed.store.number(Kind.POST, "run"))
    given = feed.reasons(feed.page("given"), Kind.ITEM, "shoes")["told"]
    assert (given.data, given.evidence) == ({}, ())


def test_what_was_taken_out_of_the_portrait_brings_nothing_more(feed):
    removed, person = Removed(feed.store), feed.number("runner")
    removed.add(person, Statement("interest", "running").id)
    try:
        assert called(feed, "runner") == {}
    finally:
        removed.forget(person)
    assert called(feed, "runner")


def test_the_day_of_the_query_counts(feed):
    assert feed.services["own_words"].of(feed.number("past"), int(ago(2).timestamp() * 1e6))
