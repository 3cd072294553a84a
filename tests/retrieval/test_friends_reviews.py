"""Friends' reviews (X11): who is close comes first, a stranger is no friend, and consent counts at once."""

from dataclasses import replace

import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Interaction, Item, Person, Post, Tie
from zhiyin.store.frames import frame

OWN = [f"gadget{n}" for n in range(4)]
OTHER = [f"book{n}" for n in range(4)]


def records():
    bought = {"a": OWN, "b": OWN, "d": OWN, "c": OTHER, **{f"x{n}": OWN[n % 3 :] for n in range(8)}}
    likers = [f"x{n}" for n in range(8)]
    return {
        "items": [Item("phone", title="手机", category="phones"), Item("case", title="手机壳"), Item("secret", title="戒指"),
                  *(Item(name, title=name) for name in [*OWN, *OTHER])],
        "users": [Person("a", attributes={"social": "named"}), Person("b", attributes={"social": "named"})],
        "ties": [Tie("a", "b"), Tie("b", "a"), Tie("a", "c"), Tie("c", "a")],
        "interactions": [Interaction(one, two, "message", time=ago(3 + n)) for n in range(3)
                         for one, two in (("a", "b"), ("b", "a"))]
                        + [Interaction("a", "c", "message", time=ago(60))],
        "events": [
            *(Event(user, item, "purchase", time=ago(20)) for user, items in bought.items() for item in items),
            Event("a", "phone", "comment", time=ago(1)),
            *(Event(user, "phone", "purchase", time=ago(10)) for user in "bcd"),
            *(Event(user, "case", "purchase", time=ago(9)) for user in "bcd"),
            Event("b", "secret", "purchase", time=ago(1), context={"visibility": "private"}),
            *(Event(user, "post-c", "like", time=ago(2), target="post") for user in likers),
        ],
        "posts": [Post(f"post-{user}", user, "phone", text=text, rating=rating, time=ago(5))
                  for user, text, rating in (("b", "拍照很好", 5), ("c", "电池不行", 2), ("d", "屏幕漂亮", 5))],
    }  # fmt: skip


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("friends"), **records()) as store:
        yield FeedOf(store)


@pytest.fixture
def feed(learned):
    yield learned
    learned.store.write("users", frame(records()["users"]))


def posts(feed, page):
    return feed.ids(page, Kind.POST)


def test_the_close_friend_s_review_comes_first_and_a_stranger_s_is_no_friend_s(feed):
    page = feed.page("a")
    assert posts(feed, page)[:2] == ["post-b", "post-c"]
    assert "friend_review" in feed.reasons(page, Kind.POST, "post-b")
    assert "friend_review" in feed.reasons(page, Kind.POST, "post-c")
    if "post-d" in posts(feed, page):
        assert "friend_review" not in feed.reasons(page, Kind.POST, "post-d")


def test_related_goods_stand_beside_the_reviews(feed):
    page = feed.page("a", n=6)
    assert "case" in feed.ids(page, Kind.ITEM)
    assert feed.reasons(page, Kind.ITEM, "case")["friends_bought"].data == {"count": 2}


def test_who_withdraws_consent_is_gone_from_the_next_page(feed):
    assert "post-b" in posts(feed, feed.page("a"))
    feed.store.write("users", frame([Person("b", attributes={"social": "hidden"})]))
    page = feed.page("a")
    assert posts(feed, page)[0] == "post-c"
    assert "post-b" not in posts(feed, page)
    assert feed.reasons(page, Kind.ITEM, "case")["friends_bought"].data == {"count": 1}
    b = feed.number("b")
    assert "b" not in feed.ids(page, Kind.PERSON)
    assert not any(
        w.ref == (Kind.PERSON, b) for i in page.items for r in i.reasons for w in r.evidence
    )
    feed.store.write("users", frame([Person("b", attributes={"social": "named"})]))
    assert posts(feed, feed.page("a"))[0] == "post-b"


def test_names_need_both(feed):
    def named(page):
        found = feed.reasons(page, Kind.ITEM, "case")["friends_bought"].evidence
        return feed.store.keys(Kind.PERSON, [witness.ref.number for witness in found])

    assert named(feed.page("a")) == ["b"]
    feed.store.write("users", frame([Person("a", attributes={"social": "counted"})]))
    assert named(feed.page("a")) == []
    assert feed.reasons(feed.page("a"), Kind.POST, "post-b")["friend_review"].evidence == ()


def test_the_critical_review_is_called_so(feed):
    assert "critical" in feed.reasons(feed.page("a"), Kind.POST, "post-c")
    assert "critical" not in feed.reasons(feed.page("a"), Kind.POST, "post-b")


def test_what_a_friend_keeps_private_is_no_reason(feed):
    page = feed.page("a", n=50)
    fields = feed.query("a").fields
    assert feed.store.number(Kind.ITEM, "secret") not in fields["friend_item"].tolist()
    if "secret" in feed.ids(page, Kind.ITEM):
        assert "friends_bought" not in feed.reasons(page, Kind.ITEM, "secret")


def test_nobody_has_an_empty_circle_and_still_a_feed(feed):
    page = feed.page(None)
    assert page.items
    assert feed.query(None).fields["circle"].size == 0
    assert not any(
        reason.kind.startswith("friend") for item in page.items for reason in item.reasons
    )


def test_a_friend_made_after_the_training_counts_at_once(feed):
    feed.store.write("ties", frame([Tie("a", "x3", time=ago(0))]))
    fields = feed.query("a").fields
    assert feed.number("x3") in fields["circle"].tolist()
    assert fields["circle"].tolist() == sorted(fields["circle"].tolist())
    assert (fields["circle_strength"] > 0).all()


def test_own_posts_and_what_comes_later_are_not_proposed(feed):
    source = feed.part("sources", "posts")
    found = source.retrieve(feed.query("b"), 10)
    assert "post-b" not in feed.store.keys(Kind.POST, found.ids)
    early = replace(feed.query("a"), time=ago(6))
    assert len(source.retrieve(early, 10)) == 0
