"""The circle: close people and trusted ones, how strongly each is listened to, and who is never in it."""

import numpy as np
import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Item, Post, Tie
from zhiyin.store.frames import frame

ITEMS = [Item(f"tea{n}", title=f"tea{n}") for n in range(4)]
RING = [f"fake{n}" for n in range(30)]
TIES = [
    Tie("an", "bo", "friend"), Tie("an", "cy", "friend"),
    Tie("an", "bo", "trust"), Tie("bo", "di", "trust"), Tie("bo", "ed", "trust", 0.6),
    Tie("cy", "fi", "friend"),
    *(Tie(one, two, "trust") for one in RING for two in RING if one != two),
]  # fmt: skip


def feed_of(folder, ties):
    people = ["an", "bo", "cy", "di", "ed", "fi"]
    bought = [Event(user, f"tea{n % 4}", "purchase", time=ago(3)) for n, user in enumerate(people)]
    posts = [Post("praise", "di", "tea2", text="好", rating=5, time=ago(2))]
    return FeedOf(filled(folder, items=ITEMS, ties=ties, events=bought, posts=posts))


@pytest.fixture
def feed(tmp_path):
    return feed_of(tmp_path, TIES)


def circle(feed, user="an", **options):
    query = feed.query(user)
    fields = feed.part("query_hydrators", "circle", **options).hydrate_query(query)
    people = feed.store.keys(Kind.PERSON, fields["circle"])
    return dict(zip(people, fields["circle_strength"].tolist(), strict=True))


def test_who_is_trusted_by_those_one_trusts_is_heard_and_no_friend_of_a_friend_is(feed):
    found = circle(feed)
    assert set(found) == {"bo", "cy", "di", "ed"}
    assert found["di"] > found["ed"] > 0


def test_reasons_to_listen_may_each_fail(feed):
    society = feed.services["society"]
    person = feed.number("an")
    rows = society.closeness.rows_of(person)
    close = dict(zip(society.closeness.two[rows].tolist(), society.closeness.strength[rows].tolist(), strict=True))  # fmt: skip
    trusted = dict(zip(*(part.tolist() for part in society.trust.trusted(person)), strict=True))
    found = circle(feed)
    bo, di, cy = (feed.number(user) for user in ("bo", "di", "cy"))
    assert found["bo"] == pytest.approx(1 - (1 - close[bo]) * (1 - trusted[bo] / 2))
    assert found["di"] == pytest.approx(trusted[di] / 2)
    assert found["cy"] == pytest.approx(close[cy])


def test_how_many_trusted_people_are_heard_is_set(feed):
    assert set(circle(feed, trusted=0)) == {"bo", "cy"}
    assert set(circle(feed, trusted=2)) == {"bo", "cy", "di"}


def test_what_the_trusted_bought_and_wrote_is_in_the_feed(feed):
    query = feed.query("an")
    assert feed.number("di") in query.fields["friend_person"]
    page = feed.page("an", n=10)
    assert "friend_review" in feed.reasons(page, Kind.POST, "praise")


@pytest.mark.parametrize(("one", "two"), [("an", "bo"), ("bo", "an"), ("an", "di"), ("di", "an")])
@pytest.mark.parametrize("kind", ["block", "mute", "distrust"])
def test_who_is_against_the_reader_or_the_other_way_round_is_gone_at_once(feed, kind, one, two):
    who = two if one == "an" else one
    assert who in circle(feed)
    feed.store.write("ties", frame([Tie(one, two, kind)]))
    assert who not in circle(feed)
    assert feed.number(who) not in feed.query("an").fields["friend_person"]
    shown = {item.ref for item in feed.page("an", n=20).items}
    assert (Kind.PERSON, feed.number(who)) not in shown
    assert ((Kind.POST, 0) in shown) == (who != "di")  # what di wrote is gone, too


def test_a_friend_made_after_the_training_who_blocks_is_none(feed):
    feed.store.write("ties", frame([Tie("an", "fi")]))
    assert "fi" in circle(feed)
    feed.store.write("ties", frame([Tie("fi", "an", "block")]))
    assert "fi" not in circle(feed)
    assert feed.number("fi") not in feed.store.friends(feed.number("an"))


def test_a_ring_of_fakes_that_nobody_real_trusts_is_not_heard(feed):
    assert not {*RING} & set(circle(feed))
    assert set(circle(feed, "fake0")) <= {*RING}


def test_where_nobody_trusts_the_circle_is_who_is_close(tmp_path):
    feed = feed_of(tmp_path, [tie for tie in TIES if tie.kind != "trust"])
    closeness = feed.services["society"].closeness
    rows = closeness.rows_of(feed.number("an"))
    fields = feed.query("an").fields
    order = np.argsort(closeness.two[rows])
    assert np.array_equal(fields["circle"], closeness.two[rows][order])
    assert np.array_equal(fields["circle_strength"], closeness.strength[rows][order])
